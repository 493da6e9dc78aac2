import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { dpoLoss } from "./dpoLoss";

checkReferences("dpoLoss", dpoLoss);

const pairs = (chosen: number[], rejected: number[]) => ({
  chosen: tf.tensor1d(chosen),
  rejected: tf.tensor1d(rejected),
});

test("by hand: e times as likely as before against 1/e times, beta ½", () => {
  const loss = dpoLoss(pairs([-1], [-5]), pairs([-2], [-4]), { beta: 0.5 });
  expect(loss).toMatchTensor(tf.scalar(Math.log(1 + Math.exp(-1))));
});

test("its minimum is π_ref·exp(reward / β), normalized: a bandit's closed form", () => {
  const rewards = [0, 1, -0.5, 2];
  const reference = [0.4, 0.3, 0.2, 0.1];
  const beta = 0.7;
  const unnormalized = reference.map((p, i) => p * Math.exp(rewards[i]! / beta));
  const total = unnormalized.reduce((a, b) => a + b);
  const best = tf.tensor1d(unnormalized.map((p) => Math.log(p / total)));
  const slopes = tf.grad((logits) => {
    const policy = tf.unstack(tf.logSoftmax(logits));
    const losses = rewards.flatMap((a, i) =>
      rewards.map((b, j) => {
        const each = (x: tf.Tensor[]) => ({
          chosen: x[i]!.reshape([1]),
          rejected: x[j]!.reshape([1]),
        });
        const before = reference.map((p) => tf.scalar(Math.log(p)));
        const wins = 1 / (1 + Math.exp(b - a)); // Bradley and Terry's share
        return dpoLoss(each(policy), each(before), { beta }).mul(wins);
      }),
    );
    return tf.addN(losses);
  })(best);
  expect(slopes).toMatchTensor(tf.zeros([4]), 1e-6);
});

test("what doesn't fit", () => {
  expect(() => dpoLoss(pairs([0], [0]), pairs([0], [0]), { beta: 0 })).toThrow(
    "dpoLoss: expected beta to be a finite number above 0, got 0",
  );
});

test("no tensors left behind", () => {
  expectNoLeak(dpoLoss, pairs([-1], [-2]), pairs([-2], [-2]));
});
