import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';
import { PALETTE } from './palette.ts';
import type { Pixels } from './render.ts';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const [INDEXED, EIGHT_BITS] = [3, 8];
const MOST_COLOURS = 256;
/** Flat colours gain hardly anything from a higher level, and the board has four million pixels. */
const LEVEL = 3;
/** Pixels of one colour in a row, from which on they are written in one call. */
const LONG_RUN = 32;

const deflated = promisify<Buffer, { level: number }, Buffer>(deflate);

/**
 * Packs a picture into a PNG with a table of colours, a quarter of the bytes of full colour. The colours of our palette stay
 * exact; the shades at the edges of the type are rounded so that all go into the table. Transparency is not kept.
 */
export async function encodePng({ width, height, rgba }: Pixels): Promise<Buffer> {
  const { table, rows } = index(new Uint32Array(rgba.buffer, rgba.byteOffset, width * height), width);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([EIGHT_BITS, INDEXED, 0, 0, 0], 8);
  const packed = await deflated(rows, { level: LEVEL });
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', table),
    chunk('IDAT', packed),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** With as many bits per channel as leave no more than 256 colours. */
function index(pixels: Uint32Array, width: number): { readonly table: Buffer; readonly rows: Buffer } {
  for (let bits = 5; ; bits -= 1) {
    const indexed = indexAt(pixels, width, bits);
    if (indexed) return indexed;
  }
}

/**
 * Goes by runs of one colour. Each row begins with a zero: its bytes are as they are. Pixels are read as 0xAABBGGRR, the order of the
 * machine.
 */
function indexAt(pixels: Uint32Array, width: number, bits: number): { table: Buffer; rows: Buffer } | undefined {
  const drop = 8 - bits;
  const known = new Int16Array(1 << (3 * bits)).fill(-1);
  const table: number[] = [];
  const place = (pixel: number): number => {
    const key =
      (((pixel & 0xff) >> drop) << (2 * bits)) |
      ((((pixel >> 8) & 0xff) >> drop) << bits) |
      (((pixel >> 16) & 0xff) >> drop);
    const found = known[key] ?? -1;
    if (found >= 0) return found;
    const at = table.length / 3;
    known[key] = at;
    table.push(pixel & 0xff, (pixel >> 8) & 0xff, (pixel >> 16) & 0xff);
    return at;
  };
  for (const colour of Object.values(PALETTE)) place(Buffer.from(`${colour.slice(1)}ff`, 'hex').readUInt32LE());
  const bytes = new Uint8Array((width + 1) * (pixels.length / width));
  for (let from = 0, row = 0; from < pixels.length; row += 1) {
    const end = from + width;
    while (from < end) {
      const pixel = pixels[from];
      let to = from + 1;
      while (to < end && pixels[to] === pixel) to += 1;
      const at = place(pixel ?? 0);
      if (at >= MOST_COLOURS) return undefined;
      // Most runs are the few pixels of an edge, for which a call costs more than it saves.
      if (to - from > LONG_RUN) bytes.fill(at, from + row + 1, to + row + 1);
      else for (let i = from; i < to; i += 1) bytes[i + row + 1] = at;
      from = to;
    }
  }
  return { table: Buffer.from(table), rows: Buffer.from(bytes.buffer) };
}
