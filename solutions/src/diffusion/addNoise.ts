/**
 * The forward process: data on the way to noise. "edm" is Karras et al. 2022 (arXiv:2206.00364),
 * where time is the noise's deviation; "cosine" keeps the variance, as DDPM does (Ho et al. 2020,
 * arXiv:2006.11239, equation 4), on the schedule of Nichol & Dhariwal 2021 (arXiv:2102.09672,
 * equation 17, with s = 0); "flow" is a straight line (Lipman et al. 2022, arXiv:2210.02747).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectBetween, expectLike } from "./checks";
import { checkValues, expectDtype, expectFloats } from "../shared/shapes";
import { perRow } from "./perRow";
import type { NoisePath } from "./types";

/**
 * Mixes data and noise, each row at its own time: z = a·x + b·noise with
 *   edm      a = 1,            b = t,            t from 0 on
 *   cosine   a = cos(π/2·t),   b = sin(π/2·t),   t from 0 to 1
 *   flow     a = 1 − t,        b = t,            t from 0 to 1
 * @param x [B, …], float32
 * @param noise like x, standard normal
 * @param time [B], float32
 * @param path default "edm"
 * @returns like x
 * @throws when noise or time doesn't fit x, path is another word, or a time is out of range
 */
export function addNoise(
  x: tf.Tensor,
  noise: tf.Tensor,
  time: tf.Tensor,
  path: NoisePath = "edm",
): tf.Tensor {
  if (path !== "edm" && path !== "cosine" && path !== "flow") {
    const got = JSON.stringify(path);
    throw new Error(`addNoise: expected path to be "edm", "cosine" or "flow", got ${got}`);
  }
  expectDtype("addNoise", "x", x, "float32");
  expectLike("addNoise", "noise", noise, x);
  expectFloats("addNoise", "time", time, [x.shape[0] ?? 1]);
  checkValues(time, (values) =>
    values.forEach((t) => expectBetween("addNoise", "time", t, [0, path === "edm" ? Infinity : 1])),
  );
  // yours
  return tf.tidy(() => {
    const t = perRow(time, x);
    if (path === "edm") return x.add(noise.mul(t));
    if (path === "flow") return x.mul(t.neg().add(1)).add(noise.mul(t));
    const angle = t.mul(Math.PI / 2);
    return x.mul(angle.cos()).add(noise.mul(angle.sin()));
  });
}
