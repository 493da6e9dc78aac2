/** What every benchmark gives. */

/** One comparison: `ratio` says how many times better ours is, NaN where there is no peer. */
export interface Row {
  what: string;
  ours: string;
  peer: string;
  ratio: number;
}
