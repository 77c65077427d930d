import type { Config } from '../config/index.ts';
import { OperatorFault } from '../domain/index.ts';
import { systemClock } from '../lib/clock.ts';
import { type Invitation, invite, minuteOf } from '../office/index.ts';
import { withUpkeep } from './with-upkeep.ts';

export interface InviteOptions {
  readonly count?: string;
}

const MOST_AT_ONCE = 50;

/** Makes one-time codes for deputies and prints them, the bot may run meanwhile. They are kept as hashes: shown only here. */
export async function inviteDeputies({ count = '1' }: InviteOptions, config: Config): Promise<void> {
  const wanted = /^\d{1,3}$/.test(count) ? Number(count) : 0;
  if (wanted < 1 || wanted > MOST_AT_ONCE)
    throw new OperatorFault('没有做邀请码', [
      { where: `--count ${count}`, what: '个数不对', cure: `写 1 到 ${MOST_AT_ONCE} 的整数` },
    ]);
  const invitations = await withUpkeep('没有做邀请码', config, async ({ campaign }) => {
    const made: Invitation[] = [];
    while (made.length < wanted) made.push(await invite(campaign, systemClock()));
    return made;
  });
  for (const { shown } of invitations) console.log(shown);
  const until = invitations[0]?.until ?? 0;
  console.log(
    `\n一个码给一位代表，只能用一次。${minuteOf(until)}以前有效。\n` +
      '代表怎么用：在和机器人的聊天里，把这个码发过去。\n' +
      '码只显示这一次。丢了就再做一个。',
  );
}
