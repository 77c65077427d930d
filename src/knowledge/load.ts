import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { type Fault, type Fraud, type KnowledgeBase, OperatorFault } from '../domain/index.ts';
import { checkAcrossFiles } from './check.ts';
import type { Allowed } from './check-video.ts';
import { type KnowledgeFiles, readFiles } from './files.ts';
import { readLearned } from './learned-file.ts';
import {
  contactsSchema,
  type FraudFile,
  firstAidSchema,
  fraudSchema,
  harmlessSchema,
  intentSayingsSchema,
  lessonSchema,
  phrasesByNameSchema,
  questionsSchema,
  quizSchema,
  readAs,
  type Schema,
  signalsSchema,
  slotsSchema,
  variantsSchema,
  wordingSchema,
} from './schema.ts';
import type { YamlFile } from './yaml-file.ts';

const NOTHING_ALLOWED: Allowed = { videoHosts: [] };

/** Reads `folder`, checks it, and returns the frozen base. Every fault found is in one OperatorFault, with file:line. */
export async function loadKnowledge(folder: string, allowed: Allowed = NOTHING_ALLOWED): Promise<KnowledgeBase> {
  const { base, faults } = await readKnowledge(folder, allowed);
  if (base && faults.length === 0) return base;
  throw new OperatorFault(`知识库有 ${faults.length} 处要改（文件夹 ${folder}）`, faults);
}

/** As loadKnowledge, but faults come back as values; `base` is absent when a file could not be read at all. */
export async function readKnowledge(
  folder: string,
  allowed: Allowed = NOTHING_ALLOWED,
): Promise<{ base?: KnowledgeBase; faults: readonly Fault[] }> {
  const { files, faults: missing } = await readFiles(folder);
  if (!files) return { faults: missing };
  const { parts, faults } = readParts(files);
  if (faults.length > 0) return { faults };
  const learned = await readLearned(folder);
  const base: KnowledgeBase = Object.freeze({ ...assemble(parts, files), learned, version: versionOf(files) });
  return { base, faults: checkAcrossFiles(base, files, allowed) };
}

/** Puts every file through its schema. A part that did not fit is undefined; nobody may look at `parts` when there are faults. */
function readParts(files: KnowledgeFiles) {
  const faults: Fault[] = [];
  const one = <T>(file: YamlFile, schema: Schema<T>): T => {
    const read = readAs(file, schema);
    faults.push(...read.faults);
    return read.value as T;
  };
  const each = <T>(many: readonly YamlFile[], schema: Schema<T>): readonly T[] => many.map((file) => one(file, schema));
  const parts = {
    frauds: each(files.frauds, fraudSchema),
    signals: one(files.signals, signalsSchema),
    slots: one(files.slots, slotsSchema),
    firstAid: one(files.firstAid, firstAidSchema),
    questions: one(files.questions, questionsSchema),
    contacts: one(files.contacts, contactsSchema),
    variants: one(files.variants, variantsSchema),
    wording: one(files.wording, wordingSchema),
    intents: one(files.intents, phrasesByNameSchema),
    commands: one(files.commands, phrasesByNameSchema),
    told: one(files.intentSayings, intentSayingsSchema),
    harmless: each(files.harmless, harmlessSchema),
    lessons: each(files.lessons, lessonSchema),
    quiz: each(files.quiz, quizSchema),
  };
  return { parts, faults };
}

function assemble(
  parts: ReturnType<typeof readParts>['parts'],
  files: KnowledgeFiles,
): Omit<KnowledgeBase, 'learned' | 'version'> {
  const { signals, slots, firstAid, questions, contacts, variants, wording, intents, commands, told } = parts;
  const lessons = parts.lessons.map(({ sources: _, ...lesson }) => lesson);
  return {
    frauds: parts.frauds.map(toFraud),
    signals,
    slots,
    firstAid: {
      situations: firstAid.situations,
      notFirstAid: firstAid.not_first_aid,
      reportToPolice: firstAid.report_to_police,
      keepEvidence: firstAid.keep_evidence,
      afterwards: firstAid.afterwards,
      family: firstAid.family,
    },
    questions,
    contacts,
    variants: variants.replace,
    keep: variants.keep,
    slang: variants.slang,
    wording,
    intents,
    commands,
    intentSayings: {
      firstAid: told['first-aid'],
      notFirstAid: told['not-first-aid'],
      fraudQuestions: told['fraud-questions'],
      smallTalk: told['small-talk'],
    },
    harmless: Object.fromEntries(files.harmless.map((file, i) => [kindOf(file), parts.harmless[i] ?? []])),
    lessons,
    quiz: [...lessons.flatMap((lesson) => lesson.questions), ...parts.quiz.flat()],
  };
}

/** `harmless/family-chat.yml` holds family-chat. */
function kindOf(file: YamlFile): string {
  return basename(file.name, '.yml');
}

function toFraud(read: FraudFile): Fraud {
  const { see_through, family_words, ...rest } = read;
  return { ...rest, seeThrough: see_through, familyWords: family_words };
}

function versionOf(files: KnowledgeFiles): string {
  const hash = createHash('sha256');
  for (const file of Object.values(files).flat()) hash.update(file.name).update('\0').update(file.text).update('\0');
  return hash.digest('hex').slice(0, 16);
}
