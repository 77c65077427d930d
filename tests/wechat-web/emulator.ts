import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clearTimeout, setTimeout } from 'node:timers';
import { type Answer, respond } from './protocol.ts';
import { type Group, group, message, type Person, person, type Seen, type Sent, type WebMessage } from './records.ts';

export type Fault = (request: IncomingMessage, response: ServerResponse, seen: Seen) => void;

export interface EmulatorOptions {
  /** How long a poll is held when nothing happens, milliseconds. The real one holds 25 seconds. */
  readonly pollMs?: number;
  /** What `webwxinit` hands out: the place up to which messages were taken, or the newest, which skips the rest. */
  readonly initKey?: 'taken' | 'newest';
}

const WECHAT = /(^|\.)(qq|wechat)\.com$/;
/** Nothing listens there. */
const DEAD = 'http://127.0.0.1:1/';

/**
 * The WeChat web protocol on loopback, as wechat4u 0.7.14 speaks it: one account, its contacts and groups, sessions that
 * can be kicked, and messages that stay until the client has shown with its next key that it took them.
 */
export class WechatWeb {
  readonly requests: Seen[] = [];
  readonly sent: Sent[] = [];
  /** Hosts outside of WeChat that somebody tried to reach. `stop` fails when there are any. */
  readonly foreign: string[] = [];
  readonly people = new Map<string, Person>();
  readonly groups = new Map<string, Group>();
  readonly messages: WebMessage[] = [];
  readonly deadHosts = new Set<string>();
  readonly pollMs: number;
  readonly initKey: 'taken' | 'newest';
  /** How many messages the client has shown to have taken. */
  taken = 0;
  /** Where the QR code stands. */
  qr: 'waiting' | 'scanned' | 'confirmed' | 'expired' = 'waiting';
  /** The program has been told that somebody scanned. */
  scanTold = false;
  codes = 0;
  logins = 0;
  sid: string | undefined;
  /** What a session that is no longer valid is told. */
  goneCode = 1101;
  refusal: { readonly ret: number; readonly message: string } | undefined;
  sendRet = 0;
  /** While set, `synccheck` answers this text. */
  syncText: string | undefined;
  readonly verified: string[] = [];
  readonly #faults = new Map<string, { readonly fault: Fault; left: number }>();
  readonly #changes = new EventEmitter().setMaxListeners(0);
  #server: Server | undefined;
  #port = 0;
  #count = 0;
  #dark = false;

  constructor({ pollMs = 400, initKey = 'taken' }: EmulatorOptions = {}) {
    this.pollMs = pollMs;
    this.initKey = initKey;
  }

  async start(): Promise<this> {
    await this.#listen(0);
    return this;
  }

  /** Ends every connection. Fails if anybody tried to reach a host that is not WeChat's. */
  async stop(): Promise<void> {
    await this.#close();
    if (this.foreign.length > 0) throw new Error(`somebody tried to reach ${[...new Set(this.foreign)].join(', ')}`);
  }

  get port(): number {
    return this.#port;
  }

  get me(): Person {
    return person(`@self${this.logins}0123456789abcdef`, '反诈助手', { Uin: 2001 });
  }

  /** Leads a request for WeChat here. The host stays in the path, so that the emulator knows what was meant. */
  readonly route = (address: string): string => {
    const url = new URL(address);
    if (!WECHAT.test(url.hostname)) {
      this.foreign.push(url.hostname);
      return DEAD;
    }
    if (this.deadHosts.has(url.hostname) || this.#dark) {
      this.requests.push(seenOf(url.host, url, ''));
      return DEAD;
    }
    return `http://127.0.0.1:${this.#port}/~${url.host}${url.pathname}${url.search}`;
  };

  addPerson(id: string, name: string, extra?: Readonly<Record<string, unknown>>): Person {
    const added = person(id, name, extra);
    this.people.set(id, added);
    return added;
  }

  addGroup(id: string, topic: string, members: readonly Person[]): Group {
    const added = group(id, topic, members);
    this.groups.set(id, added);
    return added;
  }

  scan(): void {
    this.scanTold = false;
    this.#change(() => (this.qr = 'scanned'));
  }

  confirm(): void {
    this.#change(() => (this.qr = 'confirmed'));
  }

  expireCode(): void {
    this.#change(() => (this.qr = 'expired'));
  }

  /** The phone scans and confirms as soon as a code is on show. */
  async signIn(): Promise<void> {
    const before = this.logins;
    await this.until(() => this.codes > 0 && this.qr === 'waiting', 5_000);
    this.scan();
    this.confirm();
    await this.until(() => this.logins > before, 5_000);
  }

  /** Ends the session with a code: 1100 by the phone, 1101 elsewhere, 1102 by WeChat. */
  kick(code: 1100 | 1101 | 1102 = 1101): void {
    this.goneCode = code;
    this.#change(() => (this.sid = undefined));
  }

  /** Confirming the code will end with this refusal. */
  refuseLogin(ret: number, words: string): void {
    this.refusal = { ret, message: words };
  }

