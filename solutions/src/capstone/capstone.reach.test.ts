/**
 * What lesson 15 reaches: pictures written at temperature 1 from captions, named by a judge of
 * their own, as varied as real ones, and not copied.
 */
import * as tf from "@tensorflow/tfjs-core";
import { registerWasmKernels } from "ops";
import { afterAll, beforeAll, expect, test } from "vitest";
import "../shared/shared.testing";
import {
  caption,
  captionRows,
  CROSS,
  crossLoss,
  crossOf,
  crossStep,
  describe,
  gptOf,
  gptStep,
  idsOf,
  inParts,
  kinds,
  mean,
  measure,
  NAMES,
  nearest,
  pages,
  pictureOf,
  pictures,
  picturesLoss,
  readCheckpoint,
  SEEN,
  shades,
  SIZE,
  words,
  writeCross,
  writeGpt,
  writeMany,
  type Measured,
} from "./capstone.testing";
import { decodeTarget } from "../encoder-decoder/decodeTarget";
import { encodeSource } from "../encoder-decoder/encodeSource";
import { gptForward } from "../decoders/gptForward";

let stock: () => void;
beforeAll(() => {
  stock = registerWasmKernels();
});
afterAll(() => stock());

const UNSEEN = 1000;
const places = Array.from({ length: UNSEEN }, (_, i) => SEEN + i);
const of = places.map((n) => kinds[n]!);
const shadesOf = places.map((n) => shades[n]!);
const flat = (f: (n: number[]) => tf.Tensor) =>
  inParts(UNSEEN, (at, size) => f(places.slice(at, at + size)).reshape([size, 784]));
const captions = places.map((_, i) => caption(of[i]!, shadesOf[i]));
const drawnFrom = (written: number[][]) =>
  inParts(UNSEEN, (at, size) =>
    pictureOf(tf.tensor2d(written.slice(at, at + size), undefined, "int32")),
  );

const judged = () => readCheckpoint("clothes-judge");
const decoder = () => gptOf(readCheckpoint("clothes-gpt"));
const line = (name: string, ...values: number[]) =>
  console.log(`${name.padEnd(12)} ${values.map((v) => v.toFixed(3).padStart(8)).join("")}`);

test("pictures at temperature 1 are recognized, vary like real ones, and aren't copies", () => {
  const at = (x: tf.Tensor) => measure(x, of, shadesOf, judged());
  const rebuilt = flat((n) => pictureOf(idsOf(pictures(n))));
  const gpt = decoder();
  const written = writeMany(captions, (texts, seed) => writeGpt(texts, gpt, seed));
  const cross = crossOf(readCheckpoint("clothes-cross"));
  const alternative = writeMany(captions, (texts, seed) => writeCross(texts, cross, seed));
  const ours = drawnFrom(written);
  const theirs = drawnFrom(alternative);
  const all = [flat(pictures), rebuilt, ours, theirs].map(at);
  const [real, again, ...models] = all as [Measured, Measured, ...Measured[]];
  console.log("right: real, reconstructed, decoder, encoder–decoder; spread: the same");
  NAMES.forEach((name, k) =>
    line(name, ...all.map((m) => m.right[k]!), ...all.map((m) => m.spreads[k]!)),
  );
  const share = (m: Measured) => of.reduce((sum, kind) => sum + m.right[kind]!, 0) / UNSEEN;
  const spreads = (m: Measured) => m.spreads.map((spread, k) => spread / real.spreads[k]!);
  line("all", ...all.map(share), ...all.map((m) => mean(spreads(m))));
  line("shade right", ...all.map((m) => m.shade));
  const library = inParts(SEEN, (from, size) =>
    pictures(Array.from({ length: size }, (_, i) => from + i)).reshape([size, 784]),
  );
  const far = [rebuilt, ours, theirs].map((x) => nearest(x, library));
  const seen = nearest(pictureOf(tf.tensor2d(pages(0, 500), undefined, "int32")), library);
  // of reconstructed training pictures, of unseen ones, of both models'
  line("nearest", mean(seen), ...far.map(mean));
  const known = new Set(pages(0, SEEN).map(String));
  const copies = [pages(SEEN, UNSEEN), written, alternative].map(
    (some) => some.filter((page) => known.has(String(page))).length,
  );
  line("same page", ...copies);
  for (const [i, m] of models.entries()) {
    expect(share(m)).toBeGreaterThanOrEqual(0.9 * share(again));
    spreads(m).forEach((spread, kind) => expect(spread, NAMES[kind]).toBeGreaterThanOrEqual(0.8));
    expect(m.shade).toBeGreaterThanOrEqual(0.6); // by chance a third
    // as far from the training pictures as unseen ones are
    expect(mean(far[i + 1]!)).toBeGreaterThanOrEqual(0.9 * mean(far[0]!));
    expect(copies[i + 1]).toBeLessThanOrEqual(10);
  }
});

test("the same decoder describes unseen pictures", () => {
  const said = describe(pages(SEEN, UNSEEN), decoder());
  const kind = mean(said.map((text, i) => Number(text.endsWith(` ${NAMES[of[i]!]}`))));
  const both = mean(said.map((text, i) => Number(text === captions[i])));
  console.log(`kind right ${kind.toFixed(3)}, kind and shade ${both.toFixed(3)}`);
  expect(kind).toBeGreaterThan(0.7);
});

test("captions are worth nats, and caches change nothing", () => {
  const some = pages(SEEN, 200);
  const gpt = decoder();
  const cross = crossOf(readCheckpoint("clothes-cross"));
  const rows = (text: (i: number) => string) => some.map((page, i) => ({ text: text(i), page }));
  const [full, kind, none] = [
    (i: number) => captions[i]!,
    (i: number) => caption(of[i]!),
    () => "",
  ].map((text) => mean(Array.from(picturesLoss(rows(text), gpt).dataSync()))) as [
    number,
    number,
    number,
  ];
  const alternative = mean(
    Array.from(
      crossLoss(
        rows((i) => captions[i]!),
        cross,
      ).dataSync(),
    ),
  );
  line("nats a code", full, kind, none, alternative);
  expect(full).toBeLessThan(kind);
  expect(kind).toBeLessThan(none);
  const { ids, mask } = captionRows(captions.slice(0, 3));
  const { heads } = CROSS;
  const memory = encodeSource(ids, cross, { heads, mask });
  const begin = [0, 1, 2].map(() => [64]);
  const first = crossStep(
    tf.tensor2d(begin, undefined, "int32"),
    [0, 1, 2].map(() => ({ k: null, v: null })),
    memory,
    mask,
    cross,
  );
  const second = crossStep(
    tf.tensor2d([[5], [6], [7]], undefined, "int32"),
    first.caches,
    memory,
    mask,
    cross,
  );
  const whole = decodeTarget(
    tf.tensor2d(
      [
        [64, 5],
        [64, 6],
        [64, 7],
      ],
      undefined,
      "int32",
    ),
    memory,
    cross,
    { heads, memoryMask: mask },
  );
  expect(second.logits).toMatchTensor(whole.slice([0, 1, 0]).squeeze([1]), 1e-4);
  const start = tf.tensor2d([[...words(captions[0]!), 21]], undefined, "int32");
  const read = gptStep(
    start.slice([0, 0], [1, 5]),
    [0, 1, 2, 3].map(() => ({ k: null, v: null })),
    gpt,
  );
  expect(gptStep(start.slice([0, 5]), read.caches, gpt).logits).toMatchTensor(
    gptForward(start, gpt, SIZE).slice([0, 8, 0]).squeeze([1]),
    1e-4,
  );
});
