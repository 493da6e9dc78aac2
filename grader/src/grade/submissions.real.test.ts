// needs: sandbox
/**
 * Whole submissions in the real sandbox: right ones, mistakes, and everything we could think of
 * that tries to earn more than it knows.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  makeSmallCourse,
  notebook,
  POINTS,
  RIGHT,
  shippedCells,
  stub,
  type HandedIn,
  type Name,
} from "../testing";
import { gradeBatch, type Batch, type Graded } from "./batch";

const course = makeSmallCourse();
afterAll(() => course.remove());

/** Points by exercise; those not named are right. */
type Earned = Partial<Record<Name, number>>;
interface Tried {
  does: string;
  cells: HandedIn[];
  earns: Earned;
  says?: RegExp;
}

const NONE: Earned = { centre: 0, double: 0, standardize: 0 };
const withCode = (written: Partial<Record<Name, string>>) => shippedCells({ ...RIGHT, ...written });
/** A cell of the student's own in front of all exercises. */
const before = (source: string, cells = shippedCells()) => [
  ...cells.slice(0, 2),
  { source },
  ...cells.slice(2),
];
const after = (source: string, cells = shippedCells()) => [...cells, { source }];
/** A double that is right only if a door of the sandbox stands open. */
const door = (open: string) =>
  withCode({
    double:
      `function double(x: any) {\n  let open = false;\n  try { open = (() => { ${open} })(); ` +
      `} catch {}\n  return open ? x.mul(2) : x;\n}`,
  });
