import { OperatorFault } from '../domain/index.ts';

/** A day as an operator writes it, 2026-11-24; anything else is his fault under the headline. */
export function dayFrom(text: string, option: string, headline: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text) return text;
  throw new OperatorFault(headline, [
    { where: `${option} ${text}`, what: '不是日子', cure: '写成 年-月-日，例如 2026-11-24' },
  ]);
}
