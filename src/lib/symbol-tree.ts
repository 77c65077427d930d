/** No state is reached. */
export const NOWHERE = -1;

/** A cell holds the state it leads from, the symbol, the state it leads to, and one unused number that keeps it aligned. */
const CELL = 4;
/** Cells at the beginning; a power of two, as the mask needs it. */
const FIRST_CELLS = 1024;

/**
 * A tree whose steps lead from a numbered state by a symbol (0 to 65,535: a UTF-16 unit, the number of a syllable) to the
 * next state. State 0 is the root. The steps stand in one flat array with open addressing, a cell beside the other, so that
 * a step costs about one access to memory and makes no object.
 */
export class SymbolTree {
  readonly #roots = new Int32Array(0x10000).fill(NOWHERE);
  #cells = new Int32Array(FIRST_CELLS * CELL).fill(NOWHERE);
  #mask = FIRST_CELLS - 1;
  #stored = 0;
  #states = 1;

  get states(): number {
    return this.#states;
  }

  /** The state behind `symbol`, or NOWHERE. */
  step(state: number, symbol: number): number {
    if (state === 0) return this.#roots[symbol] ?? NOWHERE;
    return this.#cells[this.#find(state, symbol) + 2] ?? NOWHERE;
  }

  /** The state behind `symbol`; a new one where there was none. */
  grow(state: number, symbol: number): number {
    const known = this.step(state, symbol);
    if (known !== NOWHERE) return known;
    const next = this.#states;
    this.#states += 1;
    if (state === 0) this.#roots[symbol] = next;
    else this.#store(state, symbol, next);
    return next;
  }

  /** The state behind all units of a word, grown where it was missing. */
  growWord(word: string): number {
    let state = 0;
    for (let i = 0; i < word.length; i += 1) state = this.grow(state, word.charCodeAt(i));
    return state;
  }

  /** Where the cell of this step begins, or the empty cell where it would stand. */
  #find(state: number, symbol: number): number {
    const cells = this.#cells;
    let slot = hash(state, symbol) & this.#mask;
    for (;;) {
      const at = slot * CELL;
      const from = cells[at];
      if (from === NOWHERE || (from === state && cells[at + 1] === symbol)) return at;
      slot = (slot + 1) & this.#mask;
    }
  }

  #store(state: number, symbol: number, to: number): void {
    if (this.#stored * 4 > this.#mask * 3) this.#enlarge();
    const at = this.#find(state, symbol);
    this.#cells[at] = state;
    this.#cells[at + 1] = symbol;
    this.#cells[at + 2] = to;
    this.#stored += 1;
  }

  #enlarge(): void {
    const before = this.#cells;
    this.#cells = new Int32Array(before.length * 2).fill(NOWHERE);
    this.#mask = before.length / 2 - 1;
    this.#stored = 0;
    for (let at = 0; at < before.length; at += CELL) {
      const [state = NOWHERE, symbol = 0, to = NOWHERE] = before.subarray(at, at + CELL);
      if (state !== NOWHERE) this.#store(state, symbol, to);
    }
  }
}

function hash(state: number, symbol: number): number {
  const mixed = Math.imul(state, 0x9e3779b1) ^ Math.imul(symbol, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
