import { openOfficialAccountChannel } from './channels/official-account/index.ts';
import { assertBanRiskAccepted, openWechat4uChannel } from './channels/wechaty/index.ts';
import { OperatorFault } from './domain/index.ts';
import { systemClock } from './lib/clock.ts';
import type { Opener } from './talk.ts';

/** How the bot is started besides the local channel, which is always there. */
export interface StartOptions {
  readonly channels: readonly string[];
  /** The operator has read that WeChat bans accounts that use the web protocol. */
  readonly acceptBanRisk: boolean;
}

const OPENERS: Readonly<Record<string, (options: StartOptions) => Opener>> = {
  'official-account': () => officialAccountOpener,
  wechat4u: wechat4uOpener,
};

/** The openers of the channels that were asked for, each once. Throws an OperatorFault when there is no such channel. */
export function openersOf(options: StartOptions): readonly Opener[] {
  const names = [...new Set(options.channels)].filter((name) => name !== 'local');
  const unknown = names.filter((name) => !Object.hasOwn(OPENERS, name));
  if (unknown.length > 0)
    throw new OperatorFault('没有这样的通道', [
      {
        where: `--channel ${unknown.join('、')}`,
        what: '没有这个名字的通道',
        cure: `改成其中一个：${['local', ...Object.keys(OPENERS)].join('、')}`,
      },
    ]);
  return names.flatMap((name) => OPENERS[name]?.(options) ?? []);
}

function wechat4uOpener({ acceptBanRisk }: StartOptions): Opener {
  assertBanRiskAccepted(acceptBanRisk);
  return ({ config, log, conversation, mind }) =>
    openWechat4uChannel({
      conversation,
      log,
      stateDir: config.stateDir,
      welcome: () => mind().say('greeting'),
      print: (text) => void process.stdout.write(`${text}\n`),
    });
}

const officialAccountOpener: Opener = async ({ config, log, conversation, storage, mind }) =>
  openOfficialAccountChannel({
    options: config.officialAccount,
    conversation,
    talks: storage.talks,
    passive: storage.passive,
    tokens: storage.cell(`official-account token of ${config.officialAccount.appId}`),
    now: systemClock,
    log,
    say: (key) => mind().say(key),
    shared: storage.engine === 'postgres',
  });
