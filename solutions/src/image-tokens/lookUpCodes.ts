/**
 * Rows of a codebook by their ids, with the gradient that a table needs: a row receives what all
 * its readers send back. tf.gather's own gradient is an operation that stock WASM lacks; here the
 * gradient is a product with one-hot rows.
 */
import * as tf from "@tensorflow/tfjs-core";
import { oneHot } from "../orientation/oneHot";
import { expectRank } from "../shared/shapes";
import { expectCodeIds } from "./checks";

/**
 * result[..., :] = codebook[ids[...], :]
 * @param codebook float32 [K, D]
 * @param ids int32 [...], each from 0 to K − 1
 * @returns [..., D], differentiable by the codebook
 * @throws when the codebook is not a matrix, or ids are not int32 or lie outside it
 */
export function lookUpCodes(codebook: tf.Tensor, ids: tf.Tensor): tf.Tensor {
  expectRank("lookUpCodes", "codebook", codebook, 2);
  const [K, D] = codebook.shape as [number, number];
  expectCodeIds("lookUpCodes", ids, K);
  return tf.tidy(() => {
    const places = ids.flatten(); // [N]
    const read = tf.customGrad((table, save) => {
      (save as tf.GradSaveFunc)([places]);
      return {
        value: tf.gather(table as tf.Tensor, places), // [N, D]
        gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
          oneHot(saved[0]!, K).matMul(dy, true, false), // [K, N]·[N, D]
      };
    });
    return read(codebook).reshape([...ids.shape, D]);
  });
}
