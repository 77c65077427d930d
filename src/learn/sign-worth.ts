import type { FamilyId } from '../domain/index.ts';
import { type SignOwner, signKey } from '../recognise/index.ts';

/** A lesson with the signs that its text shows. */
export interface Shown {
  readonly family: FamilyId | undefined;
  readonly signs: readonly SignOwner[];
}

/** Harmless lessons count as much as this many families: life is mostly harmless. */
const HARMLESS_SHARE = 3;
/** Every sign starts as if it had been met this often, half of the time rightly, so that one chance hit proves nothing. */
const PRIOR_HITS = 2;
const PRIOR_RIGHT = 0.5;
/** A family counts as much as this many lessons, however many it has. */
const LESSONS_PER_FAMILY = 50;

/**
 * How far each sign can be trusted to mean its own fraud: the share of its hits that are in its family, with every family
 * counted the same. A sign such as 叫你转钱 is met in all of them and is worth little for telling which one it is.
 */
export function worthOfSigns(lessons: readonly Shown[]): Readonly<Record<string, number>> {
  const sizes = new Map<FamilyId | undefined, number>();
  for (const { family } of lessons) sizes.set(family, (sizes.get(family) ?? 0) + 1);
  const hits = new Map<string, { right: number; wrong: number }>();
  for (const { family, signs } of lessons) {
    const share = ((family === undefined ? HARMLESS_SHARE : 1) * LESSONS_PER_FAMILY) / (sizes.get(family) ?? 1);
    for (const sign of signs) {
      const count = hits.get(signKey(sign)) ?? {
        right: PRIOR_HITS * PRIOR_RIGHT,
        wrong: PRIOR_HITS * (1 - PRIOR_RIGHT),
      };
      if (sign.family === family) count.right += share;
      else count.wrong += share;
      hits.set(signKey(sign), count);
    }
  }
  const worth = [...hits].map(([key, { right, wrong }]) => [key, Math.round((100 * right) / (right + wrong))] as const);
  return Object.fromEntries(worth.sort(([a], [b]) => (a < b ? -1 : 1)));
}
