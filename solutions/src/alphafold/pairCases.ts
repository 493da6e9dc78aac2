/** Random weights of the layers on pairs, as plain data for exercises and as tensors for tests. */
import { toTensors, type Random, type Value } from "grader";

type Params = { [name: string]: Value };

export const drawNorm = (random: Random, width: number): Params => ({
  gamma: random.normal([width], 0.3, 1),
  beta: random.normal([width], 0.3),
});

const weight = (random: Random, rows: number, columns: number) =>
  random.normal([rows, columns], 1 / Math.sqrt(rows));

const bias = (random: Random, width: number) => random.normal([width], 0.5);

/** Draws one value for each width; names keep their order. */
const drawEach = (widths: Record<string, number>, draw: (width: number, name: string) => Value) =>
  Object.fromEntries(Object.entries(widths).map(([name, width]) => [name, draw(width, name)]));

/** @param options biases: of all six maps */
export function drawPairParams(
  random: Random,
  C: number,
  Ch: number,
  options: { biases?: boolean } = {},
): Params {
  const widths = { wA: Ch, gA: Ch, wB: Ch, gB: Ch, wOut: C, gOut: C };
  const rows = (name: string) => (name === "wOut" ? Ch : C);
  const maps = drawEach(widths, (width, name) => weight(random, rows(name), width));
  const params = { normIn: drawNorm(random, C), normOut: drawNorm(random, Ch), ...maps };
  if (!options.biases) return params;
  return { ...params, bias: drawEach(widths, (width) => bias(random, width)) };
}

interface AttentionSize {
  heads: number;
  /** width of a head, default 3 */
  D?: number;
  /** width of the pairs that give the bias, default no bias */
  pair?: number;
  /** also draw the norm of the pairs */
  normPair?: boolean;
  /** also draw bGate and bo */
  biases?: boolean;
}

export function drawAttentionParams(random: Random, C: number, options: AttentionSize): Params {
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
    ...(biases ? { bGate: bias(random, width), bo: bias(random, C) } : {}),
  };
}

interface PointSize {
  C: number;
  Cz: number;
  D: number;
  heads: number;
  queryPoints: number;
  valuePoints: number;
  biases?: boolean;
}

export function drawPointParams(random: Random, sizes: PointSize): Params {
  const { C, Cz, D, heads: H, queryPoints, valuePoints } = sizes;
  const [scalars, queries, values] = [H * D, H * queryPoints * 3, H * valuePoints * 3];
  const weights = { wq: scalars, wk: scalars, wv: scalars };
  const pointWeights = { wqPoints: queries, wkPoints: queries, wvPoints: values };
  const biasWidths = {
    bq: scalars,
    bk: scalars,
    bv: scalars,
    bqPoints: queries,
    bkPoints: queries,
    bvPoints: values,
    bo: C,
  };
  const maps = drawEach({ ...weights, ...pointWeights }, (width) => weight(random, C, width));
  const biases = sizes.biases ? drawEach(biasWidths, (width) => bias(random, width)) : {};
  return {
    ...maps,
    wBias: weight(random, Cz, H),
    headScale: random.normal([H]),
    wo: weight(random, H * (D + 4 * valuePoints + Cz), C),
    ...biases,
  };
}

/** The same with tensors instead of data. */
export const tensorsOf = <T>(value: Value): T => toTensors(value) as T;
