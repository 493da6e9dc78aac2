/**
 * What lesson 08 reaches: MiniLM's and AntiBERTy's own numbers, a search by meaning, a small ESM
 * against its family's profile.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, paths } from "grader";
import { registerWasmKernels } from "ops";
import { afterAll, beforeAll, expect, test } from "vitest";
import "../shared/shared.testing";
import { encodeWordPiece } from "../text/encodeWordPiece";
import { loadBertVocabulary } from "../text/loadBertVocabulary";
import { bertEncode } from "./bertEncode";
import { coursePassages } from "./coursePassages";
import {
  columnProfile,
  esmLosses,
  profileLosses,
  readFamily,
  readTensorFile,
} from "./family.testing";
import { esmContacts } from "./esmContacts";
import { esmEncode } from "./esmEncode";
import {
  bertFromTransformers,
  bertHeadFromTransformers,
  esmFromTransformers,
} from "./fromTransformers";
import { meanPool } from "./meanPool";
import { predictMasked } from "./predictMasked";

let stock: () => void;
beforeAll(() => {
  stock = registerWasmKernels();
});
afterAll(() => stock());

const { data, local } = paths(courseRoot());
const about = JSON.parse(readFileSync(join(data, "encoders.json"), "utf8")) as {
  texts: string[];
  chain: string;
  every: number;
  residues: string[];
};
const reference = () => readTensorFile(join(data, "encoders-reference.safetensors"));
const installed = (name: string, file: string) => {
  const path = join(local, "weights", name, file);
  const there = existsSync(path);
  if (!there) {
    console.warn(`SKIPPED: what needs ${name}; npx course weights ${name} installs its weights`);
  }
  return { there, load: () => readTensorFile(path) };
};
const minilm = installed("minilm", "model.safetensors");
const antiberty = installed("antiberty", "pytorch_model.safetensors");
const esm2 = installed("esm2", "pytorch_model.safetensors");

function sentenceEncoder(
  weights: Record<string, tf.Tensor>,
): (texts: string[], longest?: number) => tf.Tensor {
  const vocabulary = loadBertVocabulary();
  const params = bertFromTransformers(weights);
  return (texts, longest = 128) =>
    tf.tidy(() => {
      const rows = texts.map((text) => [
        101,
        ...encodeWordPiece(text, vocabulary).slice(0, longest - 2),
        102,
      ]);
      const T = Math.max(...rows.map((r) => r.length));
      const lengths = tf.tensor1d(
        rows.map((r) => r.length),
        "int32",
      );
      const ids = tf.tensor2d(
        rows.map((r) => [...r, ...Array<number>(T - r.length).fill(0)]),
        undefined,
        "int32",
      );
      return meanPool(bertEncode(ids, params, { heads: 12, lengths }), lengths);
    });
}

test.skipIf(!minilm.there)("MiniLM gives Hugging Face's vectors, cosine at least 0.9999", () => {
  const cosines = sentenceEncoder(minilm.load())(about.texts).mul(reference().minilm!).sum(-1);
  expect(Math.min(...cosines.dataSync())).toBeGreaterThanOrEqual(0.9999);
});

test.skipIf(!minilm.there)("a search by meaning finds the lesson of a question", () => {
  const encode = sentenceEncoder(minilm.load());
  const passages = coursePassages();
  const library = tf.concat(
    Array.from({ length: Math.ceil(passages.length / 64) }, (_, i) =>
      encode(
        passages.slice(64 * i, 64 * i + 64).map((p) => `${p.heading}: ${p.text}`),
        32,
      ),
    ),
  );
  const wanted: [question: string, lesson: string][] = [
    ["Why do English words cost fewer tokens than Thai ones?", "01-text"],
    ["compressing pictures into a few discrete codes", "02-image-tokens"],
    ["How does a model know which word comes first?", "04-positions"],
    ["keeping activations from vanishing in deep networks", "05-blocks"],
    ["Which word does a pronoun refer to?", "06-attention"],
    ["reading a whole book without running out of memory", "07-cheaper-attention"],
  ];
  const scores = encode(wanted.map(([question]) => question)).matMul(library, false, true);
  const best = tf.topk(scores, 3).indices.arraySync() as number[][];
  const found = wanted.filter(([, lesson], i) =>
    best[i]!.some((p) => passages[p]!.lesson === lesson),
  );
  expect(
    found.length,
    `found: ${found.map(([question]) => question).join(" · ")}`,
  ).toBeGreaterThanOrEqual(5);
});

test.skipIf(!antiberty.there)(
  "AntiBERTy fills each hidden residue of an antibody as transformers does",
  () => {
    const weights = antiberty.load();
    const params = bertFromTransformers(weights, "bert.");
    const { chain, every, residues } = about;
    const ids = ["[CLS]", ...chain, "[SEP]"].map((t) => residues.indexOf(t));
    const mask = residues.indexOf("[MASK]");
    const batch = tf.tensor2d(
      Array.from({ length: every }, (_, n) =>
        ids.map((id, t) => (t > 0 && t <= chain.length && (t - 1) % every === n ? mask : id)),
      ),
      undefined,
      "int32",
    );
    const all = tf.tidy(() =>
      predictMasked(
        bertEncode(batch, params, { heads: 8 }),
        params.tokens,
        bertHeadFromTransformers(weights),
      ),
    );
    const logits = tf.gatherND(
      all,
      tf.tensor2d(
        Array.from(chain, (_, i) => [i % every, i + 1]),
        undefined,
        "int32",
      ),
    ); // [residues of the chain, V]
    const { antiberty: expected } = reference();
    expect(logits.sub(expected!).abs().max().dataSync()[0]).toBeLessThan(1e-3);
    expect(logits.argMax(-1)).toMatchTensor(expected!.argMax(-1));
  },
);

test.skipIf(!esm2.there)(
  "ESM-2 gives transformers' vectors of GB1 and contacts of ubiquitin",
  () => {
    const weights = esm2.load();
    const params = esmFromTransformers(weights);
    const named = (file: string) => JSON.parse(readFileSync(join(data, file), "utf8")) as unknown;
    const idsOf = (letters: string) => {
      const ids = [...letters].map((c) => 4 + "LAGVSERTIDPKQNFYMHWC".indexOf(c));
      return tf.tensor2d([[0, ...ids, 2]], undefined, "int32");
    };
    const expected = readTensorFile(join(data, "esm2-reference.safetensors"));
    const options = { heads: 20, maskId: 32 };
    const gb1 = (named("gb1.json") as { sequence: string }).sequence;
    const vectors = esmEncode(idsOf(`M${gb1}`), params, options).squeeze([0]);
    expect(vectors.slice([2, 0], [gb1.length, -1])).toMatchTensor(expected.gb1!, 1e-3);
    const ubiquitin = (named("chains.json") as { sequence: string }[])[0]!.sequence;
    const at = "esm.contact_head.regression.";
    const head = { w: weights[`${at}weight`]!, b: weights[`${at}bias`]! };
    const contacts = esmContacts(idsOf(ubiquitin), params, head, options);
    expect(contacts).toMatchTensor(expected.contacts!, 1e-3);
  },
);

test("the small ESM beats its family's column profile on held-out sequences", () => {
  const stated = JSON.parse(
    readFileSync(join(data, "checkpoints", "hemopexin-esm.json"), "utf8"),
  ) as {
    heads: number;
    profile: { pseudo: number };
    loss: { test: { profile: number[]; esm: number[] } };
  };
  const members = readFamily();
  const heldOut = members.filter((m) => m.part === "test");
  const profile = columnProfile(members, stated.profile.pseudo);
  const mean = (losses: number[][]) => losses.flat().reduce((a, b) => a + b) / losses.flat().length;
  expect(mean(heldOut.map((m) => profileLosses(profile, m)))).toBeCloseTo(
    stated.loss.test.profile[0]!,
    3,
  );
  const some = heldOut.filter((_, i) => i % 10 === 0);
  const losses = esmLosses(
    readTensorFile(join(data, "checkpoints", "hemopexin-esm.safetensors")),
    stated.heads,
  );
  const esm = mean(some.map(losses));
  const column = mean(some.map((m) => profileLosses(profile, m)));
  expect(Math.exp(esm), "pseudo-perplexity").toBeLessThan(Math.exp(column));
  expect(
    stated.loss.test.esm[0],
    "over all held-out sequences, as the training measured",
  ).toBeLessThan(stated.loss.test.profile[0]!);
});
