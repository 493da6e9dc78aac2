import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { registerWasmKernels } from "ops";
import {
  PLAIN,
  testAttendWithCache,
  testFlashAttention,
  testLayers,
  testLinear,
} from "../fused/fused.testing";

let undo: () => void;
beforeAll(() => {
  undo = registerWasmKernels();
});

describe("layers", () => testLayers("wasm"));
describe("linear", () => testLinear("wasm"));
describe("FlashAttention", () => testFlashAttention("wasm"));
describe("AttendWithCache", () => testAttendWithCache("wasm"));

test("a process that takes only what tfjs lacks gets none of these names", () => {
  undo();
  undo = registerWasmKernels({ missing: true });
  for (const name of ["FlashAttention", "AttendWithCache", "Linear", ...Object.keys(PLAIN)]) {
    expect(tf.getKernel(name, "wasm")).toBeUndefined();
  }
  undo();
  registerWasmKernels();
});
