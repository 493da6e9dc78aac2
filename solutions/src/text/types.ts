/** The two kinds of text tokenizer as plain data: all that encoding and decoding need. */

/** Two neighboring ids. */
export type Pair = [left: number, right: number];

export interface BpeModel {
  /**
   * The bytes of each id. The first 256 are single bytes: byte b is id b in a trained model, while
   * GPT-2 uses OpenAI's own order.
   */
  vocab: Uint8Array[];
  /** Merge i makes id 256 + i. */
  merges: Pair[];
  /** Matches the words that are encoded one by one; flag g. */
  pattern: RegExp;
  /** Strings with ids of their own, after the last merge; vocab holds them as UTF-8. */
  specials: Record<string, number>;
}

export interface WordPieceModel {
  /** The piece of each id; one that continues a word begins with ##. */
  vocab: string[];
  ids: Map<string, number>;
  /** The piece that stands for a word that can't be encoded. */
  unknown: string;
  /** Words of more code points than this are unknown. */
  maxWordLength: number;
  lowercase: boolean;
}
