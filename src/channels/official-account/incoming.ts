import { SECOND } from '../../lib/clock.ts';
import { Refused } from './refusal.ts';

/** On everything that comes from WeChat. */
interface Envelope {
  /** The same when WeChat sends it again: MsgId, for an event what makes it one of its kind. */
  readonly messageId: string;
  /** The resident's open id. Never logged, never shown. */
  readonly from: string;
  /** The account's own id. */
  readonly to: string;
  /** When WeChat took it, epoch milliseconds. */
  readonly at: number;
}

/** Events that mean something to us; any other keeps only its name. */
export const EVENTS = ['subscribe', 'unsubscribe', 'SCAN', 'CLICK', 'VIEW'] as const;

export type EventName = (typeof EVENTS)[number];

type Content =
  /** `menuId`: the resident tapped a line that the bot had offered. */
  | { readonly kind: 'text'; readonly text: string; readonly menuId?: string | undefined }
  | { readonly kind: 'image'; readonly pictureUrl?: string | undefined; readonly mediaId?: string | undefined }
  /** `recognition`: WeChat's own transcript; most accounts no longer get one. */
  | { readonly kind: 'voice'; readonly recognition?: string | undefined; readonly mediaId?: string | undefined }
  | { readonly kind: 'video' | 'shortvideo'; readonly mediaId?: string | undefined }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number; readonly label: string }
  | { readonly kind: 'link'; readonly title: string; readonly description: string; readonly url: string }
  | {
      readonly kind: 'event';
      readonly event: EventName | 'other';
      /** As WeChat wrote it. */
      readonly name: string;
      /** Key of a menu entry, address of a VIEW. */
      readonly key: string;
      /** Which of the account's QR codes was scanned. */
      readonly scene?: string | undefined;
      /** What a menu entry that scans has read. */
      readonly scanned?: string | undefined;
    }
  /** `type`: WeChat's name for it, or `unsupported` when WeChat itself could not carry it (stickers, chat records). */
  | { readonly kind: 'unknown'; readonly type: string };

export type OfficialIncoming = Envelope & Content;

type Values = ReadonlyMap<string, string>;

const PERSON = /^[^\s\p{C}]{1,128}$/u;
const SECONDS = /^\d{1,12}$/;
const MESSAGE_ID = /^[\w-]{1,64}$/;
const NUMBER = /^-?\d{1,3}(?:\.\d{1,12})?$/;
const SCENE_PREFIX = 'qrscene_';
/** What WeChat writes in a text message in place of something that official accounts cannot receive. */
const UNSUPPORTED = ['【收到不支持的消息类型，暂无法显示】', '[Unsupported Message]'];

/** WeChat's values as a plain message. What we do not know is ignored; what every message needs and lacks is refused. */
export function readIncoming(values: Values): OfficialIncoming {
  const from = need(values, 'FromUserName', PERSON);
  const to = need(values, 'ToUserName', PERSON);
  const seconds = need(values, 'CreateTime', SECONDS);
  const type = need(values, 'MsgType', /^\w{1,64}$/);
  const content = readContent(type, values);
  // Two events of one resident may happen within a second, so the name and key are part of what tells them apart.
  const messageId =
    content.kind === 'event' ? `${from}:${seconds}:${content.name}:${content.key}` : need(values, 'MsgId', MESSAGE_ID);
  return { messageId, from, to, at: Number(seconds) * SECOND, ...content };
}

/** Whether the resident looks at the screen and waits; nobody does after an unsubscribe or a report of WeChat's. */
export function awaitsAnswer(incoming: OfficialIncoming): boolean {
  return incoming.kind !== 'event' || ['subscribe', 'SCAN', 'CLICK'].includes(incoming.event);
}

function readContent(type: string, values: Values): Content {
  const mediaId = values.get('MediaId') || undefined;
  switch (type) {
    case 'text': {
      const text = need(values, 'Content');
      if (UNSUPPORTED.includes(text.trim())) return { kind: 'unknown', type: 'unsupported' };
      return { kind: 'text', text, menuId: values.get('bizmsgmenuid') || undefined };
    }
    case 'image':
      return { kind: 'image', pictureUrl: values.get('PicUrl') || undefined, mediaId };
    case 'voice':
      return { kind: 'voice', recognition: values.get('Recognition')?.trim() || undefined, mediaId };
    case 'video':
    case 'shortvideo':
      return { kind: type, mediaId };
    case 'location':
      return {
        kind: 'location',
        latitude: Number(need(values, 'Location_X', NUMBER)),
        longitude: Number(need(values, 'Location_Y', NUMBER)),
        label: values.get('Label') ?? '',
      };
    case 'link':
      return {
        kind: 'link',
        title: values.get('Title') ?? '',
        description: values.get('Description') ?? '',
        url: need(values, 'Url'),
      };
    case 'event':
      return readEvent(values);
    default:
      return { kind: 'unknown', type };
  }
}

function readEvent(values: Values): Content {
  const name = need(values, 'Event', /^\w{1,64}$/);
  const event = EVENTS.find((one) => one.toLowerCase() === name.toLowerCase()) ?? 'other';
  const key = values.get('EventKey') ?? '';
  return { kind: 'event', event, name, key, scene: sceneOf(event, key), scanned: scanOf(values) };
}

/** A new follower's scene comes with a prefix, that of somebody who follows already without it. */
function sceneOf(event: EventName | 'other', key: string): string | undefined {
  if (event === 'SCAN') return key || undefined;
  return event === 'subscribe' && key.startsWith(SCENE_PREFIX) ? key.slice(SCENE_PREFIX.length) : undefined;
}

const scanOf = (values: Values): string | undefined => values.get('ScanCodeInfo/ScanResult') || undefined;

function need(values: Values, name: string, like?: RegExp): string {
  const value = values.get(name);
  if (value === undefined) throw new Refused('message', `no ${name}`);
  if (like && !like.test(value)) throw new Refused('message', `${name} is not what WeChat writes`);
  return value;
}
