/**
 * Why something that claims to come from WeChat is not taken. `encryption` names every fault of an envelope alike (wrong
 * key, padding, length, app id), so that nobody can learn from our answers what was wrong with it.
 */
export type RefusalReason =
  | 'query'
  | 'signature'
  | 'stale'
  | 'replayed'
  | 'plain'
  | 'no-key'
  | 'encryption'
  | 'xml'
  | 'message';

/** Expected from hostile or broken senders. The detail is for logs and tests and never repeats what was sent. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, detail: string) {
    super(`${reason}: ${detail}`);
    this.reason = reason;
  }
}
