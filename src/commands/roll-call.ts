import { readFile } from 'node:fs/promises';
import type { Tool } from '../campaign/index.ts';
import type { Campaign, Config, NamedUnit } from '../config/index.ts';
import { type Fault, OperatorFault } from '../domain/index.ts';
import { dayOf, systemClock } from '../lib/clock.ts';
import { FIRST_DAY, missing, namedTable, rollCallTable, unlisted } from '../office/index.ts';
import { dayFrom } from './days.ts';
import { putOut } from './put-out.ts';
import { withUpkeep } from './with-upkeep.ts';

export interface RollCallOptions {
  readonly from?: string;
  readonly to?: string;
  readonly out?: string;
  readonly unit?: string;
  readonly named?: boolean;
  /** A file of the unit: one name on each line. */
  readonly missing?: string;
}

const HEADLINE = '没有列出安装情况';

/** Who has installed what: counts of all units, or the list of one unit that keeps one. */
export async function rollCall(options: RollCallOptions, config: Config): Promise<void> {
  if (options.named || options.missing !== undefined) return listOfUnit(options, config);
  if (options.unit !== undefined)
    throw fault({
      where: `--unit ${options.unit}`,
      what: '没有说要列什么',
      cure: '再加 --named 或 --missing 名册.txt；只看人数就去掉 --unit',
    });
  const from = options.from === undefined ? FIRST_DAY : dayFrom(options.from, '--from', HEADLINE);
  const to = options.to === undefined ? dayOf(systemClock()) : dayFrom(options.to, '--to', HEADLINE);
  if (to < from) throw fault({ where: `--to ${to}`, what: '在 --from 以前', cure: '把两个日子换过来' });
  const totals = await withUpkeep(HEADLINE, config, ({ campaign }) => campaign.totals(from, to));
  const table = rollCallTable(totals, { units: config.campaign.units, tools: toolsOf(config.campaign) });
  await putOut(table, options.out, HEADLINE);
  if (options.from !== undefined) console.log('改过口的，这段时间里先减后加，所以可能是负数。');
}

/** 金钟罩 is asked about only where the county has switched it on. */
function toolsOf({ jinzhongzhao }: Pick<Campaign, 'jinzhongzhao'>): readonly Tool[] {
  return jinzhongzhao ? ['app', 'jinzhongzhao'] : ['app'];
}

async function listOfUnit(options: RollCallOptions, config: Config): Promise<void> {
  const { unit, purpose } = namedUnit(options.unit, config.campaign.namedUnits);
  const roster = options.missing === undefined ? undefined : await readRoster(options.missing);
  const named = await withUpkeep(HEADLINE, config, ({ campaign }) => campaign.names(unit));
  if (options.named) await putOut(namedTable(unit, purpose, named), options.out, HEADLINE);
  if (roster === undefined) return;
  const absent = missing(roster, named);
  console.log(`名册上 ${roster.length} 人，还没有答的 ${absent.length} 人。答不答由自己，不催、不排名。`);
  for (const name of absent) console.log(name);
  const strange = unlisted(roster, named);
  if (strange.length > 0) console.log(`答了、名册上没有的：${strange.join('、')}`);
}

/** Throws unless the unit keeps a list of names and has said what for. */
function namedUnit(unit: string | undefined, namedUnits: readonly NamedUnit[]): NamedUnit {
  const found = namedUnits.find((one) => one.unit === unit);
  if (found) return found;
  const configured = namedUnits.map((one) => one.unit).join('、');
  throw fault({
    where: unit === undefined ? '--unit' : `--unit ${unit}`,
    what: '这个单位不记名字。只有写明用途、本人同意的单位，才有名单，也只给本单位看',
    cure: configured
      ? `有名单的单位是：${configured}。别的单位只看人数`
      : '只看人数就去掉 --named 和 --missing；要记名，先在 FANZHA_ROLL_CALL_NAMED 写“单位：用途”',
  });
}

const BIGGEST_ROSTER = 1024 * 1024;

/** Names of a roster, one on each line, as UTF-8 or as the GBK that Notepad and Excel write. Nothing of it is kept. */
async function readRoster(file: string): Promise<readonly string[]> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw fault({
      where: `--missing ${file}`,
      what: error.code === 'ENOENT' ? '没有这个文件' : `读不了这个文件（${error.code ?? '原因不明'}）`,
      cure: '写名册文件的位置，一行一个名字',
    });
  });
  const names = decoded(bytes.subarray(0, BIGGEST_ROSTER))
    .split(/\r\n|[\r\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const wrong = names.find((name) => /[,，;；\t]/.test(name) || [...name].length > LONGEST_NAME);
  if (bytes.length <= BIGGEST_ROSTER && names.length > 0 && wrong === undefined) return names;
  throw fault({
    where: `--missing ${file}`,
    what: '不像名册',
    cure: '存成纯文本 .txt，一行只写一个名字',
  });
}

const LONGEST_NAME = 30;

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gbk').decode(bytes);
  }
}

function fault(one: Fault): OperatorFault {
  return new OperatorFault(HEADLINE, [one]);
}
