/**
 * What lesson 09 reaches: a GPT below three marks on letters it has never seen, and the real
 * SmolLM2, its tokens and its scores.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { parseGguf } from "course/gguf";
import { weights } from "course/weights";
import { courseRoot, paths } from "grader";
import { registerWasmKernels } from "ops";
import { afterAll, beforeAll, expect, test } from "vitest";
import "../shared/shared.testing";
import type { KvCache } from "../attention/types";
import { readLetters } from "../positions/letters.testing";
import { ggufTokenizer } from "./ggufTokenizer";
import { bigramEntropy } from "./bigramEntropy";
import { heldOutLoss, LARGE, readCheckpoint, SMALL, trainGpt } from "./letterGpt.testing";
import { llamaForward } from "./llamaForward";
import { llamaFromGguf, llamaOptions } from "./llamaFromGguf";
import { llamaStep } from "./llamaStep";
import { samplingProbabilities } from "./samplingProbabilities";

let stock: () => void;
beforeAll(() => {
  stock = registerWasmKernels();
});
afterAll(() => stock());

test(
  "a GPT trained as in the notebook, and the committed one, lie below uniform, unigram and " +
    "bigram entropy of the held-out letters",
  async () => {
    const { train, heldOut, V } = readLetters();
    const small = { ...SMALL, vocabulary: V };
    const large = { ...LARGE, vocabulary: V };
    const { weights } = await trainGpt(
      train,
      small,
      { steps: 400, texts: 16, rate: 6e-3 },
      () => undefined,
    );
    const trained = heldOutLoss(heldOut, weights, small, 16_384);
    const committed = heldOutLoss(heldOut, readCheckpoint(), large, 16_384);
    const bigram = bigramEntropy(heldOut, V);
    console.log(
      `held out, nats a letter: bigram ${bigram.toFixed(3)}, 400 steps ${trained.toFixed(3)}, ` +
        `the committed GPT ${committed.toFixed(3)}`,
    );
    // which is below the unigram's 3.33 and log V = 4.33
    expect(trained).toBeLessThan(bigram - 0.05);
    expect(committed).toBeLessThan(1.75);
  },
  300_000,
);

interface Prompt {
  text: string;
  ids: number[];
  top: [id: number, score: number, token: string][];
  greedy: number[];
}
interface Reference {
  prompts: Prompt[];
  questions: Prompt[];
  tokenizer: { text: string; ids: number[] }[];
  texts: Record<string, { count: number; sha256: string }>;
}
const { data, local } = paths(courseRoot());
const file = join(local, "weights", "smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf");
const installed = existsSync(file);
if (!installed) {
  console.warn(
    "SKIPPED: SmolLM2 against transformers; npx course weights smollm2 installs its weights",
  );
}

test.skipIf(!installed)(
  "SmolLM2's tokens, in 46 languages",
  () => {
    const { tokenizer, texts } = JSON.parse(
      readFileSync(join(data, "smollm2-reference.json"), "utf8"),
    ) as Reference;
    const { encode, decode } = ggufTokenizer(parseGguf(readFileSync(file), file).metadata);
    for (const { text, ids } of tokenizer) {
      expect(encode(text), text).toEqual(ids);
      expect(decode(ids), text).toBe(text);
    }
    const long = JSON.parse(
      gunzipSync(readFileSync(join(data, "texts.json.gz"))).toString("utf8"),
    ) as { name: string; text: string }[];
    for (const { name, text } of long) {
      const ids = encode(text);
      expect(
        {
          count: ids.length,
          sha256: createHash("sha256").update(JSON.stringify(ids)).digest("hex"),
        },
        name,
      ).toEqual(texts[name]);
    }
  },
  60_000,
);

test.skipIf(!installed)(
  "SmolLM2 scores the next token as transformers does, and writes the same, with a cache",
  async () => {
    const { prompts, questions } = JSON.parse(
      readFileSync(join(data, "smollm2-reference.json"), "utf8"),
    ) as Reference;
    const { metadata } = parseGguf(readFileSync(file), file);
    const options = llamaOptions(metadata);
    const { encode } = ggufTokenizer(metadata);
    const model = llamaFromGguf((await weights("smollm2"))!, options); // packed where that works
    const row = (ids: number[]) => tf.tensor([ids], [1, ids.length], "int32");
    for (const { text, ids, top, greedy } of [...prompts, ...questions]) {
      expect(encode(text)).toEqual(ids);
      let caches: KvCache[] = model.blocks.map(() => ({ k: null, v: null }));
      let next = ids;
      const written: number[] = [];
      const began = performance.now();
      for (const expected of greedy) {
        const step = llamaStep(row(next), caches, model, options);
        if (written.length === 0) {
          const scores = await step.logits.data();
          // 30 blocks in float32 against float64, scores of 10 to 35
          for (const [id, score] of top) expect(Math.abs(scores[id]! - score)).toBeLessThan(1e-4);
        }
        const best = (
          await samplingProbabilities(step.logits.squeeze([0]), { topK: 1 })
            .argMax(0)
            .data()
        )[0]!;
        tf.dispose(caches.flatMap(({ k, v }) => [k, v].filter((t) => t !== null)));
        caches = step.caches;
        next = [expected];
        written.push(best);
      }
      console.log(
        `${((greedy.length / (performance.now() - began)) * 1000).toFixed(1)} tokens a ` +
          "second, the prompt included",
      );
      expect(written).toEqual(greedy);
    }
    const { ids } = prompts[0]!;
    const whole = tf.tidy(() =>
      llamaForward(row(ids), model, options)
        .slice([0, ids.length - 1, 0], [1, 1, -1])
        .squeeze([0]),
    );
    expect(whole).toMatchTensor(
      llamaStep(
        row(ids),
        model.blocks.map(() => ({ k: null, v: null })),
        model,
        options,
      ).logits,
      1e-4,
    );
  },
  300_000,
);
