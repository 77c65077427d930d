import { type FileHandle, open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { OperatorFault } from '../domain/index.ts';

export type FontWeight = 400 | 700 | 900;

const PACKAGE = '@expo-google-fonts/noto-sans-sc';
const FILES: Readonly<Record<FontWeight, string>> = {
  400: '400Regular/NotoSansSC_400Regular.ttf',
  700: '700Bold/NotoSansSC_700Bold.ttf',
  900: '900Black/NotoSansSC_900Black.ttf',
};

/** The absolute path of the font's file. Throws an operator's fault when the package was left out at installation. */
export function fontPath(
  weight: FontWeight,
  find: (name: string) => string = createRequire(import.meta.url).resolve,
): string {
  try {
    return find(`${PACKAGE}/${FILES[weight]}`);
  } catch {
    throw new OperatorFault('印不了图片和手册', [
      { where: PACKAGE, what: '没有装中文字体', cure: '运行 npm ci，不要加 --omit=optional' },
    ]);
  }
}

/** The characters of a text for which the font has no glyph, each once. Blanks and line ends need none. */
export async function missingCharacters(text: string): Promise<readonly string[]> {
  const { advances } = await metricsOf(400);
  return [...new Set(text)].filter((sign) => !/\s/.test(sign) && !advances.has(sign.codePointAt(0) ?? 0));
}

/** How wide the signs of one weight are. */
export interface FontMetrics {
  /** Code point → width as a share of the type size. */
  readonly advances: ReadonlyMap<number, number>;
}

const known = new Map<FontWeight, Promise<FontMetrics>>();

/** Reads the widths once per weight. */
export function metricsOf(weight: FontWeight): Promise<FontMetrics> {
  const read = known.get(weight) ?? readMetrics(fontPath(weight));
  known.set(weight, read);
  return read;
}

type Tables = ReadonlyMap<string, { readonly offset: number; readonly length: number }>;

async function readMetrics(path: string): Promise<FontMetrics> {
  const file = await open(path);
  try {
    const tables = await tablesOf(file);
    const table = async (tag: string): Promise<Buffer> => {
      const { offset = 0, length = 0 } = tables.get(tag) ?? {};
      return read(file, offset, length);
    };
    const unitsPerEm = (await table('head')).readUInt16BE(18);
    const measured = (await table('hhea')).readUInt16BE(34);
    const widths = await table('hmtx');
    const advances = new Map<number, number>();
    for (const [point, glyph] of glyphsOf(await table('cmap')))
      advances.set(point, widths.readUInt16BE(4 * Math.min(glyph, measured - 1)) / unitsPerEm);
    return { advances };
  } finally {
    await file.close();
  }
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  return (await file.read(Buffer.alloc(length), 0, length, position)).buffer;
}

async function tablesOf(file: FileHandle): Promise<Tables> {
  const count = (await read(file, 0, 12)).readUInt16BE(4);
  const records = await read(file, 12, 16 * count);
  return new Map(
    Array.from({ length: count }, (_, i) => {
      const record = records.subarray(16 * i, 16 * (i + 1));
      return [record.toString('latin1', 0, 4), { offset: record.readUInt32BE(8), length: record.readUInt32BE(12) }];
    }),
  );
}

/** Code point and glyph from the `cmap` table: its segmented subtable for all of Unicode (format 12), which our font has. */
function* glyphsOf(cmap: Buffer): Generator<readonly [number, number]> {
  for (let i = 0; i < cmap.readUInt16BE(2); i += 1) {
    const at = cmap.readUInt32BE(4 + 8 * i + 4);
    if (cmap.readUInt16BE(at) !== 12) continue;
    for (let group = 0; group < cmap.readUInt32BE(at + 12); group += 1) {
      const [first, last, glyph] = [0, 4, 8].map((skip) => cmap.readUInt32BE(at + 16 + 12 * group + skip));
      if (first === undefined || last === undefined || glyph === undefined) return;
      for (let point = first; point <= last; point += 1) yield [point, glyph + point - first];
    }
    return;
  }
  throw new Error('the font has no character map of format 12');
}
