// needs: sandbox
// level: all
/** Right answers written in unusual ways, in the real sandbox: each earns all of its points. */
import { RIGHT, shippedCells, type HandedIn } from "../grader.testing";
import { after, before, testAll, withCode, type Tried } from "./submission.testing";

/** A double written this way, with everything else as usual. */
const doubles = (does: string, source: string): Tried => ({
  does,
  cells: withCode({ double: source }),
  earns: {},
});
const scratch = (does: string, source: string): Tried => ({
  does,
  cells: before(source),
  earns: {},
});
const windows = (cells: HandedIn[]) =>
  cells.map((c) => ({ ...c, source: `\uFEFF${c.source.replaceAll("\n", "\r\n")}` }));
const editedDemo = (source: string) =>
  shippedCells().map((c) => (c.id === "demo" ? { ...c, source } : c));

/** A name that the last exercise may not use, where it may stand. */
const NAMES: Tried[] = [
  {
    does: "a shipped demo that uses it is edited",
    cells: editedDemo("const { mean } = tf.moments(tf.tensor([1, 2, 3])); mean.print();"),
    earns: {},
  },
  {
    does: "a cell compares with it",
    cells: after(
      "const x9 = tf.randomNormal([3, 4]); const m9 = tf.moments(x9, -1, true);\n" +
        "const other = x9.sub(m9.mean).div(m9.variance.sqrt());\n" +
        "if (standardize(x9).sub(other).abs().max().dataSync()[0] > 1e-3) throw new Error('off');",
    ),
    earns: {},
  },
  {
    does: "the exercise's own cell compares with it, above what it needs",
    cells: withCode({
      standardize:
        "const near = tf.moments(tf.tensor([1, 2, 3])).mean.dataSync()[0];\n" +
        'if (near !== 2) throw new Error("moments is off");\n' +
        "const root = (x: tf.Tensor) => x.sqrt();\n" +
        RIGHT.standardize.replace(
          "c.square().mean(-1, true).sqrt()",
          "root(c.square().mean(-1, true))",
        ),
    }),
    earns: {},
  },
  {
    does: "another exercise uses it",
    cells: withCode({
      centre: "const centre = (x: tf.Tensor) => x.sub(tf.moments(x, -1, true).mean);",
      standardize: RIGHT.standardize.replace("centre(x)", "x.sub(x.mean(-1, true))"),
    }),
    earns: {},
  },
  {
    does: "a field, a parameter and a helper have its name",
    cells: withCode({
      standardize:
        "const config = { moments: 1e-12 };\nconst moments = (x: tf.Tensor) => x.square();\n" +
        "const scale = ({ moments }: { moments: number }) => 1 + 0 * moments;\n" +
        RIGHT.standardize.replace("c.square()", "moments(c).mul(scale(config))"),
    }),
    earns: {},
  },
  {
    does: "it stands in a string, a comment and a branch that is not taken",
    cells: withCode({
      standardize: RIGHT.standardize.replace(
        "const c =",
        'if (x.rank > 7) { console.log("moments"); return tf.moments(x).mean; } // tf.moments\n' +
          "  const c =",
      ),
    }),
    earns: {},
  },
  {
    does: "it is looked for and not called",
    cells: withCode({
      standardize: RIGHT.standardize.replace("const c =", "const { moments } = tf; const c ="),
    }),
    earns: {},
  },
];

const SLOW: Tried[] = [
  doubles(
    "a benchmark of 4 s below it",
    `const t0 = Date.now();\n${RIGHT.double}\nwhile (Date.now() - t0 < 4000) { tf.tidy(() => ` +
      "double(tf.ones([9, 9]))); }",
  ),
  doubles(
    "a loop without end below an arrow function",
    "const by = 2;\nconst double = (x: tf.Tensor) => x.mul(by);\nfor (;;) {}",
  ),
  doubles(
    "a constant that takes forever above it",
    "function spin(): number { for (;;) {} }\nconst never = spin();\n" +
      "const double = (x: tf.Tensor) => x.mul(2);",
  ),
  doubles(
    "a wait of 5 s below it",
    "const double = (x: tf.Tensor) => x.mul(2);\nawait new Promise((r) => setTimeout(r, 5000));",
  ),
  {
    does: "a timer that goes on",
    cells: before("setInterval(() => tf.tidy(() => tf.ones([2, 2]).square()), 1);"),
    earns: {},
  },
];

