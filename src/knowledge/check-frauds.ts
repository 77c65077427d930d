import { FAMILIES, type Fault, type Fraud, type KnowledgeBase, REGISTERS } from '../domain/index.ts';
import { type KnowledgeFiles, shorten } from './files.ts';
import type { YamlFile } from './yaml-file.ts';

const LONGEST_SHORT_NAME = 8;
const LONGEST_STOP = 8;
const LONGEST_SIGN = 12;
/** The advice line must leave room for three signs within the 180 characters of a warning. */
const LONGEST_NOW = 42;
const TIP_LENGTHS = { group: [1, 120], moments: [1, 60], led: [1, 30], loudspeaker: [150, 200] } as const;
const LONGEST_FAMILY_WORDS = 120;
/** The three frauds that the article wants everybody to know must be the best described. */
const CORE_SAYINGS = 20;

export function checkFrauds(base: KnowledgeBase, files: KnowledgeFiles): readonly Fault[] {
  const each = base.frauds.flatMap((fraud, i) => {
    const file = files.frauds[i];
    return file
      ? [
          ...checkIds(fraud, file, base),
          ...checkLengths(fraud, file),
          ...checkLoudspeaker(fraud, file),
          ...checkCore(fraud, file),
          ...checkCases(fraud, file),
        ]
      : [];
  });
  return [...each, ...missingFamilies(base), ...doubleSayings(base, files), ...doubleIds(base, files)];
}

function checkIds(fraud: Fraud, file: YamlFile, base: KnowledgeBase): readonly Fault[] {
  const faults: Fault[] = [];
  const expected = file.name.replace(/^frauds\//, '').replace(/\.yml$/, '');
  if (fraud.id !== expected) {
    faults.push({
      where: file.place(['id']),
      what: `编号“${fraud.id}”和文件名不一样`,
      cure: `改成“${expected}”，或给文件改名`,
    });
  }
  if (fraud.id !== fraud.family && !base.frauds.some((other) => other.id === fraud.family)) {
    faults.push({
      where: file.place(['family']),
      what: `大类“${fraud.family}”没有自己的文件`,
      cure: `先写 frauds/${fraud.family}.yml`,
    });
  }
  return faults;
}

function missingFamilies(base: KnowledgeBase): readonly Fault[] {
  return FAMILIES.filter((id) => !base.frauds.some((fraud) => fraud.id === id)).map((id) => ({
    where: `frauds/${id}.yml`,
    what: `缺少“${id}”这一类骗局`,
    cure: '照 knowledge/README.md 第二节写一个',
  }));
}

function checkLengths(fraud: Fraud, file: YamlFile): readonly Fault[] {
  const faults: Fault[] = [];
  const within = (path: readonly PropertyKey[], text: string, min: number, max: number): void => {
    const length = [...text].length;
    if (length >= min && length <= max) return;
    const range = min > 1 ? `${min} 到 ${max}` : `最多 ${max}`;
    faults.push({ where: file.place(path), what: `“${path.join(' / ')}”有 ${length} 个字`, cure: `改到${range} 个字` });
  };
  within(['short'], fraud.short, 1, LONGEST_SHORT_NAME);
  within(['stop'], fraud.stop, 1, LONGEST_STOP);
  within(['now'], fraud.now.join(''), 1, LONGEST_NOW);
  within(['family_words'], fraud.familyWords, 1, LONGEST_FAMILY_WORDS);
  fraud.signs.forEach((sign, i) => within(['signs', i, 'sign'], sign.sign, 1, LONGEST_SIGN));
  for (const [key, [min, max]] of Object.entries(TIP_LENGTHS))
    within(['tip', key], fraud.tip[key as keyof typeof TIP_LENGTHS], min, max);
  return faults;
}

/** What is read out over a loudspeaker is spelt as it is said: a reader must not have to think what 110 is. */
function checkLoudspeaker({ tip }: Fraud, file: YamlFile): readonly Fault[] {
  const numbers = tip.loudspeaker.match(/\p{Nd}[\p{Nd}.,%％]*/gu) ?? [];
  if (numbers.length === 0) return [];
  return [
    {
      where: file.place(['tip', 'loudspeaker']),
      what: `大喇叭稿里有数字“${[...new Set(numbers)].join('、')}”，念的人会卡住`,
      cure: '照念法写成汉字，例如 110 写“幺幺零”，96110 写“九六一一零”，3000元写“三千元”',
    },
  ];
}

function checkCore(fraud: Fraud, file: YamlFile): readonly Fault[] {
  if (!fraud.core) return [];
  const faults: Fault[] = [];
  const count = REGISTERS.reduce((sum, register) => sum + fraud.sayings[register].length, 0);
  const thin = REGISTERS.filter((register) => fraud.sayings[register].length === 0);
  if (count < CORE_SAYINGS) {
    faults.push({
      where: file.place(['sayings']),
      what: `必知骗局只有 ${count} 句说法`,
      cure: `写到至少 ${CORE_SAYINGS} 句`,
    });
  }
  if (thin.length > 0) {
    faults.push({
      where: file.place(['sayings']),
      what: `必知骗局缺“${thin.join('、')}”的说法`,
      cure: '每种口气至少写几句',
    });
  }
  if (fraud.cases.length === 0) {
    faults.push({ where: file.place(['cases']), what: '必知骗局没有真实案例', cure: '补上有时间、地点、来源的案例' });
  }
  return faults;
}

function checkCases(fraud: Fraud, file: YamlFile): readonly Fault[] {
  return fraud.cases.flatMap((one, i) =>
    one.source > fraud.sources.length
      ? [
          {
            where: file.place(['cases', i, 'source']),
            what: `案例引用第 ${one.source} 条来源，可是只有 ${fraud.sources.length} 条`,
            cure: '改成 sources 里的序号',
          },
        ]
      : [],
  );
}

function doubleSayings(base: KnowledgeBase, files: KnowledgeFiles): readonly Fault[] {
  const seen = new Map<string, () => string>();
  const faults: Fault[] = [];
  base.frauds.forEach((fraud, f) => {
    for (const register of REGISTERS) {
      fraud.sayings[register].forEach((saying, i) => {
        const key = saying.replace(/[\s\p{P}]/gu, '');
        const where = (): string => files.frauds[f]?.place(['sayings', register, i]) ?? fraud.id;
        const before = seen.get(key);
        if (before === undefined) seen.set(key, where);
        else
          faults.push({
            where: where(),
            what: `说法“${shorten(saying)}”在 ${before()} 已经有了`,
            cure: '只留一处；两类都像就改写成更能分清的一句',
          });
      });
    }
  });
  return faults;
}

function doubleIds(base: KnowledgeBase, files: KnowledgeFiles): readonly Fault[] {
  const lists = [
    { ids: base.signals.map((one) => one.id), file: files.signals, at: (i: number) => [i, 'id'] },
    { ids: base.questions.map((one) => one.id), file: files.questions, at: (i: number) => [i, 'id'] },
    { ids: base.contacts.map((one) => one.id), file: files.contacts, at: (i: number) => [i, 'id'] },
    {
      ids: base.firstAid.situations.map((one) => one.id),
      file: files.firstAid,
      at: (i: number) => ['situations', i, 'id'],
    },
  ];
  return lists.flatMap(({ ids, file, at }) =>
    ids.flatMap((id, i) =>
      ids.indexOf(id) < i
        ? [{ where: file.place(at(i)), what: `编号“${id}”写了两次`, cure: '改一个名字，或把两处合成一处' }]
        : [],
    ),
  );
}
