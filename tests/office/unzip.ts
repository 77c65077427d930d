import { inflateRawSync } from 'node:zlib';

/** The texts in a ZIP file by name, read along its central directory. Enough for what Excel files are made of. */
export function unzip(zip: Buffer): ReadonlyMap<string, string> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const count = zip.readUInt16LE(end + 10);
  const files = new Map<string, string>();
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + size);
    const content = method === 8 ? inflateRawSync(packed) : packed;
    files.set(zip.toString('utf8', at + 46, at + 46 + name), content.toString('utf8'));
    at += 46 + name + extra + comment;
  }
  return files;
}

/** Cells of a sheet by address, as Excel reads them: shared texts looked up, numbers as numbers. */
export function cellsOf(files: ReadonlyMap<string, string>, sheet = 1): Readonly<Record<string, string | number>> {
  const shared = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si><t[^>]*>([\s\S]*?)<\/t><\/si>/g)].map(
    ([, text = '']) => unescaped(text),
  );
  const cells: Record<string, string | number> = {};
  for (const [, attributes = '', content = ''] of sheetXml(files, sheet).matchAll(/<c ([^>]*?)>(.*?)<\/c>/gs)) {
    const address = /r="([A-Z]+\d+)"/.exec(attributes)?.[1] ?? '';
    const value = /<v>(.*?)<\/v>/s.exec(content)?.[1] ?? '';
    cells[address] = /t="s"/.test(attributes) ? (shared[Number(value)] ?? `no text ${value}`) : Number(value);
  }
  return cells;
}

export function sheetXml(files: ReadonlyMap<string, string>, sheet = 1): string {
  return files.get(`xl/worksheets/sheet${sheet}.xml`) ?? '';
}

const SIGNS: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

function unescaped(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|apos);/g, (sign) => SIGNS[sign] ?? sign);
}
