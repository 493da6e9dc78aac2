// needs: sandbox
// level: all
/** Right submissions in the real sandbox, and honest mistakes. */
import { RIGHT, shippedCells } from "../grader.testing";
import { after, before, NONE, testAll, withCode, type Tried } from "./submission.testing";

const MISTAKES: Tried[] = [
  { does: "everything right", cells: shippedCells(), earns: {} },
  { does: "nothing written", cells: shippedCells({}), earns: NONE, says: /Not written yet/ },
  {
    does: "only the first written",
    cells: shippedCells({ centre: RIGHT.centre }),
    earns: { double: 0, standardize: 0 },
  },
  {
    does: "a mistake that a mutant knows",
    cells: withCode({ double: "const double = (x: tf.Tensor) => x.mul(3);" }),
    earns: { double: 0 },
    says: /This is three times x/,
  },
  {
    does: "an argument that the caller still needs is disposed of",
    cells: withCode({
      double: "function double(x: tf.Tensor) { const y = x.mul(2); x.dispose(); return y; }",
    }),
    earns: { double: 0 },
    says: /It disposes of its argument x, which the caller still needs\./,
  },
  {
    does: "an early mistake costs itself only",
    cells: withCode({ centre: "function centre(x: tf.Tensor) { return x; }" }),
    earns: { centre: 0 },
    says: /the reference solution's in their place/,
  },
  {
    does: "a mistake of its own is named behind an early one",
    cells: withCode({
      centre: "function centre(x: tf.Tensor) { return x; }",
      standardize:
        "function standardize(x: tf.Tensor) {\n  const c = centre(x);\n" +
        "  return c.div(c.square().mean(-1, true));\n}",
    }),
    earns: { centre: 0, standardize: 0 },
    says: /The root is missing\./,
  },
  {
    does: "wrong shapes lose their group only",
    cells: withCode({
      double: "function double(x: tf.Tensor) { return x.rank === 1 ? x : x.mul(2); }",
    }),
    earns: { double: 3 },
  },
  {
    does: "an arrow function",
    cells: withCode({ double: "const double = (x: tf.Tensor): tf.Tensor => x.mul(2);" }),
    earns: {},
  },
  {
    does: "two definitions in one cell, which the notebook refuses",
    cells: withCode({
      double:
        "const double = (x: tf.Tensor) => x;\nconst double = (x: tf.Tensor): tf.Tensor => x.mul(2);",
    }),
    earns: { double: 0 },
    says: /Cell \d+ does not run: line 2: double is declared more than once here\. Remove all but one of the declarations, or rename them\./,
  },
  {
    does: "an exported function",
    cells: withCode({ double: `export ${RIGHT.double}` }),
    earns: {},
  },
  {
    does: "helpers, types, an enum and a class in the cell",
    cells: withCode({
      double:
        "interface O { by: number }\nenum Twice { by = 2 }\nclass Doubler { " +
        "constructor(private readonly o: O) {}\n  run(x: tf.Tensor): " +
        "tf.Tensor { return x.mul(this.o.by); } }\nlet double = <T extends tf.Tensor>(x: " +
        "T) => new Doubler({ by: Twice.by }).run(x);",
    }),
    earns: {},
  },
  {
    does: "the setup cell deleted",
    cells: shippedCells().filter((c) => c.id !== "setup"),
    earns: {},
  },
  {
    does: "an exercise cell deleted",
    cells: shippedCells().filter((c) => c.id !== "double"),
    earns: { double: 0 },
    says: /No cell defines double/,
  },
  {
    does: "all metadata lost",
    cells: shippedCells().map(({ source, type }) => ({ source, type })),
    earns: {},
  },
  { does: "cells in reverse order", cells: shippedCells().reverse(), earns: {} },
  {
    does: "the definition moved to a cell of its own, the stub left",
    cells: after(RIGHT.double, shippedCells({ ...RIGHT, double: "// below" })),
    earns: {},
  },
  {
    does: "of two definitions the last counts",
    cells: after(RIGHT.double, withCode({ double: "function double(x: tf.Tensor) { return x; }" })),
    earns: {},
  },
  {
    does: "of two definitions the last counts, also when it is wrong",
    cells: after("function double(x: tf.Tensor) { return x; }"),
    earns: { double: 0 },
  },
  {
    does: "a helper in a later cell",
    cells: after(
      "function twice(x: tf.Tensor) { return x.mul(2); }",
      withCode({ double: "const double = (x: tf.Tensor) => twice(x);" }),
    ),
    earns: {},
  },
  {
    does: "two helpers of one name",
    cells: withCode({
      centre:
        "const part = (x: tf.Tensor) => x.mean(-1, true);\nfunction centre(x: " +
        "tf.Tensor) { return x.sub(part(x)); }",
      double:
        "const part = (x: tf.Tensor) => x.mul(2);\nfunction double(x: " +
        "tf.Tensor) { return part(x); }",
    }),
    earns: {},
  },
  {
    does: "a syntax error costs its cell, with its line",
    cells: withCode({ double: "function double(x) {\n  return x.mul(2;\n}" }),
    earns: { double: 0 },
    says: /line 2: '\)' expected|line 2/,
  },
  {
    does: "a renamed function is told",
    cells: withCode({ double: "function twice(x: tf.Tensor) { return x.mul(2); }" }),
    earns: { double: 0 },
    says: /does not define double, it defines twice/,
  },
  {
    does: "an added cell that throws",
    cells: before('throw new Error("mine");'),
    earns: {},
    says: /mine/,
  },
  {
    does: "an edited demo that uses course",
    cells: shippedCells().map((c) =>
      c.id === "demo"
        ? {
            ...c,
            source:
              'for await (const i of steps(3, "x")) show("caption " + i, null);\nawait ' +
              "check(centre); const more = 1;",
          }
        : c,
    ),
    earns: {},
  },
  {
    does: "awaiting cells share their variables",
    cells: before(
      "const factor = await Promise.resolve(2);",
      withCode({ double: "const double = (x: tf.Tensor) => x.mul(factor);" }),
    ),
    earns: {},
  },
  {
    does: "an import of the reference solution beside the own definition",
    cells: after(
      'import { double, helper as seven } from "solutions";\nif (seven() !== 7) throw new ' +
        'Error("no helper");',
    ),
    earns: {},
  },
  {
    does: "an async function",
    cells: withCode({
      double: "async function double(x: tf.Tensor) { await null; return x.mul(2); }",
    }),
    earns: { double: 0 },
    says: /It returns a promise, and its signature promises the value itself: write it without async/,
  },
  {
    does: "a promise left behind that rejects",
    cells: before(
      'void Promise.reject(new Error("left behind")); ' +
        'setTimeout(() => { throw new Error("later"); }, 1);',
    ),
    earns: {},
  },
  {
    does: "an overlong cell",
    cells: before(`// ${"x".repeat(20_000)}`),
    earns: {},
    says: /characters long/,
  },
  {
    does: "a cell nested too deeply",
    cells: before(`let deep = ${"[".repeat(9000)}${"]".repeat(9000)};`),
    earns: {},
    says: /nested too deeply/,
  },
];

testAll("mistakes", MISTAKES);
