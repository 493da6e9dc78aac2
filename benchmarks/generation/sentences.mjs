/**
 * MiniLM's sentence vectors by the course's components, on the device that COURSE_DEVICE names:
 * sentences per second, and how far they are from PyTorch's.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { refusedDevice } from "../device.mjs";

const SHARED = join(process.env.BENCH_PEERS, "sentences.json");
const ROUNDS = 7;

/** Why it can't run here. */
async function refusal() {
  if (!existsSync(SHARED)) return "its weights are missing: npx course weights minilm";
  return refusedDevice();
}

async function encoder() {
  const { weights } = await import("course");
  const { bertEncode, bertFromTransformers, encodeWordPiece, loadBertVocabulary, meanPool } =
    await import("solutions");
  const params = bertFromTransformers(await weights("minilm"));
  const vocabulary = loadBertVocabulary();
  return (texts) => {
    const rows = texts.map((text) => [101, ...encodeWordPiece(text, vocabulary), 102]);
    const T = Math.max(...rows.map((row) => row.length));
    return tf.tidy(() => {
      const padded = rows.map((row) => [...row, ...Array(T - row.length).fill(0)]);
      const ids = tf.tensor2d(padded, [rows.length, T], "int32");
      const lengths = tf.tensor1d(
        rows.map((row) => row.length),
        "int32",
      );
      return meanPool(bertEncode(ids, params, { heads: 12, lengths }), lengths);
    });
  };
}

/** The vectors, in batches of sentences that are about as long as each other. */
async function encodeAll(encode, texts, batch) {
  const order = texts.map((_, i) => i).sort((a, b) => texts[b].length - texts[a].length);
  const vectors = [];
  for (let start = 0; start < order.length; start += batch) {
    const places = order.slice(start, start + batch);
    const encoded = encode(places.map((i) => texts[i]));
    const rows = await encoded.array();
    encoded.dispose();
    places.forEach((i, row) => (vectors[i] = rows[row]));
  }
  return vectors;
}

async function run() {
  const { texts, batch, vectors: expected } = JSON.parse(readFileSync(SHARED, "utf8"));
  const encode = await encoder();
  const times = [];
  let vectors;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    vectors = await encodeAll(encode, texts, batch);
    times.push(performance.now() - start);
  }
  const median = times.sort((a, b) => a - b)[ROUNDS >> 1];
  const far = expected.flatMap((row, i) => row.map((x, j) => Math.abs(x - vectors[i][j])));
  return {
    "sentences encoded": {
      value: (1000 * texts.length) / median,
      unit: "per second",
      better: "more",
    },
    "largest difference from PyTorch's vectors": {
      value: Math.max(...far),
      unit: "",
      better: "less",
    },
  };
}

const refused = await refusal();
console.log(JSON.stringify(refused ? { refused } : await run()));
