/**
 * What lesson 25 reaches: a router that plays favorites and one that doesn't, scans that forget and
 * one block of attention that repairs it, and RoPE's slow pairs divided.
 */
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, paths } from "grader";
import { registerWasmKernels } from "ops";
import { afterAll, beforeAll, expect, test } from "vitest";
import "../shared/shared.testing";
import { readTensorFile } from "../encoders/family.testing";
import { route } from "./route";

let stock: () => void;
beforeAll(() => {
  stock = registerWasmKernels();
});
afterAll(() => stock());

const { data } = paths(courseRoot());
const checkpoint = (name: string) =>
  readTensorFile(join(data, "checkpoints", `${name}.safetensors`));
const rows = (x: tf.Tensor) => x.arraySync() as number[][];

test("without help experts share the work unevenly, and eight of them beat a layer of one's size", () => {
  const { loads, losses } = checkpoint("experts-letters");
  const last = (help: number) =>
    rows(tf.tidy(() => loads!.gather([help]).squeeze([0]).gather([15], 1).squeeze([1])));
  const busiest = [0, 1, 2].map((help) => last(help).map((load) => Math.max(...load)));
  const [dense, , none, loss, bias] = rows(losses!) as [
    number[],
    number[],
    number[],
    number[],
    number[],
  ];
  console.log(
    `busiest of eight experts: ${busiest.map((all) => all.map((x) => x.toFixed(2)).join(" ")).join(" | ")}; ` +
      `nats per letter: dense ${dense[0]!.toFixed(3)}, experts ${none[0]!.toFixed(3)} ` +
      `${loss[0]!.toFixed(3)} ${bias[0]!.toFixed(3)}`,
  );
  [0, 1, 2].forEach((seed) => {
    expect(busiest[0]![seed]).toBeGreaterThan(busiest[2]![seed]! + 0.1);
    expect(Math.max(none[seed]!, loss[seed]!, bias[seed]!)).toBeLessThan(dense[seed]!);
  });
});

test("one block of attention repairs what three scans forget", () => {
  const right = checkpoint("experts-recall").right!.arraySync() as number[][][];
  const scans = right[0]!.map((noise) => noise[0]!);
  const hybrids = right[2]!.map((noise) => noise[0]!);
  console.log(`right letters: scans ${scans.join(" ")}, hybrids ${hybrids.join(" ")}`);
  expect(Math.min(...hybrids)).toBeGreaterThan(Math.max(...scans) + 0.1);
});

test("the router of the checkpoint keeps its balance on unseen numbers", () => {
  const { "bias.router": router, "bias.bias": bias } = checkpoint("experts-letters");
  const logits = tf.randomNormal([512, 48], 0, 1, "float32", 5).matMul(router!);
  const { gates, chosen } = route(logits, 1, { bias, capacity: 128 });
  expect(chosen.sum().dataSync()[0]).toBe(512);
  expect(gates.greater(0).sum(0).max().dataSync()[0]!).toBeLessThanOrEqual(128);
});
