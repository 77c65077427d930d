import { inflateSync } from 'node:zlib';

/** Words as they stand on a page, read back through the font's own table of characters. Points from the upper left corner. */
export interface PrintedRun {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  readonly size: number;
}

export interface ReadPdf {
  readonly pages: readonly (readonly PrintedRun[])[];
  readonly bookmarks: readonly string[];
  /** Names of pages that links may lead to. */
  readonly names: readonly string[];
  readonly links: readonly string[];
  readonly addresses: readonly string[];
  /** The whole file as Latin-1, for what stands in it in plain view. */
  readonly source: string;
}

interface FontTable {
  readonly signs: readonly string[];
  readonly widths: readonly number[];
}

/** Reads a PDF as pdfkit writes it, as far as the tests ask: no compressed objects, fonts with two bytes per glyph. */
export function readPdf(file: Buffer): ReadPdf {
  const source = file.toString('latin1');
  const objects = new Map(
    [...source.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
  const object = (id: string | undefined): string => objects.get(id ?? '') ?? '';
  const stream = (id: string | undefined): string => {
    const [head = '', body = ''] = split(object(id), '\nstream\n');
    return head.includes('/FlateDecode') ? inflateSync(Buffer.from(body, 'latin1')).toString('latin1') : body;
  };
  const fontTable = (font: string): FontTable => {
    const signs = [...stream(reference(font, 'ToUnicode')).matchAll(/<[\da-f]+> <[\da-f]+> \[(.*)\]/g)].flatMap(
      ([, list = '']) => [...list.matchAll(/<([\da-f ]+)>/g)].map(([, hex = '']) => fromHex(hex)),
    );
    const descendant = object(/\/DescendantFonts \[(\d+) 0 R\]/.exec(font)?.[1]);
    const widths = (/\/W \[0 \[([\d. ]+)\]\]/.exec(descendant)?.[1] ?? '').split(' ').map(Number);
    return { signs, widths };
  };
  const all = [...objects.values()];
  const tree = all.find((one) => one.includes('/Type /Pages')) ?? '';
  const kids = [...(/\/Kids \[([^\]]*)\]/.exec(tree)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map((match) => match[1]);
  const pages = kids.map((id) => {
    const page = object(id);
    const height = Number(/\/MediaBox \[0 0 [\d.]+ ([\d.]+)\]/.exec(page)?.[1]);
    const resources = object(reference(page, 'Resources'));
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', font]) => [name, fontTable(object(font))]),
    );
    return runsOf(stream(reference(page, 'Contents')), fonts, height);
  });
  return {
    pages,
    bookmarks: all.filter((one) => /\/Parent \d+ 0 R/.test(one) && one.includes('/Title (')).map(titleOf),
    names: [...source.matchAll(/\(([^()\n]*)\) \[?\d+ 0 R/g)].map((match) => match[1] ?? ''),
    links: [...source.matchAll(/\/S \/GoTo\n\/D \(([^)]*)\)/g)].map((match) => match[1] ?? ''),
    addresses: [...source.matchAll(/\/URI \(([^)]*)\)/g)].map((match) => match[1] ?? ''),
    source,
  };
}

/** The words of a page one after the other, without blanks. */
export function wordsOf(page: readonly PrintedRun[] | undefined): string {
  return (page ?? []).map(({ text }) => text.replace(/\s/g, '')).join('');
}

function runsOf(content: string, fonts: ReadonlyMap<string, FontTable>, height: number): readonly PrintedRun[] {
  const shown = /1 0 0 1 ([\d.-]+) ([\d.-]+) Tm\n\/(F\d+) ([\d.]+) Tf\n\[(.*)\] TJ/g;
  return [...content.matchAll(shown)].map(([, x, y, font = '', size, glyphs = '']) => {
    const { signs = [], widths = [] } = fonts.get(font) ?? {};
    const ids = [...glyphs.matchAll(/<([\da-f]+)>/g)].flatMap(([, hex = '']) =>
      (hex.match(/.{4}/g) ?? []).map((id) => Number.parseInt(id, 16)),
    );
    const width = ids.reduce((sum, id) => sum + (widths[id] ?? 1_000), 0);
    return {
      text: ids.map((id) => signs[id] ?? '\u{fffd}').join(''),
      left: Number(x),
      right: Number(x) + (width / 1_000) * Number(size),
      baseline: height - Number(y),
      size: Number(size),
    };
  });
}

function reference(object: string, key: string): string | undefined {
  return new RegExp(`/${key} (\\d+) 0 R`).exec(object)?.[1];
}

function split(text: string, at: string): readonly [string, string] {
  const place = text.indexOf(at);
  return place === -1 ? [text, ''] : [text.slice(0, place), text.slice(place + at.length)];
}

function fromHex(hex: string): string {
  return Buffer.from(hex.replace(/ /g, ''), 'hex').swap16().toString('utf16le');
}

/** A bookmark's title: two bytes per character behind a byte order mark, with \ before brackets, itself and line ends. */
function titleOf(object: string): string {
  const raw = /\/Title \(((?:[^\\)]|\\[\s\S])*)\)/.exec(object)?.[1] ?? '';
  const signs: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  const bytes = Buffer.from(
    raw.replace(/\\([\s\S])/g, (_, sign: string) => signs[sign] ?? sign),
    'latin1',
  );
  return bytes[0] === 0xfe ? bytes.subarray(2).swap16().toString('utf16le') : bytes.toString('latin1');
}
