import type { Address, ToSay } from '../../src/domain/index.ts';
import { assertTransition, type OutboxStore, type State } from '../../src/outbox/index.ts';

interface Row {
  readonly id: number;
  readonly toSay: ToSay;
  readonly conversation: string;
  state: State;
  dueAt: number;
  owner: string | undefined;
  leaseUntil: number;
  attempts: number;
  sentAt: number | undefined;
  code: string | undefined;
}

/** An outbox in memory that keeps the contract of OutboxStore, and can go away and come back. */
export interface MemoryStore extends OutboxStore {
  put(toSay: ToSay): number;
  readonly rows: readonly Row[];
  /** While true, every call is refused. `after`: what is written is written, but the answer is lost. */
  away: boolean | 'after';
}

const PRESSING = { urgent: 0, answer: 1, unasked: 2 };

export function memoryStore(): MemoryStore {
  const rows: Row[] = [];
  const isOpen = (row: Row) => row.state === 'due' || row.state === 'leased';
  const isUnasked = (row: Row) => row.toSay.urgency === 'unasked';
  const readyAt = (row: Row) => (row.state === 'due' ? row.dueAt : row.leaseUntil);
  /** What nobody asked for never holds up an answer. */
  const isHead = (row: Row) =>
    !rows.some(
      (other) =>
        other.conversation === row.conversation &&
        other.id < row.id &&
        isOpen(other) &&
        (!isUnasked(other) || isUnasked(row)),
    );
  /** Answers by age, what is unasked by its time. */
  const order = (a: Row, b: Row) =>
    PRESSING[a.toSay.urgency] - PRESSING[b.toSay.urgency] ||
    (isUnasked(a) ? readyAt(a) - readyAt(b) : 0) ||
    a.id - b.id;

  async function answer<T>(work: () => T): Promise<T> {
    await Promise.resolve();
    if (store.away === true) throw gone();
    const result = work();
    if (store.away === 'after') throw gone();
    return result;
  }

  const store: MemoryStore = {
    away: false,
    rows,
    put(toSay) {
      const id = rows.length + 1;
      rows.push({
        id,
        toSay,
        conversation: conversationOf(toSay),
        state: 'due',
        dueAt: toSay.dueAt,
        owner: undefined,
        leaseUntil: 0,
        attempts: 0,
        sentAt: undefined,
        code: undefined,
      });
      return id;
    },
    claim: ({ source, owner, now, leaseUntil, limit }) =>
      answer(() =>
        rows
          .filter((row) => row.toSay.source === source && isOpen(row))
          .filter((row) => readyAt(row) <= now)
          .filter(isHead)
          .sort(order)
          .slice(0, limit)
          .map((row) => {
            row.state = 'leased';
            row.owner = owner;
            row.leaseUntil = leaseUntil;
            row.attempts += 1;
            return { ...row.toSay, id: row.id, dueAt: row.dueAt, attempts: row.attempts };
          }),
      ),
    settle: (owner, ids, settlement, now) =>
      answer(() => {
        const held = rows.filter((row) => ids.includes(row.id) && row.owner === owner && row.state === 'leased');
        for (const row of held) {
          assertTransition(row.state, settlement.state);
          row.state = settlement.state;
          row.owner = undefined;
          if (settlement.state === 'sent') row.sentAt = now;
          else row.code = settlement.code;
          if (settlement.state !== 'due') continue;
          row.dueAt = settlement.dueAt;
          if (!settlement.countsAsTry) row.attempts -= 1;
        }
        return held.map((row) => row.id);
      }),
    lastSentTo: (address) =>
      answer(() => {
        const times = rows
          .filter((row) => row.conversation === conversationOf(address))
          .flatMap((row) => row.sentAt ?? []);
        return times.length === 0 ? undefined : Math.max(...times);
      }),
    sentSince: (source, since) =>
      answer(() => rows.filter((row) => row.toSay.source === source && (row.sentAt ?? -1) >= since).length),
    nextDue: (source) =>
      answer(() => {
        const times = rows.filter((row) => row.toSay.source === source && isOpen(row) && isHead(row)).map(readyAt);
        return times.length === 0 ? undefined : Math.min(...times);
      }),
    saidTo: (source, talker, sequence, since) =>
      answer(() =>
        rows
          .filter((row) => row.state === 'sent' && row.conversation === conversationOf({ source, talker }))
          .filter((row) => row.id > sequence && row.toSay.at >= since)
          .map(({ id, toSay: { replyTo, text, at } }) => ({ sequence: id, replyTo, text, at })),
      ),
    tally: () =>
      answer(() => {
        const counts: Record<string, number> = {};
        for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
        return counts;
      }),
  };
  return store;
}

function conversationOf({ source, talker, room }: Address): string {
  return JSON.stringify(room === undefined ? [source, talker] : [source, null, room]);
}

function gone(): Error {
  return Object.assign(new Error('connection to the secret row 13800138000 was lost'), { code: 'ECONNREFUSED' });
}
