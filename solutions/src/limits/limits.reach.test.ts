/**
 * What lesson 14 reaches: cost counted and run, tokens that move, and chains that only a scratchpad
 * follows beyond its training.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, parseSafeTensors, paths, random, type TensorData } from "grader";
import { expect, test } from "vitest";
import "../shared/shared.testing";
import { encoderBlock } from "../encoders/encoderBlock";
import { encodeBpe } from "../text/encodeBpe";
import { kmerTokens } from "../life/kmerTokens";
import { loadGpt2 } from "../text/loadGpt2";
import { trainBpe } from "../text/trainBpe";
import type { BpeModel } from "../text/types";
import { countFlops } from "./countFlops";
import { runAutomaton } from "./runAutomaton";
import { sharedCuts } from "./sharedCuts";
import { trackerForward, type TrackerParams } from "./trackerForward";

const { data } = paths(courseRoot());
const mean = (y: number[]) => y.reduce((a, b) => a + b) / y.length;

test(
  "the products that a stack runs are those that countFlops counts, and the square of them is " +
    "attention's",
  async () => {
    const shape = { layers: 2, width: 32, heads: 4, ffWidth: 128, vocabulary: 1, context: 512 };
    const draw = (s: number[], seed: number) =>
      tf.randomNormal(s, 0, 0.1, "float32", seed) as tf.Tensor;
    const norm = { gamma: tf.ones([32]) as tf.Tensor, beta: tf.zeros([32]) as tf.Tensor };
    const block = (n: number) => ({
      norm1: norm,
      norm2: norm,
      attention: {
        wq: draw([32, 32], n),
        wk: draw([32, 32], n + 1),
        wv: draw([32, 32], n + 2),
        wo: draw([32, 32], n + 3),
      },
      mlp: { w1: draw([32, 128], n + 4), w2: draw([128, 32], n + 5) },
    });
    const blocks = [block(1), block(11)];
    const size = (s: number[]) => s.reduce((a, b) => a * b, 1);
    for (const T of [16, 32, 64]) {
      const x = draw([1, T, 32], T);
      const { kernels } = await tf.profile(() =>
        tf.tidy(() => blocks.reduce((h, p) => encoderBlock(h, p, { heads: 4 }), x)),
      );
      const run = kernels
        .filter(({ name }) => name.includes("MatMul"))
        .reduce((sum, { inputShapes, outputShapes }) => {
          const [a, b] = inputShapes.map((s) => size(s!)) as [number, number];
          const out = size(outputShapes[0]!);
          const batch = size(outputShapes[0]!.slice(0, -2));
          return sum + 2 * out * Math.sqrt((a * b) / (out * batch));
        }, 0);
      const { total, head } = countFlops(shape, T);
      expect(run).toBe(total - head);
    }
  },
);

const gpt2 = loadGpt2();
const lengths = (text: string, model: BpeModel = gpt2) =>
  encodeBpe(text, model).map((id) => model.vocab[id]!.length);

test("GPT-2 cuts numbers of four digits in five ways", () => {
  const ways = new Map<string, number>();
  for (let n = 1000; n < 10_000; n++) {
    const way = lengths(String(n)).join("+");
    ways.set(way, (ways.get(way) ?? 0) + 1);
  }
  expect(Object.fromEntries(ways)).toEqual({
    "2+2": 5807,
    "1+3": 2538,
    "3+1": 538,
    "4": 88,
    "1+2+1": 29,
  });
});

test("one declaration: twenty times as many tokens in Burmese as in English", () => {
  const texts = JSON.parse(
    gunzipSync(readFileSync(join(data, "texts.json.gz"))).toString("utf8"),
  ) as { name: string; text: string }[];
  const count = (name: string) => encodeBpe(texts.find((t) => t.name === name)!.text, gpt2).length;
  expect([count("English"), count("Burmese")]).toEqual([2036, 41_802]);
});

test("a genome shifted by one base: 6-mers side by side share no cut, BPE nearly all", () => {
  const lambda = gunzipSync(readFileSync(join(data, "lambda.fa.gz")))
    .toString("utf8")
    .split("\n")
    .slice(1)
    .join("");
  const model = trainBpe(lambda.slice(0, 24_000), 512);
  const stretch = lambda.slice(24_000, 36_000);
  const six = (s: string) => Array.from(kmerTokens(s, 6, 6), () => 6);
  for (const shift of [1, 2, 3, 4, 5]) {
    expect(sharedCuts(six(stretch), six(stretch.slice(shift)), shift)).toBe(0);
    expect(
      sharedCuts(lengths(stretch, model), lengths(stretch.slice(shift), model), shift),
    ).toBeGreaterThanOrEqual(0.99);
  }
  expect(sharedCuts(six(stretch), six(stretch.slice(6)), 6)).toBe(1);
});

const TASKS = [
  {
    name: "parity",
    trained: 10,
    table: [
      [0, 1],
      [1, 0],
    ],
  },
  {
    name: "cups",
    trained: 8,
    table: [
      [1, 0, 2],
      [0, 2, 1],
      [2, 1, 0],
    ],
  },
];
const LONG = 40;
const GAMES = 100;

function load(name: string): TrackerParams {
  const file = `checkpoints/${name}.safetensors`;
  const entries = [...parseSafeTensors(readFileSync(join(data, file)), file).tensors] as [
    string,
    TensorData,
  ][];
  return Object.fromEntries(
    entries.map(([key, t]) => [key, tf.tensor(t.data as Float32Array, t.shape, t.dtype)]),
  );
}

/**
 * The state after each move as the tracker names it; with a scratchpad it reads what it has
 * written. → [games, moves]
 */
