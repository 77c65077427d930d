import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { mondayOf } from '../../src/campaign/index.ts';
import { inviteDeputies } from '../../src/commands/deputy.ts';
import { type RollCallOptions, rollCall } from '../../src/commands/roll-call.ts';
import { study } from '../../src/commands/study.ts';
import { weeklyTip } from '../../src/commands/weekly-tip.ts';
import { readConfig } from '../../src/config/index.ts';
import { OperatorFault } from '../../src/domain/index.ts';
import { DAY, dayOf, systemClock } from '../../src/lib/clock.ts';
import { openStorage, type Storage } from '../../src/storage/index.ts';
import { KNOWLEDGE_FOLDER } from '../knowledge-base.ts';
import { stateFolder } from '../state-folder.ts';
import { event, named } from './memory-campaign.ts';
import { cellsOf, unzip } from './unzip.ts';

const folder = stateFolder();
const settings = {
  FANZHA_STATE_DIR: folder,
  FANZHA_KNOWLEDGE_DIR: KNOWLEDGE_FOLDER,
  FANZHA_UNITS: '城关镇、县人大机关',
  FANZHA_ROLL_CALL_NAMED: '县人大机关：核对本机关的安装情况',
};
const config = readConfig(settings, folder);
const today = dayOf(Date.now());
/** The bot that runs meanwhile. */
let bot: Storage;

beforeAll(async () => {
  bot = await openStorage({ stateDir: folder, databaseUrl: undefined, now: systemClock });
  await bot.campaign.note(event('roll-call', { day: today, about: 'app/installed', unit: '城关镇', amount: 1 }));
  await bot.campaign.note(event('roll-call', { day: '2026-01-02', about: 'app/cannot', amount: 1 }));
  await bot.campaign.note(event('learner-joined', { day: today, unit: '城关镇' }));
  await bot.talks.transaction((tx) => tx.keepName('local', 'talker-one', named('李四', { answer: 'unwilling' })));
});
afterAll(() => bot.close());

/** What a command prints. */
async function printed(work: () => Promise<void>): Promise<string> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(String(line)));
  try {
    await work();
  } finally {
    log.mockRestore();
  }
  return lines.join('\n');
}

/** The faults of an operator that a command ends with. */
async function faultOf(work: () => Promise<void>): Promise<string> {
  const error = await printed(work).catch((one: unknown) => one);
  expect(error).toBeInstanceOf(OperatorFault);
  return (error as OperatorFault).message;
}

const listRollCall = (options: RollCallOptions, of = config) => printed(() => rollCall(options, of));

describe('inviting deputies beside a running bot', () => {
  test('prints a code that the bot takes once, and what to do with it', async () => {
    const text = await printed(() => inviteDeputies({}, config));
    const code = (/^DB-\w{4}-\w{4}$/m.exec(text)?.[0] ?? '').replaceAll('-', '');
    expect(text).toMatch(/只能用一次。\d+月\d+日 \d\d:\d\d以前有效/);
    const use = (at: number) => bot.talks.transaction((tx) => tx.useInvitation(code, at));
    expect(await use(Date.now() + 8 * DAY)).toBe(false);
    expect(await use(Date.now() + 6 * DAY)).toBe(true);
    expect(await use(Date.now())).toBe(false);
  });
  test('prints as many as are wanted, all different', async () => {
    const text = await printed(() => inviteDeputies({ count: '50' }, config));
    expect(new Set(text.match(/^DB-\w{4}-\w{4}$/gm)).size).toBe(50);
  });
  test.each(['0', '51', '-1', '1.5', 'abc', '', '1e1'])('refuses the number %j', async (count) => {
    expect(await faultOf(() => inviteDeputies({ count }, config))).toContain('写 1 到 50 的整数');
  });
  test('says so when the bot was never started here', async () => {
    const empty = readConfig({ ...settings, FANZHA_STATE_DIR: join(folder, 'nowhere') }, folder);
    expect(await faultOf(() => inviteDeputies({}, empty))).toMatch(/怎么改：/);
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });
});

