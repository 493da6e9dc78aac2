import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { registerWasmKernels } from "kernels";
import { PLAIN, testFlashAttention, testLayers } from "../fused/testing";

let undo: () => void;
beforeAll(() => {
  undo = registerWasmKernels();
});

describe("layers", () => testLayers("wasm"));
describe("FlashAttention", () => testFlashAttention("wasm"));

test("a process that takes only what tfjs lacks gets none of these names", () => {
  undo();
  undo = registerWasmKernels({ missing: true });
  for (const name of ["FlashAttention", ...Object.keys(PLAIN)]) {
    expect(tf.getKernel(name, "wasm")).toBeUndefined();
  }
  undo();
  registerWasmKernels();
});
