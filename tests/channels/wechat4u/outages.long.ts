import { SendFault } from '../../../src/channels/wechaty/guarded-wechat4u/faults.ts';
import { closeRigs, openRig, sleep, until, ZHANG } from '../../wechat-web/guarded-rig.ts';

export interface OutageOptions {
  readonly outages?: number;
  /** Milliseconds. */
  readonly outageMs?: number;
  readonly messagesEach?: number;
}

export interface OutageReport {
  readonly said: number;
  readonly answered: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Requests that the puppet tried while nothing was reachable. */
  readonly requestsInTheDark: number;
  readonly seconds: number;
}

/**
 * Outages during traffic: people go on talking while WeChat cannot be reached, and every message must be answered once.
 * What could not be said is said again only if it surely did not arrive, as the outbox does it. No answer is on its way
 * at the moment when the line breaks: what becomes of such a one nobody can know.
 */
export async function runOutages(options: OutageOptions = {}): Promise<OutageReport> {
  const { outages = 10, outageMs = 3_000, messagesEach = 20 } = options;
  const started = performance.now();
  const rig = await openRig();
  await rig.signIn();
  const send = async (text: string): Promise<void> => {
    for (;;) {
      try {
        await rig.puppet.messageSendText(ZHANG, text);
        return;
      } catch (error) {
        if (!(error instanceof SendFault) || !error.sure) return;
        await sleep(20);
      }
    }
  };
  rig.puppet.on('message', async ({ messageId }) => void send((await rig.puppet.messagePayload(messageId)).text ?? ''));
  const said: string[] = [];
  const answered = (): boolean => said.every((text) => rig.web.sent.some((one) => one.text === text));
  let requestsInTheDark = 0;
  for (let outage = 0; outage < outages; outage += 1) {
    const texts = Array.from({ length: messagesEach }, (_, i) => `第 ${outage} 次断网，第 ${i} 句`);
    const before = texts.splice(0, messagesEach / 2);
    said.push(...before, ...texts, `第 ${outage} 次断网时的提醒`);
    for (const text of before) rig.web.say(ZHANG, text);
    await until(() => before.every((text) => rig.web.sent.some((one) => one.text === text)));
    await sleep(20);
    await rig.web.goDark();
    const requests = rig.web.requests.length;
    void send(`第 ${outage} 次断网时的提醒`);
    for (const text of texts) rig.web.say(ZHANG, text);
    await sleep(outageMs);
    requestsInTheDark += rig.web.requests.length - requests;
    await rig.web.comeBack();
    await until(answered, 10_000).catch(() => undefined);
  }
  await sleep(200);
  const answers = rig.web.sent.map(({ text }) => text);
  await closeRigs();
  return {
    said: said.length,
    answered: answers.length,
    lost: said.filter((text) => !answers.includes(text)),
    doubled: answers.filter((text, at) => answers.indexOf(text) !== at),
    requestsInTheDark,
    seconds: Math.round((performance.now() - started) / 1_000),
  };
}
