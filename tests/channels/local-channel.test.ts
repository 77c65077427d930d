import { afterEach, describe, expect, test } from 'vitest';
import { type LocalChannel, openLocalChannel } from '../../src/channels/wechaty/index.ts';
import { type Conversation, createConversation, createTranscript, type Said } from '../../src/conversation/index.ts';
import { mind } from '../knowledge-base.ts';
import { memoryLog } from '../quiet-log.ts';

const opened: LocalChannel[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((channel) => channel.stop()));
});

async function open(over: Partial<Conversation> = {}) {
  const transcript = createTranscript(Date.now);
  const { log, lines } = memoryLog();
  const conversation = { ...createConversation(() => mind, Date.now), ...over };
  const channel = await openLocalChannel({
    conversation,
    transcript,
    now: Date.now,
    log,
    welcome: () => '欢迎',
    failed: () => '没看成',
  });
  opened.push(channel);
  const next = (to: string) => new Promise<Said>((resolve) => transcript.listen(to, resolve));
  return { channel, next, lines, transcript };
}

const SCAM = '刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户';

describe('the Wechaty bot over the local puppet', () => {
  test('answers a private message and says which message it answers', async () => {
    const { channel, next } = await open();
    const reply = next('zhang-1');
    const id = channel.receive('zhang-1', SCAM, 'resident');
    expect(await reply).toMatchObject({ talker: 'zhang-1', replyTo: [id], text: expect.stringContaining('高危') });
  });
  test('accepts a friend request and welcomes the new friend', async () => {
    const { channel, next } = await open();
    const welcome = next('wang-1');
    channel.puppet.requestFriendship('wang-1', '我是老王');
    expect(await welcome).toMatchObject({ text: '欢迎', replyTo: [] });
  });
  test('welcomes somebody who joins a group', async () => {
    const { channel, next } = await open();
    channel.puppet.makeRoom('family@room', '一家人', ['li-1']);
    const welcome = next('family@room');
    channel.puppet.joinRoom('family@room', 'zhao-1', 'li-1');
    expect((await welcome).text).toBe('欢迎');
  });
  test('answers in a group only when it is mentioned', async () => {
    const { channel, next, transcript } = await open();
    channel.puppet.makeRoom('village@room', '村里', ['li-1']);
    channel.puppet.receive('li-1', SCAM, { roomId: 'village@room' });
    const answer = next('li-1');
    channel.puppet.receive('li-1', `@反诈助手\u2005${SCAM}`, {
      roomId: 'village@room',
      mentionIds: [channel.puppet.botId],
    });
    expect((await answer).text).toContain('高危');
    expect(transcript.since('li-1', 0)).toHaveLength(1);
  });
  test('says so when our own program fails, logs no text, and answers the next message', async () => {
    let failing = true;
    const real = createConversation(() => mind, Date.now);
    const { channel, next, lines } = await open({
      receive(incoming) {
        if (failing) throw new Error('broken');
        return real.receive(incoming);
      },
    });
    const first = next('zhang-2');
    channel.receive('zhang-2', SCAM, 'resident');
    expect((await first).text).toBe('没看成');
    failing = false;
    const second = next('zhang-2');
    channel.receive('zhang-2', SCAM, 'resident');
    expect((await second).text).toContain('高危');
    expect(lines.join('')).not.toMatch(/安全账户|zhang-2/);
  });
  test('refuses clearly what the local puppet cannot do', async () => {
    const { channel } = await open();
    await expect(channel.puppet.messageSendFile('zhang-1', {} as never)).rejects.toThrow(
      'messageSendFile: the local channel carries text only',
    );
  });
  test('answers a burst of one talker in order', async () => {
    const { channel, transcript } = await open();
    const ids = Array.from({ length: 20 }, (_, i) =>
      channel.receive('zhang-3', `第${i}句话，楼下的黄瓜熟了`, 'resident'),
    );
    await expect.poll(() => transcript.since('zhang-3', 0).length).toBe(20);
    expect(transcript.since('zhang-3', 0).flatMap((said) => said.replyTo)).toEqual(ids);
  });
});
