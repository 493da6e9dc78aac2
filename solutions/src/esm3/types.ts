/**
 * Rigid frames, where a residue is and how it is turned, and the weights of what works on them, as
 * plain data.
 */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { NormParams } from "../encoders/types";

/**
 * A point p of the residue's own space lies at rotation·p + translation in the protein's.
 * rotation [..., 3, 3], whose columns are the residue's axes; translation [..., 3], its origin, in
 * the unit of the coordinates.
 */
export type Frames = {
  rotation: Tensor;
  translation: Tensor;
};

/**
 * norm over C; wIn [C, 5·H·3], wOut [H·3, C]; rotationScale and distanceScale [H], before the
 * softplus.
 */
export interface GeometricParams {
  norm: NormParams;
  wIn: Tensor;
  wOut: Tensor;
  rotationScale: Tensor;
  distanceScale: Tensor;
}

/**
 * ids int32 [B, N] of one track of a protein, and the table [size, C] that turns each id into a
 * vector.
 */
export interface Track {
  ids: Tensor;
  table: Tensor;
}
