/**
 * What lesson 03 reaches: GenBank's proteins from ΦX174's genes, cell types from rank tokens beside
 * raw values, niches of a simulated tissue, four modalities in one sequence and back.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, parseSafeTensors, paths, random } from "grader";
import { beforeAll, describe, expect, test } from "vitest";
import { oneHot } from "../orientation/oneHot";
import { pairwiseDistances } from "../orientation/pairwiseDistances";
import { decodeBases } from "./decodeBases";
import { decodeBpe } from "../text/decodeBpe";
import { encodeBases } from "./encodeBases";
import { encodeBpe } from "../text/encodeBpe";
import { kmerTokens } from "./kmerTokens";
import { loadGpt2 } from "../text/loadGpt2";
import { nearestCells } from "./nearestCells";
import { nicheComposition } from "./nicheComposition";
import { packTokens } from "./packTokens";
import { rankGenes } from "./rankGenes";
import { reverseComplement } from "./reverseComplement";
import { translateDna } from "./translateDna";
import { unifyVocabularies } from "./unifyVocabularies";
import { unpackTokens } from "./unpackTokens";

const FILES = {
  "phix174.json": "11f02e97675bab9fdc2593e30f0661e7147540bbcb8b6ad7cef9af0c75566026",
  "lambda.fa.gz": "08fe207fcb4bbe47e80cc7469e68d1f1d8d497a836fe1c09f5a9734d2e4cd9e0",
  "pbmc68k.json": "5993b0e3ea10e567a096429d026adc30330805c2cd4b647aeda15c1dfedb1d85",
  "pbmc68k.safetensors.gz": "f1344b7e0d5d686b2fd778b43d61fa240573140e57ea2264f4350c1963cb3fb1",
};

const file = (name: string) => readFileSync(join(paths(courseRoot()).data, name));
const phix = JSON.parse(file("phix174.json").toString()) as {
  sequence: string;
  genes: { gene: string; parts: [number, number][]; protein: string }[];
};
const lambda = gunzipSync(file("lambda.fa.gz")).toString().split("\n").slice(1).join("");
const dnaOf = (gene: (typeof phix.genes)[number]) =>
  gene.parts.map(([start, end]) => phix.sequence.slice(start, end)).join("");
const largest = (values: number[]) => values.reduce((a, b) => Math.max(a, b));

function shuffled<T>(items: Iterable<T>, seed: number): T[] {
  const out = [...items];
  const { int } = random(seed);
  for (let i = out.length - 1; i > 0; i--) {
    const j = int(0, i);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

test("the data is the data that was looked at", () => {
  for (const [name, sha256] of Object.entries(FILES)) {
    expect(createHash("sha256").update(file(name)).digest("hex"), name).toBe(sha256);
  }
  expect([phix.sequence.length, lambda.length]).toEqual([5386, 48502]);
});

test("ΦX174's eleven genes give GenBank's proteins", () => {
  expect(phix.genes.map((gene) => gene.gene).join(" ")).toBe("A A* B K C D E J F G H");
  for (const gene of phix.genes) expect(translateDna(dnaOf(gene))).toBe(`${gene.protein}*`);
});

test("words of three bases are about as frequent on both strands of λ, and not of ΦX174", () => {
  const correlation = (sequence: string) => {
    const [x, y] = [sequence, reverseComplement(sequence)].map((strand) => {
      const found = new Array<number>(64).fill(0);
      for (const word of kmerTokens(strand, 3)) found[word]!++;
      return found.map((n) => n - (sequence.length - 2) / 64);
    }) as [number[], number[]];
    // both strands have the same variance
    return x.reduce((sum, v, i) => sum + v * y[i]!, 0) / x.reduce((sum, v) => sum + v * v, 0);
  };
  expect(correlation(lambda)).toBeGreaterThan(0.7);
  expect(correlation(phix.sequence)).toBeLessThan(0.2);
});

test("a genome of 10 million bases in seconds", () => {
  const long = lambda.repeat(206);
  const start = process.cpuUsage();
  expect(decodeBases(encodeBases(long)) === long).toBe(true);
  expect(kmerTokens(long, 15)).toHaveLength(long.length - 14);
  expect(translateDna(reverseComplement(long))).toHaveLength(Math.floor(long.length / 3));
  // of the processor, some 2 s, however busy the machine is
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(30);
});

describe("cell types by the nearest centroid", () => {
  const L = 256;
  const SPLITS = 5;
  const { tensors } = parseSafeTensors(gunzipSync(file("pbmc68k.safetensors.gz")));
  const { data, shape } = tensors.get("counts")!;
  const [cells, genes] = shape as [number, number];
  const totals = tensors.get("totals")!.data;
  const types = tensors.get("types")!.data;
  const counts = Array.from({ length: cells }, (_, cell) =>
    Array.from(data.subarray(cell * genes, (cell + 1) * genes)),
  );

  function median(values: number[]): number {
    if (values.length === 0) return 1;
    const sorted = values.sort((a, b) => a - b);
    const middle = (sorted.length - 1) / 2;
    return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  }
  const mediansOf = (train: number[]) => {
    const scaled = (gene: number) =>
      train
        .filter((c) => counts[c]![gene]! > 0)
        .map((c) => (10_000 * counts[c]![gene]!) / totals[c]!);
    return tf.tensor1d(Array.from({ length: genes }, (_, gene) => median(scaled(gene))));
  };
  const sentences = (rows: number[][], medians: tf.Tensor) => {
    const tokens = rankGenes(tf.tensor2d(rows), medians, L).arraySync() as number[][];
    const weightsOf = (ids: number[]) => {
      const weights = new Array<number>(genes).fill(0);
      ids.forEach((token, place) => {
        if (token > 0) weights[token - 1] = 1 - place / L;
      });
      return weights;
    };
    return tf.tensor2d(tokens.map(weightsOf));
  };
  type Way = (rows: number[][], totals: number[], medians: tf.Tensor) => tf.Tensor;
  const ways: Record<"counts" | "logarithms" | "tokens", Way> = {
    counts: (rows) => tf.tensor2d(rows),
    logarithms: (rows, all) =>
      tf.tensor2d(rows.map((row, i) => row.map((n) => Math.log1p((10_000 * n) / all[i]!)))),
    tokens: (rows, _, medians) => sentences(rows, medians),
  };
  const thinned = (cell: number[], keep: number, seed: number) => {
    const { next } = random(seed);
    return cell.map((n) => Array.from({ length: n }, next).filter((v) => v < keep).length);
  };

  /** The share of test cells named right, averaged over the splits. */
  function accuracy(way: keyof typeof ways, keep: number): number {
    let right = 0;
    for (let split = 0; split < SPLITS; split++) {
      const order = shuffled(counts.keys(), 10 + split);
      const train = order.slice(0, 490);
      const test = order.slice(490);
      const found = tf.tidy(() => {
        const medians = mediansOf(train);
        const trainTypes = train.map((c) => types[c]!);
        const trainRows = train.map((c) => counts[c]!);
        const trainTotals = train.map((c) => totals[c]!);
        const testRows = test.map((c) => (keep === 1 ? counts[c]! : thinned(counts[c]!, keep, c)));
        const testTotals = test.map((c) => keep * totals[c]!);
        const seen = ways[way](trainRows, trainTotals, medians);
        const unseen = ways[way](testRows, testTotals, medians);
        const member = oneHot(tf.tensor1d(trainTypes, "int32"), 10); // [cells, types]
        const sizes = member.sum(0).maximum(1).expandDims(1);
        const centroids = member.transpose().matMul(seen).div(sizes); // [types, genes]
        return pairwiseDistances(unseen, centroids).argMin(-1).dataSync();
      });
      right += test.filter((c, i) => found[i] === types[c]).length / test.length / SPLITS;
    }
    return right;
  }

  test("rank tokens name cells better than counts and as well as logarithms", () => {
    const raw = accuracy("counts", 1);
    const logarithms = accuracy("logarithms", 1);
    const ranks = accuracy("tokens", 1);
    console.log(
      `named right: counts ${raw.toFixed(3)}, logarithms ${logarithms.toFixed(3)}, ` +
        `rank tokens ${ranks.toFixed(3)}`,
    );
    expect(ranks).toBeGreaterThan(0.77);
    expect(ranks).toBeGreaterThan(raw + 0.02);
    expect(ranks).toBeGreaterThan(logarithms - 0.02);
  });

  test("with a quarter of the molecules tokens still do and counts do not", () => {
    const [raw, ranks] = [accuracy("counts", 0.25), accuracy("tokens", 0.25)];
    console.log(
      `with a quarter of the molecules: counts ${raw.toFixed(3)}, rank tokens ${ranks.toFixed(3)}`,
    );
    expect(ranks).toBeGreaterThan(0.75);
    expect(raw).toBeLessThan(0.25);
  });
});

