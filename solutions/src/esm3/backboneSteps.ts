/**
 * The shape of a backbone as each residue sees it: where its next residue is. ESM3 looks at the
 * sixteen nearest residues and lets a network turn them into a code (Hayes et al. 2024,
 * doi:10.1101/2024.07.01.600583); one neighbor is the minimum that can be decoded again.
 */
import * as tf from "@tensorflow/tfjs-core";
import { applyFrames } from "./applyFrames";
import { expectChain } from "../shared/frameChecks";
import { framesFromBackbone } from "./framesFromBackbone";
import { invertFrames } from "./invertFrames";

/**
 * N, CA and C of residue i + 1, seen from the frame of residue i.
 * @param n [L, 3], the nitrogens of a chain of L residues, at least two
 * @param ca [L, 3], its Cα
 * @param c [L, 3], its carbonyl carbons
 * @returns [L − 1, 9], each row the three points N, CA, C
 * @throws when shapes differ, there are fewer than two residues, or the atoms of one lie on a line
 */
export function backboneSteps(n: tf.Tensor, ca: tf.Tensor, c: tf.Tensor): tf.Tensor {
  const L = expectChain("backboneSteps", n, ca, c);
  // yours
  return tf.tidy(() => {
    const first = (x: tf.Tensor) => x.slice([0, 0], [L - 1, 3]);
    const next = (x: tf.Tensor) => x.slice([1, 0], [L - 1, 3]);
    const local = invertFrames(framesFromBackbone(first(n), first(ca), first(c)));
    const seen = [n, ca, c].map((atom) => applyFrames(local, next(atom))); // three of [L − 1, 3]
    return tf.concat(seen, 1);
  });
}
