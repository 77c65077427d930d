/** No state is reached. */
export const NOWHERE = -1;

/**
 * A tree whose steps lead from a numbered state by a symbol (0 to 65,535: a UTF-16 unit, the number of a syllable) to the
 * next state. State 0 is the root. The steps stand in flat arrays with open addressing, so that one step costs about one
 * access to memory and none of them an object.
 */
export class SymbolTree {
  readonly #roots = new Int32Array(0x10000).fill(NOWHERE);
  #from = new Int32Array(FIRST_SIZE).fill(NOWHERE);
  #symbols = new Uint16Array(FIRST_SIZE);
  #to = new Int32Array(FIRST_SIZE);
  #mask = FIRST_SIZE - 1;
  #stored = 0;
  #states = 1;

  get states(): number {
    return this.#states;
  }

  /** The state behind `symbol`, or NOWHERE. */
  step(state: number, symbol: number): number {
    if (state === 0) return this.#roots[symbol] ?? NOWHERE;
    const slot = this.#find(state, symbol);
    return this.#from[slot] === NOWHERE ? NOWHERE : (this.#to[slot] ?? NOWHERE);
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

  #find(state: number, symbol: number): number {
    let slot = hash(state, symbol) & this.#mask;
    while (this.#from[slot] !== NOWHERE && (this.#from[slot] !== state || this.#symbols[slot] !== symbol))
      slot = (slot + 1) & this.#mask;
    return slot;
  }

  #store(state: number, symbol: number, to: number): void {
    if (this.#stored * 2 >= this.#from.length) this.#enlarge();
    const slot = this.#find(state, symbol);
    this.#from[slot] = state;
    this.#symbols[slot] = symbol;
    this.#to[slot] = to;
    this.#stored += 1;
  }

  #enlarge(): void {
    const [from, symbols, to] = [this.#from, this.#symbols, this.#to];
    const size = from.length * 2;
    this.#from = new Int32Array(size).fill(NOWHERE);
    this.#symbols = new Uint16Array(size);
    this.#to = new Int32Array(size);
    this.#mask = size - 1;
    this.#stored = 0;
    from.forEach((state, slot) => {
      if (state !== NOWHERE) this.#store(state, symbols[slot] ?? 0, to[slot] ?? NOWHERE);
    });
  }
}

/** A power of two, as the mask needs it. */
const FIRST_SIZE = 1024;

function hash(state: number, symbol: number): number {
  const mixed = Math.imul(state, 0x9e3779b1) ^ Math.imul(symbol, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
