/** Prints pictures of a fraud: for telephones, screens, boards and cloths. */
export type { HandbookBase } from './handbook/manuscript.ts';
export { printHandbook } from './handbook/print-handbook.ts';
export type { Imprint } from './imprint.ts';
export { PICTURE_FORMATS, type PictureFormat, printPicture } from './print.ts';
