import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, test } from "vitest";
import { registerWasmKernels } from "ops";
import { testMatMul } from "../fused/fused.testing";
import { expectAsOnCpu, normal } from "../ops.testing";

beforeAll(() => {
  registerWasmKernels();
});

describe("matMul", () => testMatMul("wasm"));

describe("fused.matMul", () => {
  test.each(["linear", "relu", "relu6", "elu", "sigmoid", "leakyrelu", "prelu"] as const)(
    "with bias and %s",
    (activation) =>
      expectAsOnCpu(
        "wasm",
        (a, b, bias, alpha) =>
          tf.fused.matMul({
            a: a as tf.Tensor2D,
            b: b as tf.Tensor2D,
            bias,
            activation,
            transposeB: true,
            leakyreluAlpha: 0.3,
            ...(activation === "prelu" ? { preluActivationWeights: alpha } : {}),
          }),
        [normal([7, 5], 1), normal([9, 5], 2), normal([9], 3), normal([9], 4)],
      ),
  );
  test("without bias", () =>
    expectAsOnCpu("wasm", (a, b) => tf.fused.matMul({ a: a as tf.Tensor2D, b: b as tf.Tensor2D }), [
      normal([7, 5], 1),
      normal([5, 9], 2),
    ]));
});
