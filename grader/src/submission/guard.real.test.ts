// needs: sandbox
/**
 * Ways to a function that an exercise may not use, in the real sandbox. Each gives the right answer
 * where nothing is forbidden, so that it is known to work, and must not give it where it is.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { tensorData } from "../exercise/value";
import { courseRoot } from "../files/paths";
import { emptyJob, type JobCase, type Job } from "../sandbox/job";
import { runJob } from "../sandbox/run";
import { openSandbox, type Sandbox } from "../sandbox/sandbox";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox(courseRoot());
});
afterAll(() => sandbox.close());

const X: JobCase[] = [{ args: [tensorData([2, 3], [1, 2, 4, 0, -1, 5])] }];
const IDS: JobCase[] = [{ args: [tensorData([3], [0, 2, 1], "int32")] }];
const LIST: JobCase[] = [{ args: [[1, 2, 4]] }];

interface Way {
  does: string;
  /** JavaScript that defines f, and `first` where it wants to be called before. */
  code: string;
  bans?: string[];
  cases?: JobCase[];
  /** What `import … from "solutions"` gives. */
  solutions?: string;
}
const softmax = (does: string, code: string): Way => ({ does, code });
const other = (ban: string, does: string, code: string, cases = X): Way => ({
  does: `${ban}: ${does}`,
  code,
  bans: [ban],
  cases,
});

/** Whatever is patched in a cell hands x to the softmax of the cell's time. */
const patched = (target: string, method: string): Way =>
  softmax(
    `${target}.${method} is replaced`,
    `var kept = tf.softmax, old = ${target}.${method}, raw = new Set();
    ${target}.${method} = function (...args) {
      if (typeof this === "function") raw.add(this);
      for (const a of args) if (typeof a === "function") raw.add(a);
      return new.target ? Reflect.construct(old, args) : Reflect.apply(old, this, args);
    };
    var g = (x) => kept(x);
    g(tf.ones([2, 2])); tf.ones([2, 2]).softmax();
    ${target}.${method} = old;
    var f = (x) => { for (const r of raw) { try { const y = r(x); if (y instanceof tf.Tensor &&
      Math.abs(y.sum().dataSync()[0] - 2) < 1e-3) return y; } catch {} } return kept(x); };`,
  );

const BY_NAME: Way[] = [
  softmax("by its name", "var f = (x) => tf.softmax(x);"),
  softmax("kept from before", "var { softmax: kept } = tf; var f = (x) => kept(x);"),
  softmax("by a computed name", 'var f = (x) => tf["soft" + "max"](x);'),
  softmax("by reflection", 'var f = (x) => Reflect.get(tf, "soft" + "max")(x);'),
  softmax("as a method", "var f = (x) => x.softmax();"),
  softmax("as a method of the class", "var f = (x) => tf.Tensor.prototype.softmax.call(x);"),
  softmax("bound", "var kept = tf.softmax.bind(null); var f = (x) => kept(x);"),
  softmax("through a proxy", "var p = new Proxy(tf.softmax, {}); var f = (x) => p(x);"),
  softmax("imported again", 'var f = (x) => require("@tensorflow/tfjs").softmax(x);'),
  softmax("as an operation of one's own", "var f = tf.op({ mine_: (x) => tf.softmax(x) });"),
  softmax("in tidy", "var f = (x) => tf.tidy(() => tf.softmax(x));"),
  softmax(
    "in a gradient",
    "var f = (x) => tf.customGrad((y) => ({ value: tf.softmax(y), gradFunc: (d) => d }))(x);",
  ),
  softmax(
    "as the gradient of another function",
    "var f = (x) => tf.grad((y) => tf.customGrad((z) => ({ value: z.clone(), " +
      "gradFunc: () => tf.softmax(x) }))(y))(x);",
  ),
  softmax(
    "in a profile",
    "var f = async (x) => { let y; await tf.profile(() => { y = tf.keep(tf.softmax(x)); return y; }); return y; };",
  ),
  softmax("by eval", 'var f = (x) => (0, eval)("tf.soft" + "max")(x);'),
  softmax(
    "by a program of one's own",
    'var f = (x) => new Function("x", "return x.softmax()")(x);',
  ),
];

