import { answerLesson, isForEndedLesson, offerOfLesson } from './lessons.ts';
import type { Offer } from './member.ts';
import { answerPractice } from './practice.ts';
import { answerRollCall } from './roll-call.ts';
import { loudspeakerOf, pictureOf, tipToForward } from './tips.ts';
import { answer, type Outcome, type Visit } from './visit.ts';

/**
 * What a digit means: it belongs to whatever offered digits last. `caseAt`: when the talk itself last did, epoch
 * milliseconds; then the digit is the talk's, and undefined comes back. The lesson of this Tuesday offered its first question
 * when it was sent.
 */
export async function offered(visit: Visit, choice: number, caseAt: number): Promise<Outcome | undefined> {
  const { offer } = visit.member;
  const offeredAt = Math.max(caseAt, offer?.at ?? 0);
  const lesson = await offerOfLesson(visit, offeredAt);
  if (lesson) return answerLesson(visit, lesson, choice);
  if (await isForEndedLesson(visit, offeredAt)) return answer('lesson', visit.mind.say('lesson-ended'));
  return offer && offer.at > caseAt ? chosen(visit, offer, choice) : undefined;
}

async function chosen(visit: Visit, offer: Offer, choice: number): Promise<Outcome | undefined> {
  const { mind } = visit;
  switch (offer.kind) {
    case 'question':
      return offer.slot === undefined ? answerPractice(visit, offer, choice) : answerLesson(visit, offer, choice);
    case 'tips': {
      const fraud = mind.base.frauds.find((one) => one.id === offer.entries[choice - 1]);
      return fraud
        ? tipToForward(visit, fraud)
        : answer('tip', mind.say('question-digits', { 最大: String(offer.entries.length) }));
    }
    case 'tip': {
      const fraud = mind.base.frauds.find((one) => one.id === offer.entry);
      if (!fraud || choice > 2) return undefined;
      return choice === 1 ? pictureOf(visit, fraud) : loudspeakerOf(visit, fraud);
    }
    case 'roll-call':
      return answerRollCall(visit, offer, choice);
    case 'consent':
      return undefined;
  }
}
