import { type Message, types } from 'wechaty';
import type { MessageKind } from '../../domain/index.ts';
import { type AppMessage, readAppMessage } from './app-message.ts';

/** The kind of a message and what can be read in it. */
export interface Readable {
  readonly kind: MessageKind;
  readonly text: string;
  readonly quoted?: string;
}

/** What WeChat's web protocol says in the place of a forwarded chat record that it cannot carry. */
const CLOSED_RECORD = /该类型(?:消息)?暂不支持|不支持的消息类型|请在手机上查看/;
/** 「李四：原文」, a line of dashes, and the answer. */
const QUOTE = /^「([\s\S]{0,4000}?)」\n(?:- ){3,}-?\n([\s\S]*)$/;
/** A place comes as its name and the address of a picture of the map. */
const PLACE = /^([\s\S]{0,200}?):\n\/cgi-bin\//;
const PAT = /拍了拍/;
/** Money that the web protocol does not carry is told of by a notice. */
const RED_PACKET_NOTICE = /^收到了?红包/;
const TRANSFER_NOTICE = /^收到了?(?:一笔)?转账/;

/** Reads a message of any Wechaty type. Nothing is downloaded, opened or followed. */
export function readMessage(message: Pick<Message, 'type' | 'text'>): Readable {
  const text = message.text();
  switch (message.type()) {
    case types.Message.Text:
      return readText(text);
    case types.Message.Url:
    case types.Message.MiniProgram:
    case types.Message.ChatHistory:
    case types.Message.GroupNote:
    case types.Message.Attachment:
      return readCard(text, message.type());
    case types.Message.Image:
      return { kind: 'image', text: '' };
    case types.Message.Audio:
      return { kind: 'voice', text: '' };
    case types.Message.Video:
      return { kind: 'video', text: '' };
    case types.Message.Emoticon:
      return { kind: 'emoticon', text: '' };
    case types.Message.Contact:
      return { kind: 'contact-card', text: '' };
    case types.Message.Location:
      return { kind: 'location', text: PLACE.exec(text)?.[1] ?? '' };
    case types.Message.Transfer:
      return { kind: 'transfer', text: '' };
    case types.Message.RedEnvelope:
      return { kind: 'red-packet', text: '' };
    case types.Message.Recalled:
      return { kind: 'recall', text: '' };
    default:
      return readOther(text);
  }
}

function readText(text: string): Readable {
  const quote = QUOTE.exec(text);
  if (quote) return { kind: 'quote', quoted: withoutName(quote[1] ?? ''), text: (quote[2] ?? '').trim() };
  const place = PLACE.exec(text);
  if (place) return { kind: 'location', text: place[1] ?? '' };
  if (text.length < 60 && CLOSED_RECORD.test(text)) return { kind: 'closed-record', text: '' };
  return { kind: 'text', text };
}

/** 李四：原文 — who said it does not matter. */
function withoutName(quoted: string): string {
  return quoted.replace(/^[^：:\n]{1,30}[：:]/, '').trim();
}

const KIND_OF_NUMBER: Readonly<Record<number, MessageKind>> = {
  6: 'file',
  8: 'emoticon',
  33: 'mini-program',
  36: 'mini-program',
  57: 'quote',
  62: 'pat',
  2000: 'transfer',
  2001: 'red-packet',
};

const KIND_OF_TYPE: Readonly<Partial<Record<number, MessageKind>>> = {
  [types.Message.Url]: 'link',
  [types.Message.MiniProgram]: 'mini-program',
  [types.Message.ChatHistory]: 'chat-record',
  [types.Message.GroupNote]: 'chat-record',
  [types.Message.Attachment]: 'file',
};

function readCard(xml: string, type: number): Readable {
  const card = readAppMessage(xml);
  const kind = KIND_OF_TYPE[type] ?? 'unknown';
  if (!card) return { kind: kind === 'chat-record' ? 'closed-record' : kind, text: '' };
  if (card.type === 19 || kind === 'chat-record') return readRecord(card);
  const named = KIND_OF_NUMBER[card.type];
  const host = card.host === '' ? '' : `链接 ${card.host}`;
  const words = [card.title, card.description, host].filter((word) => word !== '').join('。');
  if (named === 'file' || named === 'emoticon' || named === 'transfer' || named === 'red-packet')
    return { kind: named, text: '' };
  return { kind: named ?? (/^mp\.weixin\.qq\.com$/i.test(card.host) ? 'article' : 'link'), text: words };
}

function readRecord({ title, description, lines }: AppMessage): Readable {
  const words = lines.length > 0 ? lines : description.split('\n');
  const said = words.map(withoutName).filter((line) => line !== '' && !/^\[.{1,6}\]$/.test(line));
  return said.length === 0 && title === ''
    ? { kind: 'closed-record', text: '' }
    : { kind: 'chat-record', text: said.join('\n') };
}

/** Notices of WeChat itself arrive as an unknown type with plain text; what else is unknown is XML or empty. */
function readOther(text: string): Readable {
  if (PAT.test(text)) return { kind: 'pat', text: '' };
  if (RED_PACKET_NOTICE.test(text)) return { kind: 'red-packet', text: '' };
  if (TRANSFER_NOTICE.test(text)) return { kind: 'transfer', text: '' };
  const card = text.includes('<appmsg');
  if (card) return readCard(text, types.Message.Url);
  return { kind: text !== '' && !text.trimStart().startsWith('<') ? 'notice' : 'unknown', text: '' };
}