  /** Every message that is sent gets this code; 0 lets them through again. */
  refuseSends(ret: number): void {
    this.sendRet = ret;
  }

  /** `synccheck` answers this text instead, until it is called with undefined. */
  answerSyncWith(text: string | undefined): void {
    this.#change(() => (this.syncText = text));
  }

  /** The next answers of an endpoint come from `fault`. */
  fail(endpoint: string, fault: Fault, times = 1): void {
    this.#faults.set(endpoint, { fault, left: times });
    this.#changes.emit('change');
  }

  /** The message arrives, its answer is lost: the connection breaks. */
  loseAnswerOfSend(times = 1): void {
    const lose: Fault = (_request, response, seen) => {
      this.take(seen);
      response.destroy();
    };
    this.fail('webwxsendmsg', lose, times);
  }

  /** Nothing is reachable any more; open connections break. */
  async goDark(): Promise<void> {
    this.#dark = true;
    await this.#close();
  }

  async comeBack(): Promise<void> {
    await this.#listen(this.#port);
    this.#dark = false;
  }

  async outage(ms: number): Promise<void> {
    await this.goDark();
    await new Promise((resolve) => setTimeout(resolve, ms));
    await this.comeBack();
  }

  deliver(fields: Readonly<Partial<WebMessage>>): WebMessage {
    this.#count += 1;
    const delivered = message(this.#count, this.me.UserName, fields);
    this.#change(() => this.messages.push(delivered));
    return delivered;
  }

  say(from: string, content: string): WebMessage {
    return this.deliver({ FromUserName: from, Content: content });
  }

  sayIn(groupId: string, from: string, content: string): WebMessage {
    return this.deliver({ FromUserName: groupId, Content: `${from}:<br/>${content}` });
  }

  /** Somebody that nobody knows asks to become a friend. */
  askFriendship(id: string, name: string, hello: string): WebMessage {
    const words = `fromusername="wxid_new" encryptusername="v1_x@stranger" fromnickname="${name}" content="${hello}"`;
    return this.deliver({
      FromUserName: 'fmessage',
      MsgType: 37,
      Content: `&lt;msg ${words} ticket="v2_t@stranger" scene="30"&gt;&lt;/msg&gt;`,
      RecommendInfo: { UserName: id, NickName: name, Content: hello, Ticket: 'v2_t@stranger' },
    });
  }

  /** Whatever stands in the message, in the place of one that was made here. */
  deliverRaw(raw: unknown): void {
    this.#change(() => this.messages.push(raw as WebMessage));
  }

  count(endpoint: string, since = 0): number {
    return this.requests.slice(since).filter((one) => one.endpoint === endpoint).length;
  }

  take(seen: Seen): void {
    const { Msg } = JSON.parse(seen.body) as { Msg: { ToUserName: string; Content: string } };
    this.sent.push({ at: Date.now(), to: Msg.ToUserName, text: Msg.Content });
    this.#changes.emit('change');
  }

  /** Resolves when `holds` is true, checked at every change; fails after `ms`. */
  async until(holds: () => boolean, ms: number): Promise<void> {
    if (!(await this.hold(holds, ms))) throw new Error('what was waited for did not happen');
  }

  /** A held poll: resolves when `holds`, or after `ms`; the result says which. */
  async hold(holds: () => boolean, ms = this.pollMs): Promise<boolean> {
    const end = Date.now() + ms;
    while (!holds() && Date.now() < end) {
      const aborter = new AbortController();
      const timer = setTimeout(() => aborter.abort(), Math.max(1, end - Date.now())).unref();
      await once(this.#changes, 'change', { signal: aborter.signal }).catch(() => undefined);
      clearTimeout(timer);
    }
    return holds();
  }

  /** Answers one request; also used by the TLS front, which knows the host from the request itself. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = new URL(request.url ?? '/', 'http://emulator');
    const routed = /^\/~([^/]+)(\/.*)$/.exec(asked.pathname);
    const host = routed?.[1] ?? request.headers.host ?? '';
    if (!WECHAT.test(host.replace(/:\d+$/, ''))) this.foreign.push(host);
    const seen = seenOf(host, asked, await bodyOf(request));
    this.requests.push(seen);
    const fault = this.#faults.get(seen.endpoint);
    if (fault && fault.left > 0) {
      fault.left -= 1;
      fault.fault(request, response, seen);
    } else write(response, await respond(this, seen));
    this.#changes.emit('change');
  }

  #change(act: () => unknown): void {
    act();
    this.#changes.emit('change');
  }

  async #listen(port: number): Promise<void> {
    this.#server = createServer((request, response) => {
      this.handle(request, response).catch(() => response.destroy());
    });
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async #close(): Promise<void> {
    const server = this.#server;
    if (!server?.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
}

function seenOf(host: string, url: URL, body: string): Seen {
  const endpoint = url.pathname.split('/').at(-1) ?? '';
  return { at: Date.now(), host, endpoint, query: Object.fromEntries(url.searchParams), body };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

function write(response: ServerResponse, { status = 200, headers = {}, body }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers });
  response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
}
