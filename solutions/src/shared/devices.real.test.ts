// needs: native
// level: all
/**
 * A GPT of the components trained on each device of this machine: the device changes the time, not
 * the path.
 */
import * as tf from "@tensorflow/tfjs-core";
import { chooseDevice } from "course";
import { afterAll, expect, test } from "vitest";
import {
  drawBatch,
  drawParams,
  gpt,
  gptStep,
  named,
  startOf,
  trainingStep,
  type Caches,
} from "../../../benchmarks/training/gpt.mjs";

const SIZE = { L: 2, C: 32, T: 16, B: 4, H: 4, V: 65 };
const STEPS = 50;
afterAll(() => chooseDevice("wasm"));

async function lossesOn(device: string): Promise<number[]> {
  await chooseDevice(device);
  const before = tf.memory().numTensors;
  const losses: number[] = [];
  let run = startOf(drawParams(SIZE));
  for (let i = 0; i < STEPS; i++) {
    const batch = drawBatch(SIZE, i % 5);
    const next = trainingStep(run, batch, SIZE);
    losses.push((await next.loss.data())[0]!);
    tf.dispose([next.loss, batch.inputs, batch.targets]);
    run = next;
  }
  tf.dispose([run.params, run.state.m, run.state.v]);
  expect(tf.memory().numTensors, "tensors left behind").toBe(before);
  return losses;
}

/**
 * The devices of this machine, the fastest first; plain CPU is the one that the others must agree
 * with.
 */
async function present(): Promise<string[]> {
  const works: string[] = [];
  for (const name of ["cuda", "webgpu", "native", "wasm"]) {
    await chooseDevice(name).then(
      () => works.push(name),
      () => undefined,
    );
  }
  return works;
}

test(`losses over ${STEPS} steps agree to 1e-3 on every device`, async () => {
  const expected = await lossesOn("cpu");
  expect(expected.at(-1)!).toBeLessThan(expected[0]! - 0.5); // it learns
  for (const device of await present()) {
    const furthest = Math.max(
      ...(await lossesOn(device)).map((loss, i) => Math.abs(loss - expected[i]!)),
    );
    expect(furthest, `${device} beside plain CPU`).toBeLessThan(1e-3);
  }
});

test("token by token with the cache gives what all tokens at once give", async () => {
  await chooseDevice("native");
  const params = named(drawParams(SIZE), SIZE);
  const ids = drawBatch(SIZE, 1).inputs;
  let caches: Caches[] = Array.from({ length: SIZE.L }, () => ({ k: null, v: null }));
  const rows: tf.Tensor[] = [];
  for (let t = 0; t < SIZE.T; t++) {
    const step = gptStep(ids.slice([0, t], [SIZE.B, 1]), params, SIZE, caches);
    rows.push(step.logits);
    caches = step.caches;
  }
  const difference = tf
    .concat(rows, 1)
    .sub(gpt(ids, params, SIZE))
    .abs()
    .max();
  expect((await difference.data())[0]!).toBeLessThan(1e-5);
});
