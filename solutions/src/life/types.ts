/** What connects modalities: one vocabulary for all of them, and the segments of a sequence. */

/** One range of ids for each modality; 0 is padding. */
export interface UnifiedVocabulary {
  /** How many ids there are in all. */
  size: number;
  /** Token t of a modality has the id offset + t; begin and end surround its segments. */
  modalities: Record<string, { offset: number; size: number; begin: number; end: number }>;
}

/** Tokens of one modality, counted from 0 as its own tokenizer counts them. */
export interface Segment {
  modality: string;
  ids: number[];
}
