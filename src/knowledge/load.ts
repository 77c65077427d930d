import { createHash } from 'node:crypto';
import { access, readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Fault, type Fraud, type KnowledgeBase, OperatorFault } from '../domain/index.ts';
import { checkAcrossFiles } from './check.ts';
import { readLearned } from './learned-file.ts';
import {
  contactsSchema,
  type FraudFile,
  firstAidSchema,
  fraudSchema,
  harmlessSchema,
  intentSayingsSchema,
  phrasesByNameSchema,
  questionsSchema,
  readAs,
  signalsSchema,
  slotsSchema,
  variantsSchema,
  wordingSchema,
} from './schema.ts';
import { readYamlFile, type YamlFile } from './yaml-file.ts';

/** Reads `folder`, checks it, and returns the frozen base. Every fault found is in one OperatorFault, with file:line. */
export async function loadKnowledge(folder: string): Promise<KnowledgeBase> {
  const { base, faults } = await readKnowledge(folder);
  if (base && faults.length === 0) return base;
  throw new OperatorFault(`知识库有 ${faults.length} 处要改（文件夹 ${folder}）`, faults);
}

/** As loadKnowledge, but faults come back as values; `base` is absent when a file could not be read at all. */
export async function readKnowledge(folder: string): Promise<{ base?: KnowledgeBase; faults: readonly Fault[] }> {
  const names = [
    'signals',
    'slots',
    'first-aid',
    'questions',
    'contacts',
    'variants',
    'wording',
    'intents',
    'commands',
    'intent-sayings',
  ];
  const missing = await missingFiles(folder, names);
  if (missing.length > 0) return { faults: missing };

  const fraudFiles = await readFolder(folder, 'frauds');
  const harmlessFiles = await readFolder(folder, 'harmless');
  const [signals, slots, firstAid, questions, contacts, variants, wording, intents, commands, told] =
    (await Promise.all(names.map((name) => readYamlFile(folder, `${name}.yml`)))) as [
      YamlFile,
      YamlFile,
      YamlFile,
      YamlFile,
      YamlFile,
      YamlFile,
      YamlFile,
      YamlFile,
      YamlFile,
      YamlFile,
    ];

  const fitted = {
    frauds: fraudFiles.map((file) => readAs(file, fraudSchema)),
    signals: readAs(signals, signalsSchema),
    slots: readAs(slots, slotsSchema),
    firstAid: readAs(firstAid, firstAidSchema),
    questions: readAs(questions, questionsSchema),
    contacts: readAs(contacts, contactsSchema),
    variants: readAs(variants, variantsSchema),
    wording: readAs(wording, wordingSchema),
    intents: readAs(intents, phrasesByNameSchema),
    commands: readAs(commands, phrasesByNameSchema),
    told: readAs(told, intentSayingsSchema),
    harmless: harmlessFiles.map((file) => readAs(file, harmlessSchema)),
  };
  const faults: Fault[] = Object.values(fitted).flatMap((one) =>
    (Array.isArray(one) ? one : [one]).flatMap((f) => f.faults),
  );
  const frauds = fitted.frauds.flatMap((one) => (one.value ? [toFraud(one.value)] : []));
  if (
    faults.length > 0 ||
    !fitted.signals.value ||
    !fitted.slots.value ||
    !fitted.firstAid.value ||
    !fitted.questions.value ||
    !fitted.contacts.value ||
    !fitted.variants.value ||
    !fitted.wording.value ||
    !fitted.intents.value ||
    !fitted.commands.value ||
    !fitted.told.value
  ) {
    return { faults };
  }

  const aid = fitted.firstAid.value;
  const all = [
    ...fraudFiles,
    signals,
    slots,
    firstAid,
    questions,
    contacts,
    variants,
    wording,
    intents,
    commands,
    told,
    ...harmlessFiles,
  ];
  const base: KnowledgeBase = Object.freeze({
    frauds,
    signals: fitted.signals.value,
    slots: fitted.slots.value,
    firstAid: {
      situations: aid.situations,
      notFirstAid: aid.not_first_aid,
      reportToPolice: aid.report_to_police,
      keepEvidence: aid.keep_evidence,
      afterwards: aid.afterwards,
      family: aid.family,
    },
    questions: fitted.questions.value,
    contacts: fitted.contacts.value,
    variants: fitted.variants.value.replace,
    keep: fitted.variants.value.keep,
    slang: fitted.variants.value.slang,
    wording: fitted.wording.value,
    intents: fitted.intents.value,
    commands: fitted.commands.value,
    intentSayings: {
      firstAid: fitted.told.value['first-aid'],
      notFirstAid: fitted.told.value['not-first-aid'],
      fraudQuestions: fitted.told.value['fraud-questions'],
      smallTalk: fitted.told.value['small-talk'],
    },
    harmless: Object.fromEntries(harmlessFiles.map((file, i) => [kindOf(file), fitted.harmless[i]?.value ?? []])),
    learned: await readLearned(folder),
    version: versionOf(all),
  });
  const files = {
    frauds: fraudFiles,
    signals,
    slots,
    firstAid,
    questions,
    contacts,
    variants,
    wording,
    intents,
    commands,
    harmless: harmlessFiles,
  };
  return { base, faults: checkAcrossFiles(base, files) };
}

async function readFolder(folder: string, name: string): Promise<readonly YamlFile[]> {
  const names = (await readdir(`${folder}/${name}`)).filter((file) => file.endsWith('.yml')).sort();
  return Promise.all(names.map((file) => readYamlFile(folder, `${name}/${file}`)));
}

/** `harmless/family-chat.yml` holds family-chat. */
function kindOf(file: YamlFile): string {
  return basename(file.name, '.yml');
}

async function missingFiles(folder: string, names: readonly string[]): Promise<readonly Fault[]> {
  const wanted = ['frauds', 'harmless', ...names.map((name) => `${name}.yml`)];
  const found = await Promise.all(
    wanted.map((name) =>
      access(`${folder}/${name}`).then(
        () => true,
        () => false,
      ),
    ),
  );
  return wanted
    .filter((_, i) => !found[i])
    .map((name) => ({
      where: `${folder}/${name}`,
      what: '找不到这个文件',
      cure: '从项目里补回来，或检查 FANZHA_KNOWLEDGE_DIR 指的文件夹对不对',
    }));
}

function toFraud(read: FraudFile): Fraud {
  const { see_through, family_words, ...rest } = read;
  return { ...rest, seeThrough: see_through, familyWords: family_words };
}

function versionOf(files: readonly YamlFile[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.name).update('\0').update(file.text).update('\0');
  return hash.digest('hex').slice(0, 16);
}
