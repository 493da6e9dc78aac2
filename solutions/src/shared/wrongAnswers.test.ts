/**
 * Wrong answers that once earned all points: they change what they were given, leave tensors
 * behind, or go wrong at a border that no case touched.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import {
  courseRoot,
  expectedOf,
  judge,
  paths,
  random,
  readReferences,
  runCase,
  type AnyFunction,
  type Exercise,
  type CaseOutcome,
} from "grader";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";
import attentionSpec from "../attention/scaledDotProductAttention.exercise";
import { adamW, type AdamWState } from "../blocks/adamW";
import adamWSpec from "../blocks/adamW.exercise";
import { beamSearch } from "../encoder-decoder/beamSearch";
import beamSearchSpec from "../encoder-decoder/beamSearch.exercise";
import { bleu } from "../encoder-decoder/bleu";
import bleuSpec from "../encoder-decoder/bleu.exercise";
import { editDistance } from "../encoder-decoder/editDistance";
import editDistanceSpec from "../encoder-decoder/editDistance.exercise";
import { greedyDecode } from "../encoder-decoder/greedyDecode";
import greedyDecodeSpec from "../encoder-decoder/greedyDecode.exercise";
import { maskTokens } from "../encoders/maskTokens";
import maskTokensSpec from "../encoders/maskTokens.exercise";
import { oneHot } from "../orientation/oneHot";
import oneHotSpec from "../orientation/oneHot.exercise";
import { countPairs } from "../text/countPairs";
import countPairsSpec from "../text/countPairs.exercise";
import { decodeBpe } from "../text/decodeBpe";
import decodeBpeSpec from "../text/decodeBpe.exercise";
import { encodeBpe } from "../text/encodeBpe";
import encodeBpeSpec from "../text/encodeBpe.exercise";
import { learnMerges } from "../text/learnMerges";
import learnMergesSpec from "../text/learnMerges.exercise";
import { mergePair } from "../text/mergePair";
import mergePairSpec from "../text/mergePair.exercise";
import { preTokenizeBert } from "../text/preTokenizeBert";
import preTokenizeBertSpec from "../text/preTokenizeBert.exercise";
import { trainBpe } from "../text/trainBpe";
import trainBpeSpec from "../text/trainBpe.exercise";
import type { Pair } from "../text/types";

interface Wrong {
  of: AnyFunction;
  spec: Exercise;
  does: string;
  answer: AnyFunction;
  /** What the first failure says. */
  says: RegExp;
}

/** Leaves a copy of what `step` gives where nobody disposes of it. */
const keeping = (search: AnyFunction) => (step: (p: number[][]) => tf.Tensor, options: object) =>
  search((prefixes: number[][]) => step(prefixes).clone(), options);

type Noise = { choose: tf.Tensor; kind: tf.Tensor; replacement: tf.Tensor };

/** Of equals the higher id: ids are turned around before and after. */
const highestFirst = async (
  step: (p: number[][]) => tf.Tensor,
  options: { begin: number; end: number; beams: number; maxLength: number },
) => {
  const scores = step([[options.begin]]);
  const last = scores.shape[1]! - 1;
  scores.dispose();
  const turn = (ids: number[]) => ids.map((id) => last - id);
  const { begin, end } = options;
  const turned = { ...options, begin: last - begin, end: last - end };
  const found = await beamSearch((p) => step(p.map(turn)).reverse(1), turned);
  return found.map(({ ids, score }) => ({ ids: turn(ids), score }));
};

