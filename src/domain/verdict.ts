import type { MessageKind } from './message-kind.ts';
import type { Candidate } from './recognition.ts';

/**
 * What the bot has decided to say about one message. Silence carries its reason. `guessed`: the message only resembles
 * the question, or asks something that nobody wrote an answer for; half a sentence may look like that.
 */
export type Verdict =
  | {
      readonly kind: 'first-aid';
      readonly situations: readonly string[];
      readonly forFamily: boolean;
      readonly types: readonly Candidate[];
    }
  | { readonly kind: 'genuine-call'; readonly about: string }
  | { readonly kind: 'warning'; readonly level: 'high' | 'suspicious'; readonly types: readonly Candidate[] }
  | { readonly kind: 'answer'; readonly question: string; readonly guessed?: boolean }
  | { readonly kind: 'fraud-answer'; readonly entry: string; readonly guessed?: boolean }
  | { readonly kind: 'slang'; readonly word: string }
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'greeting' }
  | { readonly kind: 'thanks' }
  | { readonly kind: 'not-recognised'; readonly why: 'unknown' | 'vague' | 'empty' }
  | { readonly kind: 'unreadable'; readonly what: MessageKind }
  | { readonly kind: 'silence'; readonly why: string };

/** The names that leave the program in JSON. */
export type Intent = 'warning' | 'first-aid' | 'genuine-call' | 'question' | 'command' | 'greeting' | 'unknown';

export function intentOf(verdict: Verdict): Intent {
  switch (verdict.kind) {
    case 'first-aid':
    case 'genuine-call':
    case 'warning':
    case 'command':
    case 'greeting':
      return verdict.kind;
    case 'thanks':
      return 'greeting';
    case 'answer':
    case 'fraud-answer':
    case 'slang':
      return 'question';
    default:
      return 'unknown';
  }
}
