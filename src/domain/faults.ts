/** Something an operator can mend: what is wrong, where, and the cure. */
export interface Fault {
  /** `frauds/email.yml:12`, an environment variable, a port. */
  readonly where: string;
  readonly what: string;
  readonly cure: string;
}

/** Faults of an operator, all of them at once, so that one round of mending is enough. */
export class OperatorFault extends Error {
  override readonly name = 'OperatorFault';
  readonly faults: readonly Fault[];

  constructor(headline: string, faults: readonly Fault[]) {
    super(`${headline}\n${faults.map((fault) => `  ${formatFault(fault)}`).join('\n')}`);
    this.faults = faults;
  }
}

export function formatFault(fault: Fault): string {
  return `${fault.where}  ${fault.what}。怎么改：${fault.cure}`;
}
