/** What a server of language models keeps, as plain data. */
import type { Tensor } from "@tensorflow/tfjs-core";

/**
 * The keys and values of many texts in N pages of S tokens, k and v [N, S, G, D], G being the
 * groups of keys and D the head width. It is a type because tf.tidy's own types don't accept an
 * interface as a result.
 */
export type Pages = { k: Tensor; v: Tensor };

/** A request to a server, and how far it has come. All counts are in tokens. */
export interface Job {
  id: string;
  /** how long its prompt is, at least 1 */
  prompt: number;
  /** how many tokens it may write, at least 1 */
  most: number;
  /** how much of the prompt has been read; 0 while it waits */
  read: number;
}

/** What one pass may take. */
export interface PassLimits {
  /** tokens in one pass */
  budget: number;
  /** pages of the cache in all */
  pages: number;
  /** tokens in one page */
  size: number;
}

/** How many tokens of a job a pass takes. */
export interface Share {
  id: string;
  tokens: number;
}

/** A matrix [I, O] as whole numbers, and a scale for each of its O columns: w ≈ whole · scale. */
export interface QuantizedWeights {
  whole: number[][];
  scale: number[];
}
