/**
 * The two kinds of text tokenizer as plain data: what training makes, and all that encoding and
 * decoding need.
 */

/** Two neighbouring ids. */
export type Pair = [left: number, right: number];

export interface BpeModel {
  /**
   * The bytes of each id. The first 256 are single bytes: byte b is id b in a trained model, GPT-2
   * has OpenAI's own order.
   */
  vocab: Uint8Array[];
  /** Merge i makes id 256 + i. */
  merges: Pair[];
  /** Its matches are the words that are encoded one by one; flag g. */
  pattern: RegExp;
  /** Texts with an id of their own, which follow the last merge; they stand in vocab as UTF-8. */
  specials: Record<string, number>;
}

export interface WordPieceModel {
  /** The piece of each id; one that goes on inside a word opens with ##. */
  vocab: string[];
  ids: Map<string, number>;
  /** The piece that stands for a word that cannot be encoded. */
  unknown: string;
  /** Words of more code points are unknown. */
  maxWordLength: number;
  lowercase: boolean;
}