/** These are closed in every exercise. */
const KERNELS: Way[] = [
  softmax(
    "the kernel",
    'var f = (x) => tf.engine().runKernel("Softmax", { logits: x }, { dim: 1 });',
  ),
  softmax(
    "the kernel's own function",
    'var k = tf.getKernel("Softmax", "wasm").kernelFunc; var f = (x) => tf.engine()' +
      ".makeTensorFromTensorInfo(k({ inputs: { logits: x }, backend: tf.backend(), attrs: { dim: 1 } }));",
  ),
  softmax(
    "the kernel under another name",
    'tf.registerKernel({ ...tf.getKernel("Softmax", "wasm"), kernelName: "Mine" });' +
      'var f = (x) => tf.engine().runKernel("Mine", { logits: x }, { dim: 1 });',
  ),
  softmax(
    "the registry",
    'var [k] = [..._tfGlobals.get("kernelRegistry").values()].filter((k) => k.kernelName === ' +
      '"Softmax" && k.backendName === "wasm"); var f = (x) => tf.engine().makeTensorFromTensorInfo(' +
      "k.kernelFunc({ inputs: { logits: x }, backend: tf.backend(), attrs: { dim: 1 } }));",
  ),
  softmax(
    "the code under the kernel",
    "var f = (x) => { const b = tf.backend(), out = tf.zeros(x.shape), id = (t) => " +
      "b.dataIdMap.get(t.dataId).id; b.wasm._Softmax(id(x), id(out), 3, 2); return out; };",
  ),
  softmax(
    "the code under the kernel, wrapped before",
    'var soft = tf.backend().wasm.cwrap("Softmax", null, ["number", "number", "number", "number"]); ' +
      "var f = (x) => { const b = tf.backend(), out = tf.zeros(x.shape), id = (t) => " +
      "b.dataIdMap.get(t.dataId).id; soft(id(x), id(out), 3, 2); return out; };",
  ),
  other(
    "oneHot",
    "the kernel of a device that is gone",
    'var k = tf.getKernel("OneHot", "cpu").kernelFunc; var f = (x) => { let v; k({ inputs: { indices: ' +
      "x }, attrs: { depth: 4, onValue: 1, offValue: 0, dtype: 'int32' }, backend: { data: { get: () => " +
      "({ values: x.dataSync() }) }, makeTensorInfo: (s, d, values) => { v = values; return { dataId: {}, " +
      "shape: s, dtype: d }; } } }); return tf.tensor(v, [3, 4], 'int32'); };",
    IDS,
  ),
];

const GUARD: Way[] = [
  softmax(
    "the scope's start is replaced",
    "tf.engine().startScope = () => {}; try { Object.defineProperty(tf.engine(), 'startScope', " +
      "{ value: () => {} }); } catch {} delete tf.engine().startScope; var f = (x) => tf.softmax(x);",
  ),
  softmax(
    "errors are caught and the scope is left",
    "var f = (x) => { try { return tf.softmax(x); } catch { tf.engine().endScope(); return tf.softmax(x); } };",
  ),
  softmax(
    "Error throws by itself",
    "var f = (x) => { globalThis.Error = class { constructor() { throw 1; } }; return tf.softmax(x); };",
  ),
  patched("Function.prototype", "apply"),
  patched("Function.prototype", "call"),
  patched("Reflect", "apply"),
  patched("Array.prototype", "map"),
  patched("Array.prototype", "push"),
  patched("Array.prototype", "forEach"),
  patched("Map.prototype", "get"),
  patched("WeakMap.prototype", "get"),
  patched("Set.prototype", "has"),
  patched("Object", "keys"),
  softmax(
    "Set.prototype.has says no",
    "var f = (x) => { const { has } = Set.prototype; Set.prototype.has = function (v) { " +
      "return typeof v === 'string' ? false : has.call(this, v); }; try { return tf.softmax(x); } finally { Set.prototype.has = has; } };",
  ),
  softmax(
    "Promise says that all is a promise",
    "Object.defineProperty(Promise, Symbol.hasInstance, { value: () => true }); var f = (x) => tf.softmax(x);",
  ),
  softmax(
    "Object.prototype.softmax is set",
    "Object.prototype.softmax = false; Object.prototype.softmax__op = undefined; var f = (x) => tf.softmax(x);",
  ),
];

const LATER: Way[] = [
  softmax("after an await", "var f = async (x) => { await null; return tf.softmax(x); };"),
  softmax(
    "after a while",
    "var f = (x) => new Promise((r) => setTimeout(() => { try { r(tf.softmax(x)); } catch { r(0); } }, 20));",
  ),
  softmax("in a thenable", "var f = (x) => ({ then: (ok) => ok(tf.softmax(x)) });"),
  softmax("in a getter of the result", "var f = (x) => ({ get y() { return tf.softmax(x); } });"),
  softmax(
    "in an object of a class",
    "class R { constructor(x) { this.x = x; } get y() { return tf.softmax(this.x); } } var f = (x) => new R(x);",
  ),
];

