import { Agent, request } from 'node:http';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { messageXml, wechatSide } from '../tests/official-account/wechat-side.ts';

/** What the sender is told. */
export interface Sending {
  readonly url: string;
  readonly token: string;
  readonly appId: string;
  readonly aesKey: string;
  readonly texts: readonly string[];
  readonly perSecond: number;
  /** So many first ones are sent at a fifth of the rate, as a program that has just started gets them. */
  readonly slowly: number;
}

/** One message: how long its request took from the time at which it was due, and what it got. Milliseconds. */
export interface Posted {
  readonly ms: number;
  /** A sentence for the resident, silence that is in order, or anything else. */
  readonly got: 'reply' | 'success' | 'error';
}

/** More residents than messages a minute, so that nobody is asked to slow down. */
const RESIDENTS = 20_000;
const HANGS_UP_AFTER = 5_000;

/** Sends each message at its time, whether or not earlier ones were answered; encrypted and signed beforehand, as WeChat does. */
async function send({ url, token, appId, aesKey, texts, perSecond, slowly }: Sending): Promise<readonly Posted[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 4_000 });
  const side = wechatSide({ url, token, appId, aesKey, mode: 'secure', now: Date.now });
  const requests = texts.map((text, i) => {
    const fields = {
      CreateTime: Math.floor(Date.now() / 1_000),
      MsgType: 'text',
      Content: text,
      MsgId: 10_000_000 + i,
    };
    const { body, query } = side.request(messageXml(fields, `oBench${i % RESIDENTS}`));
    return { body, address: `${url}?${new URLSearchParams(query)}` };
  });
  const begin = performance.now();
  const posted: Promise<Posted>[] = [];
  for (const [i, { body, address }] of requests.entries()) {
    const due = begin + ((i + 4 * Math.min(i, slowly)) * 1_000) / perSecond;
    const wait = due - performance.now();
    // Also when it is behind its time, so that the answers that have come are seen.
    await (wait > 0 ? pause(wait) : nextTurn());
    posted.push(post(agent, address, body).then((got) => ({ got, ms: performance.now() - due })));
  }
  const all = await Promise.all(posted);
  agent.destroy();
  return all;
}

function post(agent: Agent, url: string, body: string): Promise<Posted['got']> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(body) };
    const one = request(url, { method: 'POST', agent, headers, timeout: HANGS_UP_AFTER }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        const kind = text === 'success' ? 'success' : text.startsWith('<xml><Encrypt>') ? 'reply' : 'error';
        resolve(response.statusCode === 200 ? kind : 'error');
      });
    });
    one.on('timeout', () => one.destroy());
    one.on('error', () => resolve('error'));
    one.end(body);
  });
}

if (process.send !== undefined && process.argv[2] === 'sender') {
  process.once('message', (sending: Sending) => {
    void send(sending).then((posted) => process.send?.(posted, () => process.disconnect()));
  });
  process.send('ready');
}
