import "../register";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { expect, test } from "vitest";
import { unreadable, type CaseOutcome } from "./call";
import type { Content } from "./content";
import type { Exercise, ReferenceCase } from "./exercise";
import { diagnose } from "./diagnose";
import { expectedOf, judge, judgeCase, waitsForValues, weightsOf } from "./judge";
import { fromTensors } from "./tensors";
import { tensorData, type AnyFunction } from "./value";

const cases: ReferenceCase[] = [
  { group: "values", title: "x is 1", args: [1], expected: 2, atol: 0 },
  { group: "cost", title: "x is long", args: [2], expected: 4, atol: 0 },
  { group: "cost", title: "x is longer", args: [3], expected: 6, atol: 0 },
];
const mutants = [
  { edits: [], message: "It squares." },
  { edits: [], message: "It holds too much.", breaks: "x is long" },
  { edits: [], message: "It holds far too much.", breaks: "x is longer" },
];
const exercise: Exercise = { cases: () => [], mutants };
const functions: AnyFunction[] = [(x: number) => x * x, (x: number) => 2 * x, (x: number) => 2 * x];
const content = {
  exercise,
  mutants: () => mutants.map(({ message }, i) => ({ message, fn: functions[i]! })),
} as unknown as Content;
const two: CaseOutcome = { value: 2 };
const four: CaseOutcome = { value: 4 };

test(
  "an answer that gives nothing where it costs too much is named by the mutant that breaks " +
    "there",
  async () => {
    expect(await diagnose(content, cases, [two, undefined, undefined])).toBe("It holds too much.");
    expect(await diagnose(content, cases, [two, four, undefined])).toBe("It holds far too much.");
  },
);

test("what is wrong elsewhere comes first, and nothing is named where nothing failed", async () => {
  expect(await diagnose(content, cases, [{ value: 1 }, undefined, undefined])).toBe("It squares.");
  expect(await diagnose(content, cases, [{ value: 7 }, undefined, undefined])).toBe(undefined);
  expect(await diagnose(content, cases, [two, four, { value: 6 }])).toBe(undefined);
});

test("a mistake is named only where it gives the same wherever both are wrong", async () => {
  // right is −x, except where x is 3: there squares are right
  const asked = [-1, -2, 9].map((expected, i): ReferenceCase => ({
    group: "values",
    title: `x is ${i + 1}`,
    args: [i + 1],
    expected,
    atol: 0,
  }));
  const named = (...values: number[]) =>
    diagnose(
      content,
      asked,
      values.map((value): CaseOutcome => ({ value })),
    );
  expect(await named(1, 4, 9)).toBe("It squares.");
  expect(await named(1, 5, 9)).toBe(undefined); // another value where squares are wrong, too
  expect(await named(1, -2, 9)).toBe(undefined); // right where squares are wrong
  expect(await named(1, 4, 7)).toBe("It squares."); // and one more mistake
});

test("where no failure has a value, a mutant that fails with the same message is named", async () => {
  // right is 2x, and an error for numbers below 0
  const asked: ReferenceCase[] = [
    { group: "values", title: "x is 2", args: [2], expected: 4, atol: 0 },
    { group: "values", title: "x is 1", args: [1], expected: 2, atol: 0 },
    {
      group: "errors",
      title: "x is below 0",
      args: [-1],
      throws: "x",
      expected: undefined,
      atol: 0,
    },
  ];
  const unchecked: AnyFunction = (x: number) => 2 * x;
  const noOne: AnyFunction = (x: number) => {
    if (x === 1) throw new Error("1 is odd");
    if (x < 0) throw new Error("x is below 0");
    return 2 * x;
  };
  const noTwo: AnyFunction = (x: number) => {
    if (x === 2) throw new Error("f: expected an odd x"); // an error of the function's own
    if (x < 0) throw new Error("x is below 0");
    return 2 * x;
  };
  const mutants = [
    { message: "It checks nothing.", fn: unchecked },
    { message: "It takes even numbers only.", fn: noOne },
    { message: "It takes odd numbers only.", fn: noTwo },
  ];
  const all = { ...content, name: "f", mutants: () => mutants } as unknown as Content;
  const checked = { error: "x is below 0" };
  const named = (...outcomes: CaseOutcome[]) => diagnose(all, asked, outcomes);
  expect(await named(four, two, { value: -2 })).toBe("It checks nothing.");
  expect(await named(four, { error: "1 is odd" }, checked)).toBe("It takes even numbers only.");
  expect(await named(four, { error: "1 is no number" }, checked)).toBe(undefined);
  expect(await named({ error: "f: 2 is odd" }, two, checked)).toBe("It takes odd numbers only.");
  expect(await named({ error: "no f" }, two, checked)).toBe(undefined);
  expect(await named(four, { error: "1 is odd" }, { value: -2 })).toBe(undefined); // two mistakes
  expect(await named(four, { value: 3 }, { value: -2 })).toBe(undefined); // a wrong value counts
});