const DEFINED: Tried[] = [
  doubles("globalThis.double =", "globalThis.double = (x: tf.Tensor) => x.mul(2);"),
  doubles(
    '(globalThis as any)["double"] =, a loop without end after it',
    '(globalThis as any)["double"] = (x: tf.Tensor) => x.mul(2);\nfor (;;) {}',
  ),
  doubles("a plain assignment", "double = (x) => x.mul(2);"),
  doubles("Object.assign", "Object.assign(globalThis, { double: (x: any) => x.mul(2) });"),
  doubles(
    "a getter of the global object",
    'Object.defineProperty(globalThis, "double", { get: () => (x: any) => x.mul(2) });',
  ),
  doubles("a block", "if (true) { var double = (x: tf.Tensor) => x.mul(2); }"),
  doubles("var and a function expression", "var double = function twice(x) { return x.mul(2); };"),
  doubles("declared, then assigned", "let double;\ndouble = (x: tf.Tensor) => x.mul(2);"),
  doubles("exported", "export const double = (x: tf.Tensor) => x.mul(2);"),
  doubles(
    "overloaded",
    "function double(x: tf.Scalar): tf.Scalar;\nfunction double(x: tf.Tensor): tf.Tensor;\n" +
      RIGHT.double,
  ),
  doubles(
    "a static method, destructured",
    "class Ops { static #by = 2; static double(x: tf.Tensor) { return x.mul(Ops.#by); } }\n" +
      "const { double } = Ops;",
  ),
  doubles(
    "a namespace",
    "namespace Ops { export const double = (x: tf.Tensor) => x.mul(2); }\n" +
      "const double = Ops.double;",
  ),
  doubles("bound", "const double = function (by, x) { return x.mul(by); }.bind(null, 2);"),
  doubles("a proxy", "const double = new Proxy((x: tf.Tensor) => x.mul(2), {});"),
  {
    does: "curried, from a helper in a later cell",
    cells: after(
      "function times(by: number) { return (x: tf.Tensor) => x.mul(by); }",
      withCode({ double: "const double = (x: tf.Tensor) => times(2)(x);" }),
    ),
    earns: {},
  },
  {
    does: "defined again in a later cell",
    cells: after("var double = (x: tf.Tensor) => x.add(x);", withCode({ double: "let double;" })),
    earns: {},
  },
  {
    does: "top-level await before everything",
    cells: before(
      "const { by } = await new Promise((r) => setTimeout(() => r({ by: 2 }), 5));",
      withCode({ double: "const double = (x: tf.Tensor) => x.mul(by);" }),
    ),
    earns: {},
  },
];

