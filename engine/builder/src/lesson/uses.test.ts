/** No lesson may import what answers one of its own exercises. */
import { createRequire } from "node:module";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import {
  courseRoot,
  expectedOf,
  judge,
  judgeCase,
  loadContent,
  paths,
  random,
  readManifest,
  runCase,
  type AnyFunction,
  type Content,
  type ReferenceCase,
} from "grader";
import { expect, test } from "vitest";

const root = courseRoot();
const { lessons } = readManifest(root);
const solutions = createRequire(join(paths(root).solutionsDist, "index.js"))(
  "./index.js",
) as Record<string, unknown>;

type Fields = Record<string, unknown>;
const isRecord = (v: unknown): v is Fields =>
  typeof v === "object" && v !== null && !(v instanceof tf.Tensor) && !Array.isArray(v);

/** Ways to answer with an imported function without an idea of one's own. */
function* wrappings(f: AnyFunction, arity: number): Generator<[how: string, AnyFunction]> {
  yield ["as it is", f];
  for (let n = arity - 1; n > 0; n--) {
    yield [`with its first ${n} arguments`, (...args) => f(...args.slice(0, n))];
    yield [`with its last ${n} arguments`, (...args) => f(...args.slice(arity - n))];
  }
  yield ["with its arguments backward", (...args) => f(...args.reverse())];
  for (let i = 0; i < arity; i++) {
    yield [
      `with argument ${i} first, and then the others`,
      (...args) => (f(args[i]) as AnyFunction)(...args.filter((_, j) => j !== i)),
    ];
  }
  yield [
    "with the fields of its last argument",
    (...args) => {
      const last: unknown = args[args.length - 1];
      return f(...args.slice(0, -1), ...(isRecord(last) ? Object.values(last) : []));
    },
  ];
  for (const i of [0, 1]) {
    yield [
      `field ${i} of its result`,
      (...args) => {
        const result = f(...args);
        return isRecord(result) ? Object.values(result)[i] : undefined;
      },
    ];
  }
}

/** Whether it earns more than half; that it can't is mostly clear from its first cases. */
async function answers(f: AnyFunction, { exercise }: Content, cases: ReferenceCase[]) {
  const first = cases.filter((c) => c.group === "values").slice(0, 3);
  for (const c of first) {
    if (!judgeCase(c, await runCase(f, c), exercise).ok) return false;
  }
  const outcomes = [];
  for (const c of cases) outcomes.push(await runCase(f, c));
  return judge(exercise, 1, cases, outcomes).points > 1 / 2 + 1e-9;
}

/** Imports that answer an exercise, and how. */
async function findAnswers(content: Content, uses: string[]): Promise<string[]> {
  const fresh = content.exercise.cases(random(1)).filter((c) => c.group !== "cost" || c.cost);
  const cases = [...content.references, ...(await expectedOf(content, fresh))];
  const arity = Math.max(...cases.map(({ args }) => args.length));
  const found: string[] = [];
  for (const name of uses) {
    const f = solutions[name];
    if (typeof f !== "function" || /^load[A-Z]/.test(name)) continue; // those read files
    for (const [how, wrapped] of wrappings(f as AnyFunction, arity)) {
      if (await answers(wrapped, content, cases)) found.push(`${name}, ${how}`);
    }
  }
  return found;
}

for (const { id, exercises, uses } of lessons) {
  const names = exercises.map(({ name }) => name);
  if (names.length === 0) continue;
  test(`no import of ${id} answers one of its exercises`, { timeout: 120_000 }, async () => {
    const found: Record<string, string[]> = {};
    for (const name of names) {
      const content = loadContent(root, name);
      if (content.exercise.shader) continue; // it asks for the text of a program
      const answers = await findAnswers(content, uses);
      if (answers.length > 0) found[name] = answers;
    }
    expect(found).toEqual({});
  });
}

test("the function itself is found, and a wrapped one", async () => {
  const content = loadContent(root, "learnMerges");
  expect(await findAnswers(content, ["learnMerges", "comparePairs"])).toContain(
    "learnMerges, as it is",
  );
});
