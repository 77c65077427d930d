import type { Source } from './fraud.ts';

/** A question of knowledge with two or three answers, exactly one of them right. */
export interface QuizQuestion {
  /** Unique over all lessons and quiz files. */
  readonly id: string;
  readonly ask: string;
  readonly options: readonly string[];
  /** Position of the right one in `options`, counted from 1: the digit that people answer with. */
  readonly answer: number;
  /** Said after every answer, right or wrong: explains, never blames. */
  readonly why: string;
  /** The knowledge file it belongs to, if it belongs to one. */
  readonly about?: string | undefined;
  readonly source: Source;
}

/** What is read and answered on one Tuesday. Lessons follow each other in the order of their ids and then begin anew. */
export interface Lesson {
  /** Two digits, the name of the file: 01 … 12. */
  readonly id: string;
  readonly title: string;
  /** Short lines, read in a minute. */
  readonly text: readonly string[];
  /** On a host of `FANZHA_VIDEO_HOSTS` only; checked when the lesson is read. */
  readonly video?: string | undefined;
  /** Knowledge files it is about. */
  readonly about: readonly string[];
  readonly questions: readonly QuizQuestion[];
}
