import type { Incoming, MessageKind } from '../../domain/index.ts';
import type { OfficialIncoming } from './incoming.ts';

/** The name of this channel among all. */
export const SOURCE = 'official-account';

/** A menu entry of ours says in its key what a tap on it means; keys of other people's menus are made of letters. */
const IN_WORDS = /\p{Script=Han}/u;
const ARTICLES = /(?:^|\.)mp\.weixin\.qq\.com$/;

/** What arrived, as the conversation takes it; nothing where nobody waits for an answer. */
export function toIncoming(official: OfficialIncoming): Incoming | undefined {
  const readable = readContent(official);
  if (!readable) return undefined;
  return {
    source: SOURCE,
    id: idOf(official),
    talker: official.from,
    mentioned: true,
    at: official.at,
    ...readable,
  };
}

/** WeChat's own ids are not promised to differ between residents. */
export function idOf({ from, messageId }: OfficialIncoming): string {
  return `${from} ${messageId}`;
}

interface Readable {
  readonly kind: MessageKind;
  readonly text: string;
}

function readContent(official: OfficialIncoming): Readable | undefined {
  switch (official.kind) {
    case 'text':
      return { kind: 'text', text: official.text };
    case 'voice':
      return { kind: 'voice', text: official.recognition ?? '' };
    case 'link':
      return readLink(official);
    case 'location':
      return { kind: 'location', text: official.label };
    case 'image':
      return { kind: 'image', text: '' };
    case 'video':
    case 'shortvideo':
      return { kind: 'video', text: '' };
    case 'event':
      return readEvent(official);
    case 'unknown':
      return { kind: 'unknown', text: '' };
  }
}

/** Of an address only the host is judged; nothing is opened. */
function readLink({ title, description, url }: Extract<OfficialIncoming, { kind: 'link' }>): Readable {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  const words = [title, description, host].map((part) => part.trim()).filter((part) => part !== '');
  return { kind: ARTICLES.test(host) ? 'article' : 'link', text: words.join('\n') };
}

/** A follow or a scan is greeted; a tap on the menu is what its key says. */
function readEvent({ event, key }: Extract<OfficialIncoming, { kind: 'event' }>): Readable | undefined {
  if (event === 'CLICK' && IN_WORDS.test(key)) return { kind: 'text', text: key };
  return ['subscribe', 'SCAN', 'CLICK'].includes(event) ? { kind: 'pat', text: '' } : undefined;
}
