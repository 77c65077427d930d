import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HOUR, SECOND } from '../../src/lib/clock.ts';
import { createTranscript } from '../../src/outbox/index.ts';
import { memoryStore } from './memory-store.ts';
import { NOON, SOURCE, words } from './stage.ts';

beforeEach(() => void vi.useFakeTimers({ now: NOON }));
afterEach(() => void vi.useRealTimers());

const open = (poll?: number) => {
  const store = memoryStore();
  const transcript = createTranscript({
    store,
    source: SOURCE,
    now: Date.now,
    ...(poll === undefined ? {} : { poll }),
  });
  const sent = (text: string, over = {}) => {
    const id = store.put(words(text, over));
    Object.assign(store.rows[id - 1] ?? {}, { state: 'sent' });
    return id;
  };
  return { store, transcript, sent };
};

describe('what was said', () => {
  test('is read from where a page stopped, of the last 24 hours, and only what was really said', async () => {
    const { store, transcript, sent } = open();
    sent('昨天', { talker: 'a', at: NOON - 25 * HOUR });
    const read = sent('读过', { talker: 'a' });
    sent('新的', { talker: 'a' });
    sent('给别人', { talker: 'b' });
    sent('在群里', { talker: 'a', room: 'r' });
    store.put(words('还没送', { talker: 'a' }));
    const texts = async (after: number) => (await transcript.since('a', after)).map(({ text }) => text);
    expect(await texts(0)).toEqual(['读过', '新的']);
    expect(await texts(read)).toEqual(['新的']);
  });
  test('tells each page of the talker, and no other, until it goes away', () => {
    const { transcript } = open();
    const heard: string[] = [];
    const ends = ['a', 'a', 'b'].map((talker, i) => transcript.listen(talker, () => heard.push(`${talker}${i}`)));
    transcript.said(words('', { talker: 'a' }));
    expect(heard).toEqual(['a0', 'a1']);
    ends[0]?.();
    ends[0]?.();
    transcript.said(words('', { talker: 'a' }));
    expect(heard).toEqual(['a0', 'a1', 'a1']);
  });
  test('says nothing to a page about a group, nor about another channel', () => {
    const { transcript } = open();
    const heard = vi.fn();
    transcript.listen('a', heard);
    transcript.said(words('', { talker: 'a', room: 'r' }));
    transcript.said(words('', { talker: 'a', source: 'wechat4u' }));
    expect(heard).not.toHaveBeenCalled();
  });
  test('makes all pages look at an interval where processes share the outbox, until it is stopped', async () => {
    const { transcript } = open(SECOND);
    const heard = vi.fn();
    transcript.listen('a', heard);
    await vi.advanceTimersByTimeAsync(3 * SECOND);
    expect(heard).toHaveBeenCalledTimes(3);
    transcript.stop();
    await vi.advanceTimersByTimeAsync(3 * SECOND);
    expect(heard).toHaveBeenCalledTimes(3);
    expect(vi.getTimerCount()).toBe(0);
  });
});
