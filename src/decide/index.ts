/** Picks one verdict from what was found, by ordered rules. Pure. */
export { type Circumstances, decide } from './decide.ts';
