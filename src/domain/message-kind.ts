/**
 * Every kind of message that a channel can bring, and what is made of it.
 * `read`: its words are judged; of a card these are title, description and host, of a quote both parts.
 * `unread`: nothing in it can be read; it is answered with the sentence `kind-…` of wording.yml.
 * `courtesy`: answered like a greeting. `silent`: asks for no answer.
 */
export const MESSAGE_KINDS = {
  text: 'read',
  quote: 'read',
  link: 'read',
  article: 'read',
  'mini-program': 'read',
  'chat-record': 'read',
  location: 'read',
  voice: 'read',
  'closed-record': 'unread',
  image: 'unread',
  video: 'unread',
  file: 'unread',
  'contact-card': 'unread',
  emoticon: 'unread',
  transfer: 'unread',
  'red-packet': 'unread',
  recall: 'unread',
  unknown: 'unread',
  pat: 'courtesy',
  notice: 'silent',
} as const satisfies Readonly<Record<string, 'read' | 'unread' | 'courtesy' | 'silent'>>;

export type MessageKind = keyof typeof MESSAGE_KINDS;

/** Kinds in which a person speaks himself, and does not pass on a card. */
export function isSpoken(kind: MessageKind): boolean {
  return kind === 'text' || kind === 'quote' || kind === 'voice';
}