test("cost has points of its own, which values do not replace", () => {
  const { points, groups } = judge(exercise, 6, cases, [two, four, undefined]);
  expect(points).toBe(3);
  expect(groups).toEqual([
    { group: "values", ok: true, points: 3, maxPoints: 3 },
    { group: "cost", ok: false, points: 0, maxPoints: 3 },
  ]);
});

test("cost weighs as much as all other groups, unless it is given a weight", () => {
  const weights = (spec: Partial<Exercise>) =>
    Object.fromEntries(weightsOf({ ...exercise, ...spec }, ["values", "errors", "cost"]));
  expect(weights({})).toEqual({ values: 4, errors: 1, cost: 5 });
  expect(weights({ weights: { values: 2 } })).toEqual({ values: 2, errors: 1, cost: 3 });
  expect(weights({ weights: { cost: 9 } })).toEqual({ values: 4, errors: 1, cost: 9 });
});

test("a case that looks at what ran judges it once the result is right", () => {
  const measured: ReferenceCase = {
    group: "cost",
    title: "how many operations it takes",
    args: [],
    cost: (runs) => (runs.length > 1 ? "One is enough." : undefined),
    expected: 1,
    atol: 0,
  };
  const run = { kernel: "Add", read: 2, wrote: 1, work: 2, held: 1 };
  const messageOf = (outcome: CaseOutcome) => {
    const verdict = judgeCase(measured, outcome, exercise);
    return verdict.ok ? "right" : verdict.message;
  };
  expect(messageOf({ value: 1, runs: [run] })).toBe("right");
  expect(messageOf({ value: 1, runs: [run, run] })).toBe("One is enough.");
  expect(messageOf({ value: 2, runs: [run] })).toBe("The result: expected 1, got 2.");
  expect(messageOf({ value: 1 })).toContain("could not be recorded");
});

test("what answers only special cases earns nothing until a value or a gradient is right", () => {
  const one = (group: ReferenceCase["group"]): ReferenceCase => ({
    group,
    title: group,
    args: [0],
    expected: 0,
    atol: 0,
  });
  const [right, wrong] = [{ value: 0 }, { value: 1 }];
  const earnedBy = (group: ReferenceCase["group"], first: CaseOutcome) => {
    const { groups, failures } = judge(exercise, 6, [one(group), one("shapes")], [first, right]);
    return [groups.at(-1)!.points, waitsForValues(groups.at(-1)!, failures)];
  };
  expect(earnedBy("values", wrong)).toEqual([0, true]);
  expect(earnedBy("values", right)).toEqual([2, false]);
  const cases = [one("values"), one("gradient"), one("shapes")];
  const { points } = judge(exercise, 8, cases, [wrong, wrong, right]);
  expect(points).toBe(0);
});

test("errors that are right wait for the values, and are told from wrong ones", async () => {
  const thrown: ReferenceCase = {
    group: "errors",
    title: "x is a text",
    args: ["1"],
    throws: "x",
    expected: undefined,
    atol: 0,
  };
  const waits = (...outcomes: CaseOutcome[]) => {
    const { groups, failures } = judge(exercise, 5, [cases[0]!, thrown], outcomes);
    return groups.map((g) => [g.points, waitsForValues(g, failures)]);
  };
  expect(waits(four, { error: "x is no number" })).toEqual([
    [0, false],
    [0, true],
  ]);
  expect(waits(two, { error: "x is no number" })).toEqual([
    [4, false],
    [1, false],
  ]);
  expect(waits(four, { error: "not a number" })).toEqual([
    [0, false],
    [0, false],
  ]);
  // the grader's own words about a result name no argument
  const text = fromTensors(() => 1).catch((e: unknown) => ({ error: unreadable(e) }));
  expect(await text).toEqual({ error: expect.stringContaining("text") as string });
  expect(waits(two, (await text) as CaseOutcome)[1]).toEqual([0, false]);
});