const WRONG: Wrong[] = [
  {
    of: mergePair,
    spec: mergePairSpec,
    does: "merges in the list that it was given",
    answer: (ids: number[], pair: Pair, id: number) => {
      ids.splice(0, ids.length, ...mergePair(ids, pair, id));
      return ids;
    },
    says: /changes its argument ids/,
  },
  {
    of: learnMerges,
    spec: learnMergesSpec,
    does: "merges in the words that it was given",
    answer: (words: number[][], counts: number[], most: number) => {
      const merges = learnMerges(words, counts, most);
      merges.forEach((pair, i) =>
        words.forEach((word, w) => (words[w] = mergePair(word, pair, 256 + i))),
      );
      return merges;
    },
    says: /changes its argument words\[\d+\]/,
  },
  {
    of: countPairs,
    spec: countPairsSpec,
    does: "takes the words apart",
    answer: (words: number[][], counts: number[]) => {
      const pairs = countPairs(words, counts);
      words.forEach((word) => word.pop());
      return pairs;
    },
    says: /changes its argument words\[0\]/,
  },
  {
    of: adamW,
    spec: adamWSpec,
    does: "writes the new state into the old one",
    answer: (params, gradients, state: AdamWState, options) => {
      const next = adamW(params, gradients, state, options);
      return { params: next.params, state: Object.assign(state, next.state) };
    },
    says: /changes its argument state\.step/,
  },
  {
    of: beamSearch,
    spec: beamSearchSpec,
    does: "leaves the tensors of step behind",
    answer: keeping(beamSearch),
    says: /leaves \d+ tensors? behind/,
  },
  {
    of: greedyDecode,
    spec: greedyDecodeSpec,
    does: "leaves the tensors of step behind",
    answer: keeping(greedyDecode),
    says: /leaves \d+ tensors? behind/,
  },
  {
    of: beamSearch,
    spec: beamSearchSpec,
    does: "of equals takes the higher id",
    answer: highestFirst,
    says: /expected/,
  },
  {
    of: maskTokens,
    spec: maskTokensSpec,
    does: "hides where kind is 0.8",
    answer: (ids: tf.Tensor, { choose, kind, replacement }: Noise, options) =>
      maskTokens(ids, { choose, kind: kind.sub(1e-7), replacement }, options),
    says: /expected 20, got 4/,
  },
  {
    of: editDistance,
    spec: editDistanceSpec,
    does: "compares tokens as texts",
    answer: (a: (string | number)[], b: (string | number)[]) =>
      editDistance(a.map(String), b.map(String)),
    says: /expected 3, got 2/,
  },
  {
    of: editDistance,
    spec: editDistanceSpec,
    does: "does not tell capitals from small letters, or ignores white space",
    answer: (a: (string | number)[], b: (string | number)[]) => {
      const same = (t: string | number) => (typeof t === "string" ? t.trim().toLowerCase() : t);
      return editDistance(a.map(same), b.map(same));
    },
    says: /expected 3, got 1/,
  },
  {
    of: bleu,
    spec: bleuSpec,
    does: "does not tell capitals from small letters",
    answer: (candidates: string[][], references: string[][]) => {
      const lower = (texts: string[][]) => texts.map((words) => words.map((w) => w.toLowerCase()));
      return bleu(lower(candidates), lower(references));
    },
    says: /expected/,
  },
  {
    of: oneHot,
    spec: oneHotSpec,
    does: "knows no class from 100 on",
    answer: (ids: tf.Tensor, depth: number) =>
      ids
        .expandDims(-1)
        .minimum(tf.scalar(99, "int32"))
        .equal(tf.range(0, depth, 1, "int32"))
        .cast("float32"),
    says: /values are right/,
  },
  {
    of: scaledDotProductAttention,
    spec: attentionSpec,
    does: "hides with −10⁴",
    answer: (q, k, v, { mask, bias, ...options }: { mask?: tf.Tensor; bias?: tf.Tensor } = {}) => {
      const wall = mask?.cast("float32").sub(1).mul(1e4);
      const sum = wall && bias ? wall.add(bias) : (wall ?? bias);
      return scaledDotProductAttention(q, k, v, { ...options, ...(sum ? { bias: sum } : {}) });
    },
    says: /values are right/,
  },
  {
    of: encodeBpe,
    spec: encodeBpeSpec,
    does: "composes accents",
    answer: (text: string, model) => encodeBpe(String(text).normalize("NFC"), model),
    says: /expected/,
  },
  {
    of: trainBpe,
    spec: trainBpeSpec,
    does: "makes one sign of CRLF",
    answer: (text: string, size: number, options) =>
      trainBpe(typeof text === "string" ? text.replaceAll("\r\n", "\n") : text, size, options),
    says: /expected/,
  },
  {
    of: decodeBpe,
    spec: decodeBpeSpec,
    does: "composes accents",
    answer: (ids: number[], model) => decodeBpe(ids, model).normalize("NFC"),
    says: /expected/,
  },
  {
    of: preTokenizeBert,
    spec: preTokenizeBertSpec,
    does: "composes accents",
    answer: (text: string) =>
      preTokenizeBert(typeof text === "string" ? text.normalize("NFC") : text),
    says: /expected/,
  },
];

for (const { of, spec, does, answer, says } of WRONG) {
  test(`${of.name} that ${does} does not pass`, async () => {
    for (const seed of [1, 2, 3]) {
      const fresh = spec.cases(random(seed)).filter(({ group }) => group !== "cost");
      const cases = [
        ...readReferences(paths(courseRoot()).references, of.name),
        ...(await expectedOf({ name: of.name, solution: of, exercise: spec }, fresh)),
      ];
      const outcomes: CaseOutcome[] = [];
      for (const c of cases) outcomes.push(await runCase(answer, c));
      const { points: earned, failures } = judge(spec, 1, cases, outcomes);
      expect(earned).toBeLessThan(1);
      expect(failures.map((failure) => failure.message).join("\n")).toMatch(says);
    }
  });
}
