/**
 * ESM3's input: a residue is the sum of what each track says about it (Hayes et al. 2024,
 * doi:10.1101/2024.07.01.600583).
 */
import * as tf from "@tensorflow/tfjs-core";
import { linear } from "../shared/linearWithGradient";
import { oneHot } from "../orientation/oneHot";
import { expectTracks } from "../shared/frameChecks";
import type { Track } from "./types";

/**
 * Σ over tracks of table[ids].
 * @param tracks at least one; ids int32 [B, N] and table [size, C] of each, N and C the same in all
 * @returns [B, N, C]
 * @throws when there is no track, shapes differ, or an id lies outside its table
 */
export function fuseTracks(tracks: Track[]): tf.Tensor {
  expectTracks("fuseTracks", tracks);
  // yours
  return tf.tidy(() =>
    tf.addN(tracks.map(({ ids, table }) => linear(oneHot(ids, table.shape[0]!), table))),
  );
}
