import type { Fraud } from '../domain/index.ts';
import { DAY, dayOf } from '../lib/clock.ts';
import { createFraudFinder } from './find-fraud.ts';
import { isReviewed } from './reviewed.ts';
import { tipOfTheWeek } from './tip-of-the-week.ts';
import { answer, note, type Outcome, offering, type Visit } from './visit.ts';

/** A tip in its four lengths; the one for groups once more by itself, to be passed on as it is. */
export async function tipToForward(visit: Visit, fraud: Fraud, title = 'tip-title'): Promise<Outcome> {
  const { mind, member, now } = visit;
  const { group, moments, led, loudspeaker } = fraud.tip;
  await note(visit, 'tip-taken', { about: fraud.id });
  const text = [
    mind.say(title, { 短名: fraud.short }),
    `${mind.say('tip-group')}\n${group}`,
    `${mind.say('tip-moments')}\n${moments}`,
    `${mind.say('tip-led')}\n${led}`,
    `${mind.say('tip-loudspeaker')}\n${loudspeaker}`,
    mind.say('tip-digits'),
  ].join('\n');
  return {
    ...answer('tip', text, [group]),
    member: offering(member, { kind: 'tip', entry: fraud.id, at: now }),
  };
}

/** 转发 and what is to be passed on. Undefined: not meant so; only who passes on tips is asked what he means. */
export async function tipAskedFor(visit: Visit, words: string): Promise<Outcome | undefined> {
  const { mind, member } = visit;
  const finder = createFraudFinder(mind.base);
  const fraud = finder.named(words);
  if (fraud) return tipToForward(visit, fraud);
  if (member.deputySince === undefined) return undefined;
  const near = finder.near(words);
  const [only, ...others] = near;
  if (only && others.length === 0) return tipToForward(visit, only);
  return chooseTip(visit, near.length > 0 ? near : undefined);
}

const FAMILIES_LISTED = 20;

/** A list to choose from by number; without one of its own, the families of frauds. */
export function chooseTip({ mind, member, now }: Visit, near?: readonly Fraud[]): Outcome {
  const listed = near ?? mind.base.frauds.filter((fraud) => fraud.id === fraud.family).slice(0, FAMILIES_LISTED);
  const lines = listed.map((fraud, i) => `${i + 1} ${fraud.short}`);
  const text = [mind.say(near ? 'tip-which' : 'tip-list'), ...lines, mind.say('tip-choose')].join('\n');
  const entries = listed.map((fraud) => fraud.id);
  return { ...answer('tip', text), member: offering(member, { kind: 'tips', entries, at: now }) };
}

/** One of the reviewed frauds each day, in turn; the three that everybody must know come round most. */
export async function tipOfToday(visit: Visit): Promise<Outcome | undefined> {
  const frauds = visit.mind.base.frauds.filter((fraud) => isReviewed(fraud, visit.now));
  const core = frauds.filter((fraud) => fraud.core);
  const day = Math.floor(Date.parse(dayOf(visit.now)) / DAY);
  // Every fourth day one of the core.
  const fraud = day % 4 === 0 && core.length > 0 ? core[(day / 4) % core.length] : frauds[day % frauds.length];
  return fraud && tipToForward(visit, fraud, 'tip-today');
}

export async function tipOfThisWeek(visit: Visit): Promise<Outcome | undefined> {
  const fraud = await tipOfTheWeek(visit);
  return fraud && tipToForward(visit, fraud, 'tip-this-week');
}

/** The words for the village loudspeaker, by themselves. */
export async function loudspeakerText(visit: Visit, words: string): Promise<Outcome | undefined> {
  const fraud = words === '' ? await tipOfTheWeek(visit) : createFraudFinder(visit.mind.base).named(words);
  if (!fraud) return words === '' || visit.member.deputySince === undefined ? undefined : chooseTip(visit);
  return loudspeakerOf(visit, fraud);
}

export async function loudspeakerOf(visit: Visit, fraud: Fraud): Promise<Outcome> {
  await note(visit, 'tip-taken', { about: fraud.id });
  return answer('loudspeaker', visit.mind.say('loudspeaker-title', { 短名: fraud.short }), [fraud.tip.loudspeaker]);
}

/** Which picture the words behind 图片 ask for. */
const FORMATS: readonly (readonly [RegExp, string])[] = [
  [/led|大屏|屏幕/iu, 'led'],
  [/展板|海报|宣传栏/u, 'board'],
  [/横幅|条幅/u, 'banner'],
];

/** Where the picture can be had: shown on the chat page, fetched from outside where there is a way. */
export function pictureOf(visit: Visit, fraud: Fraud, words = ''): Outcome {
  const { incoming, mind, settings } = visit;
  const format = FORMATS.find(([said]) => said.test(words))?.[1] ?? 'card';
  const path = `/pictures/${fraud.id}-${format}.png`;
  const title = mind.say('picture-title', { 短名: fraud.short });
  if (incoming.source === 'local') return answer('picture', `${title}\n${path}`);
  return answer(
    'picture',
    settings.publicUrl === undefined ? mind.say('picture-elsewhere') : `${title}\n${settings.publicUrl}${path}`,
  );
}
