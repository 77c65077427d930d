import { Refused } from './refusal.ts';

/** Largest message that is read, in bytes. WeChat's longest are a few kilobytes. */
export const XML_LIMIT = 16 * 1024;
/** `<xml><SendPicsInfo><PicList><item><PicMd5Sum>` is the deepest that WeChat sends. */
const DEEPEST = 6;
const MOST_ELEMENTS = 256;

const CDATA = '<![CDATA[';
const CDATA_END = ']]>';
const OPENING = /^([A-Za-z_][\w.-]{0,63})\s*(\/?)$/;
const CLOSING = /^\/([A-Za-z_][\w.-]{0,63})\s*$/;
const PROLOGUE = /^\uFEFF?\s*(?:<\?xml [^<>]{0,100}\?>\s*)?/;
const NOT_IN_XML = /(?![\t\n\r])[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu;

interface Element {
  readonly name: string;
  /** Names from below the root down to here, joined by `/`. */
  readonly path: string;
  text: string;
  cdata: string | undefined;
  hasChildren: boolean;
}

/**
 * The values of one `<xml>` document by path: `Content`, `ScanCodeInfo/ScanResult`. It knows elements, text and CDATA and
 * nothing else: declarations, entities, comments, attributes and processing instructions are refused, so there is
 * nothing that could grow, fetch or hide. Values keep their blanks within CDATA; control characters are left out.
 * Of repeated values in a list the first stands; a repeated value below the root is refused as ambiguous.
 */
export function readXml(xml: string): ReadonlyMap<string, string> {
  if (Buffer.byteLength(xml) > XML_LIMIT) throw refused('larger than 16 KiB');
  const values = new Map<string, string>();
  const open: Element[] = [];
  let elements = 0;
  let rootClosed = false;
  let at = PROLOGUE.exec(xml)?.[0].length ?? 0;

  const close = (element: Element): void => {
    open.pop();
    rootClosed = open.length === 0;
    if (element.hasChildren) {
      if (element.cdata !== undefined || element.text.trim() !== '') throw refused('text between elements');
    } else if (!rootClosed) {
      if (open.length === 1 && values.has(element.path)) throw refused('a repeated value');
      if (!values.has(element.path)) values.set(element.path, textOf(element));
    }
  };

  while (at < xml.length) {
    const start = xml.indexOf('<', at);
    const text = xml.slice(at, start < 0 ? undefined : start);
    const within = open.at(-1);
    if (text.includes('&') || text.includes(CDATA_END)) throw refused('an entity or stray CDATA end');
    if (within) within.text += text;
    else if (text.trim() !== '') throw refused('text outside the root');
    if (start < 0) break;

    if (xml.startsWith(CDATA, start)) {
      const end = xml.indexOf(CDATA_END, start + CDATA.length);
      if (end < 0 || !within) throw refused('CDATA without end or place');
      within.cdata = (within.cdata ?? '') + xml.slice(start + CDATA.length, end);
      at = end + CDATA_END.length;
      continue;
    }
    const end = xml.indexOf('>', start);
    if (end < 0) throw refused('a tag without end');
    const tag = xml.slice(start + 1, end);
    at = end + 1;

    const closing = CLOSING.exec(tag)?.[1];
    if (closing !== undefined) {
      if (within?.name !== closing) throw refused('tags that do not match');
      close(within);
      continue;
    }
    const [, name, empty] = OPENING.exec(tag) ?? [];
    if (name === undefined) throw refused('something other than a plain element');
    if (rootClosed || (!within && name !== 'xml')) throw refused('not one xml element');
    if (open.length >= DEEPEST || ++elements > MOST_ELEMENTS) throw refused('too deep or too many elements');
    if (within) within.hasChildren = true;
    const element = { name, path: open.length > 1 ? `${within?.path}/${name}` : name, text: '', cdata: undefined };
    open.push({ ...element, hasChildren: false });
    if (empty) close(open.at(-1) as Element);
  }
  if (!rootClosed) throw refused('an element without end');
  return values;
}

function textOf({ text, cdata }: Element): string {
  if (cdata !== undefined && text.trim() !== '') throw refused('text beside CDATA');
  return withoutControls(cdata ?? text.trim());
}

/** Without control characters, halves of surrogate pairs and other things that XML 1.0 cannot carry. */
export function withoutControls(text: string): string {
  return text.replace(NOT_IN_XML, '');
}

/** Any text as CDATA: what would end it early is spread over two sections. */
export function cdata(text: string): string {
  return `${CDATA}${withoutControls(text).replaceAll(CDATA_END, `]]${CDATA_END}${CDATA}>`)}${CDATA_END}`;
}

const refused = (detail: string): Refused => new Refused('xml', detail);
