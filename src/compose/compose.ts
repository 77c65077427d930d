import type { KnowledgeBase, Recognition, Verdict } from '../domain/index.ts';
import { composeAnswer, composeFraud, composeFraudList, composeGenuine } from './answers.ts';
import { composeFirstAid } from './first-aid.ts';
import { composeWarning } from './warning.ts';
import { createSay, type Say } from './words.ts';

/** Writes what a verdict says, in plain text. Empty for silence. Commands that need the talk's memory are not written here. */
export type Compose = (verdict: Verdict, recognition: Recognition, text: string) => string;

/** What a command of the talk's memory says where there is no talk, as in a single question. */
const WITHOUT_A_TALK: Readonly<Record<string, string>> = { repeat: 'nothing-to-repeat', forget: 'forgotten' };

export function createCompose(base: KnowledgeBase, county: string): { readonly compose: Compose; readonly say: Say } {
  const say = createSay(base, county);
  const compose: Compose = (verdict, recognition, text) => {
    switch (verdict.kind) {
      case 'first-aid':
        return composeFirstAid(verdict, base, say);
      case 'genuine-call':
        return composeGenuine(text, say);
      case 'warning':
        return composeWarning(verdict, recognition, base, say);
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
        return verdict.command === 'frauds'
          ? composeFraudList(base, say)
          : say(WITHOUT_A_TALK[verdict.command] ?? verdict.command);
      case 'greeting':
      case 'thanks':
        return say(verdict.kind);
      case 'not-recognised':
        return say(verdict.why === 'unknown' ? 'not-recognised' : verdict.why);
      case 'silence':
        return '';
    }
  };
  return { compose, say };
}
