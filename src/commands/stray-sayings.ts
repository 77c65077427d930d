import { readdir } from 'node:fs/promises';
import type { Mind } from '../conversation/index.ts';
import { type Fault, type Fraud, intentOf, REGISTERS } from '../domain/index.ts';
import { readYamlFile } from '../knowledge/index.ts';
import { SUSPICIOUS } from '../recognise/index.ts';

/**
 * Sayings that do not lead to their own fraud: not warned of, or its family not among the two that a resident would be
 * told. A saying is believed to be warned of when it comes this near to the level: the learned zero moves by as much when
 * other sayings are added.
 */
export async function findStraySayings(folder: string, mind: Mind): Promise<readonly Fault[]> {
  const names = (await readdir(`${folder}/frauds`)).filter((name) => name.endsWith('.yml')).sort();
  const faults: Fault[] = [];
  for (const name of names) {
    const fraud = mind.base.frauds.find((one) => `${one.id}.yml` === name);
    const stray = fraud ? straySayings(fraud, mind) : [];
    if (stray.length === 0) continue;
    const file = await readYamlFile(folder, `frauds/${name}`);
    for (const { path, saying, led } of stray) {
      faults.push({
        where: file.place(path),
        what: `说法“${saying}”没有认成“${fraud?.short}”，而是${led}`,
        cure: '在 signs 里加一条能认出这个套路的短语；或把说法写得更清楚；本来就含糊的，移到 vague 里只拿来教',
      });
    }
  }
  return faults;
}

/** Points on the scale of risk. */
const DRIFT = 0.5;

interface Stray {
  readonly path: readonly PropertyKey[];
  readonly saying: string;
  readonly led: string;
}

function straySayings(fraud: Fraud, mind: Mind): readonly Stray[] {
  return REGISTERS.flatMap((register) =>
    fraud.sayings[register].flatMap((saying, i): readonly Stray[] => {
      const { recognition, verdict } = mind.understand(saying);
      const warned = recognition.risk >= SUSPICIOUS - DRIFT || verdict.kind === 'first-aid';
      const named = recognition.types.slice(0, 2).some((type) => type.id === fraud.family);
      if (warned && named) return [];
      const led = warned
        ? `像“${recognition.types[0]?.entry ?? '没有类型'}”`
        : `没看出来（分数 ${recognition.risk}，${intentOf(verdict)}）`;
      return [{ path: ['sayings', register, i], saying, led }];
    }),
  );
}
