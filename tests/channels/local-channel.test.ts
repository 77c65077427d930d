import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openLocalChannel } from '../../src/channels/wechaty/index.ts';
import type { Conversation } from '../../src/conversation/index.ts';
import { createExchange } from '../../src/exchange.ts';
import { openStorage } from '../../src/storage/index.ts';
import { mind } from '../knowledge-base.ts';
import { memoryLog } from '../quiet-log.ts';

interface Spoken {
  readonly to: string;
  readonly text: string;
  readonly replyTo: readonly string[];
}

/** The time of now, on a day at noon in China: at night nothing unasked is said. */
const NOON = Date.UTC(2026, 10, 24, 4) - Date.now();
const now = (): number => NOON + Date.now();

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** The local channel with everything below it; `spoken` is what left the outbox, in order. */
async function open(over: Partial<Conversation> = {}) {
  const stateDir = await mkdtemp(join(tmpdir(), 'fanzha-local-'));
  const { log, lines } = memoryLog();
  const storage = await openStorage({ stateDir, databaseUrl: undefined, now, log });
  const spoken: Spoken[] = [];
  const exchange = createExchange({
    mind: () => mind,
    storage,
    now,
    log,
    joinWithin: 100,
    pump: {
      owner: 'test',
      onSent: ({ talker, room, text, replyTo }) => spoken.push({ to: room ?? talker, text, replyTo }),
    },
  });
  const real = exchange.conversation;
  const channel = await openLocalChannel({ conversation: { ...real, ...over }, log, welcome: () => '欢迎' });
  exchange.begin([channel.outgoing]);
  closing.push(async () => {
    await exchange.stop(channel.stop);
    await storage.close();
    await rm(stateDir, { recursive: true });
  });
  const heard = (to: string): readonly Spoken[] => spoken.filter((one) => one.to === to);
  return { channel, heard, lines, real };
}

const SCAM = '刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户';

describe('the Wechaty bot over the local puppet', () => {
  test('answers a private message and says which message it answers', async () => {
    const { channel, heard } = await open();
    const taken = await channel.receive('zhang-1', SCAM);
    await expect.poll(() => heard('zhang-1').length).toBe(1);
    expect(heard('zhang-1')[0]?.text).toContain('高危');
    expect({ id: heard('zhang-1')[0]?.replyTo[0] }).toEqual(taken);
  });
  test('takes a message that is sent again under its id only once', async () => {
    const { channel, heard } = await open();
    await Promise.all([1, 2, 3].map(() => channel.receive('zhang-4', SCAM, 'same-id')));
    await channel.receive('zhang-4', SCAM, 'same-id');
    await expect.poll(() => heard('zhang-4').length).toBe(1);
  });
  test('takes the messages of two residents who chose the same name for them at the same moment', async () => {
    const { channel, heard } = await open();
    const [first, second] = await Promise.all(
      ['zhang-5', 'li-5'].map((who) => channel.receive(who, SCAM, 'same-name')),
    );
    expect(first).not.toEqual(second);
    for (const who of ['zhang-5', 'li-5'])
      await expect.poll(() => heard(who)).toMatchObject([{ text: expect.stringContaining('高危') }]);
  });
  test('accepts a friend request and welcomes the new friend', async () => {
    const { channel, heard } = await open();
    channel.puppet.requestFriendship('wang-1', '我是老王');
    await expect.poll(() => heard('wang-1')).toMatchObject([{ text: '欢迎', replyTo: [] }]);
  });
  test('welcomes somebody who joins a group', async () => {
    const { channel, heard } = await open();
    channel.puppet.makeRoom('family@room', '一家人', ['li-1']);
    channel.puppet.joinRoom('family@room', 'zhao-1', 'li-1');
    await expect.poll(() => heard('family@room')).toMatchObject([{ text: '欢迎' }]);
  });
  test('answers in a group only when it is mentioned', async () => {
    const { channel, heard } = await open();
    channel.puppet.makeRoom('village@room', '村里', ['li-1']);
    channel.puppet.receive('li-1', SCAM, { roomId: 'village@room' });
    channel.puppet.receive('li-1', `@反诈助手\u2005${SCAM}`, {
      roomId: 'village@room',
      mentionIds: [channel.puppet.botId],
    });
    await expect.poll(() => heard('village@room')).toMatchObject([{ text: expect.stringContaining('高危') }]);
  });
  test('says what waits to somebody who spoke before the program was started', async () => {
    const { heard, real } = await open();
    await real.greet({ source: 'local', talker: 'spoke-yesterday' }, '欢迎');
    await expect.poll(() => heard('spoke-yesterday')).toMatchObject([{ text: '欢迎' }]);
  });
  test('knows the owner of a group, who alone may switch reminders on', async () => {
    const { channel, heard } = await open();
    channel.puppet.makeRoom('town@room', '镇上', ['li-1', 'owner-1'], 'owner-1');
    channel.puppet.receive('li-1', '反诈 开启提醒', { roomId: 'town@room' });
    await expect.poll(() => heard('town@room').at(-1)?.text).toContain('只有群主');
    channel.puppet.receive('owner-1', '反诈 开启提醒', { roomId: 'town@room' });
    await expect.poll(() => heard('town@room').at(-1)?.text).toContain('我会提醒');
    channel.puppet.receive('li-1', SCAM, { roomId: 'town@room' });
    await expect.poll(() => heard('town@room').at(-1)?.text).toContain('【提醒】');
  });
  test('gives a message back when it could not be kept, logs no text, and takes the next one', async () => {
    let failing = true;
    const { channel, heard, lines, real } = await open({
      receive: (incoming) => (failing ? Promise.reject(new Error('no space left')) : real.receive(incoming)),
    });
    await expect(channel.receive('zhang-2', SCAM)).rejects.toThrow('no space left');
    failing = false;
    await channel.receive('zhang-2', SCAM);
    await expect.poll(() => heard('zhang-2').length).toBe(1);
    expect(lines.join('')).not.toMatch(/安全账户|zhang-2/);
  });
  test('refuses clearly what the local puppet cannot do', async () => {
    const { channel } = await open();
    await expect(channel.puppet.messageSendFile('zhang-1', {} as never)).rejects.toThrow(
      'messageSendFile: the local channel carries text only',
    );
  });
  test('takes a burst of one talker in order', async () => {
    const { channel, heard } = await open();
    const texts = ['你好', SCAM, '1', '3', '我已经转了五千了', '菜单'];
    const taken = await Promise.all(texts.map((text) => channel.receive('zhang-3', text)));
    await expect.poll(() => heard('zhang-3').length).toBe(texts.length);
    expect(heard('zhang-3').flatMap((one) => one.replyTo)).toEqual(taken.map((one) => (one === 'busy' ? '' : one.id)));
  });
});