function answers(
  games: number[][],
  kinds: number,
  params: TrackerParams,
  scratchpad: boolean,
): number[][] {
  const moves = tf.tensor(games, [GAMES, LONG], "int32") as tf.Tensor;
  const start = tf.fill([GAMES, 1], kinds, "int32") as tf.Tensor;
  if (!scratchpad) {
    return tf.tidy(
      () =>
        trackerForward(tf.concat([start, moves], 1), params)
          .argMax(-1)
          .slice([0, 1], [-1, LONG])
          .arraySync() as number[][],
    );
  }
  let ids = start;
  const said: number[][] = games.map(() => []);
  for (let t = 0; t < LONG; t++) {
    ids = tf.tidy(() => {
      const read = tf.concat([ids, moves.slice([0, t], [-1, 1])], 1);
      const state = trackerForward(read, params)
        .argMax(-1)
        .slice([0, 2 * t + 1], [-1, 1]);
      (state.arraySync() as number[][]).forEach(([s], i) => said[i]!.push(s!));
      return tf.concat([read, state.add(tf.scalar(kinds, "int32"))], 1);
    });
  }
  return said;
}

for (const { name, trained, table } of TASKS) {
  test(
    `${name}: right up to ${trained} moves directly, at chance beyond twice as many, nine of ` +
      `ten still right at ${LONG} with a scratchpad`,
    () => {
      const dice = random(14);
      const games = Array.from({ length: GAMES }, () =>
        Array.from({ length: LONG }, () => dice.int(0, table.length - 1)),
      );
      const truth = games.map((moves) => runAutomaton(table, moves));
      const chance = 1 / table[0]!.length;
      const right = (said: number[][], from: number, to: number) =>
        mean(
          said.flatMap((row, i) =>
            row.slice(from, to).map((s, t) => Number(s === truth[i]![from + t])),
          ),
        );
      const direct = answers(games, table.length, load(`tracker-${name}-direct`), false);
      const written = answers(games, table.length, load(`tracker-${name}-scratchpad`), true);
      expect(right(direct, 0, trained)).toBeGreaterThanOrEqual(0.99);
      expect(right(direct, 2 * trained, LONG)).toBeLessThanOrEqual(chance + 0.05);
      expect(right(written, 0, LONG)).toBeGreaterThanOrEqual(0.97);
      expect(right(written, LONG - 5, LONG)).toBeGreaterThanOrEqual(0.9);
    },
  );
}
