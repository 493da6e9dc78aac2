import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { gptForward } from "../decoders/gptForward";
import { drawGpt, splitGpt } from "../decoders/gptWeights";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { gptWithHooks } from "./gptWithHooks";
import { patchActivation } from "./patchActivation";

checkReferences("patchActivation", patchActivation);

const size = { layers: 2, width: 8, heads: 2, vocabulary: 7, context: 6 };
const params = splitGpt(drawGpt(size, 3), size);
const row = (...ids: number[]) => tf.tensor2d([ids], [1, ids.length], "int32");
const [clean, corrupted] = [row(1, 2, 3, 4), row(1, 5, 3, 6)];
const patched = (...places: { layer: number; position: number }[]) =>
  patchActivation(clean, corrupted, params, { heads: 2, places });

test("nothing patched is the corrupted run, any whole layer the clean one", () => {
  expect(patched()).toMatchTensor(gptForward(corrupted, params, size), 1e-5);
  [0, 1, 2].forEach((layer) => {
    const whole = patched(...[0, 1, 2, 3].map((position) => ({ layer, position })));
    expect(whole).toMatchTensor(gptForward(clean, params, size), 1e-5);
  });
});

test("a place after the last block changes one position alone", () => {
  const [own, other] = [patched(), patched({ layer: 2, position: 1 })].map((t) => tf.unstack(t, 1));
  [0, 2, 3].forEach((t) => expect(other![t]!).toMatchTensor(own![t]!));
  expect(other![1]!).not.toMatchTensor(own![1]!, 1e-3);
});

test("without a hook gptWithHooks is gptForward, and a hook is used", () => {
  expect(gptWithHooks(clean, params, size)).toMatchTensor(gptForward(clean, params, size), 1e-5);
  const seen: string[] = [];
  const uniform = gptWithHooks(clean, params, {
    heads: 2,
    hook: (x, { layer, part }) => {
      seen.push(`${layer}.${part} [${x.shape.join(", ")}]`);
      return part === "weights" ? tf.onesLike(x).div(4) : x;
    },
  });
  expect(seen).toEqual([
    "0.stream [1, 4, 8]",
    "0.weights [1, 2, 4, 4]",
    "0.heads [1, 2, 4, 4]",
    "0.mlp [1, 4, 8]",
    "1.stream [1, 4, 8]",
    "1.weights [1, 2, 4, 4]",
    "1.heads [1, 2, 4, 4]",
    "1.mlp [1, 4, 8]",
    "2.stream [1, 4, 8]",
  ]);
  expect(uniform).not.toMatchTensor(gptForward(clean, params, size), 1e-3);
});

test("a place outside of the model", () => {
  expect(() => patched({ layer: 0, position: 4 })).toThrow(
    "patchActivation: expected places in layers 0 to 2 and positions 0 to 3, " +
      "got layer 0, position 4",
  );
});

test("no tensors left behind", () => {
  const places = [{ layer: 1, position: 2 }];
  expectNoLeak(patchActivation, clean, corrupted, params, { heads: 2, places });
});
