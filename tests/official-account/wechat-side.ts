import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/**
 * WeChat's side of the webhook, written from its documents and not from our code: it signs, encrypts, hangs up after a
 * while, asks again up to three times, and tells what the resident's screen would show.
 */
export type Mode = 'plain' | 'compatible' | 'secure';

export interface SideSettings {
  /** Address of the webhook. */
  readonly url: string;
  readonly token: string;
  readonly appId: string;
  readonly aesKey?: string | undefined;
  readonly mode: Mode;
  readonly now: () => number;
  /** Five seconds at WeChat. */
  readonly hangsUpAfterMs?: number;
  /** Whether a repeated request carries the nonce and signature of the first. WeChat does not promise either. */
  readonly repeats?: 'same-nonce' | 'new-nonce';
  /** The answers of these tries (counted from 1) never arrive although they were given. */
  readonly losesAnswers?: readonly number[];
}

export interface Answered {
  readonly status: number;
  readonly body: string;
  /** The reply's XML, opened when it came in an envelope; absent for `success` and refusals. */
  readonly reply?: string | undefined;
  readonly tookMs: number;
}

export interface Delivered {
  /** One for each try; undefined where WeChat hung up or lost the answer. */
  readonly tries: readonly (Answered | undefined)[];
  /** The text on the resident's screen, `nothing`, or WeChat's own sentence that the account is out of order. */
  readonly screen: string;
}

export const OUT_OF_ORDER = '该公众号暂时无法提供服务，请稍后再试';
const TRIES = 3;

export function sha1(...parts: readonly string[]): string {
  return createHash('sha1').update(parts.toSorted().join('')).digest('hex');
}

export function wechatEncrypt(message: string, aesKey: string, appId: string): string {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  const body = Buffer.from(message);
  const length = Buffer.from(
    [body.length >>> 24, body.length >>> 16, body.length >>> 8, body.length].map((n) => n & 255),
  );
  const plain = Buffer.concat([randomBytes(16), length, body, Buffer.from(appId)]);
  const padding = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]).toString(
    'base64',
  );
}

export function wechatDecrypt(encrypted: string, aesKey: string): { readonly message: string; readonly appId: string } {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
  const end = 20 + plain.readUInt32BE(16);
  return { message: plain.toString('utf8', 20, end), appId: plain.toString('utf8', end) };
}

/** The value of one element of a reply, CDATA undone. */
export function valueIn(xml: string, name: string): string | undefined {
  const inner = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)?.[1];
  return inner?.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1');
}

let lastId = 7_000_000_000_000_000;

/** A message as WeChat writes it. Values that are numbers stand bare, others in CDATA. */
export function messageXml(fields: Readonly<Record<string, string | number>>, openId = 'oResident0001'): string {
  const all = { ToUserName: 'gh_county', FromUserName: openId, ...fields };
  const inner = Object.entries(all).map(([name, value]) =>
    typeof value === 'number' ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`,
  );
  return `<xml>${inner.join('\n')}</xml>`;
}

export function wechatSide(settings: SideSettings) {
  const { url, token, appId, aesKey, mode, now, hangsUpAfterMs = 5_000, repeats = 'same-nonce' } = settings;
  const seconds = (): string => String(Math.floor(now() / 1_000));

  const sealed = (xml: string, timestamp: string, nonce: string) => {
    if (mode === 'plain' || aesKey === undefined) return { body: xml, query: {} };
    const encrypted = wechatEncrypt(xml, aesKey, appId);
    const query = { encrypt_type: 'aes', msg_signature: sha1(token, timestamp, nonce, encrypted) };
    const envelope = `<Encrypt><![CDATA[${encrypted}]]></Encrypt>`;
    if (mode === 'compatible') return { body: xml.replace('</xml>', `${envelope}</xml>`), query };
    return { body: `<xml><ToUserName><![CDATA[gh_county]]></ToUserName>${envelope}</xml>`, query };
  };

  /** A request as WeChat would send it; the caller may then spoil it. */
  const request = (xml: string, over: Readonly<Record<string, string>> = {}) => {
    const timestamp = over.timestamp ?? seconds();
    const nonce = over.nonce ?? String(Math.floor(Math.random() * 2 ** 31));
    const { body, query } = sealed(xml, timestamp, nonce);
    const signed = { signature: sha1(token, timestamp, nonce), timestamp, nonce, openid: 'oResident0001', ...query };
    return { body, query: { ...signed, ...over } };
  };

  const post = async ({ body, query }: ReturnType<typeof request>): Promise<Answered> => {
    const startedAt = performance.now();
    const response = await fetch(`${url}?${new URLSearchParams(query)}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body,
      signal: AbortSignal.timeout(hangsUpAfterMs),
    });
    const text = await response.text();
    return { status: response.status, body: text, reply: openReply(text), tookMs: performance.now() - startedAt };
  };

  const openReply = (text: string): string | undefined => {
    const encrypted = valueIn(text, 'Encrypt');
    if (encrypted === undefined) return text.startsWith('<xml>') ? text : undefined;
    const [timestamp, nonce] = [valueIn(text, 'TimeStamp') ?? '', valueIn(text, 'Nonce') ?? ''];
    if (valueIn(text, 'MsgSignature') !== sha1(token, timestamp, nonce, encrypted)) return undefined;
    const opened = wechatDecrypt(encrypted, aesKey ?? '');
    return opened.appId === appId ? opened.message : undefined;
  };

  const screenOf = (answered: Answered | undefined): string => {
    if (answered?.status === 200 && (answered.body === 'success' || answered.body === '')) return 'nothing';
    const text = answered?.status === 200 && answered.reply ? valueIn(answered.reply, 'Content') : undefined;
    return text ?? OUT_OF_ORDER;
  };

  return {
    request,
    post,
    /** Delivers one message as WeChat does: at most three tries, the next one only when no answer came. */
    async deliver(xml: string): Promise<Delivered> {
      const first = request(xml);
      const tries: (Answered | undefined)[] = [];
      for (let n = 1; n <= TRIES; n += 1) {
        const answered = await post(n === 1 || repeats === 'same-nonce' ? first : request(xml)).catch(() => undefined);
        const arrived = settings.losesAnswers?.includes(n) ? undefined : answered;
        tries.push(arrived);
        if (arrived) break;
      }
      return { tries, screen: screenOf(tries.at(-1)) };
    },
    /** All at once and in an order of chance, as a busy evening brings them. */
    deliverShuffled(xmls: readonly string[]): Promise<readonly Delivered[]> {
      const order = xmls.map((_, index) => index).toSorted(() => Math.random() - 0.5);
      const running = new Map(order.map((index) => [index, this.deliver(xmls[index] as string)]));
      return Promise.all(xmls.map((_, index) => running.get(index) as Promise<Delivered>));
    },
    /** What WeChat does when the address is saved in its console. */
    async verify(
      over: Readonly<Record<string, string>> = {},
    ): Promise<{ readonly status: number; readonly body: string }> {
      const { query } = request('<xml></xml>', over);
      const response = await fetch(`${url}?${new URLSearchParams({ echostr: '5838479218127813673', ...query })}`);
      return { status: response.status, body: await response.text() };
    },
    text: (content: string, openId?: string): string => {
      lastId += 1;
      const fields = { CreateTime: Number(seconds()), MsgType: 'text', Content: content };
      return messageXml({ ...fields, MsgId: lastId }, openId);
    },
    event: (event: string, fields: Readonly<Record<string, string>> = {}): string =>
      messageXml({ CreateTime: Number(seconds()), MsgType: 'event', Event: event, ...fields }),
  };
}
