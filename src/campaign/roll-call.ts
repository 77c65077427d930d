import type { Offer } from './member.ts';
import { answer, note, type Outcome, offering, openOffer, type Visit } from './visit.ts';

/** What is asked for; the second only where the office has switched it on. */
export const TOOLS = ['app', 'jinzhongzhao'] as const;
export type Tool = (typeof TOOLS)[number];

export const ROLL_CALL_ANSWERS = ['installed', 'cannot', 'unwilling'] as const;
export type RollCallAnswer = (typeof ROLL_CALL_ANSWERS)[number];

/** 登记: voluntary, and by default nothing but a sum per unit. */
export function rollCall(visit: Visit, tool: Tool = 'app'): Outcome {
  const { member, mind, settings, now } = visit;
  if (!settings.rollCall) return answer('roll-call', mind.say('roll-call-off'));
  return {
    ...answer('roll-call', mind.say(`roll-call-${tool}`)),
    member: offering(member, { kind: 'roll-call', tool, at: now }),
  };
}

/** One of the three answers. A second one replaces the first. */
export async function answerRollCall(
  visit: Visit,
  offer: Offer & { kind: 'roll-call' },
  choice: number,
): Promise<Outcome> {
  const { tx, incoming, member, mind, settings, now } = visit;
  const chosen = ROLL_CALL_ANSWERS[choice - 1];
  if (!settings.rollCall) return { ...rollCall(visit), member: offering(member, undefined) };
  if (!chosen) return answer('roll-call', mind.say(`roll-call-${offer.tool}`));
  await count(visit, offer.tool, member.answers?.[offer.tool], -1);
  // He agreed to the former answer being on a list.
  await tx.dropNames(incoming.source, incoming.talker);
  await count(visit, offer.tool, chosen, 1);
  const answered = { ...member, answers: { ...member.answers, [offer.tool]: chosen } };
  const text = mind.say(`roll-call-${offer.tool}-${chosen}`);
  const named = settings.namedUnits.find(({ unit }) => unit === member.unit);
  if (named) {
    const consent = mind.say('roll-call-consent', { 单位: named.unit, 用途: named.purpose });
    const asked: Offer = { kind: 'consent', tool: offer.tool, answer: chosen, at: now };
    return { ...answer('roll-call', `${text}\n\n${consent}`), member: offering(answered, asked) };
  }
  return { ...answer('roll-call', `${text}${next(visit, offer.tool)}`), member: offering(answered, undefined) };
}

/** People's names are two to four Chinese characters, or more with a dot in the middle; an office is no name, nor is what a swindler asks for. */
const NAME = /^\p{Script=Han}{2,4}$|^\p{Script=Han}{1,8}·\p{Script=Han}{1,8}$/u;
const NO_NAME =
  /转|钱|账|验证|共享|密码|银行卡|已经|屏幕|链接|下载|同意|警|公安|民警|局|书记|主任|科长|处长|县长|镇长|乡长|校长|法官|检察|领导|代表|老师|客服|反诈|银行/u;

/** 同意 and a name: only while it was asked for, only for a unit with a purpose. */
export async function consent(visit: Visit, name: string): Promise<Outcome | undefined> {
  const { tx, incoming, member, mind, settings, now } = visit;
  const { unit } = member;
  const offer = openOffer(visit);
  if (offer?.kind !== 'consent') return undefined;
  const named = settings.namedUnits.find((one) => one.unit === unit);
  if (!named) return { ...answer('roll-call', mind.say('roll-call-no-list')), member: offering(member, undefined) };
  if (!NAME.test(name) || NO_NAME.test(name)) return answer('roll-call', mind.say('roll-call-name'));
  const row = { unit: named.unit, name, tool: offer.tool, answer: offer.answer, at: now };
  await tx.keepName(incoming.source, incoming.talker, row);
  const text = mind.say('roll-call-named', { 单位: named.unit });
  return { ...answer('roll-call', `${text}${next(visit, offer.tool)}`), member: offering(member, undefined) };
}

/** 撤回登记: from the sums, and from the list. */
export async function withdraw(visit: Visit): Promise<Outcome> {
  const { tx, incoming, member, mind } = visit;
  const names = await tx.dropNames(incoming.source, incoming.talker);
  const answers = Object.entries(member.answers ?? {});
  for (const [tool, given] of answers) await count(visit, tool, given, -1);
  const nothing = names === 0 && answers.length === 0;
  return {
    ...answer('roll-call-withdraw', mind.say(nothing ? 'roll-call-nothing' : 'roll-call-withdrawn')),
    member: { ...offering(member, undefined), answers: undefined },
  };
}

/** What he answered is counted for another unit from now on. */
export async function moveAnswers(visit: Visit, unit: string): Promise<void> {
  for (const [tool, given] of Object.entries(visit.member.answers ?? {})) {
    await count(visit, tool, given, -1);
    await count({ ...visit, member: { ...visit.member, unit } }, tool, given, 1);
  }
}

function count(visit: Visit, tool: string, given: string | undefined, amount: 1 | -1): Promise<void> {
  if (given === undefined) return Promise.resolve();
  return note(visit, 'roll-call', { about: `${tool}/${given}`, unit: visit.member.unit, amount });
}

function next({ mind, settings }: Visit, tool: string): string {
  return tool === 'app' && settings.jinzhongzhao ? `\n\n${mind.say('roll-call-next')}` : '';
}
