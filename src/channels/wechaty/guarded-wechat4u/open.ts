import { setMaxListeners } from 'node:events';
import { type Puppet, type payloads, types } from 'wechaty-puppet';
import type { Clock } from '../../../lib/clock.ts';
import { MINUTE, SECOND, systemClock } from '../../../lib/clock.ts';
import type { Log } from '../../../lib/log.ts';
import { Contacts, ownerOf, stranger } from './contacts.ts';
import { SendFault, toSendFault } from './faults.ts';
import { guardRequests } from './guard.ts';
import { Mailbag } from './mailbag.ts';
import { SessionMemory } from './memory.ts';
import { atMost, GrowingWait, Pace } from './pace.ts';
import { type Intervals, Session } from './session.ts';
import { mentionedIn, wordsOf } from './text.ts';
import { type Trouble, type TroubleCode, trouble } from './troubles.ts';
import {
  type FileLike,
  loadUpstream,
  type UpstreamClass,
  type WebContact,
  type WebMember,
  type WebMessage,
  type Wechat4u,
} from './upstream.ts';

export interface GuardedWechat4uOptions {
  /** Where the session is kept. It opens the account: the file is for its owner only. */
  readonly sessionFile: string;
  readonly log: Log;
  readonly now?: Clock;
  /** Told once, until it is over. */
  onTrouble(trouble: Trouble): void;
  onRecovered?(code: TroubleCode): void;
  /** Where a request really goes; a test leads it to loopback. */
  readonly route?: (url: string) => string;
  readonly intervals?: Partial<GuardedIntervals>;
}

/** Milliseconds. */
export interface GuardedIntervals extends Intervals {
  readonly answerWithinMs: number;
  /** How long a message waits for the name of who sent it. */
  readonly patienceMs: number;
  readonly contactsMs: number;
  /** How long nothing is sent after WeChat said it is too much; grows. */
  readonly sendPauseMs: number;
  readonly mostSendPauseMs: number;
  /** Between two signs of life to Wechaty. */
  readonly pulseMs: number;
  /** Without any request for as long, and not waiting on purpose, everything is begun anew. */
  readonly silentMs: number;
}

const INTERVALS: GuardedIntervals = {
  loginMs: 5 * SECOND,
  mostLoginMs: 5 * MINUTE,
  pollMs: 300,
  retryMs: SECOND,
  mostRetryMs: MINUTE,
  heartbeatMs: 5 * MINUTE,
  answerWithinMs: 40 * SECOND,
  patienceMs: 1_500,
  contactsMs: 2 * SECOND,
  sendPauseMs: MINUTE,
  mostSendPauseMs: 30 * MINUTE,
  pulseMs: 15 * SECOND,
  silentMs: 90 * SECOND,
};

/** The real puppet for WeChat's web protocol, repaired. */
export interface GuardedWechat4u extends Puppet {
  /** It has stopped for good: only a new start by a person helps. */
  readonly halted: boolean;
  /** The message counts as taken only when this is over; until then a restart brings it again. */
  taking(id: string, done: Promise<unknown>): void;
}

/** Loads the real puppet only now: whoever does not use WeChat pays nothing for it. */
export async function openGuardedWechat4u(options: GuardedWechat4uOptions): Promise<GuardedWechat4u> {
  const Guarded = guarded(await loadUpstream());
  return new Guarded(options);
}

/** Cards of these kinds come with their title or quote as text already; of all others the text is what WeChat sent. */
const READ_BY_UPSTREAM = new Set([types.Message.Text, types.Message.Post]);
const MOST_STRANGERS = 10_000;
/** Looking up who wrote takes seconds at most; a listener that hangs must not keep a message in hand for ever. */
const LISTENS_WITHIN = MINUTE;

/** Troubles of the way to WeChat; they are over as soon as it answers. */
const ON_THE_WAY: readonly TroubleCode[] = ['unreachable', 'odd-answer'];
const OF_THE_SESSION: readonly TroubleCode[] = [
  'login-refused',
  'banned',
  'ended-on-phone',
  'ended-elsewhere',
  'session-refused',
  'session-file-corrupt',
];

