/** The given compositions: backbone update, Evoformer and Pairformer blocks, structure module. */
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { backboneUpdate } from "./backboneUpdate";
import { evoformerBlock } from "./evoformerBlock";
import { pairformerBlock } from "./pairformerBlock";

checkReferences("backboneUpdate", backboneUpdate);
checkReferences("evoformerBlock", evoformerBlock);
checkReferences("pairformerBlock", pairformerBlock);

test("rotations are rotations, whatever the six numbers", () => {
  const { rotation } = backboneUpdate(tf.randomNormal([6, 6], 0, 10, "float32", 1));
  expect(rotation.matMul(rotation, false, true)).toMatchTensor(
    tf.eye(3).expandDims(0).tile([6, 1, 1]),
    1e-5,
  );
});

test("no tensors left behind", () => expectNoLeak(backboneUpdate, tf.ones([3, 6])));
