import type { Broadcast, CampaignTransaction, Member, NamedAnswer } from '../campaign/index.ts';
import type { TalkTransaction } from '../conversation/index.ts';
import { type BroadcastRow, type CampaignStatements, sums } from './campaign-statements.ts';
import type { Underway } from './underway.ts';

/** What is sealed of a name on a list. */
export type SealedName = Pick<NamedAnswer, 'name' | 'answer' | 'at'>;

export const nameRow = (owner: string, tool: string): string => JSON.stringify([owner, tool]);

/** The part of a transaction that is about the campaign. */
export function campaignCalls(
  { trx, secrets, guarded, hold, read }: Underway,
  statements: CampaignStatements,
): Omit<CampaignTransaction, keyof TalkTransaction> {
  return {
    member: (source, talker) =>
      guarded(async () => {
        const owner = secrets.owner(source, talker);
        const sealed = await hold(statements.member, owner);
        return sealed === undefined ? undefined : read<Member>('member', owner, sealed);
      }),
    keepMember: (source, talker, member, now) =>
      guarded(async () => {
        const owner = secrets.owner(source, talker);
        const sealed = secrets.seal('member', owner, member);
        await statements.keepMember(trx, { owner, source, sealed, updated_at: now });
      }),
    useInvitation: (code, now) =>
      guarded(async () => (await statements.useInvitation(trx, { hash: secrets.invitation(code), now })).length > 0),
    subscribe: (topic, address, now) =>
      guarded(async () => {
        const place = secrets.conversation(address);
        const { source, talker, room } = address;
        const owner = secrets.owner(source, talker);
        const sealed = secrets.seal('subscription', place, { source, talker, room });
        return (await statements.subscribe(trx, { topic, place, owner, source, sealed, since: now })).length > 0;
      }),
    unsubscribe: (topic, address) =>
      guarded(
        async () => (await statements.unsubscribe(trx, { topic, place: secrets.conversation(address) })).length > 0,
      ),
    note: (event) =>
      guarded(async () => {
        await statements.note(trx, event);
      }),
    total: (kind) =>
      guarded(async () => {
        const [row] = await statements.total(trx, { kind });
        return row ? sums(row) : { events: 0, amount: 0, people: 0 };
      }),
    latestBroadcast: (topic, now) =>
      guarded(async () => {
        const [row] = await statements.latestBroadcast(trx, { topic, now });
        return row && broadcastOf(row);
      }),
    lastUnasked: (source, talker) =>
      guarded(async () => {
        const conversation = secrets.conversation({ source, talker });
        return (await statements.lastUnasked(trx, { conversation }))[0]?.at ?? undefined;
      }),
    chosenTip: (monday) => guarded(async () => (await statements.chosenTip(trx, { monday }))[0]?.entry),
    keepName: (source, talker, { unit, tool, name, answer, at }) =>
      guarded(async () => {
        const owner = secrets.owner(source, talker);
        const content: SealedName = { name, answer, at };
        const sealed = secrets.seal('roll_call_name', nameRow(owner, tool), content);
        await statements.keepName(trx, { owner, tool, source, unit, sealed });
      }),
    dropNames: (source, talker) =>
      guarded(async () => (await statements.dropNames(trx, { owner: secrets.owner(source, talker) })).length),
  };
}

export function broadcastOf({ topic, slot, about, state, count }: BroadcastRow): Broadcast {
  return { topic, slot, about, state, count } as Broadcast;
}
