import type PDFDocument from 'pdfkit';
import { OperatorFault } from '../../domain/index.ts';
import type { QrCode } from '../../lib/qr-code.ts';
import { fontPath } from '../font.ts';
import { PAGE, type Type } from './look.ts';
import type { Line } from './typesetter.ts';

/** What readers show as the properties of the file. */
export interface Properties {
  readonly title: string;
  readonly author: string;
  readonly date: Date;
}

/** What is printed on. Lengths in points, from the upper left corner of the page. */
export interface Paper {
  turnPage(): void;
  write(line: Line, type: Type, left: number, baseline: number): void;
  fill(colour: string, left: number, top: number, width: number, height: number, radius?: number): void;
  /** A fine dotted rule, for instance the leader of a table of contents. */
  dots(colour: string, left: number, right: number, y: number): void;
  code(code: QrCode, colour: string, left: number, top: number, size: number): void;
  /** Names the open page, so that links can lead to it. */
  name(id: string): void;
  leadTo(id: string, left: number, top: number, width: number, height: number): void;
  leadOut(url: string, left: number, top: number, width: number, height: number): void;
  /** A bookmark of the open page, under the last one of the level above. */
  bookmark(title: string, level: 0 | 1): void;
  bind(): Promise<Buffer>;
}

type Pdfkit = { readonly default: new (options: PDFKit.PDFDocumentOptions) => typeof PDFDocument.prototype };

/** Throws an operator's fault when pdfkit or the font was left out at installation. */
export async function openPaper(
  properties: Properties,
  load: () => Promise<Pdfkit> = () => import('pdfkit'),
): Promise<Paper> {
  const { default: Document } = await load().catch(refuse);
  const document = new Document({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: properties.title,
      Author: properties.author,
      CreationDate: properties.date,
      ModDate: properties.date,
    },
  });
  const parts: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => resolve(Buffer.concat(parts)));
    document.on('error', reject);
  });
  for (const weight of [400, 700] as const) document.registerFont(String(weight), fontPath(weight));
  let chapter = document.outline;
  return {
    turnPage: () => void document.addPage(),
    write(line, { weight, size, colour }, left, baseline) {
      document.font(String(weight)).fontSize(size).fillColor(colour);
      for (const { text, at } of line.runs)
        document.text(text, left + at, baseline, { lineBreak: false, baseline: 'alphabetic' });
    },
    fill(colour, left, top, width, height, radius = 0) {
      document.roundedRect(left, top, width, height, radius).fill(colour);
    },
    dots(colour, left, right, y) {
      document.moveTo(left, y).lineTo(right, y).lineWidth(0.8).dash(0.8, { space: 2.4 }).stroke(colour).undash();
    },
    code(code, colour, left, top, size) {
      const module = size / code.size;
      for (let y = 0; y < code.size; y += 1)
        for (let x = 0; x < code.size; x += 1)
          if (code.isDark(x, y)) document.rect(left + x * module, top + y * module, module, module);
      document.fill(colour);
    },
    name: (id) => document.addNamedDestination(id),
    leadTo: (id, left, top, width, height) => void document.goTo(left, top, width, height, id),
    leadOut: (url, left, top, width, height) => void document.link(left, top, width, height, url),
    bookmark(title, level) {
      const mark = (level === 0 ? document.outline : chapter).addItem(title);
      if (level === 0) chapter = mark;
    },
    bind() {
      document.end();
      return whole;
    },
  };
}

function refuse(error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ERR_MODULE_NOT_FOUND') throw error;
  throw new OperatorFault('印不了手册', [
    { where: 'pdfkit', what: '没有装这个软件包', cure: '运行 npm ci，不要加 --omit=optional' },
  ]);
}
