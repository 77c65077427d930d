import { type Candidate, type Evidence, type Intent, intentOf, type Level } from '../domain/index.ts';
import type { Understanding } from './understand.ts';

/** The shape in which a decision leaves the program: `recognise --jsonl`, `ask --json`, `POST /api/ask`. */
export interface Decision {
  readonly reply: string;
  readonly level: Level;
  readonly types: readonly Candidate[];
  readonly intent: Intent;
  readonly evidence: readonly Evidence[];
}

/** A verdict that calms (a question, a genuine call, a greeting) leaves no level standing beside it. */
export function toJson({ recognition, verdict, reply }: Understanding): Decision {
  const warned = verdict.kind === 'warning' || verdict.kind === 'first-aid';
  return {
    reply,
    level: warned ? recognition.level : 'none',
    types: recognition.types,
    intent: intentOf(verdict),
    evidence: recognition.evidence,
  };
}
