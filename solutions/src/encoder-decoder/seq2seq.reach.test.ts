/** What lesson 10 reaches with its three checkpoints: number words, the genetic code, sounds. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, parseSafeTensors, paths } from "grader";
import { expect, test } from "vitest";
import "../shared/shared.testing";
import { paddingMask } from "../attention/paddingMask";
import { translateDna } from "../life/translateDna";
import { beamSearch } from "./beamSearch";
import { bleu } from "./bleu";
import { crossWeights } from "./crossWeights";
import { editDistance } from "./editDistance";
import { encodeSource } from "./encodeSource";
import { greedyDecode } from "./greedyDecode";
import { nextLogProbabilities } from "./nextLogProbabilities";
import { seq2seqParams } from "./seq2seqParams";
import type { Seq2SeqParams } from "./types";

const { data } = paths(courseRoot());
const PAD = 0;
const BEGIN = 1;
const END = 2;
const heads = 4;
const marks = ["<pad>", "<begin>", "<end>"];

function load(name: string): Seq2SeqParams {
  const { tensors } = parseSafeTensors(
    readFileSync(join(data, "checkpoints", `${name}.safetensors`)),
  );
  return seq2seqParams(
    Object.fromEntries(
      [...tensors].map(([key, t]) => [key, tf.tensor(t.data as Float32Array, t.shape)]),
    ),
  );
}

/** Rows of ids with padding behind, and the mask that hides it. */
function padded(rows: number[][]): { ids: tf.Tensor; mask: tf.Tensor } {
  const longest = Math.max(...rows.map((row) => row.length));
  const ids = tf.tensor(
    rows.map((row) => [...row, ...Array<number>(longest - row.length).fill(PAD)]),
    [rows.length, longest],
    "int32",
  );
  return {
    ids,
    mask: paddingMask(
      tf.tensor1d(
        rows.map((row) => row.length),
        "int32",
      ),
      longest,
    ),
  };
}

/** What the model writes for each source, greedily, without the end. */
async function write(
  params: Seq2SeqParams,
  sources: number[][],
  maxLength: number,
): Promise<number[][]> {
  const written: number[][] = [];
  for (let at = 0; at < sources.length; at += 250) {
    const some = sources.slice(at, at + 250);
    const { ids, mask } = padded(some);
    const memory = encodeSource(ids, params, { heads, mask });
    const step = (prefixes: number[][]) =>
      nextLogProbabilities(prefixes, memory, params, { heads, memoryMask: mask });
    written.push(
      ...(await greedyDecode(step, { begin: BEGIN, end: END, count: some.length, maxLength })).map(
        (row) => row.filter((id) => id !== END),
      ),
    );
    tf.dispose([ids, mask, memory]);
  }
  return written;
}

const share = (flags: boolean[]) => flags.filter(Boolean).length / flags.length;

test(
  "numbers in words: at least 99 % of held-out numbers exactly right, none of those that are " +
    "longer",
  async () => {
    const lines = gunzipSync(readFileSync(join(data, "number-words.txt.gz")))
      .toString("utf8")
      .trimEnd()
      .split("\n");
    const pairs = lines.map(
      (line) =>
        line
          .split("\t")
          .slice(1)
          .map((side) => side.split(" ")) as [string[], string[]],
    );
    const [english, german] = [0, 1].map((side) => [
      ...marks,
      ...[...new Set(pairs.flatMap((pair) => pair[side]!))].sort(),
    ]) as [string[], string[]];
    const params = load("number-words");
    const translate = async (some: typeof pairs) =>
      (
        await write(
          params,
          some.map(([e]) => [...e.map((w) => english.indexOf(w)), END]),
          20,
        )
      ).map((row) => row.map((id) => german[id]!));
    const exact = (written: string[][], some: typeof pairs) =>
      share(written.map((row, i) => row.join("") === some[i]![1].join("")));
    const held = pairs.slice(2000, 10_000).filter((_, i) => i % 5 === 0);
    const beyond = pairs.slice(10_000);
    const right = exact(await translate(held), held);
    const far = await translate(beyond);
    const farRight = exact(far, beyond);
    const farBleu = bleu(
      far,
      beyond.map(([, words]) => words),
    );
    console.info(
      `numbers right: held out ${right.toFixed(4)}, from 10,000 on ${farRight.toFixed(4)} ` +
        `with a BLEU of ${farBleu.toFixed(1)}`,
    );
    expect(right).toBeGreaterThanOrEqual(0.99);
    expect(farRight).toBeLessThan(0.05);
    expect(farBleu).toBeGreaterThan(10); // wrong, but not noise
  },
  120_000,
);

