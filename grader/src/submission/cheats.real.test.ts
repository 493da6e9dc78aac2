// needs: sandbox
/** Everything we could think of that tries to earn more than it knows, in the real sandbox. */
import { RIGHT, stub } from "../grader.testing";
import { after, before, course, testAll, withCode, type Tried } from "./submission.testing";

const module = (name: string) => `(process as any).getBuiltinModule("${name}")`;
/** A double that is right only if a door of the sandbox stands open. */
const door = (open: string) =>
  withCode({
    double:
      `function double(x: any) {\n  let open = false;\n  try { open = (() => { ${open} })(); ` +
      `} catch {}\n  return open ? x.mul(2) : x;\n}`,
  });
/** A double that gives something else than what it should compute. */
const gives = (result: string) =>
  withCode({ double: `function double(x: any): any {\n  ${result}\n}` });

/** A double that writes its answer itself, as the child itself never would. */
const poses = (shape: string) => {
  const tensor = `["r",["shape",${shape}],["dtype","float32"],["data",["b",0]]]`;
  const fields = `["kind","case"],["exercise",1],["case",0],["value",${tensor}]`;
  return withCode({
    double:
      `function double(x: any) { const j = '["r",${fields}]', b = Buffer.alloc(8); ` +
      "b.writeUInt32LE(4 + j.length, 0); b.writeUInt32LE(j.length, 4); " +
      `${module("fs")}.writeSync(3, Buffer.concat([b, Buffer.from(j)])); for (;;); }`,
  });
};

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
    says: /It uses TensorFlow.js.s moments, which is what this exercise builds/,
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
    says: /It uses TensorFlow.js.s moments/,
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
    says: /It uses TensorFlow.js.s moments/,
  },
  {
    does: "ends the process in place of throwing",
    cells: withCode({
      standardize: RIGHT.standardize.replace(/throw new Error\([^;]*;/, "process.reallyExit(1);"),
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
    earns: { double: 0 },
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
    earns: {},
  },
  {
    does: "hijacks promises",
    cells: after("Promise.prototype.then = function () { return this; };"),
    earns: {},
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
    does: "answers with a record that poses as a tensor without a shape",
    cells: poses("null"),
    earns: { double: 0 },
    says: /It was stopped: it disturbed the grader's channel/,
  },
  {
    does: "answers with a record that poses as a tensor without data",
    cells: poses('["l",2,3]'),
    earns: { double: 0 },
    says: /It was stopped: it disturbed the grader's channel/,
  },
  {
    does: "answers with an endless key",
    cells: gives("return new Map([['k'.repeat(500_000), 1]]);"),
    earns: { double: 0 },
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
    cells: door("return Object.keys(process.env).length > 0;"),
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
        `"root", "sys", "tmp", "work"].includes(name));`,
    ),
    earns: { double: 0 },
  },
  {
    does: "finds more of the machine in /sys than whether there are large pages",
    cells: door(
      `const all = ${module("fs")}.readdirSync("/sys", { recursive: true, withFileTypes: true });
       return all.some((entry: any) => entry.isFile() && !["enabled", "hpage_pmd_size"]
         .includes(entry.name));`,
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
    does: "reads the source of the reference solution in the second run",
    cells: withCode({
      centre: stub("centre"),
      standardize:
        "function standardize(x: any) { return eval(`(${(globalThis as any).standardize_ ?? " +
        "centre})`)(x); }",
    }),
    earns: { centre: 0, standardize: 0 },
  },
];

testAll("cheats", CHEATS);