test("a case of any group may ask for gradients", () => {
  const x = tensorData([1], [1]);
  const long: ReferenceCase = {
    group: "cost",
    title: "x is long",
    args: [x],
    wrt: ["0"],
    expected: [tensorData([1], [2])],
    atol: 0,
  };
  expect(judgeCase(long, { value: [tensorData([1], [3])] }, exercise)).toMatchObject({
    ok: false,
    message: expect.stringContaining("The gradient with respect to argument 1:") as string,
  });
  const named = { ...exercise, parameters: ["x"] };
  expect(judgeCase(long, { value: [tensorData([1], [3])] }, named)).toMatchObject({
    message: expect.stringContaining("with respect to argument x:") as string,
  });
  expect(judgeCase(long, { value: [tensorData([1], [2])] }, exercise).ok).toBe(true);
});

test("where an infinity is expected, no finite number will do", () => {
  const far: ReferenceCase = {
    group: "values",
    title: "nothing is seen",
    args: [],
    expected: tensorData([2], [-Infinity, 1]),
    atol: 1e-5,
  };
  const gives = (...data: number[]) =>
    judgeCase(far, { value: tensorData([2], data) }, exercise).ok;
  expect(gives(-Infinity, 1)).toBe(true);
  expect([gives(-3e38, 1), gives(0, 1), gives(Infinity, 1), gives(-Infinity, -Infinity)]).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

test("lessons that are prepared at the same time leave each other's tensors alone", async () => {
  await tf.setBackend("cpu");
  const solution: AnyFunction = async (x: tf.Tensor) => {
    const y = x.add(1);
    await new Promise(setImmediate);
    return y.mul(2);
  };
  const exercise: Exercise = { cases: () => [], mutants: [] };
  const prepare = (x: number) =>
    expectedOf({ name: "f", solution, exercise }, [
      { group: "values", title: "any", args: [tensorData([1], [x])] },
    ]);
  const all = await Promise.all([1, 2, 3].map(prepare));
  const answers = all.map(([c]) => c!.expected);
  expect(answers).toEqual([4, 6, 8].map((y) => tensorData([1], [y])));
});

test("a mutant that could not be run is tried again for the next submission", async () => {
  const mutant: AnyFunction = () => 3;
  const exercise: Exercise = { cases: () => [], mutants: [] };
  const content = { exercise, mutants: () => [{ message: "three", fn: mutant }] };
  const one: ReferenceCase[] = [{ group: "values", title: "any", args: [], expected: 2, atol: 0 }];
  const ask = (run: () => Promise<CaseOutcome[]>) =>
    diagnose(content as unknown as Content, one, [{ value: 3 }], run);
  await expect(ask(() => Promise.reject(new Error("no child")))).rejects.toThrow("no child");
  expect(await ask(() => Promise.resolve([{ value: 3 }]))).toBe("three");
});

test("a case with a field that nothing reads is refused", async () => {
  const double = { name: "double", solution: (x: number) => 2 * x, exercise };
  const c = { group: "values" as const, title: "x is 1", args: [1] };
  await expect(expectedOf(double, [{ ...c, tidy: true }])).resolves.toMatchObject([
    { expected: 2 },
  ]);
  await expect(expectedOf(double, [{ ...c, tolerance: { rtol: 1 } } as typeof c])).rejects.toThrow(
    'double: its case "x is 1" has a field tolerance without effect',
  );
});

test("shapes of which one lacks an axis lead to the argument that keeps it", () => {
  const thrownBy = (f: () => tf.Tensor) => {
    try {
      return tf.tidy(() => String(f().shape));
    } catch (e) {
      return (e as Error).message;
    }
  };
  const messageOf = (error: string) => {
    const verdict = judgeCase(cases[0]!, { error }, exercise);
    return verdict.ok ? "" : verdict.message;
  };
  const x = tf.ones([5, 7]);
  expect(messageOf(thrownBy(() => x.div(x.sum(-1))))).toBe(
    "It throws: Operands could not be broadcast together with shapes 5,7 and 5. If one of them lost " +
      "an axis in a sum, mean or max: these keep it, with length 1, when their second argument is " +
      "true, as in x.sum(-1, true).",
  );
  for (const other of [tf.ones([4, 7]), tf.ones([5]).expandDims(0)]) {
    expect(messageOf(thrownBy(() => x.div(other)))).not.toContain("axis");
  }
  expect(messageOf("no shapes here")).toBe("It throws: no shapes here");
});
