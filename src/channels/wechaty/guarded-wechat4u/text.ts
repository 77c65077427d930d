import type { WebMessage } from './upstream.ts';

/** Words of a message as the person typed them, from what WeChat sent. */

const EMOJI = /<span class="emoji emoji([0-9a-f]{4,16})"><\/span>/g;
/** Codes that the web protocol uses for another sign than Unicode does. */
const WEB_ONLY: Readonly<Record<string, string>> = { '1f639': '1f602', '1f64d': '1f614' };
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&apos;': "'",
  '&nbsp;': ' ',
  '&amp;': '&',
};
const ENTITY = /&(?:lt|gt|quot|#39|apos|nbsp|amp);/g;
/** In a group the sender stands before the words. */
const SENDER = /^@?[\w-]{1,128}:<br\/>/;

/** What a person wrote; `MsgType` 1. In a group without the sender's id in front. */
export function wordsOf(raw: WebMessage): string {
  const content = raw.OriginalContent ?? raw.Content;
  return unescaped(raw.FromUserName.startsWith('@@') ? content.replace(SENDER, '') : content);
}

/** Line breaks first, entities last and in one pass: `&amp;lt;` was typed as `&lt;`, `&lt;br/&gt;` as `<br/>`. */
export function unescaped(content: string): string {
  return content
    .replace(/<br\/>/g, '\n')
    .replace(EMOJI, (_, codes: string) => emoji(codes))
    .replace(ENTITY, (entity) => ENTITIES[entity] ?? entity);
}

/** Code points without a separator: five digits when they begin with 1f, four otherwise. */
function emoji(codes: string): string {
  const known = WEB_ONLY[codes] ?? codes;
  const points = known.match(/1f[0-9a-f]{3}|[0-9a-f]{4}/g) ?? [];
  return String.fromCodePoint(...points.map((point) => Number.parseInt(point, 16)));
}

/** Ids of the members whose name stands behind an @ and before a blank, a thin blank or the end. */
export function mentionedIn(
  text: string,
  members: readonly { readonly UserName: string; readonly NickName: string; readonly DisplayName?: string }[],
): string[] {
  if (!text.includes('@')) return [];
  const named = (name: string | undefined): boolean => {
    if (!name) return false;
    for (let at = text.indexOf(`@${name}`); at >= 0; at = text.indexOf(`@${name}`, at + 1)) {
      const next = text[at + 1 + name.length];
      if (next === undefined || /[\s\u2005]/.test(next)) return true;
    }
    return false;
  };
  return members
    .filter(({ NickName, DisplayName }) => named(NickName) || named(DisplayName))
    .map(({ UserName }) => UserName);
}
