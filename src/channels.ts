import { OperatorFault } from './domain/index.ts';
import type { Opener } from './talk.ts';

/** How the bot is started besides the local channel, which is always there. */
export interface StartOptions {
  readonly channels: readonly string[];
  /** The operator has read that WeChat bans accounts that use the web protocol. */
  readonly acceptBanRisk: boolean;
}

const OPENERS: Readonly<Record<string, (options: StartOptions) => Opener>> = {};

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
