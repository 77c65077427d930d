import { answerLesson, lessonEnded, lessonOffered } from './lessons.ts';
import type { Offer } from './member.ts';
import { answerPractice } from './practice.ts';
import { answerRollCall } from './roll-call.ts';
import { tipToForward } from './tips.ts';
import { answer, type Outcome, openOffer, type Visit } from './visit.ts';

/**
 * What a digit means: it belongs to whatever offered digits last. `caseAt`: when the talk itself last did, epoch
 * milliseconds; then the digit is the talk's, and undefined comes back. A lesson offers its question when it reaches him.
 */
export async function offered(visit: Visit, choice: number, caseAt: number): Promise<Outcome | undefined> {
  const offer = openOffer(visit);
  const lesson = await lessonOffered(visit);
  if (lesson && lesson.at >= Math.max(caseAt, offer?.at ?? 0))
    return lesson.ended ? lessonEnded(visit) : answerLesson(visit, choice);
  return offer && offer.at > caseAt ? chosen(visit, offer, choice) : undefined;
}

async function chosen(visit: Visit, offer: Offer, choice: number): Promise<Outcome | undefined> {
  const { mind } = visit;
  switch (offer.kind) {
    case 'lesson':
      return answerLesson(visit, choice);
    case 'practice':
      return answerPractice(visit, offer.question, choice);
    case 'tips': {
      const fraud = mind.base.frauds.find((one) => one.id === offer.entries[choice - 1]);
      return fraud
        ? tipToForward(visit, fraud)
        : answer('tip', mind.say('question-digits', { 最大: String(offer.entries.length) }));
    }
    case 'roll-call':
      return answerRollCall(visit, offer, choice);
    case 'consent':
      return undefined;
  }
}
