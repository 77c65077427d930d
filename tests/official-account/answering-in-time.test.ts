import { afterEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../src/channels/official-account/index.ts';
import { AES_KEY, HOLDING, type Rig, type RigOptions, TROUBLE, webhookRig } from './webhook-rig.ts';

const rigs: Rig[] = [];
const rigOf = async (options: RigOptions): Promise<Rig> => {
  const rig = await webhookRig(options);
  rigs.push(rig);
  return rig;
};
afterEach(async () => {
  await Promise.all(rigs.splice(0).map((rig) => rig.close()));
});

const answerAfter = (ms: number, text: string) => (): Promise<Answer> =>
  new Promise((resolve) => setTimeout(() => resolve({ text }), ms));
const never = (): Promise<Answer> => new Promise(() => {});

describe('an answer that takes longer than WeChat waits', () => {
  test('is announced by the holding sentence and handed on when it comes', async () => {
    const rig = await rigOf({ answerWithinMs: 40, receive: answerAfter(120, '是诈骗') });
    const side = rig.side('plain');
    const { tries, screen } = await side.deliver(side.text('看看这个'));
    expect(screen).toBe(HOLDING);
    expect(tries).toHaveLength(1);
    expect(rig.held).toHaveLength(1);
    await expect.poll(() => rig.late).toHaveLength(1);
    expect(rig.late[0]).toMatchObject({ incoming: { kind: 'text' }, unsaid: { why: 'late', parts: ['是诈骗'] } });
  });
  test('that was announced stays announced: a repeated request gets the same bytes', async () => {
    const rig = await rigOf({ aesKeys: [AES_KEY], answerWithinMs: 30, receive: answerAfter(60, '是诈骗') });
    const side = rig.side('secure');
    const request = side.request(side.text('看看这个'));
    const first = await side.post(request);
    await expect.poll(() => rig.late).toHaveLength(1);
    const second = await side.post(request);
    expect(first.reply).toContain(HOLDING);
    expect(second.body).toBe(first.body);
    expect([rig.received.length, rig.late.length]).toEqual([1, 1]);
  });
  test('never comes: the holding sentence stands, the work is told to stop, and nothing is said later', async () => {
    let stopped = false;
    const rig = await rigOf({
      answerWithinMs: 20,
      rememberMs: 60,
      receive: (_incoming, { signal }) => {
        signal.addEventListener('abort', () => {
          stopped = true;
        });
        return never();
      },
    });
    const side = rig.side('plain');
    expect((await side.deliver(side.text('看看'))).screen).toBe(HOLDING);
    await expect.poll(() => stopped).toBe(true);
    expect(rig.late).toEqual([]);
  });
  test('comes when the exchange is long over: nobody is told any more', async () => {
    let answered = false;
    const rig = await rigOf({
      answerWithinMs: 20,
      rememberMs: 40,
      receive: async () => {
        const answer = await answerAfter(120, '是诈骗')();
        answered = true;
        return answer;
      },
    });
    const side = rig.side('plain');
    await side.deliver(side.text('看看'));
    await expect.poll(() => answered).toBe(true);
    await new Promise((resolve) => setImmediate(resolve));
    expect(rig.late).toEqual([]);
  });
  test('to an event that nobody watches is silence', async () => {
    const rig = await rigOf({ answerWithinMs: 20, receive: never });
    const side = rig.side('plain');
    expect((await side.deliver(side.event('unsubscribe'))).screen).toBe('nothing');
    expect((await side.deliver(side.event('subscribe'))).screen).toBe(HOLDING);
    expect(rig.held.map((one) => one.kind === 'event' && one.event)).toEqual(['subscribe']);
  });
  test('is given within four seconds where nobody says otherwise, well before WeChat hangs up', async () => {
    const rig = await rigOf({ receive: never });
    const side = rig.side('plain');
    const [text, silent] = await Promise.all([side.deliver(side.text('看看')), side.deliver(side.event('VIEW'))]);
    expect([text.screen, silent.screen]).toEqual([HOLDING, 'nothing']);
    for (const { tries } of [text, silent]) expect(tries[0]?.tookMs).toBeLessThan(4_500);
  });
});

describe('a conversation that fails', () => {
  test.each<[string, () => Promise<Answer>]>([
    ['rejects', () => Promise.reject(new Error('database is locked'))],
    [
      'throws',
      () => {
        throw new Error('disk full');
      },
    ],
    ['answers with something that is no answer', () => Promise.resolve(undefined as unknown as Answer)],
  ])('and %s still gives the resident a sentence', async (_name, receive) => {
    const rig = await rigOf({ receive });
    const side = rig.side('plain');
    expect((await side.deliver(side.text('看看'))).screen).toBe(TROUBLE);
    expect((await side.deliver(side.event('VIEW'))).screen).toBe('nothing');
  });
  test('may do better at the next try', async () => {
    let calls = 0;
    const rig = await rigOf({
      receive: async () => {
        calls += 1;
        if (calls === 1) throw new Error('locked');
        return { text: '是诈骗' };
      },
    });
    const side = rig.side('plain', { losesAnswers: [1] });
    expect((await side.deliver(side.text('看看'))).screen).toBe('是诈骗');
  });
  test('after the holding sentence says so later', async () => {
    const rig = await rigOf({
      answerWithinMs: 20,
      receive: () => new Promise((_resolve, reject) => setTimeout(() => reject(new Error('locked')), 60)),
    });
    const side = rig.side('plain');
    expect((await side.deliver(side.text('看看'))).screen).toBe(HOLDING);
    await expect.poll(() => rig.late.map(({ unsaid }) => unsaid.parts)).toEqual([[TROUBLE]]);
  });
  test('in what gets the late answer ends in the log', async () => {
    const rig = await rigOf({
      answerWithinMs: 20,
      receive: answerAfter(40, '是诈骗'),
      late: () => {
        throw new Error('no such talker');
      },
    });
    const side = rig.side('plain');
    await side.deliver(side.text('看看'));
    await expect.poll(() => rig.lines.some((line) => line.includes('no such talker'))).toBe(true);
    expect((await side.deliver(side.text('还在吗'))).screen).toBe(HOLDING);
  });
  test('by hanging lets only so many messages wait', async () => {
    const rig = await rigOf({ answerWithinMs: 600, mostWaiting: 5, receive: never });
    const side = rig.side('plain');
    const delivered = await side.deliverShuffled(Array.from({ length: 12 }, (_, n) => side.text(`${n}`, `o${n}`)));
    const screens = delivered.map(({ screen }) => screen);
    expect(screens.filter((screen) => screen === HOLDING)).toHaveLength(5);
    expect(screens.filter((screen) => screen === TROUBLE)).toHaveLength(7);
  });
});

describe('the same message again', () => {
  test.each(['same-nonce', 'new-nonce'] as const)(
    'while it is being answered shares the one answer (%s)',
    async (repeats) => {
      const rig = await rigOf({ answerWithinMs: 1_000, receive: answerAfter(150, '是诈骗') });
      const side = rig.side('plain', { hangsUpAfterMs: 100, repeats });
      const { tries, screen } = await side.deliver(side.text('看看'));
      expect(tries.length).toBeGreaterThan(1);
      expect(screen).toBe('是诈骗');
      expect(rig.received).toHaveLength(1);
    },
  );
  test('gets the identical bytes, in plain mode under any nonce, sealed under the same', async () => {
    let n = 0;
    const rig = await rigOf({
      receive: async () => {
        n += 1;
        return { text: `第${n}次` };
      },
    });
    const sealed = await rigOf({ aesKeys: [AES_KEY], receive: async () => ({ text: '是诈骗' }) });
    const plain = rig.side('plain');
    const secure = sealed.side('secure');
    const xml = plain.text('看看');
    const bodies = await Promise.all([1, 2, 3].map(async () => (await plain.post(plain.request(xml))).body));
    rig.clock.now += 30_000;
    bodies.push((await plain.post(plain.request(xml))).body);
    expect(new Set(bodies).size).toBe(1);
    const request = secure.request(xml);
    const [first, second] = [await secure.post(request), await secure.post(request)];
    expect(second.body).toBe(first.body);
    const anew = await secure.post(secure.request(xml));
    expect([anew.body === first.body, anew.reply]).toEqual([false, first.reply]);
  });
  test('at another process gets the identical bytes when the stored text is the same', async () => {
    const receive = async (): Promise<Answer> => ({ text: '是诈骗' });
    const [one, other] = [await rigOf({ aesKeys: [AES_KEY], receive }), await rigOf({ aesKeys: [AES_KEY], receive })];
    const [here, there] = [one.side('secure'), other.side('secure')];
    const request = here.request(here.text('看看'));
    other.clock.now += 7_000;
    expect((await there.post(request)).body).toBe((await here.post(request)).body);
  });
  test('of another resident is another message', async () => {
    const rig = await rigOf({ receive: async ({ from }) => ({ text: `给${from}` }) });
    const side = rig.side('plain');
    const xml = side.text('看看', 'oFirst');
    expect((await side.deliver(xml)).screen).toBe('给oFirst');
    expect((await side.deliver(xml.replace('oFirst', 'oSecond'))).screen).toBe('给oSecond');
  });
});

describe('an answer', () => {
  test('too long for one message is begun at once, and the rest handed on', async () => {
    const sentence = `${'骗'.repeat(199)}。`;
    const rig = await rigOf({ receive: async () => ({ text: sentence.repeat(5) }) });
    const side = rig.side('plain');
    const { screen } = await side.deliver(side.text('看看'));
    expect(screen).toBe(sentence.repeat(3));
    await expect.poll(() => rig.late).toHaveLength(1);
    expect(rig.late[0]?.unsaid).toEqual({ why: 'too-long', parts: [sentence.repeat(2)] });
  });
  test.each([{}, { text: '' }, { text: ' \n' }])('of nothing is silence: %j', async (answer) => {
    const rig = await rigOf({ receive: async () => answer });
    const side = rig.side('plain');
    const { tries, screen } = await side.deliver(side.text('看看'));
    expect([screen, tries[0]?.body]).toEqual(['nothing', 'success']);
  });
});