describe("niches of a simulated tissue", () => {
  const mixtures = [
    [0.6, 0.18, 0.07, 0.1, 0.05],
    [0.15, 0.52, 0.08, 0.18, 0.07],
    [0.12, 0.15, 0.38, 0.15, 0.2],
  ];
  const { next } = random(7);
  /** A wavy edge below, two round islands, and the rest. */
  const nicheAt = (x: number, y: number) => {
    if (y < 14 + 4 * Math.sin(x / 9)) return 2;
    const isIsland = Math.hypot(x - 30, y - 48) < 15 || Math.hypot(x - 72, y - 42) < 12;
    return isIsland ? 0 : 1;
  };
  const tissue = Array.from({ length: 1500 }, () => {
    const x = 100 * next();
    const y = 70 * next();
    const niche = nicheAt(x, y);
    let left = next();
    const type = mixtures[niche]!.findIndex((share) => (left -= share) < 0);
    return { x, y, niche, type: Math.max(0, type) };
  });
  let far: tf.Tensor;
  let types: tf.Tensor;
  beforeAll(() => {
    far = nearestCells(tf.tensor2d(tissue.map(({ x, y }) => [x, y])), 500);
    const typeIds = tissue.map(({ type }) => type);
    types = tf.tensor1d(typeIds, "int32");
  });

  /** The share of cells whose neighborhood is nearest to the mean one of their own niche. */
  const recovered = (k: number) =>
    tf.tidy(() => {
      const shares = nicheComposition(types, far.slice([0, 0], [-1, k]), 5);
      const niches = tissue.map(({ niche }) => niche);
      const truth = tf.tensor1d(niches, "int32");
      const member = oneHot(truth, 3);
      const centroids = member.transpose().matMul(shares).div(member.sum(0).expandDims(1));
      return pairwiseDistances(shares, centroids).argMin(-1).equal(truth).mean().dataSync()[0]!;
    });

  test("neither a cell alone nor five hundred neighbors tell the niche as well as forty", () => {
    const [alone, some, many] = [1, 40, 500].map(recovered) as [number, number, number];
    console.log(
      `niches recovered: 1 cell ${alone.toFixed(3)}, 40 cells ${some.toFixed(3)}, ` +
        `500 cells ${many.toFixed(3)}`,
    );
    expect(some).toBeGreaterThan(0.9);
    expect(largest([alone, many])).toBeLessThan(some - 0.1);
  });
});

