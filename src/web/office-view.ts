import type { Broadcast } from '../campaign/index.ts';
import type { FigureGroup, Table } from '../office/index.ts';

/** A file to fetch or a page to open. `href`: http(s), or a path on this listener. */
export interface Link {
  readonly label: string;
  readonly href: string;
}

/** Links that belong together: a poster in all its sizes, the handbook. */
export interface Shelf {
  readonly name: string;
  readonly links: readonly Link[];
}

/** A week and what its tip is about. */
export interface WeekOfTip {
  /** As 2026-11-23. */
  readonly monday: string;
  /** Absent: not chosen and not sent yet. */
  readonly name: string | undefined;
  /** The words for a group, as they are sent. */
  readonly words: string | undefined;
  readonly byOffice: boolean;
}

/** A sending as the office sees it. */
export interface Sent {
  readonly topic: string;
  readonly at: string;
  readonly about: string;
  readonly state: Broadcast['state'];
  readonly count: number;
}

/** All that the page of the office shows. */
export interface OfficeView {
  readonly county: string;
  readonly day: string;
  /** What has just been done, or why it was not. */
  readonly said: { readonly text: string; readonly wrong: boolean } | undefined;
  readonly month: readonly FigureGroup[];
  readonly all: readonly FigureGroup[];
  readonly asked: readonly { readonly name: string; readonly count: number }[];
  readonly weeks: readonly WeekOfTip[];
  readonly choices: readonly { readonly id: string; readonly name: string }[];
  readonly sent: readonly Sent[];
  /** Absent: the roll-call is switched off. */
  readonly rollCall: Table | undefined;
  readonly study: Table;
  readonly shelves: readonly Shelf[];
  readonly signIns: readonly Link[];
}
