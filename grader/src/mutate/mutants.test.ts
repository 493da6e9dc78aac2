import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadContent } from "../exercise/content";
import { changesOf } from "./changes";
import { compileCounting, TooManySteps } from "./compile";
import { makeMutants } from "./mutants";
import { COUNT, makeLoopCourse } from "./mutate.testing";
import { openTrial } from "./trial";
import ts from "typescript";

const course = makeLoopCourse();
beforeAll(() => tf.setBackend("cpu"));
afterAll(() => course.remove());

const changed = (code: string) => {
  const file = ts.createSourceFile("code.ts", code, ts.ScriptTarget.ES2022, true);
  return file.statements
    .flatMap((s) => (ts.isExpressionStatement(s) ? changesOf(s.expression) : changesOf(s)))
    .map(([node, to]) => code.slice(0, node.getStart()) + to + code.slice(node.end));
};

test("operators, numbers, calls and conditions are changed", () => {
  expect(changed("a < b")).toEqual(["a <= b", "a >= b"]);
  expect(changed("a - b")).toEqual(["a + b", "a"]);
  expect(changed("a ?? 2")).toEqual(["a || 2", "a", "2", "a ?? 3", "a ?? 1"]);
  expect(changed("-1")).toEqual(["0", "-2", "1"]);
  expect(changed("f(1e-5)")).toEqual(["1e-5", "f(0.00002)", "f(0)"]);
  expect(changed("const y = x.mean(-1, true);")).toEqual(
    expect.arrayContaining([
      "const y = x;",
      "const y = x.sum(-1, true);",
      "const y = x.mean(0, true);",
      "const y = x.mean(-1, false);",
    ]),
  );
  expect(changed("tf.where(c, a, b)")).toEqual(["tf.where(c, b, a)"]);
  expect(changed("x.sub(y)")).toEqual(["(y).sub(x)", "x.add(y)"]);
  expect(changed("const y = [...x];")).toEqual(["const y = x;"]);
  expect(changed("if (a) b();")).toEqual(["if (!(a)) b();", ";", "if (a) ;"]);
  expect(changed("for (const x of xs) f(x);")).toContain("for (const x of xs) { f(x); break; }");
});

test("0 is taken for a missing value", () => {
  expect(changed("a ??= b")).toEqual(["a ||= b"]);
  expect(changed("a ?? 0")).not.toContain("a || 0");
  expect(changed("a === undefined")).toContain("!(a)");
  expect(changed("a.b !== undefined")).toContain("!!(a.b)");
});

test("each branch of an edge is left out", () => {
  const edges = changed("if (a) b(); else c();");
  expect(edges).toEqual(expect.arrayContaining(["b();", "c();", "if (!(a)) b(); else c();"]));
  expect(changed("const y = a ? b : c;")).toEqual(["const y = b;", "const y = c;"]);
});

test("casts are left out", () => {
  expect(changed("const y = a.cast(t);")).toEqual(["const y = a;"]);
  expect(changed("const y = a >>> b;")).toEqual(["const y = a;"]);
  expect(changed("const y = BigInt(a) * BigInt(b);")).toContain(
    "const y = BigInt(Number(a) * Number(b));",
  );
});

test("only the answer is changed, and each mutant once", () => {
  const mutants = makeMutants(COUNT, "countUp");
  expect(new Set(mutants.map(({ line }) => line))).toEqual(new Set([4, 9, 10, 11]));
  expect(new Set(mutants.map(({ source }) => source)).size).toBe(mutants.length);
  expect(mutants.map(({ edit }) => edit)).toContainEqual([
    "const tail = (ids: number[]) => ids.length - 1;",
    "const tail = (ids: number[]) => ids.length - 2;",
  ]);
});

test("mutants are killed, in endless loops too, and the right one survives", async () => {
  const { mutants, run } = await openTrial(course.root, loadContent(course.root, "countUp"));
  const survivors: string[] = [];
  for (const mutant of mutants) {
    if ((await run(mutant)) === undefined) survivors.push(mutant.edit[1]);
  }
  expect(mutants.map(({ edit }) => edit[1])).toContain(
    "for (let i = first(ids); i < tail(ids); i -= 2) steps++;",
  );
  expect(survivors).toEqual(["return steps;", "return Math.max(steps, -1);"]);
});

test("steps of loops and of functions are counted", () => {
  const steps = { taken: 0, most: 10 };
  const source = "export const f = (n: number) => { for (let i = 0; i < n; i++); return n; };";
  const f = compileCounting(source, __filename, "f", steps);
  expect(f(5)).toBe(5);
  expect(steps.taken).toBe(6);
  expect(() => f(Infinity)).toThrow(TooManySteps);
});
