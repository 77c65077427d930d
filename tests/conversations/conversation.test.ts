import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createConversation } from '../../src/conversation/index.ts';
import type { Incoming } from '../../src/domain/index.ts';
import { DAY, MINUTE } from '../../src/lib/clock.ts';
import { mind } from '../knowledge-base.ts';

interface Talk {
  readonly name: string;
  readonly because: string;
  readonly talk: readonly {
    readonly resident: string;
    readonly bot?: readonly string[];
    readonly never?: readonly string[];
  }[];
}

const talks = parse(readFileSync(fileURLToPath(new URL('./talks.yml', import.meta.url)), 'utf8')) as readonly Talk[];
const START = Date.UTC(2026, 10, 24, 2, 0, 0);

/** A resident with a telephone: says something and reads what comes back. The clock stands still until it is moved. */
function resident(room?: string) {
  let now = START;
  let count = 0;
  const conversation = createConversation(
    () => mind,
    () => now,
  );
  const incoming = (text: string, more: Partial<Incoming>): Incoming => {
    count += 1;
    return {
      source: 'local',
      id: `m${count}`,
      talker: 'zhang',
      room,
      mentioned: room === undefined,
      role: 'resident',
      kind: 'text',
      text,
      at: now,
      ...more,
    };
  };
  return {
    say: (text: string, more: Partial<Incoming> = {}) => conversation.receive(incoming(text, more)),
    wait: (ms: number) => {
      now += ms;
    },
  };
}

function textOf(outcome: ReturnType<ReturnType<typeof resident>['say']>): string {
  return outcome.kind === 'reply' ? outcome.reply.text : '';
}

describe('talks', () => {
  test.each(talks)('$name', ({ talk }) => {
    const zhang = resident();
    for (const line of talk) {
      const reply = textOf(zhang.say(line.resident));
      for (const pattern of line.bot ?? []) expect(reply, line.resident).toMatch(new RegExp(pattern));
      for (const pattern of line.never ?? []) expect(reply, line.resident).not.toMatch(new RegExp(pattern));
    }
  });
});

describe('a talk', () => {
  test('answers a message that was delivered twice only once', () => {
    const zhang = resident();
    expect(zhang.say('你好', { id: 'same' }).kind).toBe('reply');
    expect(zhang.say('你好', { id: 'same' })).toEqual({
      kind: 'silence',
      why: 'a repeat of a message already answered',
    });
  });
  test('keeps digits valid for 24 hours and no longer', () => {
    const zhang = resident();
    zhang.say('刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户');
    zhang.wait(DAY - MINUTE);
    expect(textOf(zhang.say('1'))).toContain('识破');
    zhang.wait(DAY + MINUTE);
    expect(textOf(zhang.say('1'))).toContain('再发我一次');
  });
  test('keeps the talks of two people apart', () => {
    const both = resident();
    both.say('刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户');
    expect(textOf(both.say('1', { talker: 'li' }))).toContain('再发我一次');
  });
  test('is silent in a group in which nobody asked', () => {
    const group = resident('family@room');
    expect(group.say('刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户')).toEqual({
      kind: 'silence',
      why: 'a group in which nobody asked',
    });
    expect(textOf(group.say('刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户', { mentioned: true }))).toContain(
      '高危',
    );
  });
  test('says that it cannot read a picture, instead of keeping quiet', () => {
    expect(textOf(resident().say('', { kind: 'other' }))).toContain('看不了');
  });
});
