import { foldWord } from '../normalise/index.ts';
import { bareText, createSearch } from '../recognise/index.ts';
import { moveAnswers } from './roll-call.ts';
import { answer, note, type Outcome, type Visit } from './visit.ts';

/**
 * 单位 and its name: lessons and the roll-call are counted for it from now on. Only configured units are known. `guess`: a
 * name that is not quite right may be understood, and asked about.
 */
export async function chooseUnit(visit: Visit, words: string, guess: boolean): Promise<Outcome | undefined> {
  const { tx, incoming, member, mind, settings } = visit;
  const { units } = settings;
  if (units.length === 0) return answer('unit', mind.say('unit-none'));
  const unit = unitNamed(units, words, guess);
  if (unit === undefined)
    return guess ? answer('unit', mind.say('unit-unknown', { 单位: units.join('、') })) : undefined;
  if (unit === member.unit) return answer('unit', mind.say('unit-set', { 单位: unit }));
  if (member.learning) {
    await note(visit, 'learner-left', { unit: member.unit });
    await note(visit, 'learner-joined', { unit });
  }
  await moveAnswers(visit, unit);
  // The consent was given to the former unit.
  await tx.dropNames(incoming.source, incoming.talker);
  return { ...answer('unit', mind.say('unit-set', { 单位: unit })), member: { ...member, unit, offer: undefined } };
}

const ALIKE = { threshold: 0.5, shared: 0.5 };

function unitNamed(units: readonly string[], words: string, guess: boolean): string | undefined {
  const text = bareText(foldWord(words));
  const exact = units.find((unit) => bareText(foldWord(unit)) === text);
  const near = createSearch(units.map((unit) => ({ id: unit, text: bareText(foldWord(unit)) })))(text, ALIKE, 2);
  return exact ?? (guess && near.length === 1 ? near[0]?.id : undefined);
}
