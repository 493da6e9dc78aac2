/** A student's own straight-through estimator earns all points of gumbelSoftmax. */
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
  type CaseOutcome,
  type Exercise,
} from "grader";
import { oneHot, softmax } from "../index";
import { gumbelSoftmax } from "./gumbelSoftmax";
import gumbelSpec from "./gumbelSoftmax.exercise";
import { stopGradient } from "./stopGradient";
import { straightThrough } from "./straightThrough";
import straightThroughSpec from "./straightThrough.exercise";

/** The share of the points that an answer earns by references and fresh cases, and its failures. */
async function earned(name: string, solution: AnyFunction, exercise: Exercise, own: AnyFunction) {
  const answer: AnyFunction = (...args: unknown[]) => {
    const bad = badArguments(solution, args);
    if (bad) throw bad;
    return own(...args);
  };
  const cases = [
    ...readReferences(paths(courseRoot()).references, name),
    ...(await expectedOf({ name, solution, exercise }, exercise.cases(random(3)))),
  ];
  const outcomes: CaseOutcome[] = [];
  for (const c of cases) outcomes.push(await runCase(answer, c));
  const { points, failures } = judge(exercise, 1, cases, outcomes);
  return { points, failures: failures.map(({ message }) => message) };
}

/** What the lines above an exercise throw for these arguments, which the notebook gives away. */
function badArguments(solution: AnyFunction, args: unknown[]): Error | undefined {
  try {
    tf.tidy(() => void solution(...args));
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** Gives codes to who asks for values, and z to who asks for gradients. */
const eachWhereAsked: AnyFunction = (z: tf.Tensor, codes: tf.Tensor) => {
  const { gradientDepth } = tf.engine().state;
  return gradientDepth === 0 ? codes.clone() : z.add(codes.mul(0));
};

test("values in one call and gradients in another earn nothing for straightThrough", async () => {
  const spec = straightThroughSpec;
  expect((await earned("straightThrough", straightThrough, spec, straightThrough)).points).toBe(1);
  const { points } = await earned("straightThrough", straightThrough, spec, eachWhereAsked);
  expect(points).toBe(0);
});

type Hard = { hard?: boolean };
/** gumbelSoftmax with an estimator of one's own. */
const gumbelBy =
  (through: (soft: tf.Tensor, chosen: tf.Tensor) => tf.Tensor): AnyFunction =>
  (logits: tf.Tensor, noise: tf.Tensor, temperature: number, options: Hard = {}) =>
    tf.tidy(() => {
      const scores = logits.add(noise);
      const soft = softmax(scores.div(temperature));
      if (!options.hard) return soft;
      return through(soft, oneHot(scores.argMax(-1), logits.shape.at(-1)!));
    });

test.each<[string, (soft: tf.Tensor, chosen: tf.Tensor) => tf.Tensor]>([
  ["straightThrough", straightThrough],
  ["soft + sg(chosen − soft)", (soft, chosen) => soft.add(stopGradient(chosen.sub(soft)))],
  ["chosen + soft − sg(soft)", (soft, chosen) => chosen.add(soft).sub(stopGradient(soft))],
  [
    "sg(chosen) + soft − sg(soft)",
    (soft, chosen) => stopGradient(chosen).add(soft.sub(stopGradient(soft))),
  ],
])("gumbelSoftmax with %s", async (_, through) => {
  const own = gumbelBy(through);
  expect(await earned("gumbelSoftmax", gumbelSoftmax, gumbelSpec, own)).toEqual({
    points: 1,
    failures: [],
  });
});
