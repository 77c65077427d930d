/** Prints pictures of a fraud: for telephones, screens, boards and cloths. */
export type { Imprint } from './content.ts';
export { printHandbook } from './handbook/print-handbook.ts';
export { PICTURE_FORMATS, type PictureFormat, printPicture } from './print.ts';
