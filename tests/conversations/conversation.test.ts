import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DAY, MINUTE, SECOND } from '../../src/lib/clock.ts';
import { A_PAUSE, placeForTest } from './resident.ts';

interface Talk {
  readonly name: string;
  readonly because: string;
  readonly talk: readonly {
    readonly resident: string;
    /** Seconds since the line before; ten when nothing is said. */
    readonly after?: number;
    readonly bot?: readonly string[];
    readonly never?: readonly string[];
    /** Nothing is said at once, nor after the wait. */
    readonly silent?: boolean;
    /** Nothing is said at once; `bot` and `never` speak of what is said after the wait. */
    readonly waits?: boolean;
  }[];
}

const talks = parse(readFileSync(fileURLToPath(new URL('./talks.yml', import.meta.url)), 'utf8')) as readonly Talk[];

const SCAM = '刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户';

describe('talks', () => {
  test.each(talks)('$name', async ({ talk }) => {
    const zhang = await placeForTest();
    for (const { resident, after = 10, bot = [], never = [], silent = false, waits = false } of talk) {
      await zhang.wait(after * SECOND);
      const atOnce = await zhang.say(resident);
      if (waits || silent) expect(atOnce, resident).toBe('');
      const reply = waits || silent ? (await zhang.wait(3 * SECOND)).join('\n') : atOnce;
      if (silent) expect(reply, resident).toBe('');
      for (const pattern of bot) expect(reply, resident).toMatch(new RegExp(pattern));
      for (const pattern of never) expect(reply, resident).not.toMatch(new RegExp(pattern));
    }
  });
});

describe('a talk', () => {
  test('answers a message that was delivered twice only once', async () => {
    const zhang = await placeForTest();
    expect(await zhang.say('你好', { id: 'same' })).toContain('反诈助手');
    expect(await zhang.say('你好', { id: 'same' })).toBe('');
    expect(await zhang.receive('你好', { id: 'same' })).toEqual({
      kind: 'silence',
      why: 'a repeat of a message that was taken before',
    });
  });
  test('keeps digits valid for 24 hours and no longer', async () => {
    const zhang = await placeForTest();
    await zhang.say(SCAM);
    await zhang.wait(DAY - MINUTE);
    expect(await zhang.say('1')).toContain('识破');
    await zhang.wait(2 * MINUTE);
    expect(await zhang.say('1')).toContain('再发我一次');
  });
  test('keeps the talks of two people apart', async () => {
    const both = await placeForTest();
    await both.say(SCAM);
    expect(await both.say('1', { talker: 'li' })).toContain('再发我一次');
  });
  test('says that it cannot read a picture, when no text follows it', async () => {
    const zhang = await placeForTest();
    expect(await zhang.say('', { kind: 'image' })).toBe('');
    expect((await zhang.wait(3 * SECOND)).join()).toContain('看不了');
  });
  test('answers a picture and the text that explains it together', async () => {
    const zhang = await placeForTest();
    await zhang.say('', { kind: 'image', id: 'picture' });
    await zhang.wait(SECOND);
    await zhang.receive(SCAM, { id: 'text' });
    const [reply, ...more] = await zhang.replies();
    expect(more).toEqual([]);
    expect(reply).toMatchObject({ replyTo: ['picture', 'text'], text: expect.stringContaining('高危') });
    expect(await zhang.wait(A_PAUSE)).toEqual([]);
  });
  test('says the line on privacy once, with the first answer ever', async () => {
    const zhang = await placeForTest();
    expect(await zhang.say('你好')).toContain('发“隐私”');
    await zhang.wait(A_PAUSE);
    expect(await zhang.say(SCAM)).not.toContain('发“隐私”');
    await zhang.wait(30 * DAY);
    expect(await zhang.say('你好')).not.toContain('发“隐私”');
    expect(await zhang.say('你好', { talker: 'li' })).toContain('发“隐私”');
  });
  test('goes on where it was after a restart', async () => {
    const zhang = await placeForTest();
    await zhang.say(SCAM);
    const rows = await zhang.storage.outbox.saidTo('local', 'zhang', 0, 0);
    expect(rows.map((row) => row.text.slice(0, 4))).toEqual(['【高危】']);
  });
});

