import { answer, note, type Outcome, type Visit } from './visit.ts';

/** Sources that carry nothing that nobody asked for just now; there the tip is read on demand. */
const ASKED_ONLY = new Set(['official-account']);

/** Whether something can be said in this source by itself. */
export function pushes(source: string): boolean {
  return !ASKED_ONLY.has(source);
}

/** The weekly tip for oneself, or, asked for by its owner, for a group. */
export async function subscribe(visit: Visit): Promise<Outcome> {
  const { tx, incoming, mind, now } = visit;
  const refused = refusalOf(visit);
  if (refused !== undefined) return answer('subscribe', mind.say(refused));
  if (!(await tx.subscribe('weekly-tip', incoming, now))) return answer('subscribe', mind.say('subscribed-already'));
  await note(visit, 'subscribed', { about: placeOf(visit) });
  return answer('subscribe', mind.say(incoming.room === undefined ? 'subscribed' : 'subscribed-group'));
}

export async function unsubscribe(visit: Visit): Promise<Outcome> {
  const { tx, incoming, mind } = visit;
  if (incoming.room !== undefined && !incoming.ownsRoom) return answer('unsubscribe', mind.say('subscribe-not-owner'));
  if (!(await tx.unsubscribe('weekly-tip', incoming))) return answer('unsubscribe', mind.say('unsubscribed-already'));
  await note(visit, 'unsubscribed', { about: placeOf(visit) });
  return answer('unsubscribe', mind.say('unsubscribed'));
}

function refusalOf({ incoming }: Visit): string | undefined {
  if (!pushes(incoming.source)) return 'subscribe-cannot-push';
  if (incoming.room === undefined || incoming.ownsRoom) return undefined;
  return incoming.ownsRoom === undefined ? 'reminders-owner-unknown' : 'subscribe-not-owner';
}

function placeOf({ incoming }: Visit): 'person' | 'group' {
  return incoming.room === undefined ? 'person' : 'group';
}
