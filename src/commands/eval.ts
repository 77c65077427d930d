import { join } from 'node:path';
import type { Config } from '../config/index.ts';
import { createMind, type Mind, toJson } from '../conversation/index.ts';
import {
  ATTACKS,
  type Baseline,
  createBaselines,
  groupBy,
  type Judged,
  judge,
  type Labelled,
  LEFT_OUT,
  readLabelled,
  score,
  share,
  stageOf,
} from '../evaluate/index.ts';
import { loadKnowledge } from '../knowledge/index.ts';
import { type Line, printLists, printScore, printTable } from './eval-report.ts';
import { judgeUnseen } from './eval-unseen.ts';

export interface EvalOptions {
  readonly json?: boolean;
  /** Also the simpler ways, on every fortieth message: Fuse.js takes a good part of a second for each. */
  readonly baselines?: boolean;
  /** Also by weights that never saw the sources they are measured on. */
  readonly unseen?: boolean;
}

const BASELINE_SAMPLE = 40;
const ATTACK_SAMPLE = 3;

/** Scores the recogniser against the labelled messages in a folder and prints the figures. */
export async function evaluate(folder: string, options: EvalOptions, config: Config): Promise<void> {
  const fraud = (await readLabelled(join(folder, 'fraud.jsonl'))).filter((one) => !LEFT_OUT.has(one.kind ?? ''));
  const harmless = await readLabelled(join(folder, 'benign.jsonl'));
  const questions = await readLabelled(join(folder, 'questions.jsonl'), false);
  const base = await loadKnowledge(config.knowledgeDir, config.campaign);
  const mind = createMind(base, config.county);
  const started = performance.now();
  const said = (list: readonly Labelled[]): readonly Judged[] =>
    list.map((one) => judge(one, toJson(mind.understand(one.text))));
  const judged = said(fraud);
  const result = score(judged, said(harmless));
  const seconds = (performance.now() - started) / 1000;
  const asked = share(questions, (one) => toJson(mind.understand(one.text)).intent === 'question');
  const attacks = underAttack(
    fraud.filter((_, i) => i % ATTACK_SAMPLE === 0),
    mind,
  );
  const baselines =
    options.baselines === true
      ? beside(every(fraud, BASELINE_SAMPLE), every(harmless, BASELINE_SAMPLE), mind, result.falseAlarms)
      : [];
  const apart = options.unseen === true ? judgeUnseen(base, config.county, fraud, harmless) : undefined;
  const unseen = apart && score(apart.fraud, apart.harmless);
  if (options.json === true) {
    console.log(
      JSON.stringify({
        ...result,
        questions: questions.length,
        recognisedAsQuestion: asked,
        attacks,
        baselines,
        ...(unseen ? { unseen } : {}),
        knowledge: mind.base.version,
      }),
    );
    return;
  }
  printScore(result, { questions: questions.length, asked, seconds, version: mind.base.version });
  printLists(result);
  printTable(
    '口气',
    linesBy(judged, (one) => one.kind ?? 'message'),
  );
  printTable(
    '长短（字）',
    linesBy(judged, (one) => lengthOf(one.text)),
  );
  printTable(
    '走到哪一步（按消息里的字眼粗分）',
    linesBy(judged, (one) => stageOf(one.text)),
  );
  printTable('躲避的写法（每三条取一条）', attacks);
  if (apart && unseen) {
    console.log('\n没见过这些来源的权重（每次留出五分之一的来源不学）：');
    printScore(unseen, { questions: 0, asked: Number.NaN, seconds: Number.NaN, version: mind.base.version });
    printTable(
      '口气（没见过来源）',
      linesBy(apart.fraud, (one) => one.kind ?? 'message'),
    );
  }
  if (baselines.length > 0) printTable('旁边的简单办法（每四十条取一条，误提醒一样多）', baselines);
}

function every<T>(list: readonly T[], nth: number): readonly T[] {
  return list.filter((_, i) => i % nth === 0);
}

function linesBy(judged: readonly Judged[], key: (one: Judged) => string): readonly Line[] {
  return [...groupBy(judged, key)]
    .map(([name, list]) => lineOf(name, list))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function lineOf(name: string, list: readonly Judged[]): Line {
  return {
    name,
    messages: list.length,
    warned: share(list, (one) => one.warned),
    right: share(list, (one) => one.warned && one.right),
  };
}

function lengthOf(text: string): string {
  const limit = [15, 30, 80, 160, 400].find((most) => [...text].length <= most);
  return limit === undefined ? '401-' : `-${String(limit).padStart(3, '0')}`;
}

function underAttack(fraud: readonly Labelled[], mind: Mind): readonly Line[] {
  return ATTACKS.map(({ name, apply }) =>
    lineOf(
      name,
      fraud.map((one) => judge(one, toJson(mind.understand(apply(one.text))))),
    ),
  );
}

/** Each way with its own threshold, set so that it raises as many false alarms as ours: only then can they be compared. */
function beside(
  fraud: readonly Labelled[],
  harmless: readonly Labelled[],
  mind: Mind,
  falseAlarms: number,
): readonly Line[] {
  const ours = lineOf(
    'ours',
    fraud.map((one) => judge(one, toJson(mind.understand(one.text)))),
  );
  return [
    ours,
    ...createBaselines(mind.base).map((baseline) => atSameFalseAlarms(baseline, fraud, harmless, falseAlarms)),
  ];
}

function atSameFalseAlarms(
  { name, recognise }: Baseline,
  fraud: readonly Labelled[],
  harmless: readonly Labelled[],
  falseAlarms: number,
): Line {
  const alarms = harmless.map((one) => recognise(one.text).score).sort((a, b) => b - a);
  const threshold = alarms[Math.floor(falseAlarms * alarms.length)] ?? 0;
  const answers = fraud.map((one) => ({ one, answer: recognise(one.text) }));
  const right = new Map(answers.map(({ one }) => [one, new Set([one.label, ...(one.alt_labels ?? [])])]));
  return {
    name,
    messages: fraud.length,
    warned: share(answers, ({ answer }) => answer.score > threshold),
    right: share(
      answers,
      ({ one, answer }) => answer.score > threshold && right.get(one)?.has(answer.family ?? '') === true,
    ),
  };
}
