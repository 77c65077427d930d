import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

class Slot {
  readonly name: PropertyKey;

  constructor(name: PropertyKey) {
    this.name = name;
  }
}

export type Run<Values, Row> = (db: Kysely<Tables>, values: Values) => Promise<Row[]>;

/**
 * A query that is built once and then run with other values: building costs several times what running does. `build`
 * gets stand-ins instead of values and may use each as often as it likes, but must not look at them.
 */
export function statement<Values extends object, Row>(build: (values: Values) => Compilable<Row>): Run<Values, Row> {
  const standIns = new Proxy({} as Values, { get: (_, name) => new Slot(name) });
  const { sql, query, queryId, parameters } = build(standIns).compile();
  const slots = parameters.map((parameter) =>
    parameter instanceof Slot ? (parameter.name as keyof Values) : undefined,
  );
  return async (db, values) => {
    const filled = slots.map((name, i) => (name === undefined ? parameters[i] : values[name]));
    const compiled = { sql, query, queryId, parameters: filled } as CompiledQuery<Row>;
    return (await db.executeQuery(compiled)).rows;
  };
}
