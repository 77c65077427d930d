import type { Told } from './forwarded.ts';
import type { Forwarded, Member } from './member.ts';
import { answer, note, type Outcome, type Visit } from './visit.ts';

/** A deputy tells how far he passed something on. */
export async function countForward(visit: Visit, told: Told): Promise<Outcome> {
  const { member, mind, now } = visit;
  if (told.kind !== 'count') return answer('forwarded', mind.say(`forwarded-${told.kind}`));
  const forward: Forwarded = { groups: told.groups, people: told.people, at: now };
  await noteForward(visit, forward, 1);
  return thanks(visit, 'forwarded-thanks', { ...member, lastForward: forward });
}

/** The last one was wrong: it is taken back, and what is true put in its place. Without numbers it is only taken back. */
export async function correctForward(visit: Visit, told: Told | undefined): Promise<Outcome> {
  const { member, mind, now } = visit;
  const { lastForward } = member;
  if (!lastForward) return answer('forwarded', mind.say('forwarded-nothing'));
  if (told && told.kind !== 'count') return answer('forwarded', mind.say(`forwarded-${told.kind}`));
  await noteForward(visit, lastForward, -1);
  if (!told) return thanks(visit, 'forwarded-undone', { ...member, lastForward: undefined });
  const forward: Forwarded = { groups: told.groups, people: told.people, at: now };
  await noteForward(visit, forward, 1);
  return thanks(visit, 'forwarded-corrected', { ...member, lastForward: forward });
}

function noteForward(visit: Visit, { groups, people }: Forwarded, times: 1 | -1): Promise<void> {
  // No zero with a minus: it would not equal the other one.
  return note(visit, 'forwarded', { amount: times * groups || 0, people: times * people || 0 });
}

/** With the running total of all deputies together: nobody is compared with anybody. */
async function thanks({ tx, mind }: Visit, key: string, member: Member): Promise<Outcome> {
  const { amount, people } = await tx.total('forwarded');
  const text = mind.say(key, { 群数: String(amount), 人数: String(people) });
  return { ...answer('forwarded', text), member };
}
