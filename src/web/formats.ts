import type { PictureFormat } from '../pictures/index.ts';

/** What the office calls the pictures, in the order in which they are listed. */
export const FORMAT_NAMES: Readonly<Record<PictureFormat, string>> = {
  card: '手机图',
  led: '电子屏',
  board: '展板',
  banner: '横幅',
};

/** Whether a word of an address is the name of a format. */
export function isFormat(text: string | undefined): text is PictureFormat {
  return text !== undefined && Object.hasOwn(FORMAT_NAMES, text);
}
