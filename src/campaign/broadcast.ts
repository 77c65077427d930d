import type { Mind } from '../conversation/index.ts';
import type { Address, Fraud, Lesson, ToSay } from '../domain/index.ts';
import { type Clock, DAY, dayOf, HOUR, MINUTE } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { questionText } from './questions.ts';
import { isReviewed } from './reviewed.ts';
import { slotsBetween } from './schedule.ts';
import type { CampaignSettings } from './settings.ts';
import type { Broadcast, CampaignStore, Topic } from './store.ts';
import { mondayOf, mostAsked } from './tip-of-the-week.ts';

/** A missed slot is caught up within this time; later it is dropped with a note. */
const CATCH_UP = 2 * HOUR;
/** Subscribers in one transaction: some milliseconds, so that residents' messages get in between. */
const TOGETHER = 100;
/** Missed slots are noted so far back; who was away for longer knows it. */
const NOTED_BACK = 31 * DAY;
/** So many former sendings are looked through: a year of weeks, and more. */
const REMEMBERED = 100;
/** What the whole day was too busy for is of no use any more. */
const VALID = 2 * DAY;

export interface BroadcastNeeds {
  readonly store: CampaignStore;
  mind(): Mind;
  readonly settings: CampaignSettings;
  readonly now: Clock;
  readonly log: Log;
  /** How often each knowledge file was the answer in these days (2026-11-24), both included. */
  asked(from: string, to: string): Promise<ReadonlyMap<string, number>>;
  /** Something waits in the outbox. */
  onToSay?(): void;
}

/** Plans what is due and queues it. All that it knows is in the store, so any process may do it at any time. */
export interface Broadcaster {
  /** Plans every slot that has come, drops what came too long ago, queues what was planned. */
  look(): Promise<void>;
}

export function createBroadcaster(needs: BroadcastNeeds): Broadcaster {
  const { store, settings, now, log } = needs;

  return {
    async look() {
      await plan('lesson', settings.lessonTime);
      await plan('weekly-tip', settings.tipTime);
      for (const broadcast of await store.unfinished()) await queue(broadcast);
    },
  };

  async function plan(topic: Topic, pattern: string): Promise<void> {
    const sent = await store.broadcasts(topic, REMEMBERED);
    // A clock that was wrong for a while has left slots in the future: they are no reason to be silent until then.
    const past = sent.filter(({ slot }) => slot <= now());
    const since = Math.max(past[0]?.slot ?? now() - CATCH_UP, now() - NOTED_BACK);
    const days = new Set(past.map(({ slot }) => dayOf(slot)));
    for (const slot of slotsBetween(pattern, since, now())) {
      if (days.has(dayOf(slot)) || (topic === 'lesson' && settings.holidays.has(dayOf(slot)))) continue;
      const about = await contentOf(topic, slot, past);
      if (about === undefined) continue;
      const late = now() - slot > CATCH_UP;
      const planned = await store.plan({ topic, slot, about, state: late ? 'dropped' : 'queueing' });
      if (planned && late) await noteDropped(topic, slot);
    }
  }

  async function noteDropped(topic: Topic, slot: number): Promise<void> {
    await store.note({ day: dayOf(now()), kind: 'broadcast-dropped', about: topic, unit: '', amount: 1, people: 0 });
    log.warn({ topic, day: dayOf(slot) }, '错过了两个小时以上，这一次不补发');
  }

  /** The lesson after the last one that was sent; the tip that the office chose, or that was asked for most. */
  async function contentOf(topic: Topic, slot: number, past: readonly Broadcast[]): Promise<string | undefined> {
    const { base } = needs.mind();
    if (topic === 'lesson') {
      const sent = past.find(({ state }) => state !== 'dropped');
      const position = base.lessons.findIndex(({ id }) => id === sent?.about) + 1;
      return base.lessons[position % base.lessons.length]?.id;
    }
    const frauds = base.frauds.filter((fraud) => isReviewed(fraud, slot));
    const chosen = await store.chosenTip(mondayOf(slot));
    if (chosen !== undefined && frauds.some(({ id }) => id === chosen)) return chosen;
    return mostAsked(frauds, await needs.asked(dayOf(slot - 7 * DAY), dayOf(slot - DAY)), slot)?.id;
  }

  async function queue(broadcast: Broadcast): Promise<void> {
    const text = textOf(broadcast);
    // Whoever queued it died, or it is no longer in the knowledge base: what is old is given up.
    if (now() - broadcast.slot > CATCH_UP) {
      if (await store.drop(broadcast)) await noteDropped(broadcast.topic, broadcast.slot);
      return;
    }
    if (text === undefined) return;
    const between = MINUTE / settings.broadcastPerMinute;
    const toSay = (address: Address, position: number): ToSay => {
      const dueAt = Math.max(now(), broadcast.slot) + Math.floor(position * between);
      const expiresAt = dueAt + VALID;
      const times = { at: now(), dueAt, expiresAt, keepUntil: expiresAt + DAY };
      return { ...address, text, replyTo: [], urgency: 'unasked', ...times };
    };
    const began = performance.now();
    let count = 0;
    for (;;) {
      const queued = await store.queueNext(broadcast, TOGETHER, toSay, dayOf(now()));
      if (queued === 0) break;
      count += queued;
      needs.onToSay?.();
    }
    const ms = Math.round(performance.now() - began);
    log.info({ topic: broadcast.topic, about: broadcast.about, count, ms }, 'a broadcast is queued');
  }

  function textOf({ topic, about }: Broadcast): string | undefined {
    const { base } = needs.mind();
    if (topic === 'lesson') {
      const lesson = base.lessons.find(({ id }) => id === about);
      return lesson && lessonText(lesson, needs.mind());
    }
    const fraud = base.frauds.find(({ id }) => id === about);
    return fraud && weeklyTipText(fraud, needs.mind());
  }
}

/** A lesson as it is sent, its first question at the end. */
function lessonText(lesson: Lesson, mind: Mind): string {
  const [question] = lesson.questions;
  return [
    mind.say('lesson-title', { 题目: lesson.title }),
    ...lesson.text,
    ...(lesson.video === undefined ? [] : [mind.say('lesson-video', { 链接: lesson.video })]),
    '',
    ...(question
      ? [questionText(question, mind.say('question-title', { 第几: '1', 题数: String(lesson.questions.length) }), mind)]
      : []),
  ].join('\n');
}

function weeklyTipText({ tip }: Fraud, mind: Mind): string {
  return `${tip.group}\n${mind.say('weekly-tip-end')}`;
}