/** These give x itself, since what reads an answer can't be replaced. */
const READING: Way[] = [
  softmax(
    "when the answer is read",
    "var f = (x) => { const y = x.clone(); y.data = async () => tf.softmax(x).data(); return y; };",
  ),
  softmax(
    "when the answer is copied",
    "var f = (x) => { Float32Array.from = () => tf.softmax(x).dataSync().slice(); return x.clone(); };",
  ),
];

/** Searches whatever it gets for the tensor of the second exercise, and answers it too early. */
const SPY = `
  var kept = tf.softmax, answer, depth = 0;
  var look = (v, left = 5) => {
    if (typeof v !== "object" || v === null || left === 0 || answer) return;
    if (v.data instanceof Float32Array && v.data.length === 6 && Array.isArray(v.shape)) {
      answer = kept(tf.keep(tf.tensor(v.data, v.shape))); tf.keep(answer); return;
    }
    for (const key of Reflect.ownKeys(v)) { let at; try { at = v[key]; } catch {} look(at, left - 1); }
  };
  var spy = (target, key) => {
    const d = Object.getOwnPropertyDescriptor(target, key);
    if (!d || !d.configurable) return;
    const wrap = (old) => function (...args) {
      if (depth++ === 0) { try { look(this); look(args); } catch {} }
      try { return new.target ? Reflect.construct(old, args, new.target) : ap(old, this, args); }
      finally { depth--; }
    };
    if (typeof d.value === "function") Object.defineProperty(target, key, { ...d, value: wrap(d.value) });
    else if (d.get) Object.defineProperty(target, key, { ...d, get: wrap(d.get) });
  };
  var ap = Reflect.apply;
  var f = (x) => answer ?? kept(x);
  var first = (n) => n;
`;
const PROTOTYPES =
  "[Array, Map, Set, Promise, Function, String, Number, RegExp, Object, Symbol, Float32Array, " +
  "Object.getPrototypeOf(Float32Array), Error, ArrayBuffer].map((c) => c.prototype)";

const EARLY: Way[] = [
  {
    does: "spies on all methods for inputs to come",
    code: `${SPY} for (const p of ${PROTOTYPES}) for (const k of Reflect.ownKeys(p))
      if (!["constructor", "toString", "hasOwnProperty"].includes(k)) spy(p, k);`,
  },
  {
    does: "spies on all functions of the world",
    code: `${SPY} for (const o of [Object, Array, JSON, Promise, Math, Buffer, Number, String, process,
      process.getBuiltinModule("fs")]) for (const k of Reflect.ownKeys(o))
      if (!["prototype", "getOwnPropertyDescriptor", "defineProperty"].includes(k)) spy(o, k);`,
  },
  {
    does: "makes every object a thenable that spies",
    code: `${SPY} Object.defineProperty(Object.prototype, "then", { configurable: true, get() {
      look(this); return undefined; } });`,
  },
  {
    does: "asks who called it, and with what",
    code: `${SPY} first = function me() { for (let c = me.caller; c; c = c.caller) look([...c.arguments]);
      Error.prepareStackTrace = (e, s) => s; for (const s of new Error().stack) { look(s.getThis());
      const g = s.getFunction(); if (g) look(g.arguments); } Error.prepareStackTrace = undefined; return 1; };`,
  },
  {
    does: "looks through fresh memory",
    code: `${SPY} var want = [1, 2, 4, 0, -1, 5]; var search = () => { for (let n = 0; n < 200; n++)
      for (const size of [24, 4096, 65536, 1 << 18]) { const b = Buffer.allocUnsafeSlow(size), v =
      new Float32Array(b.buffer, 0, size >> 2); for (let i = 0; i + 6 <= v.length; i++) if (v[i] === 1 &&
      v[i + 1] === 2 && v[i + 2] === 4 && v[i + 5] === 5) look({ data: v.slice(i, i + 6), shape: [2, 3] }); } };
      search(); first = (n) => { search(); return n; };`,
  },
  {
    does: "attaches an inspector",
    code: `${SPY} try { const { Session } = process.getBuiltinModule("inspector") ?? process.binding("inspector");
      const s = new Session(); s.connect(); s.post("Debugger.enable"); } catch {}
      try { process._debugProcess(process.pid); } catch {}
      try { const v8 = process.getBuiltinModule("v8"); v8.setFlagsFromString("--expose-gc"); } catch {}
      try { new (process.getBuiltinModule("worker_threads").Worker)("", { eval: true }); } catch {}`,
  },
];

