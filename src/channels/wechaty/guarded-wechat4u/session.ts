import type { Log } from '../../../lib/log.ts';
import { WebFault } from './faults.ts';
import { GrowingWait, Pace, wait } from './pace.ts';
import { type Trouble, troubleOf } from './troubles.ts';
import type { SyncAnswer, SyncState, Wechat4u } from './upstream.ts';

/** Least times between requests, milliseconds. */
export interface Intervals {
  /** Between two tries to log in; grows with every failure. */
  readonly loginMs: number;
  readonly mostLoginMs: number;
  /** Between two polls that brought nothing. */
  readonly pollMs: number;
  /** After a failed poll; grows up to `mostRetryMs`. */
  readonly retryMs: number;
  readonly mostRetryMs: number;
  /** Between two signs of life to WeChat. */
  readonly heartbeatMs: number;
}

export interface SessionNeeds {
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly intervals: Intervals;
  /** Lives longer than one session, so that starting anew is no way around it. */
  readonly loginPace: Pace;
  readonly loginWait: GrowingWait;
  readonly tell: (trouble: Trouble) => void;
  /** WeChat answers again: troubles of the way there are over. */
  readonly well: () => void;
  /** No more messages can be taken for now. */
  readonly full: () => boolean;
  /** A session is open, and its key is the one to go on with. */
  readonly opened: () => void;
  /** The session is over; resolves when everybody knows. */
  readonly loggedOut: (why: string) => Promise<void>;
}

/** Refusals of a poll that are no logout, before the session is opened anew. */
const MOST_ODD = 3;
/** Rounds that follow each other without a pause while there are messages. */
const MOST_ROUNDS = 10;

/**
 * Opens a session, keeps it, and opens it again; takes the place of wechat4u's own start, restart and polling, which
 * race each other, storm a dead host, and give up silently. It ends with `halted` when only a person can help.
 */
export class Session {
  readonly #inner: Wechat4u;
  readonly #needs: SessionNeeds;
  #mode: 'scan' | 'resume';
  #online = false;
  #halted = false;
  /** The key under which the last session left off may be the reason why WeChat refuses; the next one goes without. */
  #keyRefused = false;
  /** Until then it waits on purpose, by `performance.now()`. */
  #quietUntil = 0;

  constructor(inner: Wechat4u, needs: SessionNeeds) {
    this.#inner = inner;
    this.#needs = needs;
    this.#mode = inner.PROP.uin ? 'resume' : 'scan';
    inner.on('init', () => {
      this.#online = true;
    });
    inner.start = inner.restart = () => undefined;
    inner.stop = inner.syncPolling = inner.checkPolling = () => undefined;
  }

  /** Polls get through: a message that is sent now has a chance. */
  get online(): boolean {
    return this.#online;
  }

  get halted(): boolean {
    return this.#halted;
  }

  /** Runs until it is stopped or halts. Never rejects. */
  async run(): Promise<void> {
    const { signal, log } = this.#needs;
    while (!signal.aborted && !this.#halted) {
      try {
        await this.#open();
        await this.#keep();
      } catch (error) {
        this.#online = false;
        if (signal.aborted) return;
        await this.#afterwards(error).catch((failure: unknown) => {
          if (!signal.aborted) log.error({ err: failure, from: 'wechat4u' }, 'a failed session could not be ended');
        });
      }
    }
  }

  async #open(): Promise<void> {
    const { signal, loginPace, opened, well } = this.#needs;
    await loginPace.turn(signal);
    const inner = this.#inner;
    if (this.#mode === 'scan') {
      await this.#scan();
      inner.contacts = Object.create(null);
      this.#mode = 'resume';
    }
    const before: SyncState = { syncKey: inner.PROP.syncKey, formatedSyncKey: inner.PROP.formatedSyncKey };
    await inner._init();
    if (before.formatedSyncKey && !this.#keyRefused) Object.assign(inner.PROP, before);
    this.#keyRefused = false;
    opened();
    well();
  }

  async #scan(): Promise<void> {
    const { signal, intervals, well } = this.#needs;
    const inner = this.#inner;
    Object.assign(inner.PROP, { uin: '', sid: '', skey: '', syncKey: { List: [] }, formatedSyncKey: '' });
    inner.emit('uuid', await inner.getUUID());
    well();
    inner.state = inner.CONF.STATE.uuid;
    const pace = new Pace(intervals.pollMs);
    for (let code = 0; code !== 200; ) {
      await pace.turn(signal);
      const seen = await inner.checkLogin();
      code = seen.code;
      if (code === 201 && seen.userAvatar) inner.emit('user-avatar', seen.userAvatar);
    }
    await inner.login();
  }

  /** Polls until the session ends. What was not taken stays with WeChat under the old key, so an outage loses nothing. */
  async #keep(): Promise<void> {
    const { signal, intervals, loginWait, tell, well, full } = this.#needs;
    const inner = this.#inner;
    const retry = new GrowingWait(intervals.retryMs, intervals.mostRetryMs);
    const pace = new Pace(intervals.pollMs);
    let odd = 0;
    let beat = performance.now() + intervals.heartbeatMs;
    for (;;) {
      try {
        await pace.turn(signal);
        for (let round = 0; round < MOST_ROUNDS && Number(await inner.syncCheck()) !== 0; round += 1) {
          this.#online = true;
          if (full()) {
            await this.#wait(intervals.retryMs);
            break;
          }
          const answer = await inner.sync();
          this.#handle(answer);
          if (!answer.AddMsgCount) break;
        }
        if (performance.now() > beat) {
          beat = performance.now() + intervals.heartbeatMs;
          await inner.notifyMobile();
        }
        odd = 0;
        this.#online = true;
        retry.reset();
        loginWait.reset();
        well();
      } catch (error) {
        if (signal.aborted || !(error instanceof WebFault) || error.kind === 'logged-out') throw error;
        this.#online = false;
        if (error.kind === 'ret' && ++odd >= MOST_ODD) {
          this.#keyRefused = true;
          throw error;
        }
        const trouble = troubleOf(error);
        if (trouble) tell(trouble);
        await this.#wait(retry.next());
      }
    }
  }

  #handle(answer: SyncAnswer): void {
    try {
      this.#inner.handleSync(answer);
    } catch (error) {
      this.#needs.log.error({ err: error, from: 'wechat4u' }, 'a part of what WeChat sent could not be read');
    }
  }

  /** What to do after a session ended or could not be opened. */
  async #afterwards(error: unknown): Promise<void> {
    const { log, loginWait, tell, loggedOut } = this.#needs;
    if (!(error instanceof WebFault)) {
      log.error({ err: error, from: 'wechat4u' }, 'a session failed');
      await this.#wait(loginWait.next());
      return;
    }
    const trouble = troubleOf(error);
    if (trouble) tell(trouble);
    if (trouble?.retryable === false) {
      this.#halted = true;
      await loggedOut(error.kind);
    } else if (error.kind === 'logged-out' || (error.kind === 'ret' && error.endpoint === 'webwxinit')) {
      this.#mode = 'scan';
      await loggedOut(error.kind);
      if (error.endpoint === 'webwxinit') await this.#wait(loginWait.next());
    } else if (error.kind !== 'code-expired') await this.#wait(loginWait.next());
  }

  async #wait(ms: number): Promise<void> {
    this.#quietUntil = performance.now() + ms;
    await wait(ms, this.#needs.signal);
  }

  /** False when nothing has happened for `ms` although something should have. */
  isAlive(lastRequestAt: number, ms: number): boolean {
    return this.#halted || performance.now() < Math.max(this.#quietUntil, lastRequestAt) + ms;
  }
}