const LANGUAGE: Tried[] = [
  doubles(
    "using in a function",
    "function double(x: tf.Tensor) {\n  using held = { [Symbol.dispose]() {}, by: 2 };\n" +
      "  return x.mul(held.by);\n}",
  ),
  doubles(
    "using at the top of a cell",
    "using held = { [Symbol.dispose]() {}, by: 2 };\nconst by = held.by;\n" +
      "const double = (x: tf.Tensor) => x.mul(by);",
  ),
  doubles(
    "a decorator",
    "const same = (f: any, _: any) => f;\nclass Ops { @same double(x: any) { return x.mul(2); } }\n" +
      "const double = (x: tf.Tensor) => new Ops().double(x);",
  ),
  doubles(
    "a generator inside",
    "function* parts(x: tf.Tensor) { yield x; yield x; }\n" +
      "function double(x: tf.Tensor) { return [...parts(x)].reduce((a, b) => a.add(b)); }",
  ),
  doubles(
    "a Map, a Set and a symbol",
    'const key = Symbol("by");\nfunction double(x: tf.Tensor) {\n' +
      "  const by = { [key]: new Map([[1, new Set([2])]]) };\n" +
      "  return x.mul([...by[key].get(1)!][0]!);\n}",
  ),
  doubles(
    "frozen and with getters",
    "const by = Object.freeze({ get value() { return 2; } });\n" +
      "const double = Object.freeze((x: tf.Tensor) => x.mul(by.value));",
  ),
  doubles(
    "recursion, labels, finally",
    "function double(x: tf.Tensor, n = 2): tf.Tensor {\n  outer: for (;;) { try { break outer; } " +
      "finally { if (n === 1) return x; } }\n  return x.add(double(x, n - 1));\n}",
  ),
  doubles(
    "satisfies, const type parameters and Greek names",
    "const σ = { λ: 2 } satisfies Record<string, number>;\n" +
      "function double<const T extends tf.Tensor>(x: T) { return x.mul(σ.λ); }",
  ),
  doubles(
    "tidy everywhere and a result that is kept",
    "const double = (x: tf.Tensor) => tf.tidy(() => tf.keep(tf.tidy(() => x.mul(2))));",
  ),
  doubles(
    "an answer that remembers",
    "const known = new WeakMap<tf.Tensor, tf.Tensor>();\nfunction double(x: tf.Tensor) {\n" +
      "  if (!known.has(x)) known.set(x, x.mul(2));\n  return known.get(x)!;\n}",
  ),
  doubles(
    "10,000 lines of output",
    "function double(x: tf.Tensor) {\n  for (let i = 0; i < 1000; i++) console.log(i, x);\n" +
      "  return x.mul(2);\n}",
  ),
  {
    does: "an error of one's own class",
    cells: withCode({
      standardize:
        "class ShapeError extends Error { name = 'ShapeError'; }\n" +
        RIGHT.standardize.replace("new Error", "new ShapeError"),
    }),
    earns: {},
  },
];

const SURROUNDINGS: Tried[] = [
  { does: "Windows line ends", cells: windows(shippedCells()), earns: {} },
  {
    does: "old Macintosh line ends",
    cells: shippedCells().map((c) => ({ ...c, source: c.source.replaceAll("\n", "\r") })),
    earns: {},
  },
  scratch("debug mode", "tf.enableDebugMode();"),
  scratch("another device is asked for", 'await tf.setBackend("cpu"); await tf.ready();'),
  scratch(
    "methods of one's own on lists",
    "Array.prototype.last = function () { return this.at(-1); };",
  ),
  scratch(
    "names of the harness",
    "var name = 1, status = 2, module = 3, exports = 4, load = 5, world = 6, job = 7, send = 8;",
  ),
  scratch("tfjs by its other name", 'import * as tfjs from "@tensorflow/tfjs"; tfjs.ones([1]);'),
  doubles(
    "a clock from Node",
    'import { performance as clock } from "node:perf_hooks";\nconst start = clock.now();\n' +
      "const double = (x: tf.Tensor) => x.mul(2);",
  ),
  doubles(
    "an assertion from Node",
    'import assert from "node:assert";\nassert.equal(1 + 1, 2);\n' +
      "const double = (x: tf.Tensor) => x.mul(2);",
  ),
  doubles(
    "functions of tfjs by name",
    'import { tidy, mul, type Tensor } from "@tensorflow/tfjs-core";\n' +
      "const double = (x: Tensor) => tidy(() => mul(x, 2));",
  ),
  doubles(
    "a branch that is not written and not taken",
    "function double(x: tf.Tensor) {\n" +
      '  if (x.rank > 4) throw new Error("not written yet: double");\n  return x.mul(2);\n}',
  ),
  {
    does: "a branch that is not written costs what takes it",
    cells: withCode({
      double:
        "function double(x: tf.Tensor) {\n" +
        '  if (x.rank === 1) throw new Error("not written yet: double");\n  return x.mul(2);\n}',
    }),
    earns: { double: 3 },
    says: /not written yet/,
  },
];

testAll("unusual", [...NAMES, ...SLOW, ...DEFINED, ...LANGUAGE, ...SURROUNDINGS]);