describe('a story told in pieces', () => {
  test('is judged together, and the reply answers every piece', async () => {
    const zhang = await placeForTest();
    for (const [i, piece] of ['有人打电话', '自称是公安局的', '说我涉嫌洗钱让我把钱转到安全账户'].entries())
      await zhang.receive(piece, { id: 'abc'[i] ?? '', at: zhang.now() + i });
    const replies = await zhang.replies();
    expect(replies.at(-1)?.text).toContain('【高危】很像“冒充公检法”');
    expect(new Set(replies.flatMap((reply) => reply.replyTo))).toEqual(new Set(['a', 'b', 'c']));
  });
  test('has no different end when its pieces arrive in another order', async () => {
    const pieces = ['俺妈', '把验证码', '告诉别人了'];
    const orders = [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ];
    const ends = await Promise.all(
      orders.map(async (order) => {
        const zhang = await placeForTest();
        for (const i of order) await zhang.receive(pieces[i] ?? '', { id: `p${i}`, at: zhang.now() + i });
        const said = [...(await zhang.replies()).map((reply) => reply.text), ...(await zhang.wait(3 * SECOND))];
        return said.at(-1)?.split('\n')[0];
      }),
    );
    expect(ends.filter((end) => end?.startsWith('【急救】'))).toHaveLength(orders.length);
  });
  test('never waits longer than three seconds, however many pieces come', async () => {
    const zhang = await placeForTest();
    for (let i = 0; i < 3; i += 1) {
      await zhang.say(`楼下的黄瓜第${i}筐`);
      expect(await zhang.wait(900)).toEqual([]);
    }
    expect((await zhang.wait(300)).join()).toContain('没认出');
  });
  test('that was told is not told again by what adds nothing, and is by what makes it worse', async () => {
    const zhang = await placeForTest();
    expect(await zhang.say(SCAM)).toContain('高危');
    await zhang.wait(SECOND);
    expect(await zhang.say('是昨天晚上的事')).toBe('');
    await zhang.wait(SECOND);
    expect(await zhang.say('我已经转了五千了')).toContain('急救');
    expect(await zhang.wait(A_PAUSE)).toEqual([]);
  });
  test('tells first aid to who cries for it, not to the family that the story spoke of', async () => {
    const zhang = await placeForTest();
    await zhang.say(`${SCAM}，还不让告诉家里人`);
    await zhang.wait(SECOND);
    const aid = await zhang.say('我已经转了五千了，怎么办');
    expect(aid).toMatch(/^【急救】/);
    expect(aid).not.toContain('家人，');
  });
  test('does not swallow another fraud that follows at once', async () => {
    const zhang = await placeForTest();
    expect(await zhang.say(SCAM)).toContain('冒充公检法');
    await zhang.wait(SECOND);
    expect(await zhang.say('恭喜您中了一等奖20万元，请先交手续费2000元到指定账户才能领奖')).toContain('中奖');
  });
  test('is judged after a restart in the middle of the wait', async () => {
    const zhang = await placeForTest();
    await zhang.say('楼下老张种的黄瓜结了一大筐');
    expect(await zhang.storage.talks.nextWake()).toBe(zhang.now() + 3 * SECOND);
    expect((await zhang.wait(MINUTE)).join()).toContain('没认出');
    expect(await zhang.wait(MINUTE)).toEqual([]);
  });
});

describe('an open case', () => {
  test('goes to the office, masked, when the resident says that we are wrong', async () => {
    const zhang = await placeForTest();
    await zhang.say(`${SCAM}，他电话13812345678，我叫李建国`);
    expect(await zhang.say('4')).toContain('记下了');
    expect(await zhang.storage.office.openQuestions()).toMatchObject([
      { kind: 'disputed', entry: 'impersonate-police', maskedText: expect.stringContaining('【手机号】') },
    ]);
    expect(JSON.stringify(await zhang.storage.office.openQuestions())).not.toMatch(/13812345678|李建国/);
  });
  test('answers a digit that only the older one of two offered, and names it', async () => {
    const zhang = await placeForTest();
    await zhang.say('恭喜您中了一等奖20万元，请先交手续费2000元到指定账户才能领奖');
    await zhang.wait(A_PAUSE);
    expect(await zhang.say('我已经转了五千了')).toContain('急救');
    expect(await zhang.say('4')).toMatch(/说的是前面“虚假中奖”那条/);
  });
});

describe('what nobody knew', () => {
  test('goes to the office once for all who ask it', async () => {
    const zhang = await placeForTest();
    await zhang.say('楼下老张种的黄瓜结了一大筐');
    await zhang.wait(A_PAUSE);
    await zhang.say('楼下老张种的黄瓜结了一大筐', { talker: 'li' });
    await zhang.wait(A_PAUSE);
    expect(await zhang.storage.office.openQuestions()).toMatchObject([{ kind: 'unknown', count: 2 }]);
  });
});
