import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Address } from '../domain/index.ts';
import { StorageFault } from './faults.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export type SealedTable =
  | 'talk'
  | 'talk_group'
  | 'outbox'
  | 'passive_reply'
  | 'open_question'
  | 'kv'
  | 'member'
  | 'subscription'
  | 'roll_call_name';

/**
 * Turns people, rooms and messages into names that mean nothing without the key, and seals whatever is legible about
 * them. A sealed text is bound to its table and row name, so that one cannot be passed off as another.
 */
export interface Secrets {
  /** The person within a source, wherever he speaks. */
  owner(source: string, talker: string): string;
  /** Where things are said in order: the person in private, else the room. */
  conversation(address: Address): string;
  /** One person in one place. */
  talk(address: Address): string;
  room(source: string, room: string): string;
  message(source: string, id: string): string;
  /** The same for the same question, whoever asks it. */
  question(kind: string, maskedText: string): string;
  invitation(code: string): string;
  /** Tells one key from another without giving it away. */
  readonly digest: string;
  seal(table: SealedTable, name: string, content: unknown): string;
  /** Throws StorageFault `damaged` when the text was changed or belongs elsewhere. */
  unseal(table: SealedTable, name: string, sealed: string): unknown;
}

export function createSecrets(key: Buffer): Secrets {
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', `fanzha ${purpose}`, 32));
  const names = derive('names');
  // Written as a JSON list, so that no two lists of parts run together into one text.
  const nameOf = (...parts: readonly string[]): string =>
    createHmac('sha256', names).update(JSON.stringify(parts)).digest('base64url');
  const keys: Readonly<Record<SealedTable, Buffer>> = {
    talk: derive('talk'),
    talk_group: derive('talk_group'),
    outbox: derive('outbox'),
    passive_reply: derive('passive_reply'),
    open_question: derive('open_question'),
    kv: derive('kv'),
    member: derive('member'),
    subscription: derive('subscription'),
    roll_call_name: derive('roll_call_name'),
  };
  const owner = (source: string, talker: string): string => nameOf('talker', source, talker);
  const room = (source: string, id: string): string => nameOf('room', source, id);
  return {
    owner,
    room,
    conversation: ({ source, talker, room: id }) => (id === undefined ? owner(source, talker) : room(source, id)),
    talk: ({ source, talker, room: id }) =>
      id === undefined ? nameOf('talk', source, talker) : nameOf('talk', source, talker, id),
    message: (source, id) => nameOf('message', source, id),
    question: (kind, maskedText) => nameOf('question', kind, maskedText),
    invitation: (code) => nameOf('invitation', code),
    digest: createHmac('sha256', derive('digest')).digest('base64url'),
    seal(table, name, content) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keys[table], nonce);
      cipher.setAAD(Buffer.from(name));
      const body = cipher.update(JSON.stringify(content), 'utf8');
      return Buffer.concat([nonce, body, cipher.final(), cipher.getAuthTag()]).toString('base64');
    },
    unseal(table, name, sealed) {
      try {
        const bytes = Buffer.from(sealed, 'base64');
        const cipher = createDecipheriv('aes-256-gcm', keys[table], bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        });
        cipher.setAAD(Buffer.from(name));
        cipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        const text = cipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + cipher.final('utf8');
        return JSON.parse(text);
      } catch (cause) {
        throw new StorageFault('damaged', `表 ${table} 里有一行被改动过`, cause);
      }
    },
  };
}
