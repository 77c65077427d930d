export type Role = 'resident' | 'deputy';

/** What arrived, freed of its channel. A channel fills it in and decides nothing. */
export interface Incoming {
  /** Which channel: `local`, `wechat4u`, `official-account`. */
  readonly source: string;
  /** Unique within the source; a repeat is answered once. */
  readonly id: string;
  /** Stands for the person within the source; never shown, never logged. */
  readonly talker: string;
  /** The group it was said in; absent in a private talk. */
  readonly room?: string | undefined;
  /** The bot was addressed by name. Always true in a private talk. */
  readonly mentioned: boolean;
  readonly role: Role;
  readonly kind: 'text' | 'other';
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What we want said, and to which messages it answers. */
export interface Reply {
  readonly source: string;
  readonly talker: string;
  readonly room?: string | undefined;
  readonly replyTo: readonly string[];
  readonly text: string;
  readonly at: number;
}
