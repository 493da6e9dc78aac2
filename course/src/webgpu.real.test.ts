// needs: webgpu
/** WebGPU on whatever adapter this machine has, a software one where there is no graphics card. */
import { readdirSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, judgeCase, loadContent, paths, runCase } from "grader";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chooseDevice, device } from "./device";
import { prepareWebgpu } from "./webgpu";

beforeAll(() => chooseDevice("webgpu"));
afterAll(() => chooseDevice("wasm"));

const exercises = readdirSync(paths(courseRoot()).solutionsDist, { recursive: true }).map((file) => /(\w+)\.exercise\.js$/.exec(String(file))?.[1]).filter((name) => name !== undefined);

test("a forced adapter computes; a software one is refused otherwise, with the way to have it all the same", async () => {
  expect(device()).toEqual({ name: "webgpu", label: "WebGPU" });
  expect(await tf.matMul(tf.ones([3, 5]), tf.ones([5, 2])).data()).toEqual(new Float32Array(6).fill(5));
  const no = await prepareWebgpu(false);
  if (no) expect(no.refused).toMatch(/^its only adapter is software \(.+\), slower than WebAssembly; COURSE_DEVICE=webgpu uses it all the same$/);
});

test("reading at once is refused in one sentence", async () => {
  const computed = tf.ones([200, 200]).matMul(tf.ones([200, 200]));
  expect(() => computed.dataSync()).toThrow("on WebGPU a tensor cannot be read at once: write await x.data()");
  expect((await computed.data())[0]).toBe(200);
  expect([...tf.tensor([1, 2]).dataSync()]).toEqual([1, 2]); // it has not left for the GPU
});

test("reductions of nothing", async () => {
  const empty = tf.zeros([2, 0]);
  expect(await empty.sum(1).array()).toEqual([0, 0]);
  expect(await empty.max(1, true).array()).toEqual([[-Infinity], [-Infinity]]);
  expect(await empty.prod(-1).array()).toEqual([1, 1]);
  expect(await tf.ones([2, 3]).sum(1).array()).toEqual([3, 3]);
});

test.each(exercises)("%s gives its reference answers", async (name) => {
  const { solution, exercise, references } = loadContent(courseRoot(), name);
  for (const c of references) {
    const verdict = judgeCase(c, await runCase(solution, c), exercise);
    expect(verdict.ok ? "" : `${c.says}: ${verdict.says}`).toBe("");
  }
});