describe('the roll-call', () => {
  test('is printed per unit, those that answered nothing as well', async () => {
    const text = await listRollCall({});
    expect(text).toMatch(/^城关镇 +1 +0 +0$/m);
    expect(text).toMatch(/^县人大机关 +0 +0 +0$/m);
    expect(text).toMatch(/^未填单位 +0 +1 +0$/m);
    expect(text).not.toContain('李四');
  });
  test('can be that of some days only', async () => {
    expect(await listRollCall({ from: '2026-01-01', to: '2026-01-31' })).toMatch(/^合计 +0 +1 +0$/m);
    expect(await faultOf(() => rollCall({ from: '2026-02-30' }, config))).toContain('--from 2026-02-30  不是日子');
    expect(await faultOf(() => rollCall({ from: '2026-02-02', to: '2026-02-01' }, config))).toContain('在 --from 以前');
  });
  test('is written as CSV or as an Excel file', async () => {
    const [csv, xlsx] = [join(folder, '安装.csv'), join(folder, '安装.xlsx')];
    expect(await listRollCall({ out: csv })).toContain(`写好了：${csv}`);
    expect(readFileSync(csv, 'utf8')).toMatch(/^\ufeff单位,.*\r\n城关镇,1,0,0\r\n/);
    await listRollCall({ out: xlsx });
    expect(cellsOf(unzip(readFileSync(xlsx)))).toMatchObject({ A2: '城关镇', B2: 1 });
    expect(await faultOf(() => rollCall({ out: join(folder, 'x.pdf') }, config))).toContain('以 .csv 或 .xlsx 结尾');
  });
  test('leaves a file alone that is there already', async () => {
    const file = join(folder, 'mine.csv');
    writeFileSync(file, 'mine');
    expect(await faultOf(() => rollCall({ out: file }, config))).toContain('已经有这个文件');
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('names at the roll-call', () => {
  const unit = '县人大机关';
  test('are listed for a unit that keeps a list, with what it is for', async () => {
    const text = await listRollCall({ unit, named: true });
    expect(text).toContain('县人大机关名单（只用于核对本机关的安装情况）');
    expect(text).toMatch(/^李四 +国家反诈中心APP +不想装 +2026-11-24$/m);
  });
  test('are compared with a roster of the unit, of which nothing is kept', async () => {
    const roster = join(folder, 'roster.txt');
    writeFileSync(roster, '\ufeff张三丰\r\n李 四\r\n\r\n');
    const text = await listRollCall({ unit, missing: roster });
    expect(text).toBe('名册上 2 人，还没有答的 1 人。答不答由自己，不催、不排名。\n张三丰');
    writeFileSync(roster, Buffer.from('d5c5c8fd0d0ac0eecbc40d0a', 'hex'));
    expect(await listRollCall({ unit, missing: roster })).toMatch(/1 人。.*\n张三$/);
    expect(JSON.stringify(await bot.campaign.names(unit))).not.toContain('张三');
  });
  test.each([['城关镇'], ['没有的单位'], [undefined]])('are refused for the unit %j, with the rule', async (other) => {
    const options = { named: true, ...(other !== undefined && { unit: other }) };
    const text = await faultOf(() => rollCall(options, config));
    expect(text).toContain('只有写明用途、本人同意的单位，才有名单');
    expect(text).toContain('有名单的单位是：县人大机关');
  });
  test('are refused everywhere while no unit is configured', async () => {
    const { FANZHA_ROLL_CALL_NAMED: _, ...others } = settings;
    const text = await faultOf(() => rollCall({ unit, missing: 'x.txt' }, readConfig(others, folder)));
    expect(text).toContain('FANZHA_ROLL_CALL_NAMED');
  });
  test('need a roster that is one', async () => {
    const file = join(folder, 'table.txt');
    for (const content of ['', '张三,李四\n', `${'长'.repeat(40)}\n`]) {
      writeFileSync(file, content);
      expect(await faultOf(() => rollCall({ unit, missing: file }, config))).toContain('不像名册');
    }
    expect(await faultOf(() => rollCall({ unit, missing: join(folder, 'none') }, config))).toContain('没有这个文件');
  });
  test('are not what a unit alone asks for', async () => {
    expect(await faultOf(() => rollCall({ unit }, config))).toContain('再加 --named 或 --missing');
  });
});

describe('the study list', () => {
  test('is printed, or written', async () => {
    expect(await printed(() => study({}, config))).toMatch(/还没有人答题 +城关镇 +1 +0 +0/);
    const out = join(folder, 'study.csv');
    await printed(() => study({ out }, config));
    expect(readFileSync(out, 'utf8')).toContain('还没有人答题,城关镇,1,0,0,\r\n');
  });
});

describe('the tip of a week', () => {
  const monday = mondayOf(Date.now());
  const next = mondayOf(Date.now() + 7 * DAY);
  test('is chosen by the office, told, and left to the bot again', async () => {
    expect(await printed(() => weeklyTip(undefined, {}, config))).toContain('没有指定');
    expect(await printed(() => weeklyTip('brushing', {}, config))).toContain(`${monday} 到 `);
    expect(await bot.campaign.chosenTip(monday)).toBe('brushing');
    expect(await printed(() => weeklyTip(undefined, {}, config))).toContain('（brushing）');
    await printed(() => weeklyTip(undefined, { clear: true }, config));
    expect(await bot.campaign.chosenTip(monday)).toBeUndefined();
  });
  test('can be that of a later week, which is named by its Monday', async () => {
    await printed(() => weeklyTip('loan', { week: next }, config));
    expect(await bot.campaign.chosenTip(next)).toBe('loan');
    const tuesday = dayOf(Date.parse(`${next}T00:00:00+08:00`) + DAY);
    expect(await faultOf(() => weeklyTip('loan', { week: tuesday }, config))).toContain(`写那一周的星期一：${next}`);
    expect(await faultOf(() => weeklyTip('loan', { week: '2026-01-05' }, config))).toContain('这一周已经过了');
    expect(await faultOf(() => weeklyTip('loan', { week: '下周' }, config))).toContain('不是日子');
  });
  test('is never one that nobody knows; the nearest is offered', async () => {
    expect(await faultOf(() => weeklyTip('brushin', {}, config))).toMatch(/换成相近的 .*brushing/);
    expect(await faultOf(() => weeklyTip('#*', {}, config))).toContain('没有这个编号');
    expect(await bot.campaign.chosenTip(monday)).toBeUndefined();
    expect(await faultOf(() => weeklyTip('loan', { clear: true }, config))).toContain('只留一个');
  });
});
