/** The shape of a Transformer as plain numbers: what it costs follows from these alone. */

export interface TransformerShape {
  /** L */
  layers: number;
  /** C */
  width: number;
  /** H, which divides the width */
  heads: number;
  /** G, which divides heads; default heads */
  kvHeads?: number;
  /** F */
  ffWidth: number;
  /** V */
  vocabulary: number;
  /** M, the longest text that it reads */
  context: number;
  /** the head is the table of tokens, default true */
  tiedHead?: boolean;
  /** SwiGLU's three matrices instead of two, default false */
  gated?: boolean;
  /** of projections, feed-forward network and norms (beta), default true; the head has none */
  biases?: boolean;
  /** a table of M positions, default true */
  learnedPositions?: boolean;
}
