import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SECOND } from '../../src/lib/clock.ts';
import { openPlace, type Place } from './resident.ts';

/** What people write; each by itself leads somewhere, so that no reply depends on what came a moment before. */
const TEXTS = [
  '刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户',
  '恭喜您中了一等奖20万元，请先交手续费2000元到指定账户才能领奖',
  '96110刚给我打电话，说我可能被骗了，让我先别转钱',
  '我已经转了五千了',
  '楼下老张种的黄瓜结了一大筐',
  '你好',
];

interface Delivery {
  readonly talker: string;
  readonly id: string;
  readonly text: string;
}

/** Twenty talkers with a message or two in one burst; every delivery once to three times, in any order. */
const deliveries = fc
  .array(fc.record({ talker: fc.nat(19), text: fc.nat(TEXTS.length - 1) }), { minLength: 10, maxLength: 30 })
  .chain((messages) => {
    const once = messages.map(({ talker, text }, i) => ({
      talker: `t${talker}`,
      id: `m${i}`,
      text: TEXTS[text] ?? '',
    }));
    const repeated = once.flatMap((one, i) => Array.from({ length: 1 + (i % 3) }, () => one));
    return fc.record({
      sorted: fc.constant(repeated),
      shuffled: fc.shuffledSubarray(repeated, { minLength: repeated.length, maxLength: repeated.length }),
    });
  });

/** For each message of each talker whether it was answered; for each talker the gravest thing that he was told. */
async function endOf(place: Place, round: string, order: readonly Delivery[]): Promise<ReadonlyMap<string, string>> {
  const fair = { at: place.now() };
  await Promise.all(
    order.map(({ talker, id, text }) =>
      place.receive(text, { ...fair, talker: `${round}${talker}`, id: `${round}${id}` }),
    ),
  );
  const said = [...(await place.replies())];
  await place.advance(3 * SECOND);
  said.push(...(await place.replies()));
  const gravest = new Map<string, string>();
  const rank = ['【急救】', '【高危】', '【可疑】'];
  for (const { talker, text } of said) {
    const mark = rank.find((one) => text.startsWith(one)) ?? '';
    const key = talker.slice(round.length);
    const before = gravest.get(key);
    const graver =
      before === undefined || (mark !== '' && (before === '' || rank.indexOf(mark) < rank.indexOf(before)));
    if (graver) gravest.set(key, mark);
  }
  const ids = said.flatMap((one) => one.replyTo);
  expect(new Set(ids).size, 'no message is answered twice').toBe(ids.length);
  return gravest;
}

describe('deliveries', () => {
  test('reordered, repeated and interleaved ten thousand times come to the same end', async () => {
    let round = 0;
    let count = 0;
    await fc.assert(
      fc.asyncProperty(deliveries, async ({ sorted, shuffled }) => {
        const place = await openPlace();
        try {
          round += 1;
          count += sorted.length + shuffled.length;
          expect(await endOf(place, `b${round}-`, shuffled)).toEqual(await endOf(place, `a${round}-`, sorted));
        } finally {
          await place.close();
        }
      }),
      { numRuns: 160 },
    );
    expect(count).toBeGreaterThan(10_000);
  }, 120_000);
});
