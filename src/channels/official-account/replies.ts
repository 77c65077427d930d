import { SECOND } from '../../lib/clock.ts';
import { seal } from './encryption.ts';
import { sign } from './signature.ts';
import { cdata } from './xml.ts';

/** Tells WeChat that the message was taken and nothing is to be shown. Also right in secure mode. */
export const SUCCESS = 'success';

export interface PassiveText {
  /** The resident's open id: `from` of what came in. */
  readonly to: string;
  /** The account's own id: `to` of what came in. */
  readonly from: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly text: string;
}

export function passiveText({ to, from, at, text }: PassiveText): string {
  return (
    `<xml><ToUserName>${cdata(to)}</ToUserName><FromUserName>${cdata(from)}</FromUserName>` +
    `<CreateTime>${Math.floor(at / SECOND)}</CreateTime><MsgType>${cdata('text')}</MsgType>` +
    `<Content>${cdata(text)}</Content></xml>`
  );
}

export interface Sealing {
  readonly token: string;
  readonly appId: string;
  readonly key: Buffer;
  /** Of the request that is answered: the same request gets the same bytes again. */
  readonly timestamp: string;
  readonly nonce: string;
}

/** The envelope of secure and compatible mode around a reply. */
export function sealedReply(xml: string, { token, appId, key, timestamp, nonce }: Sealing): string {
  const encrypted = seal(xml, key, appId, `${timestamp}\n${nonce}`);
  return (
    `<xml><Encrypt>${cdata(encrypted)}</Encrypt>` +
    `<MsgSignature>${cdata(sign(token, timestamp, nonce, encrypted))}</MsgSignature>` +
    `<TimeStamp>${timestamp}</TimeStamp><Nonce>${cdata(nonce)}</Nonce></xml>`
  );
}
