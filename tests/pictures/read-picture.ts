import { inflateSync } from 'node:zlib';
import readCode from 'jsqr';
import type { Pixels } from '../../src/pictures/render.ts';

/** What the code in the picture says; it stands in the lower half at the right. */
export function codeIn({ width, height, rgba }: Pixels): string | undefined {
  const [left, top] = [width >> 1, height >> 1];
  const [wide, high] = [width - left, height - top];
  const part = new Uint8ClampedArray(4 * wide * high);
  for (let y = 0; y < high; y += 1) {
    const from = 4 * ((top + y) * width + left);
    part.set(rgba.subarray(from, from + 4 * wide), 4 * wide * y);
  }
  // jsqr is CommonJS: what it exports is the function, or an object that holds it.
  const read = readCode as unknown as typeof readCode.default & { readonly default?: typeof readCode.default };
  return (read.default ?? read)(part, wide, high)?.data;
}

/** Unpacks a PNG with a table of colours, as ours are. */
export function unpack(png: Buffer): Pixels {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const need = (name: string): Buffer => {
    const found = chunks.get(name);
    if (!found) throw new Error(`the PNG has no ${name}`);
    return found;
  };
  const [width, height] = [need('IHDR').readUInt32BE(0), need('IHDR').readUInt32BE(4)];
  const [table, rows] = [need('PLTE'), inflateSync(need('IDAT'))];
  const colours = Uint32Array.from({ length: table.length / 3 }, (_, i) =>
    Buffer.from([...table.subarray(3 * i, 3 * i + 3), 255]).readUInt32LE(),
  );
  const pixels = new Uint32Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) pixels[y * width + x] = colours[rows[y * (width + 1) + 1 + x] ?? 0] ?? 0;
  return { width, height, rgba: Buffer.from(pixels.buffer) };
}
