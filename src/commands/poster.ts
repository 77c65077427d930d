import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/index.ts';
import { OperatorFault } from '../domain/index.ts';
import { imprintOf } from '../imprint.ts';
import { loadKnowledge } from '../knowledge/index.ts';
import { PICTURE_FORMATS, type PictureFormat, printPicture } from '../pictures/index.ts';
import { knownFraud } from './known-fraud.ts';
import { writeMadeFile, writingFault } from './write-file.ts';

export interface PosterOptions {
  readonly format?: string;
  readonly out?: string;
  /** A folder for every fraud in every format. */
  readonly all?: string;
}

const HEADLINE = '没有印成';

/** Prints one fraud in one format; or all of them in all formats into a folder. Former ones are printed over. */
export async function poster(id: string | undefined, options: PosterOptions, config: Config): Promise<void> {
  if (options.all !== undefined) {
    await printAll(options.all, config);
    return;
  }
  const format = formatFrom(options.format);
  const base = await loadKnowledge(config.knowledgeDir, config.campaign);
  const fraud = knownFraud(base, idFrom(id));
  const file = options.out ?? nameOf(fraud.id, format);
  await writeMadeFile(file, await printPicture(fraud, format, imprintOf(config)), HEADLINE);
  console.log(`印好了：${file}`);
}

/** One after the other: each takes the whole processor anyway. */
async function printAll(folder: string, config: Config): Promise<void> {
  const { frauds } = await loadKnowledge(config.knowledgeDir, config.campaign);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new OperatorFault(HEADLINE, [writingFault(error, join(folder, nameOf('email', 'card')))]);
  });
  const imprint = imprintOf(config);
  for (const fraud of frauds)
    for (const format of PICTURE_FORMATS)
      await writeMadeFile(join(folder, nameOf(fraud.id, format)), await printPicture(fraud, format, imprint), HEADLINE);
  console.log(`印好了 ${frauds.length * PICTURE_FORMATS.length} 张，在 ${folder} 里。`);
}

function nameOf(id: string, format: PictureFormat): string {
  return `${id}-${format}.png`;
}

function idFrom(id: string | undefined): string {
  if (id !== undefined) return id;
  throw new OperatorFault(HEADLINE, [
    {
      where: 'poster',
      what: '没有写印哪一种骗局',
      cure: '写上编号，例如 poster email --format card；全印用 --all 文件夹',
    },
  ]);
}

function formatFrom(text: string | undefined): PictureFormat {
  const format = PICTURE_FORMATS.find((one) => one === text);
  if (format) return format;
  throw new OperatorFault(HEADLINE, [
    {
      where: `--format ${text ?? ''}`.trim(),
      what: '没有这种样式',
      cure: '写 card（手机图）、led（电子屏）、board（展板）或 banner（横幅）',
    },
  ]);
}
