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
 * Embeds every track and adds them up: Σ over tracks of table[ids].
 * @param tracks at least one, each with ids int32 [B, N] and table [size, C]; B, N and C are the
 *   same for all
 * @returns [B, N, C]
 * @throws when there is no track, shapes differ, or an id isn't in its table
 */
export function fuseTracks(tracks: Track[]): tf.Tensor {
  expectTracks("fuseTracks", tracks);
  // yours
  return tf.tidy(() => {
    const embed = ({ ids, table }: Track) => linear(oneHot(ids, table.shape[0]!), table);
    return tf.addN(tracks.map(embed));
  });
}
