/** A Vision Transformer as plain data, and what it returns. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { BlockParams, NormParams } from "../encoders/types";

/**
 * patches: what embedPatches takes, w [P·P·channels, C], b [C], cls [C], positions
 * [1 + patches, C]; the blocks; and the norm after the last one.
 */
export interface VitParams {
  patches: { w: Tensor; b: Tensor; cls: Tensor; positions: Tensor };
  blocks: BlockParams[];
  norm: NormParams;
}

/**
 * tokens [B, T, C] with T = 1 + patches, the [class] token first; attention, for each block the
 * weights [B, H, T, T]. A type, since tf.tidy doesn't take an interface.
 */
export type VitOutput = { tokens: Tensor; attention: Tensor[] };
