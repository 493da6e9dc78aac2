/** The shape of a Transformer as plain numbers: what it costs follows from these alone. */

export interface TransformerShape {
  /** L */
  layers: number;
  /** C */
  width: number;
  /** H, which divides the width */
  heads: number;
  /** G, which divides heads; as many as heads unless given */
  kvHeads?: number;
  /** F */
  ffWidth: number;
  /** V */
  vocabulary: number;
  /** M, the longest text that it reads */
  context: number;
  /** the head is the table of tokens once more, true unless given */
  tiedHead?: boolean;
  /** SwiGLU's three matrices in place of two, false unless given */
  gated?: boolean;
  /** of projections, feed-forward network and norms (beta), true unless given; the head has none */
  biases?: boolean;
  /** a table of M positions, true unless given */
  learnedPositions?: boolean;
}
