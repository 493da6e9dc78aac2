import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, paths } from "grader";
import { expect, test } from "vitest";
import "../shared/shared.testing";
import { readTensorFile } from "./family.testing";
import {
  attentionFromTransformers,
  bertFromTransformers,
  esmFromTransformers,
} from "./fromTransformers";

const checkpoint = (name: string) =>
  readTensorFile(join(paths(courseRoot()).data, "checkpoints", name));

test("matrices are transposed, all layers are found", () => {
  const weights = checkpoint("quote-bert.safetensors");
  const bert = bertFromTransformers(weights);
  expect(bert.blocks.length).toBe(2);
  expect(bert.blocks[1]!.mlp.w1.shape).toEqual([64, 256]);
  expect(attentionFromTransformers(weights, 1).wq).toMatchTensor(
    tf.transpose(weights["encoder.layer.1.attention.self.query.weight"]!),
  );
  expect(esmFromTransformers(checkpoint("hemopexin-esm.safetensors")).blocks.length).toBe(4);
});

test("what is missing is named", () => {
  expect(() => bertFromTransformers({})).toThrow(
    "fromTransformers: expected weights with embeddings.word_embeddings.weight, got 0 others",
  );
  expect(() => attentionFromTransformers({}, 0, "bert.")).toThrow(
    "expected weights with bert.encoder.layer.0.attention.self.query.weight",
  );
});
