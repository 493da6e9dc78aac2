/**
 * What lesson 00 reaches: digits named by a softmax regression and by their nearest neighbor, on a
 * shuffled split and in the file's order.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, paths, random } from "grader";
import { beforeAll, expect, test } from "vitest";
import { oneHot, pairwiseDistances, softmax } from ".";

const TRAIN = 1297;
const SEED = 6;
const STEPS = 300;
const RATE = 3; // as in the lesson

type Split = { x: tf.Tensor; y: tf.Tensor; labels: number[] }; // [N, 64], [N, 10], [N]

let rows: number[][];
beforeAll(() => {
  const csv = gunzipSync(readFileSync(join(paths(courseRoot()).data, "digits.csv.gz"))).toString();
  rows = csv
    .trim()
    .split("\n")
    .map((line) => line.split(",").map(Number));
});

const fileOrder = () => [...rows.keys()];

function shuffled(seed: number): number[] {
  const order = fileOrder();
  const { int } = random(seed);
  for (let i = order.length - 1; i > 0; i--) {
    const j = int(0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function choose(ids: number[]): Split {
  const labels = ids.map((i) => rows[i]![64]!);
  const x = tf.tidy(() => tf.tensor2d(ids.map((i) => rows[i]!.slice(0, 64))).div(16));
  return { x, y: tf.tidy(() => oneHot(tf.tensor1d(labels, "int32"), 10)), labels };
}

const split = (order: number[]) => ({
  seen: choose(order.slice(0, TRAIN)),
  hidden: choose(order.slice(TRAIN)),
});

/** Descends along (p − y) / N from zero weights; the share of hidden digits it then gets right. */
function regression({ seen, hidden }: { seen: Split; hidden: Split }): number {
  let weights = { W: tf.zeros([64, 10]) as tf.Tensor, b: tf.zeros([10]) as tf.Tensor };
  for (let i = 0; i < STEPS; i++) {
    const next = tf.tidy(() => {
      const p = softmax(seen.x.matMul(weights.W).add(weights.b)); // [N, 10]
      const error = p.sub(seen.y).div(TRAIN);
      return {
        W: weights.W.sub(seen.x.transpose().matMul(error).mul(RATE)),
        b: weights.b.sub(error.sum(0).mul(RATE)),
      };
    });
    tf.dispose(weights);
    weights = next;
  }
  const guesses = tf.tidy(() => hidden.x.matMul(weights.W).add(weights.b).argMax(-1).dataSync());
  tf.dispose(weights);
  return share(hidden.labels, (label, i) => label === guesses[i]);
}

function nearest({ seen, hidden }: { seen: Split; hidden: Split }): number {
  const found: number[] = [];
  for (let i = 0; i < hidden.labels.length; i += 100) {
    const size = Math.min(100, hidden.labels.length - i);
    const ids = tf.tidy(() => {
      const some = hidden.x.slice([i, 0], [size, 64]);
      return pairwiseDistances(some, seen.x).argMin(-1).dataSync();
    });
    found.push(...ids);
  }
  return share(hidden.labels, (label, i) => label === seen.labels[found[i]!]);
}

const share = (labels: number[], right: (label: number, i: number) => boolean) =>
  labels.filter(right).length / labels.length;

test("softmax regression gets 95 of 100 hidden digits right, fewer in the file's own order", () => {
  const before = tf.memory().numTensors;
  const mixed = split(shuffled(SEED));
  const inOrder = split(fileOrder());
  const accuracy = regression(mixed);
  const accuracyInOrder = regression(inOrder);
  expect(accuracy).toBeGreaterThanOrEqual(0.95);
  expect(accuracyInOrder).toBeGreaterThan(0.9);
  expect(accuracy - accuracyInOrder).toBeGreaterThan(0.02);
  tf.dispose([mixed, inOrder]);
  expect(tf.memory().numTensors, "tensors left behind").toBe(before);
});

test("the nearest neighbor is better, and loses in the file's own order too", () => {
  const mixed = split(shuffled(SEED));
  const inOrder = split(fileOrder());
  expect(nearest(mixed)).toBeGreaterThanOrEqual(0.98);
  expect(nearest(inOrder)).toBeLessThan(0.97);
  tf.dispose([mixed, inOrder]);
});

test("sorted by writer: half of all nearest neighbors are on the same of fourteen forms", () => {
  const everything = choose(fileOrder());
  const digits = everything.labels.join("");
  const starts = [...digits.matchAll(/0?1234567890123456(78)?90123456789095/g)].map((m) => m.index);
  expect(starts).toHaveLength(14);
  const form = everything.labels.map((_, i) => starts.filter((start) => start <= i).length);
  const closest: number[] = [];
  for (let i = 0; i < form.length; i += 100) {
    const size = Math.min(100, form.length - i);
    const two = tf.tidy(() => {
      const some = everything.x.slice([i, 0], [size, 64]);
      return pairwiseDistances(some, everything.x).neg().topk(2).indices.dataSync();
    });
    for (let r = 0; r < size; r++) {
      closest.push(two[2 * r] === i + r ? two[2 * r + 1]! : two[2 * r]!);
    }
  }
  expect(share(form, (f, i) => f === form[closest[i]!])).toBeGreaterThan(0.5);
  tf.dispose([everything]);
});
