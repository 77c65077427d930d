import { afterEach, describe, expect, it } from 'vitest';
import { SendFault } from '../../../src/channels/wechaty/guarded-wechat4u/faults.ts';
import { closeRigs, openRig, type Rig, sleep, until, ZHANG } from '../../wechat-web/guarded-rig.ts';

afterEach(closeRigs);

async function faultOf(sending: Promise<unknown>): Promise<SendFault> {
  const error: unknown = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SendFault)) throw new Error(`no SendFault, but ${String(error)}`);
  return error;
}

const say = (rig: Rig, text = '答复') => rig.puppet.messageSendText(ZHANG, text);

async function signedIn(...options: Parameters<typeof openRig>): Promise<Rig> {
  const rig = await openRig(...options);
  await rig.signIn();
  return rig;
}

describe('a message that could not be said', () => {
  it.each([-1, 1, 1204])('is refused, and surely not there, when WeChat says %i', async (ret) => {
    const rig = await signedIn();
    rig.web.refuseSends(ret);
    expect(await faultOf(say(rig))).toMatchObject({ outcome: 'refused', ret, sure: true });
    expect(rig.web.sent).toEqual([]);
  });

  it('is rate-limited with 1205; nothing more is sent for a while, and then again', async () => {
    const rig = await signedIn();
    rig.web.refuseSends(1205);
    const first = await faultOf(say(rig));
    expect(first).toMatchObject({ outcome: 'rate-limited', ret: 1205, sure: true, againAfterMs: 200 });
    const sends = rig.web.count('webwxsendmsg');
    expect(await faultOf(say(rig))).toMatchObject({ outcome: 'rate-limited', sure: true });
    expect(rig.web.count('webwxsendmsg')).toBe(sends);
    expect(rig.troubles.map(({ code, retryable }) => ({ code, retryable }))).toEqual([
      { code: 'rate-limited', retryable: true },
    ]);
    await sleep(210);
    expect((await faultOf(say(rig))).againAfterMs).toBe(400);
    rig.web.refuseSends(0);
    await sleep(410);
    await say(rig, '现在可以');
    expect(rig.web.sent.map(({ text }) => text)).toEqual(['现在可以']);
    expect(rig.recovered).toEqual(['rate-limited']);
  });

  it.each([1100, 1101, 1102])('is logged out with %i', async (ret) => {
    const rig = await signedIn();
    rig.web.refuseSends(ret);
    expect(await faultOf(say(rig))).toMatchObject({ outcome: 'logged-out', ret, sure: true });
  });

  it('is logged out, without a request, before anybody scanned and after a stop', async () => {
    const rig = await openRig();
    await rig.start();
    expect(await faultOf(say(rig))).toMatchObject({ outcome: 'logged-out', sure: true });
    await rig.web.signIn();
    await until(() => rig.puppet.isLoggedIn);
    await rig.stop();
    expect(await faultOf(say(rig))).toMatchObject({ outcome: 'logged-out', sure: true });
    expect(rig.web.count('webwxsendmsg')).toBe(0);
  });

  it('is unreachable, and surely not there, while WeChat is away', async () => {
    const rig = await signedIn();
    await rig.web.goDark();
    expect(await faultOf(say(rig))).toMatchObject({ outcome: 'unreachable', sure: true });
    await until(() => rig.troubles.length > 0);
    const before = rig.web.count('webwxsendmsg');
    expect(await faultOf(say(rig))).toMatchObject({ outcome: 'unreachable', sure: true });
    expect(rig.web.count('webwxsendmsg')).toBe(before);
    await rig.web.comeBack();
  });

  it('is unknown when its answer is lost, and indeed it may have arrived', async () => {
    const rig = await signedIn();
    rig.web.loseAnswerOfSend();
    expect(await faultOf(say(rig))).toMatchObject({ outcome: 'unknown', sure: false });
    expect(rig.web.sent).toHaveLength(1);
  });

  it('is unknown when WeChat answers with a page, an error, or never', async () => {
    const rig = await signedIn({ intervals: { answerWithinMs: 700 } });
    rig.web.fail('webwxsendmsg', (_request, response) => response.end('<html>'));
    expect(await faultOf(say(rig))).toMatchObject({ outcome: 'unknown' });
    rig.web.fail('webwxsendmsg', (_request, response) => response.writeHead(502).end('{}'));
    expect(await faultOf(say(rig))).toMatchObject({ outcome: 'unknown' });
    rig.web.fail('webwxsendmsg', () => undefined);
    expect(await faultOf(say(rig))).toMatchObject({ outcome: 'unknown' });
  });

  it('keeps the words out of every error and every line of the log', async () => {
    const rig = await signedIn();
    rig.web.refuseSends(-1);
    const fault = await faultOf(say(rig, '秘密的话'));
    expect(`${fault.message} ${fault.stack} ${JSON.stringify(fault)} ${String(fault.cause)}`).not.toContain('秘密');
    expect(rig.lines.join('\n')).not.toContain('秘密');
    expect(rig.lines.join('\n')).not.toContain(ZHANG);
  });
});