const OTHERS: Way[] = [
  other("logSumExp", "as a method", "var f = (x) => x.logSumExp(-1);"),
  other("logSoftmax", "by its name", "var f = (x) => tf.logSoftmax(x);"),
  other(
    "moments",
    "kept from before",
    "var { moments } = tf; var f = (x) => moments(x, -1).variance;",
  ),
  other("bandPart", "in its namespace", "var f = (x) => tf.linalg['band' + 'Part'](x, 0, -1);"),
  other(
    "bandPart",
    "kept from before",
    "var { bandPart } = tf.linalg; var f = (x) => bandPart(x, 0, -1);",
  ),
  other(
    "softmaxCrossEntropy",
    "in its namespace",
    "var f = (x) => tf.losses.softmaxCrossEntropy(tf.onesLike(x), x);",
  ),
  other("dropout", "with a rate of 0", "var f = (x) => tf.dropout(x.mul(2), 0);"),
  other("oneHot", "by its name", "var f = (x) => tf.oneHot(x, 4);", IDS),
  other("oneHot", "as a method", "var f = (x) => x.oneHot(4);", IDS),
  other(
    "AdamOptimizer",
    "by its class",
    "var f = (x) => { const v = tf.variable(x); new tf.AdamOptimizer(0.1, 0.9, 0.999, 1e-8)" +
      ".applyGradients({ [v.name]: tf.onesLike(x) }); return v.clone(); };",
  ),
  other(
    "AdamOptimizer",
    "by its maker, to minimize",
    "var f = (x) => { const v = tf.variable(x); tf.train.adam(0.1).minimize(() => v.square().sum(), " +
      "false, [v]); return v.clone(); };",
  ),
  other(
    "AdamOptimizer",
    "by a class of one's own",
    "class Mine extends tf.AdamOptimizer { step(g) { super.applyGradients(g); } } var apply = " +
      "tf.AdamOptimizer.prototype.applyGradients; var f = (x) => { const v = tf.variable(x); " +
      "new Mine(0.1, 0.9, 0.999, 1e-8).step({ [v.name]: tf.onesLike(x) }); return v.clone(); };",
  ),
];

const WAYS = [...BY_NAME, ...GUARD, ...LATER, ...EARLY, ...OTHERS];

async function answerOf({ code, cases = X, solutions = "" }: Way, forbid: string[]) {
  const exercises = [
    { name: "first", cell: -1, references: [], forbid: [], cases: LIST },
    { name: "f", cell: -1, references: [], forbid, cases },
  ];
  const cells = [{ code: `var first = (n) => n;\n${code}`, awaits: false }];
  const job: Job = { ...emptyJob(sandbox.wasm), solutions, cells, exercises };
  const { outcomes, losses, cellErrors } = await runJob(sandbox, 0, job);
  return { outcome: outcomes[1]![0], loss: losses[1], cellErrors };
}

test.each(WAYS)("$does", async (way) => {
  const { outcome: right } = await answerOf(way, []);
  expect(right).toHaveProperty("value");
  const { outcome } = await answerOf(way, way.bans ?? ["softmax"]);
  expect(outcome).not.toEqual(right);
});

test.each(KERNELS)("$does is closed", async (way) => {
  const { outcome, loss, cellErrors } = await answerOf(way, []);
  expect(outcome).not.toHaveProperty("value");
  expect(loss).toBeUndefined();
  expect(cellErrors).toHaveLength(1);
});

test.each(READING)("$does, nothing changes", async (way) => {
  const { outcome } = await answerOf(way, []);
  expect(outcome).toEqual({ value: X[0]!.args[0] });
});

test("what a lesson offers may use it inside", async () => {
  const solutions =
    'const tf = require("@tensorflow/tfjs-core"); exports.attend = (x) => tf.softmax(x).mul(2);';
  const code = 'var { attend } = require("solutions"); var f = (x) => attend(x);';
  const way = { does: "", code, solutions };
  const { outcome: right } = await answerOf(way, []);
  expect(right).toHaveProperty("value");
  expect((await answerOf(way, ["softmax"])).outcome).toEqual(right);
});

test("what one exercise may not use is free before its first input", async () => {
  const code =
    "var at = tf.softmax(tf.tensor([0, 0])).dataSync()[0]; var first = () => tf.softmax([0, 0]);" +
    "var f = () => at;";
  expect((await answerOf({ does: "", code }, ["softmax"])).outcome).toEqual({ value: 0.5 });
});
