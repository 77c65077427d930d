import type { KnowledgeBase, QuizQuestion } from '../domain/index.ts';
import type { KnowledgeFiles } from './files.ts';

/** A question of a lesson or of the quiz, with the way back to its line. */
export interface PlacedQuestion {
  readonly question: QuizQuestion;
  place(path: readonly PropertyKey[]): string;
}

/** All questions in the order of `base.quiz`: those of the lessons, then file by file those of the quiz. */
export function placedQuestions(base: KnowledgeBase, files: KnowledgeFiles): readonly PlacedQuestion[] {
  const places = [
    ...files.lessons.flatMap((file, l) =>
      (base.lessons[l]?.questions ?? []).map(
        (_, q) => (path: readonly PropertyKey[]) => file.place(['questions', q, ...path]),
      ),
    ),
    ...files.quiz.flatMap((file) =>
      (file.data as readonly unknown[]).map((_, q) => (path: readonly PropertyKey[]) => file.place([q, ...path])),
    ),
  ];
  return base.quiz.flatMap((question, i) => {
    const place = places[i];
    return place ? [{ question, place }] : [];
  });
}
