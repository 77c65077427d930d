import type { FamilyId } from '../domain/index.ts';

/** A message with what it is: a family of fraud, or undefined for harmless. */
export interface Lesson {
  readonly text: string;
  readonly family: FamilyId | undefined;
  /**
   * The knowledge file that it belongs to; only sayings have one. Labelled messages from elsewhere teach nothing about the
   * kinds of fraud: where they did, other sources' kinds were named rightly in 69 of 100 instead of 81.
   */
  readonly entry?: string | undefined;
  /** What sort of harmless message it is. */
  readonly kind?: string | undefined;
  /** How much it counts beside the others, above 0 and at most 1. */
  readonly share: number;
}
