import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MINUTE } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { open, readAesKey } from './encryption.ts';
import { createExchanges, type ExchangeNeeds } from './exchanges.ts';
import { readIncoming } from './incoming.ts';
import { type RefusalReason, Refused } from './refusal.ts';
import { createReplayMemory } from './replays.ts';
import { passiveText, SUCCESS, sealedReply } from './replies.ts';
import { checkSettings, type OfficialAccountSettings } from './settings.ts';
import { isFresh, isSignature } from './signature.ts';
import { readXml, XML_LIMIT } from './xml.ts';

export const WEBHOOK_PATH = '/wechat/official-account';

export interface WebhookNeeds extends ExchangeNeeds {
  readonly settings: OfficialAccountSettings;
}

/** The query that stands on every request, its signature found right. */
interface Signed {
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
  readonly messageSignature: string;
}

const LONGEST_IN_QUERY = 256;
const ECHO = /^[\w+/=-]{1,256}$/;

/**
 * The address that is entered in WeChat's console. GET: WeChat checks that it is ours. POST: a message; the answer is a
 * passive reply or `success`, within `answerWithinMs` whatever `receive` does. Throws an OperatorFault on settings that
 * cannot work.
 */
export async function routeOfficialAccount(server: FastifyInstance, needs: WebhookNeeds): Promise<void> {
  const { settings, now, log } = needs;
  checkSettings(settings);
  const keys = settings.aesKeys.flatMap((text) => readAesKey(text) ?? []);
  const replays = createReplayMemory(now);
  const exchange = createExchanges(needs);
  const noteRefusal = createRefusalNotes(log, now);

  const checked = (request: FastifyRequest): Signed => {
    const [signature, timestamp, nonce] = ['signature', 'timestamp', 'nonce'].map((name) => inQuery(request, name));
    if (!signature || !timestamp || !nonce) throw new Refused('query', 'signature, timestamp or nonce is missing');
    if (!isSignature(signature, settings.token, timestamp, nonce)) throw new Refused('signature', 'it does not fit');
    if (!isFresh(timestamp, now())) throw new Refused('stale', 'the timestamp is too far from our clock');
    return { timestamp, nonce, signature, messageSignature: inQuery(request, 'msg_signature') ?? '' };
  };

  /** The message's values and, when it came in an envelope, the key that opened it. */
  const unwrap = (
    body: string,
    signed: Signed,
  ): { readonly values: ReadonlyMap<string, string>; readonly key?: Buffer } => {
    const { timestamp, nonce, signature, messageSignature } = signed;
    if (!replays.admits(nonce, `${signature}${messageSignature}`, body)) {
      throw new Refused('replayed', 'the signature was used with another body');
    }
    const values = readXml(body);
    const encrypted = values.get('Encrypt');
    if (keys.length === 0) {
      if (encrypted !== undefined && !values.has('MsgType')) throw new Refused('no-key', 'the message is encrypted');
      return { values };
    }
    if (encrypted === undefined) throw new Refused('plain', 'a key is set, so the message must be encrypted');
    if (!isSignature(messageSignature, settings.token, timestamp, nonce, encrypted)) {
      throw new Refused('encryption', 'the envelope is not signed');
    }
    const { message, key } = open(encrypted, keys, settings.appId);
    return { values: readXml(message), key };
  };

  const answer = async (body: string, signed: Signed): Promise<string> => {
    const { values, key } = unwrap(body, signed);
    const incoming = readIncoming(values);
    const text = await exchange(incoming);
    if (text === undefined) return SUCCESS;
    // Dated with the message and not with the clock: every process gives a repeated message the same bytes.
    const reply = passiveText({ to: incoming.from, from: incoming.to, at: incoming.at, text });
    const { token, appId } = settings;
    return key ? sealedReply(reply, { token, appId, key, timestamp: signed.timestamp, nonce: signed.nonce }) : reply;
  };

  await server.register(async (room) => {
    room.removeAllContentTypeParsers();
    room.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: XML_LIMIT }, (_request, body, done) =>
      done(null, body),
    );
    room.setErrorHandler((error: unknown, _request, reply) => {
      if (error instanceof Refused) {
        noteRefusal(error.reason);
        return plainly(reply, STATUS[error.reason], SAID[error.reason]);
      }
      const status = statusOf(error);
      if (status < 500) return plainly(reply, status, status === 413 ? '内容太长，最多 16 KiB' : '请求不对');
      log.error({ err: error }, 'a request of the official account failed');
      return plainly(reply, 200, SUCCESS);
    });
    // Messages of all residents come from a few machines of WeChat's, so the limit by address would refuse them.
    const options = { config: { rateLimit: false as const } };
    const signedOf = new WeakMap<FastifyRequest, Signed>();
    room.addHook('onRequest', async (request) => {
      signedOf.set(request, checked(request));
    });
    room.get(WEBHOOK_PATH, options, (request, reply) => {
      const echo = inQuery(request, 'echostr') ?? '';
      if (!ECHO.test(echo)) throw new Refused('query', 'no echostr');
      return plainly(reply, 200, echo);
    });
    room.post(WEBHOOK_PATH, options, async (request, reply) => {
      const signed = signedOf.get(request) as Signed;
      const said = await answer(request.body instanceof Buffer ? request.body.toString() : '', signed);
      return said === SUCCESS ? plainly(reply, 200, said) : reply.type('text/xml; charset=utf-8').send(said);
    });
  });
}

function inQuery(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' && value.length <= LONGEST_IN_QUERY ? value : undefined;
}

function plainly(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.status(status).type('text/plain; charset=utf-8').send(text);
}

/** The server's own refusals carry a status; anything else is a fault of ours. */
function statusOf(error: unknown): number {
  return error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
}

const STATUS: Readonly<Record<RefusalReason, number>> = {
  query: 400,
  signature: 401,
  stale: 401,
  replayed: 401,
  plain: 401,
  'no-key': 401,
  encryption: 401,
  xml: 400,
  message: 400,
};

const SAID: Readonly<Record<RefusalReason, string>> = {
  query: '缺少签名参数',
  signature: '签名不对',
  stale: '时间差了五分钟以上',
  replayed: '签名已经用过',
  plain: '只收加密的消息',
  'no-key': '没有配置解密的密钥',
  encryption: '解不开',
  xml: '不是正确的 XML',
  message: '消息不完整',
};

/** What an operator can mend when the refusals are not an attack. */
const CURE: Partial<Record<RefusalReason, string>> = {
  signature: 'FANZHA_OA_TOKEN 要和公众平台里的令牌一样',
  stale: '服务器的时钟不准，请打开自动对时',
  plain: '公众平台里改成安全模式，或去掉 FANZHA_OA_AES_KEY',
  'no-key': '公众平台用的是安全模式，请配置 FANZHA_OA_AES_KEY',
  encryption: 'FANZHA_OA_AES_KEY 和 FANZHA_OA_APP_ID 要和公众平台里的一样',
};

/** One line a minute for each reason, however many requests are refused. */
function createRefusalNotes(log: Log, now: () => number): (reason: RefusalReason) => void {
  const notes = new Map<RefusalReason, { readonly at: number; count: number }>();
  return (reason) => {
    const before = notes.get(reason);
    if (before && now() - before.at < MINUTE) {
      before.count += 1;
      return;
    }
    notes.set(reason, { at: now(), count: 0 });
    log.warn(
      { reason, sinceLast: before?.count ?? 0, cure: CURE[reason] },
      'a request to the official account was refused',
    );
  };
}
