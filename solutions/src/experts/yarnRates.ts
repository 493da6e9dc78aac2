/**
 * RoPE's rates for texts longer than those of training: YaRN's interpolation by parts (Peng et al.
 * 2023, arXiv:2309.00071, §3.2). Left out is its factor for the scores, 0.1·ln(scale) + 1. The
 * authors' code draws its ramp over the number of the pair; this is the formula of the paper, whose
 * ramp is over turns.
 */
import { expectCount } from "../shared/shapes";

/**
 * The angle per place of each of the D/2 pairs, from the fastest to the slowest. A pair with rate
 * θ_i = base^(−2i/D) makes r_i = length·θ_i/(2π) turns in a text of training. Pairs with `fast`
 * turns or more keep their rate, those with `slow` turns or fewer are divided by scale, and between
 * the two both are mixed:
 *   γ = clip((r_i − slow)/(fast − slow), 0, 1),  rate_i = γ·θ_i + (1 − γ)·θ_i/scale
 * @param D the head width, even
 * @param options length: tokens per text in training; scale: how many times longer texts are to
 *   be, from 1 on, 1 unless given; base, 10,000 unless given; slow, 1, and fast, 32 unless given
 * @returns D/2 numbers
 * @throws when D is odd, or an option is out of range
 */
export function yarnRates(
  D: number,
  options: { length: number; scale?: number; base?: number; slow?: number; fast?: number },
): number[] {
  const { length, scale = 1, base = 10_000, slow = 1, fast = 32 } = options;
  expectCount("yarnRates", "D", D, 2);
  if (D % 2 !== 0) throw new Error(`yarnRates: expected an even D, got ${D}`);
  expectCount("yarnRates", "length", length);
  if (!(scale >= 1)) throw new Error(`yarnRates: expected scale from 1 on, got ${scale}`);
  if (!(base > 0)) throw new Error(`yarnRates: expected base above 0, got ${base}`);
  if (!(slow >= 0)) throw new Error(`yarnRates: expected slow from 0 on, got ${slow}`);
  if (!(fast > slow)) throw new Error(`yarnRates: expected fast above ${slow}, got ${fast}`);
  // yours
  return Array.from({ length: D / 2 }, (_, i) => {
    const rate = base ** ((-2 * i) / D);
    const turns = (length * rate) / (2 * Math.PI);
    const kept = Math.min(1, Math.max(0, (turns - slow) / (fast - slow)));
    return kept * rate + ((1 - kept) * rate) / scale;
  });
}
