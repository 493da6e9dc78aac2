/** What lesson 16 reaches: lesson 09's GPT of letters with its blocks' matrices in four bits. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, paths } from "grader";
import { expect, test } from "vitest";
import "../shared/shared.testing";
import { splitGpt, type GptSize } from "../decoders/gptWeights";
import { excerpts, LARGE, readCheckpoint } from "../decoders/letterGpt.testing";
import { nextTokenLoss } from "../decoders/nextTokenLoss";
import type { GptParams } from "../decoders/types";
import { packInt4, unpackInt4 } from "./int4";

const TEXTS = 32;

/** The last tenth of the plays, as ids in the order of the letters. */
function heldOut(): { ids: Int32Array; vocabulary: number } {
  const file = join(paths(courseRoot()).data, "shakespeare.txt.gz");
  const text = gunzipSync(readFileSync(file)).toString("utf8");
  const alphabet = [...new Set(text)].sort();
  const place = new Map(alphabet.map((c, i) => [c, i]));
  const ids = Int32Array.from(text, (c) => place.get(c)!);
  return { ids: ids.subarray(Math.floor(0.9 * ids.length)), vocabulary: alphabet.length };
}

const rounded = async (w: tf.Tensor) =>
  w.rank === 2 ? (await unpackInt4(await packInt4(w.transpose()))).transpose() : w;

async function roundAll<P extends object>(params: P): Promise<P> {
  const entries = Object.entries(params as Record<string, tf.Tensor>);
  const there = entries.map(async ([name, w]) => [name, await rounded(w)] as const);
  return Object.fromEntries(await Promise.all(there)) as P;
}

test("four bits cost the letter GPT less than 0.015 nats per letter", async () => {
  const { ids, vocabulary } = heldOut();
  const size: GptSize = { ...LARGE, vocabulary };
  const gpt = splitGpt(readCheckpoint(), size);
  const inFour = gpt.blocks.map(async (block) => ({
    ...block,
    attention: await roundAll(block.attention),
    mlp: await roundAll(block.mlp),
  }));
  const blocks = await Promise.all(inFour);
  const starts = Array.from({ length: TEXTS }, (_, i) => i * size.context);
  const texts = excerpts(ids, starts, size.context + 1);
  const loss = (params: GptParams) => nextTokenLoss(texts, params, size).dataSync()[0]!;
  const [full, four] = [loss(gpt), loss({ ...gpt, blocks })];
  expect(full).toBeLessThan(1.72);
  expect(four).toBeGreaterThan(full); // the rounding is there
  expect(four - full).toBeLessThan(0.015);
});
