/** Rigid frames, the weights of geometric attention, and tracks, as plain data. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { NormParams } from "../encoders/types";

/**
 * Where a residue is: rotation [..., 3, 3], its axes as columns, and translation [..., 3], its
 * origin, in the unit of the coordinates. A point p in the residue's own space is at
 * rotation·p + translation in the protein's.
 */
export type Frames = {
  rotation: Tensor;
  translation: Tensor;
};

/** norm over C; wIn [C, 5·H·3], wOut [H·3, C]; rotationScale and distanceScale [H]. */
export interface GeometricParams {
  norm: NormParams;
  wIn: Tensor;
  wOut: Tensor;
  rotationScale: Tensor;
  distanceScale: Tensor;
}

/** One track of a protein: ids int32 [B, N], and the table [size, C] that embeds them. */
export interface Track {
  ids: Tensor;
  table: Tensor;
}