test("text, image, DNA and a cell in one sequence and back without loss", () => {
  const gpt2 = loadGpt2();
  const text = "Gene J of ΦX174 🧬";
  const digits = gunzipSync(file("digits.csv.gz")).toString().split("\n");
  const pixels = digits[4]!.split(",").slice(0, 64).map(Number);
  const gene = dnaOf(phix.genes[7]!);
  const ranked = rankGenes(tf.tensor2d([[4, 0, 6, 1]]), tf.tensor1d([1, 2, 3, 0.5]), 4);
  const sentence = [...ranked.dataSync()];
  const vocabulary = unifyVocabularies([
    { name: "text", size: 50257 },
    { name: "image", size: 17 },
    { name: "dna", size: 65 },
    { name: "cell", size: 766 },
  ]);
  const segments = [
    { modality: "text", ids: encodeBpe(text, gpt2) },
    { modality: "image", ids: pixels },
    { modality: "dna", ids: [...kmerTokens(gene, 3, 3)] },
    { modality: "cell", ids: sentence },
  ];
  const packed = packTokens(segments, vocabulary);
  expect(largest(packed)).toBeLessThan(vocabulary.size);
  const [textBack, imageBack, dnaBack, cellBack] = unpackTokens([0, ...packed, 0, 0], vocabulary);
  expect(decodeBpe(textBack!.ids, gpt2)).toBe(text);
  expect(imageBack!.ids).toEqual(pixels);
  expect(dnaBack!.ids.map((n) => decodeBases([n >> 4, (n >> 2) & 3, n & 3])).join("")).toBe(gene);
  expect(cellBack!.ids).toEqual(sentence);
});
