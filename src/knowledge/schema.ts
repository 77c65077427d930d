import { z } from 'zod';
import { FAMILIES, type Fault, REGISTERS, SIGNAL_CLASSES, SITUATIONS } from '../domain/index.ts';
import type { YamlFile } from './yaml-file.ts';

const line = z.string().trim().min(1);
const lines = z.array(line);
const date = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/);
const grade = z.enum(['A', 'B']);
const source = z.strictObject({ publisher: line, title: line.optional(), date, grade });

const signSchema = z.strictObject({
  sign: line,
  weight: z.enum(['strong', 'story', 'ask']),
  phrases: lines.min(1),
});

export const fraudSchema = z.strictObject({
  id: line.regex(/^[a-z][a-z0-9-]*$/),
  family: z.enum(FAMILIES),
  name: line,
  short: line,
  aliases: lines.min(3),
  core: z.boolean().default(false),
  stop: line,
  what: lines.min(1),
  targets: lines.min(1),
  how: lines.min(4),
  sayings: z.strictObject(
    Object.fromEntries(REGISTERS.map((register) => [register, lines.default([])])) as Record<
      (typeof REGISTERS)[number],
      z.ZodDefault<typeof lines>
    >,
  ),
  vague: lines.default([]),
  words: z.record(z.string(), lines.min(1)).default({}),
  signs: z.array(signSchema).min(1),
  see_through: lines.min(3),
  now: lines.min(1),
  family_words: line,
  lookalikes: z.array(z.strictObject({ say: line, why: line })).default([]),
  tip: z.strictObject({ group: line, moments: line, led: line, loudspeaker: line }),
  cases: z
    .array(z.strictObject({ date, place: line, story: line, loss: line, source: z.number().int().min(1) }))
    .default([]),
  sources: z.array(source).min(1),
  reviewed: z.strictObject({ by: line, date }),
});

export type FraudFile = z.infer<typeof fraudSchema>;

export const signalsSchema = z.array(
  z.strictObject({
    id: line,
    class: z.enum(SIGNAL_CLASSES),
    strength: z.enum(['faint', 'plain', 'loud']).default('plain'),
    sign: line.optional(),
    phrases: lines.min(1),
  }),
);

export const slotsSchema = z.record(z.string(), lines.min(1));

export const firstAidSchema = z.strictObject({
  situations: z
    .array(
      z.strictObject({ id: z.enum(SITUATIONS), name: line, first: line, phrases: lines.min(1), steps: lines.min(3) }),
    )
    .min(1),
  not_first_aid: lines,
  report_to_police: lines.min(1),
  keep_evidence: lines.min(1),
  afterwards: lines.min(1),
  family: z.strictObject({ phrases: lines.min(1), lead: line }),
});

export const questionsSchema = z.array(
  z.strictObject({ id: line, title: line, ask: lines.min(1), phrases: lines.min(1), answer: lines.min(1), source }),
);

const quizQuestionSchema = z.strictObject({
  id: line.regex(/^[a-z][a-z0-9-]*$/),
  ask: line,
  options: lines,
  answer: z.number(),
  why: line,
  about: line.optional(),
  source,
});

export const quizSchema = z.array(quizQuestionSchema);

export const lessonSchema = z.strictObject({
  id: line,
  title: line,
  text: lines.min(1),
  video: line.optional(),
  about: lines.default([]),
  questions: z.array(quizQuestionSchema),
  sources: z.array(source).min(1),
});

export const contactsSchema = z.array(
  z.strictObject({
    id: line,
    name: line,
    number: z.coerce.string(),
    kind: z.string().optional(),
    what: line,
    verified: z.boolean(),
    source,
  }),
);

export const variantsSchema = z.strictObject({
  replace: z.array(
    z.strictObject({
      from: z.array(z.coerce.string()).min(1),
      to: line,
      near: z.array(z.coerce.string()).default([]),
      not: lines.default([]),
    }),
  ),
  slang: z.array(z.strictObject({ word: z.coerce.string(), means: line })).default([]),
  keep: z.array(z.coerce.string()).default([]),
});

export const wordingSchema = z.record(z.string(), z.string().min(1));
export const harmlessSchema = lines;

export const intentSayingsSchema = z.strictObject({
  'first-aid': z.record(z.enum(SITUATIONS), lines),
  'not-first-aid': lines,
  'fraud-questions': z.record(z.string(), lines),
  'small-talk': lines,
});

export const phrasesByNameSchema = z.record(z.string(), lines.min(1));

export type Schema<T> = z.ZodType<T>;

/** Reads a file through its schema; what does not fit becomes faults with the line and the cure, in Chinese. */
export function readAs<T>(
  file: YamlFile,
  schema: Schema<T>,
): { readonly value?: T; readonly faults: readonly Fault[] } {
  if (file.faults.length > 0) return { faults: file.faults };
  const result = schema.safeParse(file.data);
  if (result.success) return { value: result.data, faults: [] };
  return { faults: result.error.issues.map((issue) => ({ where: file.place(issue.path), ...explain(issue) })) };
}

function explain(issue: z.core.$ZodIssue): { what: string; cure: string } {
  const at =
    issue.path.map((key) => (typeof key === 'number' ? `第${key + 1}项` : String(key))).join(' / ') || '整个文件';
  const missing = 'input' in issue && issue.input === undefined;
  switch (issue.code) {
    case 'unrecognized_keys':
      return { what: `多了看不懂的一栏“${issue.keys.join('、')}”`, cure: '对照 knowledge/README.md 改名或删掉' };
    case 'invalid_value':
      return { what: `“${at}”的内容不在允许的范围`, cure: `只能写其中一个：${issue.values.join('、')}` };
    case 'too_small':
      return { what: `“${at}”太少`, cure: `至少要有 ${issue.minimum} 个` };
    case 'invalid_format':
      return { what: `“${at}”的格式不对`, cure: '日期写 2026-11-24、2026-11 或 2026；编号用小写字母和短横线' };
    case 'invalid_type':
      if (issue.expected === 'number' && issue.path.at(-1) === 'answer') {
        const question = at.replace(/(^| \/ )answer$/, '');
        return { what: `“${question}”没写明第几个答案对`, cure: '写一行 answer: 2，数字从 1 数起，不加引号' };
      }
      return missing || issue.message.includes('undefined')
        ? { what: `缺少“${at}”`, cure: '对照 knowledge/README.md 补上这一栏' }
        : {
            what: `“${at}”应当是${KIND[issue.expected] ?? issue.expected}`,
            cure: '数字开头的文字、含冒号的文字要加引号；清单每行以“- ”开头',
          };
    default:
      return { what: `“${at}”不对（${issue.code}）`, cure: '对照 knowledge/README.md 改' };
  }
}

const KIND: Readonly<Record<string, string>> = {
  string: '一段文字',
  array: '一个清单',
  object: '几栏内容',
  record: '几栏内容',
  number: '一个数',
  boolean: 'true 或 false',
};
