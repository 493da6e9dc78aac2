import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { expect, test } from "vitest";
import {
  canGuard,
  forbiddenName,
  guardTfjs,
  refuseUnavailable,
  UNAVAILABLE_OP_KERNELS,
} from "./guard";

const names = ["softmax", "bandPart", "AdamOptimizer"];
const banned = (f: () => unknown) => {
  try {
    f();
    return undefined;
  } catch (e) {
    return forbiddenName((e as Error).message);
  }
};
const uses = [
  () => tf.softmax([1, 2]),
  () => tf.linalg.bandPart(tf.ones([2, 2]), 0, 0),
  () => tf.train.adam(0.1).applyGradients({}),
];

test("what is guarded works until it is forbidden, and again when the guard is gone", () => {
  const before = Object.getOwnPropertyDescriptor(tf.engine(), "startScope");
  const guard = guardTfjs({ names, backends: [tf.getBackend()], permanent: false });
  tf.tidy(() => {
    expect(uses.map(banned)).toEqual([undefined, undefined, undefined]);
    guard.forbid(names);
    expect(uses.map(banned)).toEqual(names);
    expect(banned(() => tf.softmax([1, 2]))).toBe("softmax");
    guard.remove();
    expect(uses.map(banned)).toEqual([undefined, undefined, undefined]);
  });
  expect(Object.getOwnPropertyDescriptor(tf.engine(), "startScope")).toEqual(before);
});

test("an exempt operation begins its own scope, and nothing else does", () => {
  const guard = guardTfjs({ names, backends: [], permanent: false });
  guard.forbid(names);
  const inside: (string | undefined)[] = [];
  const logits = tf.tensor1d([1, 2]);
  const { shape } = logits;
  const get = () => {
    inside.push(banned(() => tf.softmax([1, 2])));
    return shape;
  };
  Object.defineProperty(logits, "shape", { get });
  expect(banned(() => guard.exempt("softmax", tf.softmax)(logits))).toBeUndefined();
  expect(new Set(inside)).toEqual(new Set(["softmax"]));
  expect(banned(() => tf.softmax([1, 2]))).toBe("softmax");
  guard.remove();
});

test("a name that tfjs does not have, or that the guard cannot keep, is told", () => {
  expect([...names, "moments", "oneHot"].every(canGuard)).toBe(true);
  expect(["adam", "softMax", "tensor2d", "constructor", "train"].some(canGuard)).toBe(false);
});

test("what plain CPU computes, the child computes or refuses by name", () => {
  const namesOf = (backend: string) => tf.getKernelsForBackend(backend).map((k) => k.kernelName);
  const child = new Set([...namesOf("wasm"), ...UNAVAILABLE_OP_KERNELS]);
  expect(namesOf("cpu").filter((name) => !child.has(name))).toEqual([]);
});

test("what the child lacks is refused on another device, until the check is over", () => {
  const replaced = () =>
    tf.engine().runKernel(
      "StaticRegexReplace",
      { x: tf.tensor(["ab"]) },
      {
        pattern: "a",
        rewrite: "c",
        replaceGlobal: true,
      },
    );
  const before = tf.getBackend();
  tf.setBackend("cpu");
  tf.tidy(() => {
    const undo = refuseUnavailable("cpu");
    expect(replaced).toThrow("TensorFlow.js's StaticRegexReplace doesn't run when grading.");
    undo();
    expect((replaced() as tf.Tensor).dataSync()).toEqual(["cb"]);
  });
  tf.setBackend(before);
});
