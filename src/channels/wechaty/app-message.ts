/** A card as WeChat writes it: `<msg><appmsg>…`. Only what can be judged is read; nothing in it is followed or opened. */
export interface AppMessage {
  /** WeChat's number of the kind: 5 link, 6 file, 19 chat record, 33 and 36 mini program, 57 quote, 2000 transfer, 2001 red packet. */
  readonly type: number;
  readonly title: string;
  readonly description: string;
  /** Host of the link; empty without one. */
  readonly host: string;
  /** Lines of a forwarded chat record. */
  readonly lines: readonly string[];
}

/** Bigger ones are not read. Characters; a chat record of a hundred messages has about 60,000. */
const LARGEST = 256 * 1024;
const MOST_LINES = 100;
const LONGEST_FIELD = 2_000;

/**
 * Reads a card without a parser: the first element of each name that we know, tags only, no entities but the five of XML.
 * `undefined`: not a card, too big, or it declares a document type.
 */
export function readAppMessage(xml: string): AppMessage | undefined {
  if (xml.length > LARGEST || /<!(?:DOCTYPE|ENTITY)/i.test(xml)) return undefined;
  const start = xml.indexOf('<appmsg');
  if (start < 0) return undefined;
  const card = xml.slice(start);
  const type = Number(field(card, 'type'));
  const record = field(card, 'recorditem', LARGEST);
  return {
    type: Number.isInteger(type) ? type : 0,
    title: field(card, 'title'),
    description: field(card, 'des'),
    host: hostOf(field(card, 'url')),
    lines: record === '' ? [] : linesOf(record),
  };
}

function linesOf(record: string): readonly string[] {
  const lines: string[] = [];
  for (let from = 0; lines.length < MOST_LINES; ) {
    const at = record.indexOf('<datadesc>', from);
    if (at < 0) break;
    const end = record.indexOf('</datadesc>', at);
    if (end < 0) break;
    lines.push(plain(record.slice(at + '<datadesc>'.length, end)));
    from = end;
  }
  return lines;
}

/** The text of the first element with this name, without attributes or inner tags. */
function field(xml: string, name: string, longest = LONGEST_FIELD): string {
  const open = xml.indexOf(`<${name}>`);
  if (open < 0) return '';
  const close = xml.indexOf(`</${name}>`, open);
  if (close < 0) return '';
  return plain(xml.slice(open + name.length + 2, close)).slice(0, longest);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", amp: '&' };

function plain(inner: string): string {
  const text = inner.replace(/<!\[CDATA\[|\]\]>/g, '').trim();
  return unescapeXml(text);
}

/** Undoes the five entities of XML, each once: `&amp;lt;` becomes `&lt;`. */
export function unescapeXml(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|#39|amp);/g, (_, name: string) => ENTITIES[name] ?? '');
}

function hostOf(url: string): string {
  return /^https?:\/\/([^/?#\s:]{1,253})/i.exec(url)?.[1] ?? '';
}
