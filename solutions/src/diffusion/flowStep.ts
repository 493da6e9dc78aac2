/**
 * One step along a velocity, as flow matching samples (Lipman et al. 2022, arXiv:2210.02747), by
 * Euler's or by Heun's method; Heun's as in EDM (Karras et al. 2022, arXiv:2206.00364, algorithm 1).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectBetween, expectPositive, expectLike } from "./checks";
import { expectDtype } from "../shared/shapes";

/**
 * Takes z from `time` to the earlier time `next`, with Δ = next − time:
 *   euler   z' = z + Δ·v(z, time)
 *   heun    z' = z + Δ·(v(z, time) + v(y, next))/2, where y is Euler's step
 * At next = 0 Heun's method is Euler's, since velocities such as (z − guess)/time have no value
 * there.
 * @param velocity takes z and a time, a number; returns a tensor like z
 * @param z [B, …], float32
 * @param time above 0
 * @param next from 0 to time
 * @param method default "euler"
 * @returns like z
 * @throws when a time is out of range, method is another word, or a velocity isn't like z
 */
export function flowStep(
  velocity: (z: tf.Tensor, time: number) => tf.Tensor,
  z: tf.Tensor,
  time: number,
  next: number,
  method: "euler" | "heun" = "euler",
): tf.Tensor {
  expectDtype("flowStep", "z", z, "float32");
  expectPositive("flowStep", "time", time);
  expectBetween("flowStep", "next", next, [0, time]);
  if (method !== "euler" && method !== "heun") {
    const got = JSON.stringify(method);
    throw new Error(`flowStep: expected method to be "euler" or "heun", got ${got}`);
  }
  // yours
  return tf.tidy(() => {
    const velocityAt = (y: tf.Tensor, t: number) => {
      const v = velocity(y, t);
      expectLike("flowStep", "velocity", v, z);
      return v;
    };
    const first = velocityAt(z, time);
    const euler = z.add(first.mul(next - time));
    if (method === "euler" || next === 0) return euler;
    const mean = first.add(velocityAt(euler, next)).div(2);
    return z.add(mean.mul(next - time));
  });
}
