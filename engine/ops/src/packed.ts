/**
 * Weights that stay packed in memory: GGUF's blocks of 32 along each row. A device that has the
 * kernel PackedWeights makes a float32 tensor of them that unpacks itself only when its numbers are
 * read; products with few or many rows read the blocks.
 */

/** The packed types that kernels read: bytes per block of 32 weights, and GGUF's number. */
export const PACKED_TYPES = {
  Q4_1: { bytes: 20, number: 3 },
  Q8_0: { bytes: 34, number: 8 },
} as const;
export type PackedType = keyof typeof PACKED_TYPES;

/** Weights that share a scale. */
export const BLOCK = 32;

/** The name under which a device registers it: no inputs, PackedWeights as attributes. */
export const PACKED_WEIGHTS = "PackedWeights";
export interface PackedWeights {
  type: PackedType;
  /** [rows, width], width a multiple of 32. */
  shape: [number, number];
  /** Block after block, row after row. */
  bytes: Uint8Array;
}

export const isPackedType = (type: string): type is PackedType => Object.hasOwn(PACKED_TYPES, type);
