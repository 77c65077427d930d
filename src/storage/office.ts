import type { OpenQuestion } from '../conversation/index.ts';
import type { Engine } from './engine.ts';
import { patiently } from './patience.ts';
import type { Secrets } from './secrets.ts';
import { ifReadable, type TellUnreadable } from './unreadable.ts';

/** A question that waits for the office, and how many have asked it. */
export interface WaitingQuestion extends OpenQuestion {
  readonly id: number;
  readonly count: number;
  /** Epoch milliseconds of the latest one; `at` is that of the first. */
  readonly lastAt: number;
}

/** How often one kind of answer was given on one day (Asia/Shanghai). */
export interface DayCount {
  readonly day: string;
  readonly kind: string;
  readonly entry: string;
  readonly count: number;
}

/** What the office looks at. */
export interface OfficeStore {
  /** Open ones, the most asked first. */
  openQuestions(limit?: number): Promise<readonly WaitingQuestion[]>;
  /** Days as 2026-11-24, both included. */
  counts(from: string, to: string): Promise<readonly DayCount[]>;
}

const MOST_QUESTIONS = 500;

export function createOfficeStore({ db, where }: Engine, secrets: Secrets, tell: TellUnreadable): OfficeStore {
  return {
    async openQuestions(limit = MOST_QUESTIONS) {
      const rows = await patiently(where, () =>
        db
          .selectFrom('open_question')
          .selectAll()
          .where('state', '=', 'open')
          .orderBy('count', 'desc')
          .orderBy('id')
          .limit(limit)
          .execute(),
      );
      const questions = rows.flatMap((row): readonly WaitingQuestion[] => {
        const { fingerprint, masked_text } = row;
        const maskedText = ifReadable<string>(() => secrets.unseal('open_question', fingerprint, masked_text));
        if (maskedText === undefined) return [];
        return [
          {
            id: Number(row.id),
            kind: row.kind === 'disputed' ? 'disputed' : 'unknown',
            maskedText,
            entry: row.entry ?? undefined,
            count: row.count,
            at: row.first_at,
            lastAt: row.last_at,
          },
        ];
      });
      if (questions.length < rows.length) tell('open_question', rows.length - questions.length);
      return questions;
    },
    async counts(from, to) {
      const rows = await patiently(where, () =>
        db
          .selectFrom('stat_day')
          .select(['day', 'kind', 'entry', (eb) => eb.fn.sum<number>('count').as('count')])
          .where('day', '>=', from)
          .where('day', '<=', to)
          .groupBy(['day', 'kind', 'entry'])
          .orderBy('day')
          .orderBy('kind')
          .orderBy('entry')
          .execute(),
      );
      return rows.map((row) => ({ ...row, count: Number(row.count) }));
    },
  };
}
