/**
 * A backbone from its steps: each residue is placed by the one before it, so an error in one step
 * moves all that follow.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape } from "../shared/shapes";
import { composeFrames } from "./composeFrames";
import { framesFromBackbone } from "./framesFromBackbone";
import type { Frames } from "./types";

/**
 * Rebuilds the frames of a chain. The first one is at the origin with no rotation; frame i + 1 is
 * frame i composed with step i.
 * @param steps float32 [L − 1, 9], from backboneSteps: N, CA and C of each next residue, seen from
 *   the one before it
 * @returns rotation [L, 3, 3] and translation [L, 3]
 * @throws when steps isn't float32 [L − 1, 9], or the three atoms of a step lie on one line
 */
export function framesFromSteps(steps: tf.Tensor): Frames {
  expectShape("framesFromSteps", "steps", steps, ["L − 1", 9]);
  expectDtype("framesFromSteps", "steps", steps, "float32");
  // yours
  return tf.tidy(() => {
    const count = steps.shape[0]!;
    const atom = (i: number) => steps.slice([0, 3 * i], [count, 3]);
    const moves = framesFromBackbone(atom(0), atom(1), atom(2));
    const chain: Frames[] = [{ rotation: tf.eye(3), translation: tf.zeros([3]) }];
    for (let i = 0; i < count; i++) {
      const move = {
        rotation: moves.rotation.slice([i, 0, 0], [1, 3, 3]).squeeze([0]),
        translation: moves.translation.slice([i, 0], [1, 3]).squeeze([0]),
      };
      chain.push(composeFrames(chain[i]!, move));
    }
    return {
      rotation: tf.stack(chain.map((f) => f.rotation)),
      translation: tf.stack(chain.map((f) => f.translation)),
    };
  });
}
