/**
 * From noise to atoms: SampleDiffusion of AlphaFold 3 (Abramson et al. 2024, supplement, algorithm
 * 18), from random numbers that are given. The slope is taken at the noisy atoms, as in AlphaFold 3's
 * own code. What the denoiser knows about the sequence is left to the denoiser.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectBetween, expectLike, expectPositive } from "./checks";
import { expectFloats } from "../shared/shapes";
import { randomMove } from "./randomMove";
import type { AtomNoise, Denoiser } from "./types";

/**
 * Starts with levels[0]·start, and for each further level c, coming from the level p before it:
 *   x ← randomMove(x), with this step's quaternions and shifts
 *   t = p·(1 + γ), where γ = gamma0 if c > gammaMin, else 0
 *   y = x + noiseScale·√(t² − p²)·(this step's noise)
 *   x ← y + stepScale·(c − t)·(y − denoise(y, t))/t
 * @param denoise takes y [B, T, 3] and t for each chain, [B]; returns a tensor like y
 * @param noise start [B, T, 3], steps [N, B, T, 3], quaternions [N, B, 4], shifts [N, B, 3]
 * @param levels N + 1 noise levels that fall, all above 0 except perhaps the last
 * @param options gamma0 from 0 on, default 0.8; gammaMin from 0 on, default 1; noiseScale from 0 on,
 *   default 1.003; stepScale above 0, default 1.5
 * @returns [N + 1, B, T, 3]: the start, and x after each step
 * @throws when the noise doesn't fit, levels don't fall, or a number is out of range
 */
export function sampleAtoms(
  denoise: Denoiser,
  noise: AtomNoise,
  levels: number[],
  options: { gamma0?: number; gammaMin?: number; noiseScale?: number; stepScale?: number } = {},
): tf.Tensor {
  const { gamma0 = 0.8, gammaMin = 1, noiseScale = 1.003, stepScale = 1.5 } = options;
  expectFloats("sampleAtoms", "start", noise.start, ["B", "T", 3]);
  const [B, T] = noise.start.shape as [number, number];
  const N = levels.length - 1;
  const falls = levels.every((level, i) => i === 0 || (level >= 0 && level < levels[i - 1]!));
  if (N < 1 || !falls) {
    throw new Error(`sampleAtoms: expected two or more levels that fall, got [${levels.join()}]`);
  }
  expectFloats("sampleAtoms", "steps", noise.steps, [N, B, T, 3]);
  expectFloats("sampleAtoms", "quaternions", noise.quaternions, [N, B, 4]);
  expectFloats("sampleAtoms", "shifts", noise.shifts, [N, B, 3]);
  const numbers = { gamma0, gammaMin, noiseScale };
  for (const [name, value] of Object.entries(numbers)) {
    expectBetween("sampleAtoms", name, value, [0, Infinity]);
  }
  expectPositive("sampleAtoms", "stepScale", stepScale);
  // yours
  return tf.tidy(() => {
    const steps = tf.unstack(noise.steps);
    const quaternions = tf.unstack(noise.quaternions);
    const shifts = tf.unstack(noise.shifts);
    const frames = [noise.start.mul(levels[0]!)];
    for (let i = 0; i < N; i++) {
      const [before, level] = [levels[i]!, levels[i + 1]!];
      const moved = randomMove(frames[i]!, { quaternions: quaternions[i]!, shifts: shifts[i]! });
      const hat = before * (1 + (level > gammaMin ? gamma0 : 0));
      const added = noiseScale * Math.sqrt(hat ** 2 - before ** 2);
      const noisy = moved.add(steps[i]!.mul(added)); // [B, T, 3]
      const guess = denoise(noisy, tf.fill([B], hat));
      expectLike("sampleAtoms", "the guess", guess, noisy);
      const slope = noisy.sub(guess).div(hat);
      frames.push(noisy.add(slope.mul(stepScale * (level - hat))));
    }
    return tf.stack(frames);
  });
}
