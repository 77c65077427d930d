import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type CampaignSettings, createBroadcaster, createCampaign, nextSlot } from '../../src/campaign/index.ts';
import { type Conversation, createConversation } from '../../src/conversation/index.ts';
import type { Incoming } from '../../src/domain/index.ts';
import { MINUTE } from '../../src/lib/clock.ts';
import { openStorage, type Storage } from '../../src/storage/index.ts';
import { mind } from '../knowledge-base.ts';
import { memoryLog } from '../quiet-log.ts';

/** A county as the tests run it: no units, no roll-call, nothing fetched from outside. */
export const SETTINGS: CampaignSettings = {
  county: '西平县',
  entry: '把收到的话发给西平县反诈助手',
  publicUrl: undefined,
  holidays: new Set(),
  lessonTime: '0 9 * * 2',
  tipTime: '0 10 * * 1',
  broadcastPerMinute: 600,
  units: [],
  rollCall: false,
  jinzhongzhao: false,
  namedUnits: [],
};

/** A county in a test: real storage on disk, a clock that stands still until it is moved, people with their mailboxes. */
export interface County {
  readonly storage: () => Storage;
  readonly lines: readonly string[];
  now(): number;
  /** Moves the clock to a time in Shanghai (2026-12-01 09:00); what is planned on the way is sent at its minute. */
  goTo(time: string): Promise<void>;
  /** As goTo, but nothing runs meanwhile. */
  sleepUntil(time: string): void;
  /** One more look of the broadcaster. */
  look(): Promise<void>;
  /** Says something and gives what comes back to this person at once, in order. */
  say(who: string, text: string, more?: Partial<Incoming>): Promise<readonly string[]>;
  /** What has come for this person (or into this group) since it was last read. */
  mail(who: string): Promise<readonly string[]>;
  /** The process ends and begins anew. */
  restart(): Promise<void>;
  invite(code?: string): Promise<string>;
}

export async function countyForTest(
  over: Partial<CampaignSettings> = {},
  { from = '2026-11-30 08:00', asked = new Map<string, number>() } = {},
): Promise<County> {
  const settings = { ...SETTINGS, ...over };
  const folder = await mkdtemp(join(tmpdir(), 'fanzha-county-'));
  const { log, lines } = memoryLog();
  let now = timeOf(from);
  let count = 0;
  const mailboxes = new Map<string, string[]>();
  const clock = (): number => now;
  const open = () => openStorage({ stateDir: folder, databaseUrl: undefined, now: clock, log });
  let storage = await open();
  let conversation = talk();
  onTestFinished(async () => {
    await storage.close();
    await rm(folder, { recursive: true, force: true });
  });

  function talk(): Conversation {
    const errands = createCampaign({ mind: () => mind, settings, now: clock });
    return createConversation({ mind: () => mind, store: storage.talks, errands, now: clock, log });
  }
  const look = (): Promise<void> =>
    createBroadcaster({
      store: storage.campaign,
      mind: () => mind,
      settings,
      now: clock,
      log,
      asked: async () => asked,
    }).look();

  async function deliver(): Promise<void> {
    for (;;) {
      const rows = await storage.outbox.claim({
        source: 'local',
        owner: 'test',
        now,
        leaseUntil: now + MINUTE,
        limit: 200,
      });
      if (rows.length === 0) return;
      for (const { talker, room, text } of rows) {
        const box = room ?? talker;
        mailboxes.set(box, [...(mailboxes.get(box) ?? []), text]);
      }
      await storage.outbox.settle(
        'test',
        rows.map(({ id }) => id),
        { state: 'sent' },
        now,
      );
    }
  }

  const county: County = {
    storage: () => storage,
    lines,
    now: clock,
    look,
    async goTo(time) {
      const to = timeOf(time);
      for (;;) {
        const next = Math.min(...[settings.lessonTime, settings.tipTime].map((one) => nextSlot(one, now) ?? to));
        if (next > to) break;
        now = next;
        await look();
        // The pace of a broadcast ends within some minutes here.
        now = Math.min(to, now + 5 * MINUTE);
        await deliver();
      }
      now = to;
      await deliver();
    },
    sleepUntil(time) {
      now = timeOf(time);
    },
    async say(who, text, more = {}) {
      count += 1;
      const room = more.room;
      await county.mail(room ?? who);
      now += MINUTE;
      await conversation.receive({
        source: 'local',
        id: `m${count}`,
        talker: who,
        mentioned: true,
        kind: 'text',
        text,
        at: now,
        ...more,
      });
      now += 3_000;
      while ((await conversation.wakeDue()) > 0);
      return county.mail(room ?? who);
    },
    async mail(who) {
      await deliver();
      const letters = mailboxes.get(who) ?? [];
      mailboxes.delete(who);
      return letters;
    },
    async restart() {
      await storage.close();
      storage = await open();
      conversation = talk();
    },
    async invite(code = 'DBK7QF3M2P') {
      await storage.campaign.invite(code, now + 7 * 24 * 60 * MINUTE, now);
      return code;
    },
  };
  return county;
}

/** 2026-12-01 09:00 in Shanghai. */
function timeOf(time: string): number {
  return Date.parse(`${time.replace(' ', 'T')}:00+08:00`);
}
