import type { Fraud } from '../domain/index.ts';
import { DAY, dayOf } from '../lib/clock.ts';
import { createFraudFinder } from './find-fraud.ts';
import { isReviewed } from './reviewed.ts';
import { tipOfTheWeek } from './tip-of-the-week.ts';
import { answer, note, type Outcome, offering, type Visit } from './visit.ts';

/** What may be passed on. */
function reviewed({ mind, now }: Visit): readonly Fraud[] {
  return mind.base.frauds.filter((fraud) => isReviewed(fraud, now));
}

/** A tip in its four lengths; the one for groups once more by itself, to be passed on as it is. */
export async function tipToForward(visit: Visit, fraud: Fraud, title = 'tip-title'): Promise<Outcome> {
  const { incoming, mind, member } = visit;
  const { group, moments, led, loudspeaker } = fraud.tip;
  await note(visit, 'tip-taken', { about: fraud.id });
  const named = { 短名: fraud.short };
  const text = [
    mind.say(title, named),
    `${mind.say('tip-group')}\n${group}`,
    `${mind.say('tip-moments')}\n${moments}`,
    `${mind.say('tip-led')}\n${led}`,
    `${mind.say('tip-loudspeaker')}\n${loudspeaker}`,
    ...(incoming.room === undefined ? [mind.say('tip-more', named)] : []),
  ].join('\n');
  return { ...answer('tip', text, [group]), member: { ...offering(member, undefined), lastTip: fraud.id } };
}

/** Names of other things that may be asked for in the same words. */
const READY: Readonly<Record<string, (visit: Visit) => Promise<Outcome | undefined>>> = {
  本周主题: tipOfThisWeek,
  今日一条: tipOfToday,
  大喇叭: (visit) => loudspeakerText(visit, ''),
};

/** 转发 and what is to be passed on. `guess`: names that are not quite right may be understood, and asked about. */
export async function tipAskedFor(visit: Visit, words: string, guess: boolean): Promise<Outcome | undefined> {
  const ready = READY[words];
  if (ready) return ready(visit);
  const finder = createFraudFinder({ frauds: reviewed(visit) });
  const fraud = finder.named(words);
  if (fraud) return tipToForward(visit, fraud);
  const near = guess ? finder.near(words) : [];
  const [only, ...others] = near;
  if (only && others.length === 0) return tipToForward(visit, only);
  if (near.length > 0) return chooseTip(visit, near);
  return guess && visit.member.deputySince !== undefined ? chooseTip(visit) : undefined;
}

const MOST_LISTED = 20;

/** A list to choose from by number; without one of its own, the families of frauds, those that all must know first. */
export function chooseTip(visit: Visit, near?: readonly Fraud[]): Outcome {
  const { incoming, mind, member, now } = visit;
  const families = reviewed(visit).filter((fraud) => fraud.id === fraud.family);
  const listed = near ?? [...families].sort((a, b) => Number(b.core) - Number(a.core)).slice(0, MOST_LISTED);
  const inGroup = incoming.room !== undefined;
  const lines = listed.map((fraud, i) => (inGroup ? fraud.short : `${i + 1} ${fraud.short}`));
  const choose = mind.say(inGroup ? 'tip-choose-in-group' : 'tip-choose');
  const text = [mind.say(near ? 'tip-which' : 'tip-list'), ...lines, choose].join('\n');
  const entries = listed.map((fraud) => fraud.id);
  return { ...answer('tip', text), member: inGroup ? undefined : offering(member, { kind: 'tips', entries, at: now }) };
}

/** One of the reviewed frauds each day, in turn; the three that everybody must know come round most. */
export async function tipOfToday(visit: Visit): Promise<Outcome | undefined> {
  const frauds = reviewed(visit);
  const core = frauds.filter((fraud) => fraud.core);
  const day = Math.floor(Date.parse(dayOf(visit.now)) / DAY);
  // Every fourth day one of the core.
  const fraud = day % 4 === 0 && core.length > 0 ? core[(day / 4) % core.length] : frauds[day % frauds.length];
  return fraud && tipToForward(visit, fraud, 'tip-of-today');
}

export async function tipOfThisWeek(visit: Visit): Promise<Outcome | undefined> {
  const fraud = await tipOfTheWeek(visit);
  return fraud && tipToForward(visit, fraud, 'tip-of-this-week');
}

/** The words for the village loudspeaker, by themselves: of the tip he took last, else of this week's. */
export async function loudspeakerText(visit: Visit, words: string, guess = false): Promise<Outcome | undefined> {
  const finder = createFraudFinder({ frauds: reviewed(visit) });
  if (words !== '') {
    const fraud = finder.named(words) ?? (guess ? finder.near(words)[0] : undefined);
    return fraud && loudspeakerOf(visit, fraud);
  }
  const fraud = finder.named(visit.member.lastTip ?? '') ?? (await tipOfTheWeek(visit));
  return fraud && loudspeakerOf(visit, fraud);
}

async function loudspeakerOf(visit: Visit, fraud: Fraud): Promise<Outcome> {
  await note(visit, 'tip-taken', { about: fraud.id });
  return answer('loudspeaker', visit.mind.say('loudspeaker-title', { 短名: fraud.short }), [fraud.tip.loudspeaker]);
}

/** Which picture the words behind 图片 ask for. */
const FORMATS: readonly (readonly [RegExp, string])[] = [
  [/led|大屏|屏幕/iu, 'led'],
  [/展板|海报|宣传栏/u, 'board'],
  [/横幅|条幅/u, 'banner'],
];

const FORMAT_WORDS = /led图?|大屏图?|屏幕|展板|海报|宣传栏|横幅|条幅|图片|卡片|的/giu;

/** The picture of a fraud that is named; without a name, of the tip he took last, else a list. */
export function pictureAskedFor(visit: Visit, words: string, guess: boolean): Outcome | undefined {
  const finder = createFraudFinder({ frauds: reviewed(visit) });
  const name = words.replace(FORMAT_WORDS, '').trim();
  const fraud = name === '' ? finder.named(visit.member.lastTip ?? '') : finder.named(name);
  if (fraud) return pictureOf(visit, fraud);
  if (name === '') return chooseTip(visit);
  const [near] = guess ? finder.near(name) : [];
  return near && pictureOf(visit, near);
}

/** Where the picture can be had: shown on the chat page, fetched from outside where there is a way. */
function pictureOf({ incoming, mind, settings }: Visit, fraud: Fraud): Outcome {
  const format = FORMATS.find(([said]) => said.test(incoming.text))?.[1] ?? 'card';
  const path = `/pictures/${fraud.id}-${format}.png`;
  const title = mind.say('picture-title', { 短名: fraud.short });
  if (incoming.source === 'local') return answer('picture', `${title}\n${path}`);
  return answer(
    'picture',
    settings.publicUrl === undefined ? mind.say('picture-elsewhere') : `${title}\n${settings.publicUrl}${path}`,
  );
}
