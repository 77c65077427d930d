import type { Puppet, PuppetOptions, payloads } from 'wechaty-puppet';

/** The insides of wechaty-puppet-wechat4u 1.14.14 and wechat4u 0.7.14 that the guard reaches into; see docs/KNOWN_UPSTREAM.md. */

/** What wechat4u hands to its HTTP client. */
export interface WebRequest {
  readonly method?: string;
  readonly url: string;
  readonly [option: string]: unknown;
}

export interface WebAnswer {
  data: unknown;
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface WebContact {
  readonly UserName: string;
  readonly NickName: string;
  MemberList?: WebMember[];
  readonly MemberCount?: number;
  readonly [field: string]: unknown;
}

export interface WebMember {
  /** 0 when WeChat does not tell. */
  readonly Uin?: number;
  readonly UserName: string;
  readonly NickName: string;
  readonly DisplayName?: string;
}

export interface WebMessage {
  readonly MsgId: string;
  readonly FromUserName: string;
  readonly ToUserName: string;
  readonly MsgType: number;
  /** Unescaped in part, with names in the place of ids; `OriginalContent` is what WeChat sent. */
  readonly Content: string;
  readonly OriginalContent: string;
  /** Epoch seconds. */
  readonly CreateTime: number;
  readonly RecommendInfo?: { readonly UserName?: string; readonly NickName?: string };
}

export interface SyncAnswer {
  readonly AddMsgCount?: number;
  readonly AddMsgList?: readonly unknown[];
}

export interface SyncState {
  syncKey: unknown;
  formatedSyncKey: string;
}

export type FileLike = Parameters<Puppet['messageSendFile']>[1];

/** wechat4u's bot. */
export interface Wechat4u {
  request: (options: WebRequest) => Promise<WebAnswer>;
  state: string;
  readonly user: { readonly UserName?: string };
  readonly PROP: SyncState & { uin: string; sid: string; skey: string };
  readonly CONF: { readonly STATE: { readonly uuid: string; readonly login: string; readonly logout: string } };
  readonly botData: unknown;
  contacts: Record<string, WebContact>;
  readonly Message: { extend(raw: unknown): WebMessage };
  readonly Contact: { extend(raw: WebContact): WebContact };
  on(event: string, listen: (...values: never[]) => unknown): void;
  emit(event: string, ...values: readonly unknown[]): void;
  listeners(event: string): readonly ((...values: readonly unknown[]) => unknown)[];
  removeAllListeners(): void;
  getUUID(): Promise<string>;
  checkLogin(): Promise<{ readonly code: number; readonly userAvatar?: string }>;
  login(): Promise<unknown>;
  logout(): Promise<unknown>;
  _init(): Promise<unknown>;
  notifyMobile(): Promise<unknown>;
  syncCheck(): Promise<string>;
  sync(): Promise<SyncAnswer>;
  handleSync(answer: SyncAnswer): void;
  handleMsg(messages: readonly unknown[]): void;
  batchGetContact(asked: readonly { UserName: string; EncryChatRoomId: string }[]): Promise<WebContact[]>;
  updateContacts(contacts: readonly WebContact[]): void;
  sendMsg(content: unknown, to: string): Promise<unknown>;
  start(): unknown;
  restart(): unknown;
  stop(): void;
  syncPolling(): void;
  checkPolling(): void;
}

/** The real puppet, with the parts that it declares private. */
export interface UpstreamPuppet extends Puppet {
  wechat4u: Wechat4u | undefined;
  unknownContactId: string[][];
  getContactInterval: NodeJS.Timeout | undefined;
  _heartBeatTimer: NodeJS.Timeout | undefined;
  readonly cacheMessageRawPayload: { get(id: string): WebMessage | undefined };
  onStart(): Promise<void>;
  onStop(): Promise<void>;
  login(id: string): void;
  initHookEvents(inner: Wechat4u): void;
  getContactsInfo(): void;
  waitStable(): Promise<void>;
  _startPuppetHeart(firstTime: boolean, inner: Wechat4u): void;
  messageSendFile(conversation: string, file: FileLike): Promise<undefined | string>;
  roomRawPayloadParser(raw: WebContact): Promise<payloads.Room>;
  messageRawPayloadParser(raw: WebMessage): Promise<payloads.Message>;
  friendshipRawPayloadParser(raw: WebMessage): Promise<payloads.Friendship>;
}

export type UpstreamClass = new (options?: PuppetOptions) => UpstreamPuppet;

/**
 * Loads the real puppet. wechat4u hangs a listener on the whole process that prints every crash and lets the process run
 * on, so that nothing ever ends it; whatever listener came with the import is taken off again.
 */
export async function loadUpstream(): Promise<UpstreamClass> {
  const before = new Set(process.listeners('uncaughtException'));
  const { PuppetWechat4u } = await import('wechaty-puppet-wechat4u');
  for (const listener of process.listeners('uncaughtException'))
    if (!before.has(listener)) process.removeListener('uncaughtException', listener);
  return PuppetWechat4u as unknown as UpstreamClass;
}
