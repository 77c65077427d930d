/** Measures recognition on labelled messages: figures, by register and length, under attack, beside simpler ways. */
export { ATTACKS, type Attack } from './attacks.ts';
export { type Baseline, createBaselines } from './baselines.ts';
export { readLabelled } from './labelled.ts';
export { groupBy, type Judged, judge, type Labelled, LEFT_OUT, type Row, type Score, score, share } from './score.ts';
export { stageOf } from './stage.ts';
