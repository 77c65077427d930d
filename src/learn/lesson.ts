import type { FamilyId } from '../domain/index.ts';

/** A message with what it is: a family of fraud, or undefined for harmless. */
export interface Lesson {
  readonly text: string;
  readonly family: FamilyId | undefined;
  /** The knowledge file that it belongs to; unknown for messages that were labelled with the family alone. */
  readonly entry?: string | undefined;
  /** How much it counts beside the others, above 0 and at most 1. */
  readonly share: number;
}
