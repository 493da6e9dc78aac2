/**
 * Random weights of the layers on pairs as plain data, for cases of exercises, and as tensors, for
 * tests.
 */
import { toTensors, type Random, type Value } from "grader";

type Params = { [name: string]: Value };

export const drawNorm = (random: Random, width: number): Params => ({
  gamma: random.normal([width], 0.3, 1),
  beta: random.normal([width], 0.3),
});

const weight = (random: Random, rows: number, columns: number) =>
  random.normal([rows, columns], 1 / Math.sqrt(rows));

/** @param options biases of all six maps */
export function drawPairParams(
  random: Random,
  C: number,
  Ch: number,
  options: { biases?: boolean } = {},
): Params {
  const widths = { wA: Ch, gA: Ch, wB: Ch, gB: Ch, wOut: C, gOut: C };
  const maps = Object.fromEntries(
    Object.entries(widths).map(([name, columns]) => [
      name,
      weight(random, name === "wOut" ? Ch : C, columns),
    ]),
  );
  const params = { normIn: drawNorm(random, C), normOut: drawNorm(random, Ch), ...maps };
  if (!options.biases) return params;
  return {
    ...params,
    bias: Object.fromEntries(
      Object.entries(widths).map(([name, columns]) => [name, random.normal([columns], 0.5)]),
    ),
  };
}

/**
 * @param options D, 3 unless given; pair: the width of the pairs that give the bias; normPair:
 *   their norm too
 */
export function drawAttentionParams(
  random: Random,
  C: number,
  options: { heads: number; D?: number; pair?: number; normPair?: boolean; biases?: boolean },
): Params {
  const { heads, D = 3, pair, normPair, biases } = options;
  const width = heads * D;
  return {
    norm: drawNorm(random, C),
    wq: weight(random, C, width),
    wk: weight(random, C, width),
    wv: weight(random, C, width),
    wGate: weight(random, C, width),
    wo: weight(random, width, C),
    ...(pair ? { wBias: weight(random, pair, heads) } : {}),
    ...(pair && normPair ? { normPair: drawNorm(random, pair) } : {}),
    ...(biases ? { bGate: random.normal([width], 0.5), bo: random.normal([C], 0.5) } : {}),
  };
}

export function drawPointParams(
  random: Random,
  sizes: {
    C: number;
    Cz: number;
    D: number;
    heads: number;
    queryPoints: number;
    valuePoints: number;
    biases?: boolean;
  },
): Params {
  const { C, Cz, D, heads: H, queryPoints, valuePoints } = sizes;
  const widths = {
    q: H * D,
    k: H * D,
    v: H * D,
    qPoints: H * queryPoints * 3,
    kPoints: H * queryPoints * 3,
    vPoints: H * valuePoints * 3,
  };
  const maps = Object.fromEntries(
    Object.entries(widths).map(([name, columns]) => [`w${name}`, weight(random, C, columns)]),
  );
  const biases = sizes.biases
    ? Object.fromEntries(
        [...Object.entries(widths), ["o", C] as const].map(([name, columns]) => [
          `b${name}`,
          random.normal([columns], 0.5),
        ]),
      )
    : {};
  return {
    ...maps,
    wBias: weight(random, Cz, H),
    headScale: random.normal([H]),
    wo: weight(random, H * (D + 4 * valuePoints + Cz), C),
    ...biases,
  };
}

/** The same with tensors in place of data. */
export const tensorsOf = <T>(value: Value): T => toTensors(value) as T;