function guarded(Upstream: UpstreamClass): new (options: GuardedWechat4uOptions) => GuardedWechat4u {
  return class extends Upstream implements GuardedWechat4u {
    readonly #options: GuardedWechat4uOptions;
    readonly #every: GuardedIntervals;
    readonly #memory: SessionMemory;
    readonly #loginPace: Pace;
    readonly #loginWait: GrowingWait;
    readonly #sendWait: GrowingWait;
    readonly #troubles = new Set<TroubleCode>();
    readonly #strangers = new Set<string>();
    readonly #handling = new Map<string, Promise<void>>();
    readonly #taking = new Map<string, Promise<unknown>>();
    #aborter = new AbortController();
    #session: Session | undefined;
    #contacts: Contacts | undefined;
    #noSendUntil = 0;
    #lastRequestAt = 0;

    constructor(options: GuardedWechat4uOptions) {
      super();
      this.#options = options;
      this.#every = { ...INTERVALS, ...options.intervals };
      this.#memory = new SessionMemory(options.sessionFile, options.now ?? systemClock, (one) => this.#tell(one));
      this.#loginPace = new Pace(this.#every.loginMs);
      this.#loginWait = new GrowingWait(this.#every.loginMs, this.#every.mostLoginMs);
      this.#sendWait = new GrowingWait(this.#every.sendPauseMs, this.#every.mostSendPauseMs);
      // Wechaty sets a memory card of its own, which would be a file in the working folder that everybody can read.
      // `startTime`: the real puppet moves it at every login and leaves out what is older, so the messages of an outage.
      Object.defineProperty(this, 'memory', { get: () => this.#memory });
      Object.defineProperty(this, 'startTime', { get: () => this.#memory.since, set: () => undefined });
      const emit = this.emit.bind(this) as (event: string, ...values: unknown[]) => boolean;
      const value = (event: string, ...values: unknown[]): boolean =>
        event === 'message' ? this.#announce(values[0] as { messageId: string }) : emit(event, ...values);
      Object.defineProperty(this, 'emit', { value });
      // Certain words make the real puppet take a text for a new friendship; a text it remains.
      this.on('friendship', ({ friendshipId: messageId }) => {
        if (this.cacheMessageRawPayload.get(messageId)?.MsgType === 1) this.emit('message', { messageId });
      });
    }

    get halted(): boolean {
      return this.#session?.halted ?? false;
    }

    override async onStart(): Promise<void> {
      this.#aborter = new AbortController();
      setMaxListeners(0, this.#aborter.signal);
      await super.onStart();
      void this.#session?.run();
    }

    override initHookEvents(inner: Wechat4u): void {
      const { log, route = (url) => url } = this.#options;
      const { signal } = this.#aborter;
      const { answerWithinMs, contactsMs, patienceMs } = this.#every;
      const asked = (): void => {
        this.#lastRequestAt = performance.now();
      };
      guardRequests(inner, { signal, route, answerWithinMs, asked });
      inner.contacts = Object.create(null);
      this.#repairContacts(inner);
      const failed = (error: unknown): void =>
        log.warn({ err: error, from: 'wechat4u' }, 'contacts could not be fetched');
      this.#contacts = new Contacts(inner, { signal, everyMs: contactsMs, patienceMs, failed });
      const hearing = { heard: (id: string) => this.#heard(id), taken: (id: string) => this.#taken(id) };
      const mailbag = new Mailbag(inner, this.#contacts, this.#memory, log, hearing, signal);
      inner.handleMsg = (messages) => mailbag.take(messages);
      this.#session = new Session(inner, {
        signal,
        log,
        intervals: this.#every,
        loginPace: this.#loginPace,
        loginWait: this.#loginWait,
        tell: (one) => this.#tell(one),
        well: () => this.#over(ON_THE_WAY),
        full: () => mailbag.full,
        opened: () => {
          if (mailbag.idle) this.#memory.allSeen();
        },
        loggedOut: (why) => this.#loggedOut(why),
      });
      super.initHookEvents(inner);
    }

    /** Ends at once and keeps the session: the real puppet logs out, so that every start would need a scan. */
    override async onStop(): Promise<void> {
      this.#aborter.abort();
      this.#clearTimers();
      const inner = this.wechat4u;
      if (inner) {
        inner.state = inner.CONF.STATE.logout;
        inner.removeAllListeners();
        inner.on('error', () => undefined);
      }
      await this.#memory.save();
    }

    /** The session opens anew after an outage without anybody having been away. */
    override login(id: string): void {
      if (this.isLoggedIn && this.currentUserId === id) return;
      if (this.isLoggedIn) (this as { __currentUserId?: string | undefined }).__currentUserId = undefined;
      this.#over(OF_THE_SESSION);
      super.login(id);
    }

    /** The operator wants the account to be logged out: WeChat is told, the session is forgotten, and nothing polls on. */
    override async logout(reason?: string): Promise<void> {
      if (!this.isLoggedIn) return;
      await this.wechat4u?.logout();
      this.#aborter.abort();
      await this.#loggedOut(reason ?? 'logout');
    }

    override async waitStable(): Promise<void> {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.isLoggedIn) this.emit('ready', { data: 'logged in' });
    }

    /** The real puppet would fetch every member of every group here. Who writes is asked for by `Contacts`. */
    override getContactsInfo(): void {
      this.unknownContactId.length = 0;
      clearInterval(this.getContactInterval);
      this.getContactInterval = undefined;
    }

    /** A pulse only while something happens; without one, everything is begun anew. */
    override _startPuppetHeart(firstTime: boolean, inner: Wechat4u): void {
      if (firstTime && this._heartBeatTimer) return;
      this._heartBeatTimer = setTimeout(() => this._startPuppetHeart(false, inner), this.#every.pulseMs).unref();
      if (firstTime || this.#session?.isAlive(this.#lastRequestAt, this.#every.silentMs)) {
        this.emit('heartbeat', { data: inner.state });
        return;
      }
      this.#options.log.warn({ from: 'wechat4u' }, 'nothing happens any more, beginning anew');
      this.reset().catch((error: unknown) => this.#options.log.error({ err: error }, 'beginning anew failed'));
    }

    override async contactRawPayload(id: string): Promise<WebContact> {
      return this.#whoIs(id);
    }

    override async roomRawPayload(id: string): Promise<WebContact> {
      return this.#whoIs(id);
    }

    override async roomRawPayloadParser(raw: WebContact): Promise<payloads.Room> {
      const payload = await super.roomRawPayloadParser(raw);
      const ownerId = ownerOf(raw);
      return ownerId === undefined ? payload : { ...payload, ownerId };
    }

    override async roomMemberRawPayload(room: string, id: string): Promise<WebMember> {
      const { MemberList = [] } = await this.#whoIs(room);
      return MemberList.find(({ UserName }) => UserName === id) ?? { UserName: id, NickName: '' };
    }

    override async messageRawPayloadParser(raw: WebMessage): Promise<payloads.Message> {
      const payload = await super.messageRawPayloadParser(raw);
      const repaired: { talkerId?: string; text?: string; mentionIdList?: string[] } = payload;
      // Notices in a group come from nobody. Wechaty wants somebody, and leaves alone what we said ourselves.
      if (!repaired.talkerId) repaired.talkerId = raw.ToUserName;
      if (raw.MsgType === 1 || !READ_BY_UPSTREAM.has(payload.type)) repaired.text = wordsOf(raw);
      const members = payload.roomId ? this.wechat4u?.contacts[payload.roomId]?.MemberList : undefined;
      if (members) repaired.mentionIdList = mentionedIn(repaired.text ?? '', members);
      return payload;
    }

    override async friendshipRawPayloadParser(raw: WebMessage): Promise<payloads.Friendship> {
      if (raw.MsgType !== 1) return super.friendshipRawPayloadParser(raw);
      const { MsgId: id, FromUserName: contactId, CreateTime: timestamp } = raw;
      return { id, contactId, timestamp, type: types.Friendship.Confirm };
    }

    override async messageSendText(to: string, text: string): Promise<void> {
      await this.#send(() => super.messageSendText(to, text));
    }

    override async messageSendFile(to: string, file: FileLike): Promise<undefined> {
      await this.#send(() => super.messageSendFile(to, file));
    }

    override async messageForward(to: string, id: string): Promise<void> {
      await this.#send(() => super.messageForward(to, id));
    }

    /** Every failure is a SendFault that says whether the message may have arrived. */
    async #send(act: () => Promise<unknown>): Promise<void> {
      const pause = this.#noSendUntil - performance.now();
      if (pause > 0) throw new SendFault('rate-limited', { againAfterMs: Math.ceil(pause) });
      if (!this.isLoggedIn || this.halted || this.#aborter.signal.aborted) throw new SendFault('logged-out');
      if (!this.#session?.online) throw new SendFault('unreachable');
      try {
        await act();
      } catch (error) {
        const fault = toSendFault(error);
        throw fault.outcome === 'rate-limited' ? this.#pauseSending(fault) : fault;
      }
      this.#sendWait.reset();
      this.#over(['rate-limited']);
    }

    #pauseSending(fault: SendFault): SendFault {
      const againAfterMs = this.#sendWait.next();
      this.#noSendUntil = performance.now() + againAfterMs;
      this.#tell(trouble('rate-limited', { ret: fault.ret }));
      return new SendFault('rate-limited', { ret: fault.ret, againAfterMs, cause: fault.cause });
    }

    async #whoIs(id: string): Promise<WebContact> {
      await this.#contacts?.known(id);
      const found = this.wechat4u?.contacts[id];
      if (this.#strangers.size > MOST_STRANGERS) this.#strangers.clear();
      if (!found || !this.#contacts?.isKnown(id)) this.#strangers.add(id);
      return found ?? stranger(id, '');
    }

    /**
     * Wechaty looks up a group with all its members at its first message; a second one would overtake it. So who listens
     * is waited for before the next message of the conversation.
     */
    #announce(event: { readonly messageId: string }): boolean {
      const listeners = this.rawListeners('message') as ((value: unknown) => unknown)[];
      const all = listeners.map(async (listen) => listen.call(this, event));
      const failed = (error: unknown): void =>
        this.#options.log.error({ err: error }, 'a message could not be handled');
      this.#handling.set(
        event.messageId,
        Promise.all(all).then(() => undefined, failed),
      );
      return listeners.length > 0;
    }

    taking(id: string, done: Promise<unknown>): void {
      this.#taking.set(id, done);
    }

    async #heard(id: string): Promise<void> {
      const handling = this.#handling.get(id);
      if (handling) await atMost(this.#every.patienceMs, handling);
    }

    async #taken(id: string): Promise<void> {
      const handling = this.#handling.get(id);
      if (handling) await atMost(LISTENS_WITHIN, handling);
      this.#handling.delete(id);
      await this.#taking.get(id)?.catch(() => undefined);
      this.#taking.delete(id);
    }

    /** Groups without a list of members break the real puppet; who was a stranger so far gets a name. */
    #repairContacts(inner: Wechat4u): void {
      const update = inner.updateContacts.bind(inner);
      inner.updateContacts = (contacts) => {
        const sound = (Array.isArray(contacts) ? contacts : []).filter((one) => typeof one?.UserName === 'string');
        for (const one of sound)
          if (one.UserName.startsWith('@@')) one.MemberList ??= inner.contacts[one.UserName]?.MemberList ?? [];
        const owners = sound.map(({ UserName: id }) => inner.contacts[id] && ownerOf(inner.contacts[id]));
        update(sound);
        for (const [i, { UserName: id }] of sound.entries())
          if (this.#strangers.delete(id) || ownerOf(inner.contacts[id]) !== owners[i])
            void this.dirtyPayload(id.startsWith('@@') ? types.Payload.Room : types.Payload.Contact, id);
      };
    }

    async #loggedOut(why: string): Promise<void> {
      if (this.isLoggedIn) await super.logout(why);
      if (this.wechat4u) this.wechat4u.state = this.wechat4u.CONF.STATE.logout;
      await this.#memory.delete('');
      await this.#memory.save();
    }

    #tell(one: Trouble): void {
      if (this.#troubles.has(one.code)) return;
      this.#troubles.add(one.code);
      this.#options.log.debug({ from: 'wechat4u', code: one.code, ret: one.ret }, 'trouble with WeChat');
      this.#options.onTrouble(one);
    }

    #over(codes: readonly TroubleCode[]): void {
      for (const code of codes) if (this.#troubles.delete(code)) this.#options.onRecovered?.(code);
    }

    #clearTimers(): void {
      this.getContactsInfo();
      clearTimeout(this._heartBeatTimer);
      this._heartBeatTimer = undefined;
    }
  };
}
