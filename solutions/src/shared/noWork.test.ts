// level: all
/**
 * No points without work. Answers that compute nothing (an argument, a copy, zeros, a constant, a
 * sum of the arguments) earn nothing, even if they know all reference cases and those of another
 * seed by heart. Kernels, whose answer is a text that a device runs, have a test of their own:
 * ../gpu/noWork.real.test.ts.
 */
import * as tf from "@tensorflow/tfjs-core";
import {
  courseRoot,
  expectedOf,
  judge,
  loadContent,
  mapLeaves,
  random,
  readManifest,
  runCase,
  toTensors,
  type AnyFunction,
  type Content,
  type ReferenceCase,
  type Value,
} from "grader";
import { expect, test } from "vitest";
import "./shared.testing";

const tensorsIn = (args: unknown[]): tf.Tensor[] => {
  const found: tf.Tensor[] = [];
  mapLeaves(args, (v) => {
    if (v instanceof tf.Tensor) found.push(v);
    return v;
  });
  return found;
};
const copyOf = (value: unknown) =>
  mapLeaves(value, (v) => (v instanceof tf.Tensor ? v.clone() : v));
/** The first tensor, with zero times each other one, so that gradients reach all of them. */
const firstOf = ([first, ...rest]: tf.Tensor[]) =>
  rest.reduce((sum, x) => sum.add(x.sum().mul(0)), first!);

const EFFORTLESS: Record<string, AnyFunction> = {
  "the first argument": (...args) => args[0],
  "the second argument": (...args) => args[1],
  "a copy of the first argument": (...args) =>
    Array.isArray(args[0]) ? [...(args[0] as unknown[])] : copyOf(args[0]),
  "a copy of the second argument": (...args) => copyOf(args[1]),
  "the first tensor, and zero times the others": (...args) => firstOf(tensorsIn(args)),
  "the second tensor, and zero times the first": (...args) => {
    const [first, ...rest] = tensorsIn(args);
    return firstOf([...rest, first!]);
  },
  "zeros like the first tensor": (...args) => tf.zerosLike(tensorsIn(args)[0]!),
  "ones like the first tensor": (...args) => tf.onesLike(tensorsIn(args)[0]!),
  "a scalar of 0": () => tf.scalar(0),
  "a list of nothing": () => [],
  "a list of the first argument": (...args) => [args[0]],
  "the number 0": () => 0,
  "the number 1": () => 1,
  false: () => false,
  "the empty text": () => "",
  "a length": (...args) => (args[0] as ArrayLike<unknown>).length,
  "the first tensor's mean": (...args) => tensorsIn(args)[0]!.mean(),
  "the tensors' product": (...args) => {
    const [a, b] = tensorsIn(args);
    return a!.mul(b!);
  },
  "an error": (...args) => {
    throw new Error(`got ${args.length} arguments`);
  },
};

/** A key for arguments, as a case holds them or as a function gets them. */
const keyOf = (args: unknown) =>
  JSON.stringify(
    mapLeaves(args, (v) => {
      if (!(v instanceof tf.Tensor)) return v;
      return { shape: v.shape, dtype: v.dtype, data: [...v.dataSync()] };
    }),
    (_, v: unknown) => {
      if (v instanceof Map) return [...v];
      return ArrayBuffer.isView(v) ? [...(v as Uint8Array)] : v;
    },
  );

const FRESH_SEED = 7;
const KNOWN_SEED = 1;

async function casesOf(content: Content, seed: number): Promise<ReferenceCase[]> {
  const { exercise, references } = content;
  const all = [...references, ...(await expectedOf(content, exercise.cases(random(seed))))];
  return all.filter(({ group }) => group !== "cost");
}

/** The answer to each case that is known by heart. */
async function knownAnswers(content: Content): Promise<Map<string, Value>> {
  const known = await casesOf(content, KNOWN_SEED);
  const values = known.filter(({ wrt, group }) => !wrt && group !== "errors");
  return new Map(values.map(({ args, expected }) => [keyOf(args), expected]));
}

const tried = readManifest(courseRoot())
  .lessons.flatMap(({ exercises }) => exercises)
  .map(({ name, points }) => ({ name, points, content: loadContent(courseRoot(), name) }))
  .filter(({ content }) => !content.exercise.shader);
test.each(tried)("$name", async ({ points, content }) => {
  const { exercise } = content;
  const cases = await casesOf(content, FRESH_SEED);
  const known = await knownAnswers(content);
  const earned: Record<string, number> = {};
  for (const [title, answer] of Object.entries(EFFORTLESS)) {
    const fn: AnyFunction = (...args) => {
      const expected = known.get(keyOf(args));
      return expected === undefined ? answer(...args) : toTensors(expected);
    };
    const outcomes = [];
    for (const c of cases) outcomes.push(await runCase(fn, c));
    const judgment = judge(exercise, points, cases, outcomes);
    if (judgment.points > 0) earned[title] = judgment.points;
  }
  expect(earned).toEqual({});
});
