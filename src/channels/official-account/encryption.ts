import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { Refused } from './refusal.ts';

/** WeChat pads to blocks of 32 bytes although AES has blocks of 16. */
const PAD_TO = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;
const HEAD = RANDOM_BYTES + LENGTH_BYTES;
const AES_BLOCK = 16;
const ENCODING_AES_KEY = /^[A-Za-z0-9+/]{43}$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The 32 bytes behind an EncodingAESKey of 43 characters, or undefined when it is none. */
export function readAesKey(encodingAesKey: string): Buffer | undefined {
  return ENCODING_AES_KEY.test(encodingAesKey) ? Buffer.from(`${encodingAesKey}=`, 'base64') : undefined;
}

export interface Opened {
  readonly message: string;
  /** The key that fitted: the answer is sealed with the same one, so that a rotation loses nothing. */
  readonly key: Buffer;
}

/**
 * Opens an envelope with whichever key fits. Every fault is the same refusal. Call it only after `msg_signature` was
 * found right: a flipped bit is seldom noticed here.
 */
export function open(encrypted: string, keys: readonly Buffer[], appId: string): Opened {
  const opened = keys.map((key) => ({ key, message: tryOpen(encrypted, key, appId) }));
  for (const { key, message } of opened) if (message !== undefined) return { message, key };
  throw new Refused('encryption', 'the envelope does not open');
}

function tryOpen(encrypted: string, key: Buffer, appId: string): string | undefined {
  const bytes = BASE64.test(encrypted) ? Buffer.from(encrypted, 'base64') : Buffer.alloc(0);
  if (bytes.length === 0 || bytes.length % AES_BLOCK !== 0) return undefined;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, AES_BLOCK)).setAutoPadding(false);
  const plain = unpad(Buffer.concat([decipher.update(bytes), decipher.final()]));
  if (plain === undefined || plain.length < HEAD) return undefined;
  const end = HEAD + plain.readUInt32BE(RANDOM_BYTES);
  if (end > plain.length || plain.toString('utf8', end) !== appId) return undefined;
  return plain.toString('utf8', HEAD, end);
}

function unpad(bytes: Buffer): Buffer | undefined {
  const count = bytes.at(-1) ?? 0;
  if (count < 1 || count > PAD_TO || count > bytes.length) return undefined;
  const end = bytes.length - count;
  return bytes.subarray(end).every((byte) => byte === count) ? bytes.subarray(0, end) : undefined;
}

/**
 * Seals a message for WeChat. The sixteen bytes that make envelopes differ are drawn from the key, the message and
 * `occasion` (timestamp and nonce of the request) instead of from chance: the same answer to the same request is the
 * same bytes in every process, and two different messages never share them.
 */
export function seal(message: string, key: Buffer, appId: string, occasion: string): string {
  const salt = createHmac('sha256', key).update(`${occasion}\n${message}`).digest().subarray(0, RANDOM_BYTES);
  const body = Buffer.from(message);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(body.length);
  const plain = pad(Buffer.concat([salt, length, body, Buffer.from(appId)]));
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, AES_BLOCK)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

function pad(bytes: Buffer): Buffer {
  const count = PAD_TO - (bytes.length % PAD_TO);
  return Buffer.concat([bytes, Buffer.alloc(count, count)]);
}