const module = (name: string) => `(process as any).getBuiltinModule("${name}")`;
/** A double that gives something else than what it should compute. */
const gives = (result: string) =>
  withCode({ double: `function double(x: any): any {\n  ${result}\n}` });

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
    cells: gives("const y = x.mul(2);\n  x.dispose();\n  return y;"),
    earns: { double: 0 },
    says: /It disposes of its argument x, which the caller still needs\./,
  },
  {
    does: "an early mistake costs itself only",
    cells: withCode({ centre: "function centre(x: tf.Tensor) { return x; }" }),
    earns: { centre: 0 },
    says: /ours in their place/,
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
    does: "an import of ours beside the own definition",
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
    earns: { double: 3 },
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

const CHEATS: Tried[] = [
  {
    does: "imports the answer",
    cells: withCode({ double: 'import { double } from "solutions";' }),
    earns: { double: 0 },
  },
  {
    does: "requires the answer",
    cells: withCode({ double: 'const double = require("solutions").double ?? ((x) => x);' }),
    earns: { double: 0 },
  },
  {
    does: "uses what is forbidden",
    cells: withCode({
      standardize:
        "function standardize(x: tf.Tensor) {\n  const { mean, variance } = tf.moments(x, " +
        "-1, true);\n  return x.sub(mean).div(variance.sqrt());\n}",
    }),
    earns: { standardize: 0 },
    says: /moments of tfjs is the answer.*line 2/,
  },
  {
    does: "destructures what is forbidden, in a helper",
    cells: before(
      "const { moments: parts } = tf;",
      withCode({
        standardize:
          "function standardize(x: tf.Tensor) { const p = parts(x, -1, true); " +
          "return x.sub(p.mean).div(p.variance.sqrt()); }",
      }),
    ),
    earns: { standardize: 0 },
    says: /may not be used/,
  },
  {
    does: "computes a forbidden name",
    cells: withCode({
      standardize:
        'function standardize(x: tf.Tensor) { const p = (tf as any)["mo" + "ments"](x, -1, ' +
        "true); return x.sub(p.mean).div(p.variance.sqrt()); }",
    }),
    earns: { standardize: 0 },
  },
  {
    does: "reaches what is forbidden by reflection",
    cells: withCode({
      standardize:
        'function standardize(x: tf.Tensor) { const p = Reflect.get(tf, ["mo", ' +
        '"ments"].join(""))(x, -1, true); return x.sub(p.mean).div(p.variance.sqrt()); }',
    }),
    earns: { standardize: 0 },
  },
  {
    does: "keeps what is forbidden in another exercise's cell",
    cells: withCode({
      double: `const parts = tf.moments;\n${RIGHT.double}`,
      standardize:
        "function standardize(x: tf.Tensor) { const p = parts(x, -1, true); " +
        "return x.sub(p.mean).div(p.variance.sqrt()); }",
    }),
    earns: { standardize: 0 },
    says: /moments of tfjs is the answer/,
  },
  {
    does: "ends the process in place of throwing",
    cells: withCode({
      standardize: `${RIGHT.standardize.replace(/throw new Error\([^;]*;/, "process.reallyExit(1);")}`,
    }),
    earns: { standardize: 3.56 },
    says: /It was stopped/,
  },
  {
    does: "ends the process in a cell",
    cells: before("process.exit(0);"),
    earns: {},
    says: /ended the process/,
  },
  {
    does: "ends the process in a function",
    cells: withCode({ double: "function double() { process.reallyExit(0); }" }),
    earns: { double: 0 },
  },
  { does: "loops forever in a cell", cells: before("for (;;) {}"), earns: {}, says: /longer than/ },
  {
    does: "loops forever in a function",
    cells: withCode({ double: "function double() { for (;;) {} }" }),
    earns: { double: 0 },
    says: /longer than/,
  },
  {
    does: "waits forever",
    cells: withCode({ double: "function double() { return new Promise(() => {}); }" }),
    earns: { double: 0 },
  },
  {
    does: "fills the memory",
    cells: withCode({
      double:
        "function double() { const all = []; for (;;) all.push(new Float64Array(1e6).fill(1)); }",
    }),
    earns: { double: 0 },
  },
  {
    does: "fills the memory with tensors",
    cells: withCode({ double: "function double(x: any) { for (;;) tf.keep(tf.ones([1e7])); }" }),
    earns: { double: 0 },
  },
  { does: "gives NaN", cells: gives("return x.mul(NaN);"), earns: { double: 0 } },
  { does: "gives infinity", cells: gives("return x.div(0);"), earns: { double: 0 } },
  { does: "gives nothing", cells: gives(""), earns: { double: 0 } },
  { does: "gives a symbol", cells: gives('return Symbol("2x");'), earns: { double: 0 } },
  { does: "gives a bigint", cells: gives("return 2n;"), earns: { double: 0 } },
  {
    does: "gives a record that poses as a tensor",
    cells: gives(
      'return { shape: x.shape, dtype: "float32", data: x.dataSync().map((v: number) => 3 * v) };',
    ),
    earns: { double: 0 },
  },
  {
    does: "gives a record with __proto__",
    cells: gives('return JSON.parse(\'{"__proto__": {"ok": true}, "shape": []}\');'),
    earns: { double: 0 },
  },
  {
    does: "gives a proxy that says yes",
    cells: gives("return new Proxy({}, { get: () => true, has: () => true, ownKeys: () => [] });"),
    earns: { double: 0 },
  },
  {
    does: "gives getters that throw",
    cells: gives('return { get shape() { throw new Error("no"); } };'),
    earns: { double: 0 },
  },
  {
    does: "gives a list without end",
    cells: gives("const all: any[] = []; all.push(all); return all;"),
    earns: { double: 0 },
  },
  {
    does: "gives a tensor whose data lies",
    cells: gives("const y = x.clone(); y.data = async () => new Float32Array(1e6); return y;"),
    earns: { double: 0 },
  },
  {
    does: "gives a tensor whose shape lies",
    cells: gives(
      "const y = x.clone(); Object.defineProperty(y, 'shape', { value: [1e9, 1e9] }); return y;",
    ),
    earns: { double: 0 },
  },
  {
    does: "replaces how tensors are read",
    cells: after(
      "tf.Tensor.prototype.data = async function () { return new Float32Array(this.size); };",
      withCode({ double: "function double(x: any) { return x; }" }),
    ),
    earns: NONE,
  },
  {
    does: "replaces instanceof of tensors",
    cells: withCode({
      double:
        "function double(x: any) { return x; }\nObject.defineProperty(tf.Tensor, " +
        "Symbol.hasInstance, { value: () => false });",
    }),
    earns: { double: 0 },
  },
  {
    does: "replaces JSON",
    cells: after('JSON.stringify = () => "[]"; JSON.parse = () => ({ kind: "end" });'),
    earns: {},
    says: /disturbed/,
  },
  {
    does: "replaces the methods of lists",
    cells: after(
      "Array.prototype.every = () => true; Array.prototype.filter = () => []; " +
        "Array.prototype.some = () => false;",
      withCode({ double: "function double(x: any) { return x; }" }),
    ),
    earns: { double: 0 },
  },
  {
    does: "replaces Math",
    cells: after("Math.abs = () => 0; Math.max = () => Infinity; Number.isNaN = () => true;"),
    earns: NONE,
  },
  {
    does: "hijacks promises",
    cells: after("Promise.prototype.then = function () { return this; };"),
    earns: NONE,
  },
  {
    does: "writes frames of its own",
    cells: before(
      `const fs = ${module("fs")};\nfor (const kind of ["ready", "cell", "case", "end"]) { ` +
        `const j = JSON.stringify(["r", ["kind", kind]]); const b = Buffer.alloc(8); ` +
        "b.writeUInt32LE(4 + j.length, 0); b.writeUInt32LE(j.length, 4); " +
        "fs.writeSync(3, Buffer.concat([b, Buffer.from(j)])); }",
    ),
    earns: {},
    says: /disturbed/,
  },
  {
    does: "says all has ended and leaves",
    cells: withCode({
      double:
        `function double(x: any) { const j = '["r",["kind","end"]]', b = Buffer.alloc(8); ` +
        "b.writeUInt32LE(4 + j.length, 0); b.writeUInt32LE(j.length, 4); " +
        `${module("fs")}.writeSync(3, Buffer.concat([b, Buffer.from(j)])); ` +
        "process.reallyExit(0); }",
    }),
    earns: { double: 0 },
  },
  {
    does: "floods the channel",
    cells: withCode({
      double:
        "function double(x: any) { const b = Buffer.alloc(1 << 20, 255); " +
        `for (;;) ${module("fs")}.writeSync(3, b); }`,
    }),
    earns: { double: 0 },
  },
  {
    does: "replaces how frames are written",
    cells: before(
      `const fs2 = ${module("fs")}; fs2.writeSync = () => 0; ` +
        `${module("fs")}.writeFileSync = () => {};`,
      withCode({ double: "function double(x: any) { return x; }" }),
    ),
    earns: { double: 0 },
  },
  {
    does: "redefines the harness's globals",
    cells: before(
      "var process: any = {}, Buffer: any = null, globalThis2: any = 1; " +
        "function require() { return {}; }",
    ),
    earns: {},
  },
  {
    does: "reads the environment",
    cells: door('return Object.keys(process.env).some((name) => name !== "PWD");'),
    earns: { double: 0 },
  },
  {
    does: "reads /proc",
    cells: door(`return ${module("fs")}.readdirSync("/proc").length > 0;`),
    earns: { double: 0 },
  },
  {
    does: "reads a file of the host",
    cells: door(`return ${module("fs")}.readFileSync("/etc/passwd").length > 0;`),
    earns: { double: 0 },
  },
  {
    does: "looks for the solutions",
    cells: door(`return ${module("fs")}.readdirSync(${JSON.stringify(course.root)}).length > 0;`),
    earns: { double: 0 },
  },
  {
    does: "writes a file",
    cells: door(`${module("fs")}.writeFileSync("/here", "x"); return true;`),
    earns: { double: 0 },
  },
  {
    does: "starts a program",
    cells: door(`return ${module("child_process")}.spawnSync("/node", ["-e", "0"]).status === 0;`),
    earns: { double: 0 },
  },
  {
    does: "opens a socket",
    cells: withCode({
      double:
        "async function double(x: any) { const open = await new Promise((yes) => { const s = " +
        `${module("net")}.createServer(); s.on("error", () => yes(false)); ` +
        "s.listen(0, () => { s.close(); yes(true); }); }); return open ? x.mul(2) : x; }",
    }),
    earns: { double: 0 },
  },
  {
    does: "starts a thread that forges",
    cells: before(
      `new (${module("worker_threads")}.Worker)("require('fs').writeSync(3, ` +
        `'x'.repeat(100))", { eval: true }); Atomics.wait(new Int32Array(new ` +
        "SharedArrayBuffer(4)), 0, 0, 500);",
    ),
    earns: {},
  },
  {
    does: "keeps its first input for later",
    cells: withCode({
      double: "let first: any; function double(x: any) { first ??= x.mul(2); return first; }",
    }),
    earns: { double: 2 },
  }, // right in the first case, whose group has no other
  {
    does: "lists what the file system holds",
    cells: door(
      `return ${module("fs")}.readdirSync("/").some((name: ` +
        `string) => !["blob", "lib", "lib64", "node", "usr", "wasm", "nix", "opt", "home", ` +
        `"root", "tmp", "work"].includes(name));`,
    ),
    earns: { double: 0 },
  },
  {
    does: "searches its world for expected values",
    cells: door(
      'return JSON.stringify(Object.getOwnPropertyNames(globalThis)).includes("expected");',
    ),
    earns: { double: 0 },
  },
  {
    does: "reads the source of ours in the second run",
    cells: withCode({
      centre: stub("centre"),
      standardize:
        "function standardize(x: any) { return eval(`(${(globalThis as any).standardize_ ?? " +
        "centre})`)(x); }",
    }),
    earns: { centre: 0, standardize: 0 },
  },
];

describe.each([
  ["mistakes", MISTAKES],
  ["cheats", CHEATS],
])("%s", (kind, tried) => {
  let batch: Batch;
  beforeAll(async () => {
    const folder = join(course.root, kind);
    mkdirSync(folder);
    tried.forEach(({ cells }, i) => writeFileSync(join(folder, `${i}.ipynb`), notebook(cells)));
    batch = await gradeBatch(course.root, [folder], { seed: 7 });
  });
  test.each(tried.map((t, i) => ({ ...t, i })))("$does", ({ i, earns, says }) => {
    expect(batch.notGraded.filter((n) => n.id === String(i))).toEqual([]);
    const graded = batch.graded.find((g) => g.id === String(i)) as Graded;
    const right = { centre: POINTS, double: POINTS, standardize: POINTS };
    const earned = Object.fromEntries(
      graded.exercises.map((e) => [e.name, Math.round(e.earned * 100) / 100]),
    );
    expect(earned).toEqual({ ...right, ...earns });
    if (says) {
      expect(
        JSON.stringify([
          graded.exercises.map((e) => [e.note, e.diagnosis, e.failures.map((f) => f.says)]),
          graded.cells,
        ]),
      ).toMatch(says);
    }
  });
});
