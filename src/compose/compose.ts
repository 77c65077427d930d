import type { KnowledgeBase, Recognition, Verdict } from '../domain/index.ts';
import { composeAnswer, composeFraud, composeFraudList, composeGenuine } from './answers.ts';
import { composeFirstAid } from './first-aid.ts';
import { composeReminder, composeWarning, type Place } from './warning.ts';
import { createSay, type Say } from './words.ts';

/** Writes what a verdict says, in plain text. Empty for silence. Commands that need the talk's memory are not written here. */
export type Compose = (verdict: Verdict, recognition: Recognition, text: string, place: Place) => string;

/** What a command of the talk's memory, or of a group, says where there is none, as in a single question. */
const WITHOUT_A_TALK: Readonly<Record<string, string>> = {
  repeat: 'nothing-to-repeat',
  forget: 'forgotten',
  'reminders-on': 'reminders-only-in-groups',
  'reminders-off': 'reminders-only-in-groups',
  'reminders-state': 'reminders-only-in-groups',
};

export interface Composer {
  readonly compose: Compose;
  readonly say: Say;
  /** For a group in which nobody asked. */
  remind(recognition: Recognition): string;
}

export function createCompose(base: KnowledgeBase, county: string): Composer {
  const say = createSay(base, county);
  const compose: Compose = (verdict, recognition, text, place) => {
    switch (verdict.kind) {
      case 'first-aid':
        return composeFirstAid(verdict, base, say, place);
      case 'genuine-call':
        return composeGenuine(text, say);
      case 'warning':
        return composeWarning(verdict, recognition, base, say, place);
      case 'answer':
        return composeAnswer(verdict.question, base, say);
      case 'fraud-answer': {
        const fraud = base.frauds.find((one) => one.id === verdict.entry);
        return fraud ? composeFraud(fraud, say) : say('not-recognised');
      }
      case 'slang': {
        const found = base.slang.find((one) => one.word === verdict.word);
        return found
          ? `${say('slang', { 黑话: found.word, 意思: found.means.replace(/[。.]$/, '') })}\n${say('slogan')}`
          : say('not-recognised');
      }
      case 'command':
        return verdict.command === 'frauds' ? composeFraudList(base, say) : say(sentenceOf(verdict.command));
      case 'greeting':
      case 'thanks':
        return say(verdict.kind);
      case 'unreadable':
        return say(`kind-${verdict.what}`);
      case 'not-recognised':
        return say(verdict.why === 'unknown' ? 'not-recognised' : verdict.why);
      case 'silence':
        return '';
    }
  };
  /** Commands without a sentence of their own are carried out in a talk. */
  function sentenceOf(command: string): string {
    return WITHOUT_A_TALK[command] ?? (base.wording[command] === undefined ? 'only-in-talk' : command);
  }
  return { compose, say, remind: (recognition) => composeReminder(recognition, base, say) };
}
