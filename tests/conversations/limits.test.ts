import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/conversation/index.ts';
import { payForReply } from '../../src/conversation/limits.ts';
import { MINUTE, SECOND } from '../../src/lib/clock.ts';
import { A_PAUSE, placeForTest } from './resident.ts';

const SCAMS = [
  '刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户',
  '恭喜您中了一等奖20万元，请先交手续费2000元到指定账户才能领奖',
  '刷单返利，做任务一单赚五块，先垫付一百',
  '客服说我开通了会员每个月扣八百，让我共享屏幕取消',
];

describe('a flood', () => {
  test('of a thousand messages in ten seconds gets at most ten replies, one of them asks for a pause', async () => {
    const zhang = await placeForTest();
    const said: string[] = [];
    for (let i = 0; i < 1_000; i += 1) {
      await zhang.receive(`${SCAMS[i % SCAMS.length]}，第${i}条`, { talker: 'flood' });
      if (i % 10 === 0) said.push(...(await zhang.wait(100)));
    }
    said.push(...(await zhang.replies()).map((reply) => reply.text));
    expect(said.length).toBeLessThanOrEqual(10);
    expect(said.filter((text) => text.includes('发得太快'))).toHaveLength(1);
    expect(await zhang.say(SCAMS[0] ?? '', { talker: 'other' })).toContain('高危');
    await zhang.wait(MINUTE);
    expect(await zhang.say(SCAMS[0] ?? '', { talker: 'flood' })).toContain('高危');
  });
  test('in a group is stopped for the group, not for its members in private', async () => {
    const village = await placeForTest({ room: 'village@room' });
    for (let i = 0; i < 40; i += 1) await village.receive(`${SCAMS[i % 4]}`, { mentioned: true, talker: `t${i}` });
    const said = await village.replies();
    expect(said.length).toBeLessThanOrEqual(20);
    expect(said.filter((reply) => reply.text.includes('发得太快'))).toHaveLength(1);
    expect(await village.say(SCAMS[0] ?? '', { talker: 't1', room: undefined, mentioned: true })).toContain('高危');
  });
  test('of everybody at once is told to the channel, and nothing of it is taken', async () => {
    const place = await placeForTest({ limits: { ...LIMITS, allPerSecond: 5 } });
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) => place.receive('你好', { talker: `t${i}`, id: `m${i}` })),
    );
    expect(outcomes.filter((one) => one.kind === 'busy')).toHaveLength(10);
    await place.wait(A_PAUSE);
    expect(await place.say('你好', { talker: 't19', id: 'm19' })).toContain('反诈助手');
  });
});

describe('the bucket', () => {
  test('never pays for more than a minute’s worth in a burst, nor for more than twice that in any minute', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 * SECOND }), { maxLength: 200 }), (gaps) => {
        let now = 0;
        let bucket: Parameters<typeof payForReply>[0];
        const paid: number[] = [];
        for (const gap of gaps) {
          now += gap;
          const result = payForReply(bucket, 10, now);
          bucket = result.bucket;
          if (result.allowance !== 'nothing') paid.push(now);
        }
        for (const from of paid)
          expect(paid.filter((at) => at >= from && at < from + MINUTE).length).toBeLessThanOrEqual(20);
      }),
    );
  });
});