test("the genetic code: unseen genes of ΦX174, in pieces of eight codons", async () => {
  const { sequence, genes } = JSON.parse(readFileSync(join(data, "phix174.json"), "utf8")) as {
    sequence: string;
    genes: { parts: [number, number][] }[];
  };
  const coding = genes.map(({ parts }) =>
    parts.map(([from, to]) => sequence.slice(from, to)).join(""),
  );
  const pieces = coding.flatMap((dna) => dna.match(/.{24}/g) ?? []);
  const aminoAcids = [...marks, ..."ACDEFGHIKLMNPQRSTVWY*"];
  const sources = pieces.map((piece) => [
    ...[...piece].map((base) => 3 + "ACGT".indexOf(base)),
    END,
  ]);
  const params = load("genetic-code");
  const proteins = (await write(params, sources, 10)).map((row) =>
    row.map((id) => aminoAcids[id]!).join(""),
  );
  const right = share(pieces.map((piece, i) => proteins[i] === translateDna(piece)));
  const { ids } = padded(sources.slice(0, 50));
  const memory = encodeSource(ids, params, { heads });
  const written = padded(
    pieces
      .slice(0, 50)
      .map((piece) => [BEGIN, ...[...translateDna(piece)].map((a) => aminoAcids.indexOf(a))]),
  ).ids;
  const weights = crossWeights(written, memory, params, { heads })
    .mean(0)
    .mean(0)
    .arraySync() as number[][]; // [T, S]
  const onCodon = weights
    .slice(0, 8)
    .map((row, t) => row.slice(3 * t, 3 * t + 3).reduce((a, b) => a + b, 0));
  console.info(`genes of ΦX174: ${pieces.length} pieces, right ${right.toFixed(3)}`);
  expect(right).toBeGreaterThanOrEqual(0.98);
  onCodon.forEach((weight, t) =>
    expect(weight, `amino acid ${t} looks at its own three bases`).toBeGreaterThan(0.9),
  );
});

test(
  "spelling to sounds: the phoneme error rate beside that of g2p-en, which saw most of the " +
    "words",
  async () => {
    const { letters, sounds, held } = JSON.parse(
      readFileSync(join(data, "sounds.json"), "utf8"),
    ) as {
      letters: string[];
      sounds: string[];
      held: [string, string, string][];
    };
    const params = load("sounds");
    const sources = held.map(([word]) => [...[...word].map((c) => letters.indexOf(c)), END]);
    const truths = held.map(([, truth]) => truth.split(" "));
    const rateOf = (rows: string[][]) =>
      rows.reduce((sum, row, i) => sum + editDistance(row, truths[i]!), 0) /
      rows.reduce((sum, _, i) => sum + truths[i]!.length, 0);
    const greedy = (await write(params, sources, 20)).map((row) => row.map((id) => sounds[id]!));
    const ours = rateOf(greedy);
    const theirs = rateOf(held.map(([, , other]) => other.split(" ")));
    const first = sources.slice(0, 100);
    const beams: string[][] = [];
    for (const source of first) {
      const { ids } = padded([source]);
      const memory = encodeSource(ids, params, { heads });
      const [best] = await beamSearch(
        (prefixes) => nextLogProbabilities(prefixes, memory, params, { heads }),
        { begin: BEGIN, end: END, beams: 4, maxLength: 20 },
      );
      beams.push(best!.ids.filter((id) => id !== END).map((id) => sounds[id]!));
      tf.dispose([ids, memory]);
    }
    console.info(
      `phoneme error rate: ours ${ours.toFixed(4)}, g2p-en ${theirs.toFixed(4)}; ` +
        `of 100 words greedy ${rateOf(greedy.slice(0, 100)).toFixed(3)}, four beams ` +
        `${rateOf(beams).toFixed(3)}`,
    );
    expect(theirs).toBeCloseTo(0.1102, 3);
    expect(ours).toBeLessThan(0.13); // 0.122
    expect(rateOf(beams)).toBeLessThanOrEqual(rateOf(greedy.slice(0, 100))); // 0.103 and 0.117
  },
  120_000,
);
