// needs: sandbox
/**
 * Attempts at points without work from inside the child's own process: ways around a ban, work and
 * memory hidden from the count, and intrinsics that lie. What is forbidden by name in one exercise
 * has its ways in submission/guard.real.test.ts.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { costOf } from "../exercise/cost";
import { tensorData, type Value } from "../exercise/value";
import { courseRoot } from "../files/paths";
import { emptyJob, type Job, type JobCase, type JobExercise } from "../sandbox/job";
import { runJob } from "../sandbox/run";
import { openSandbox, type Sandbox } from "../sandbox/sandbox";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox(courseRoot());
});
afterAll(() => sandbox.close());

const X = tensorData([2, 3], [1, 2, 4, 0, -1, 5]);

interface Asked extends Partial<Pick<JobExercise, "forbid" | "references">> {
  code: string;
  solutions?: string;
  cases?: JobCase[];
}

/** The outcome of each case of f, which answers after another exercise that forbids nothing. */
async function run({ code, solutions = "", cases = [{ args: [X] }], ...exercise }: Asked) {
  const first = { name: "first", cell: -1, references: [], forbid: [], cases: [{ args: [1] }] };
  const job: Job = {
    ...emptyJob(sandbox.wasm),
    solutions,
    cells: [{ code: `var first = (n) => n;\n${code}`, awaits: false }],
    exercises: [first, { name: "f", cell: -1, references: [], forbid: [], ...exercise, cases }],
  };
  const { outcomes, losses, cellErrors } = await runJob(sandbox, 0, job);
  return { outcomes: outcomes[1]!, loss: losses[1], cellErrors };
}

/** As esbuild writes a bundle that uses tfjs. */
const bundle = (name: string, body: string) => `
  var __defProp = Object.defineProperty;
  var __copy = (to, from) => {
    for (let key of Object.getOwnPropertyNames(from))
      if (!Object.prototype.hasOwnProperty.call(to, key))
        __defProp(to, key, { get: () => from[key], enumerable: true });
    return to;
  };
  var __toESM = (mod) => __copy(__defProp({}, "default", { value: mod, enumerable: true }), mod);
  module.exports = __copy(__defProp({}, "__esModule", { value: true }), { ${name}: () => 0 });
  var tf = __toESM(require("@tensorflow/tfjs-core"));
  module.exports = { ${name}: ${body} };`;

const SOFTMAX = ["softmax"];
const banned = (does: string, asked: Asked): [string, Asked] => [
  does,
  { ...asked, forbid: SOFTMAX },
];

test.each([
  banned("what loads a reference is caught", {
    references: [{ name: "helper", code: bundle("helper", "(x) => tf.softmax(x)") }],
    code: `var caught = [], old = Object.defineProperty;
      Object.defineProperty = (target, key, d) => {
        if (d.value?.softmax) caught.push(d.value);
        if (key === "softmax" && d.get) caught.push({ softmax: d.get() });
        return old(target, key, d);
      };
      var f = (x) => { for (const c of caught) try { return c.softmax(x); } catch {} return tf.softmax(x); };`,
  }),
  banned("a getter runs inside what a lesson offers", {
    solutions: bundle("attend", "(x) => tf.softmax(x)"),
    code: `var { attend } = require("solutions");
      var f = (x) => {
        let out, y = x.clone(), { shape } = y;
        const get = () => { if (!out) { try { out = 0; out = tf.keep(tf.softmax(x)); } catch {} } return shape; };
        for (const key of ["shape", "dtype", "size", "rankType", "dataId"]) {
          const value = y[key];
          Object.defineProperty(y, key, { get: () => { get(); return value; } });
        }
        try { attend(y); } catch {}
        return out || tf.softmax(x);
      };`,
  }),
  banned("a patched method runs inside what a lesson offers", {
    solutions: bundle("attend", "(x) => tf.softmax(x)"),
    code: `var { attend } = require("solutions");
      var f = (x) => {
        let out, busy = false;
        const hook = () => { if (busy || out) return; busy = true; try { out = tf.keep(tf.softmax(x)); } catch {} busy = false; };
        const olds = [];
        for (const P of [Array.prototype, Map.prototype, WeakMap.prototype, Set.prototype, Object, String.prototype,
          Function.prototype, Promise.prototype, tf.Tensor.prototype, tf.Tensor, tf.util, tf.env()]) {
          for (const key of Reflect.ownKeys(P)) {
            let old; try { old = P[key]; } catch { continue; }
            if (typeof old !== "function" || key === "constructor") continue;
            try { P[key] = function (...a) { hook(); return Reflect.apply(old, this, a); }; olds.push([P, key, old]); } catch {}
          }
        }
        try { attend(x); } catch {}
        for (const [P, key, old] of olds) try { P[key] = old; } catch {}
        return out || tf.softmax(x);
      };`,
  }),
])("%s", async (_, asked) => {
  const { outcomes: right } = await run({ ...asked, forbid: [] });
  expect(right[0]).toHaveProperty("value");
  const { outcomes } = await run(asked);
  expect(outcomes[0]).not.toEqual(right[0]);
});

test("what a lesson offers does not show who called, and with what", async () => {
  const { outcomes } = await run({
    solutions: "exports.twice = function twice(f, x) { return [f(), f()]; };",
    code: `var { twice } = require("solutions");
      var f = () => twice(function back() {
        let c; try { c = back.caller; } catch {}
        return c ? String(c.name) : "nobody";
      }, 7);`,
  });
  expect(outcomes).toEqual([{ value: ["nobody", "nobody"] }]);
});

/** Whether an expression leads anywhere: 2 where it does, 1 where it throws or is nothing. */
const doors = [
  'tf.findBackendFactory("wasm")',
  'tf.findBackend("wasm")',
  "tf.backend()",
  "tf.engine().backend",
  "tf.engine().state.tensorInfo",
  "tf.engine().state.numTensors",
  "tf.engine().runKernel",
  "tf.engine().registryFactory",
  'tf.getKernel("Softmax", "wasm")',
  'tf.getKernelsForBackend("wasm")',
  'tf.getGradient("Softmax")',
  "tf.registerKernel",
  "tf.registerGradient",
  "tf.registerBackend",
  "tf.copyRegisteredKernels",
  "tf.setPlatform",
  "tf.env().platform",
  "tf.ENV",
  "tf.Environment",
  "tf.KernelBackend",
  "tf.DataStorage",
  "globalThis._tfGlobals",
  "globalThis._tfengine",
  "globalThis.WebAssembly",
  'require("@tensorflow/tfjs-backend-wasm").BackendWasm',
  "tf.Tensor.prototype.constructor.constructor('return globalThis')()._tfGlobals",
  "tf.tensor([1]).dataId.backend",
];
test("no door leads to kernels, backends and the engine", async () => {
  const tries = doors.map((door) => `() => (${door})`).join(",\n");
  const { outcomes } = await run({
    code: `var tries = [${tries}];
      var f = () => tries.map((t) => { try { return t() === undefined ? 1 : 2; } catch { return 1; } });`,
  });
  const { value } = outcomes[0] as { value: number[] };
  expect(doors.filter((_, i) => value[i] !== 1)).toEqual([]);
});

test("what an engine, an environment and gradients are used for still works", async () => {
  const { outcomes } = await run({
    code: `var f = async (x) => {
      const { numTensors } = tf.memory();
      tf.engine().startScope();
      const y = tf.keep(tf.tidy(() => x.mul(2)));
      tf.engine().endScope();
      const z = tf.engine().tidy(() => y.sub(x));
      tf.env().set("DEBUG", false);
      const cube = tf.customGrad((t, save) => { save([t]); return { value: t.pow(3),
        gradFunc: (dy, [s]) => dy.mul(s.square()).mul(3) }; });
      await tf.ready(); await tf.setBackend("wasm");
      Array.prototype.last = function () { return this[this.length - 1]; };
      class Strange extends Error { constructor() { super("x"); this.name = "Strange"; this.message = "y"; } }
      const named = { toString: () => "a", constructor: 1 }; named.toString = () => "b"; named.valueOf = () => 1;
      const caught = (() => { try { throw new Strange(); } catch (e) { return String(e); } })();
      return [z, tf.grad(cube)(x), tf.getBackend(), numTensors >= 1, [1, 2].last(), caught, String(named)];
    };`,
  });
  const cubes = tensorData([2, 3], [3, 12, 48, 0, 3, 75]);
  expect(outcomes).toEqual([{ value: [X, cubes, "wasm", true, 2, "Strange: y", "b"] }]);
});

const MATRIX = tensorData([16, 16], Array<number>(256).fill(1));
const COST: JobCase[] = [{ args: [MATRIX], cost: true }];
/** 16 products of matrices. */
const WORK =
  "(x) => { let y = x; for (let i = 0; i < 16; i++) y = tf.matMul(y, x).div(16); return y; }";

test.each([
  [
    "in a kernel of one's own",
    `var work = ${WORK};
     tf.registerKernel({ kernelName: "Mine", backendName: "wasm", kernelFunc: ({ inputs }) => work(inputs.x) });
     var f = (x) => tf.engine().runKernel("Mine", { x });`,
  ],
  [
    "in a getter that a kernel reads",
    `var work = ${WORK};
     var f = (x) => {
       let out, n = 0; const y = x.clone(), { shape } = y;
       Object.defineProperty(y, "shape", { get() { if (++n > 3 && !out) { out = true; out = tf.keep(work(x)); } return shape; } });
       for (let i = 0; i < 20 && !(out instanceof tf.Tensor); i++) tf.neg(y);
       return out;
     };`,
  ],
  [
    "in attributes that a kernel reads",
    `var work = ${WORK};
     var f = (x) => {
       for (let after = 0; after < 40; after++) {
         let out, n = 0;
         const perm = new Proxy([1, 0], { get(t, k) { if (++n > after && !out) { out = true; out = tf.keep(work(x)); } return t[k]; } });
         tf.transpose(x, perm);
         if (out instanceof tf.Tensor) return out;
       }
       return work(x);
     };`,
  ],
  [
    "behind lists, maps and sets that forget",
    `var work = ${WORK};
     var f = (x) => {
       const { push } = Array.prototype, { set } = Map.prototype;
       Array.prototype.push = function (v) { return v?.kernel ? 0 : Reflect.apply(push, this, arguments); };
       Map.prototype.set = function () { return this; };
       WeakSet.prototype.has = () => true;
       Object.values = () => [];
       Math.max = () => 0;
       Array.prototype.reduce = () => 0;
       return work(x);
     };`,
  ],
  [
    "where lists are made by a class of one's own",
    `var work = ${WORK};
     var f = (x) => {
       let out;
       class Mine extends Array { static get [Symbol.species]() { return Mine; }
         constructor(...a) { super(...a); if (!out) { out = true; out = tf.keep(work(x)); } } }
       const old = Array.prototype.constructor;
       Array.prototype.constructor = Mine;
       for (let i = 0; i < 20 && !(out instanceof tf.Tensor); i++) { tf.neg(x); tf.transpose(x, [1, 0]); tf.pad(x, [[1, 1], [1, 1]]); }
       Array.prototype.constructor = old;
       return out instanceof tf.Tensor ? out : work(x);
     };`,
  ],
  [
    "where loops end at once",
    `var work = ${WORK};
     var f = (x) => { Array.prototype[Symbol.iterator] = function* () {}; Set.prototype[Symbol.iterator] = function* () {};
       Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true }); return work(x); };`,
  ],
  [
    "where lists have setters",
    `var work = ${WORK};
     var f = (x) => { const cheap = { kernel: "Neg", read: 1, wrote: 1, work: 1, held: 1 };
       for (let i = 0; i < 99; i++) Object.defineProperty(Array.prototype, i, { configurable: true, set() {}, get: () => cheap });
       const y = tf.keep(work(x)); for (let i = 0; i < 99; i++) delete Array.prototype[i]; return y; };`,
  ],
  [
    "in a proxy that computes when it is read",
    `var work = ${WORK};
     var f = (x) => { let real; return new Proxy(tf.zeros([16, 16]), { get(t, k) {
       if (k === "then") return undefined; real ??= tf.keep(work(x)); return real[k]; } }); };`,
  ],
  [
    "after thousands of cheap runs",
    `var work = ${WORK};
     var f = (x) => { const one = tf.scalar(1); for (let i = 0; i < 5000; i++) one.neg(); return work(x); };`,
  ],
  [
    "where JSON asks lists how they are written",
    `var work = ${WORK};
     var f = (x) => { tf.scalar(1).neg(); let busy = false;
       const toJSON = function () {
         const runs = busy || this[1]?.[1] !== "case" ? undefined : this.find((field) => field[0] === "runs");
         if (!runs) return this;
         busy = true;
         return [...this.filter((field) => field !== runs), ["junk", ["b", runs[1][2][1][1] - 40]],
           ["runs", ["r", ["kernels", ["l", "Neg"]], ["numbers", ["b", 40]]]]];
       };
       try { Object.defineProperty(Array.prototype, "toJSON", { value: toJSON, configurable: true }); } catch {}
       return work(x); };`,
  ],
  [
    "where lists have setters that change bytes",
    `var work = ${WORK};
     var f = (x) => {
       for (const i of [0, 1, 2]) Object.defineProperty(Array.prototype, i, { configurable: true, set(v) {
         if (v instanceof Uint8Array && v.length % 40 === 0) new Float64Array(v.buffer).fill(0);
         Object.defineProperty(this, i, { value: v, writable: true, enumerable: true, configurable: true });
       } });
       return work(x); };`,
  ],
  [
    "where what is awaited has a then",
    `var work = ${WORK};
     var f = (x) => { const y = work(x);
       const install = (n) => {
         try { Object.defineProperty(Object.prototype, "then", { configurable: true, value(yes) {
           delete Object.prototype.then;
           if (Array.isArray(this?.runs)) for (const r of this.runs) r.work = 0;
           yes(this);
         } }); } catch {}
         if (n > 0) queueMicrotask(() => install(n - 1));
       };
       install(40); return y; };`,
  ],
  [
    "after the recording is said to be over",
    `var work = ${WORK};
     var f = (x) => { tf.env().set("DEBUG", true); tf.engine().endScope(); tf.engine().startScope(); return work(x); };`,
  ],
])("work is counted %s", async (_, code) => {
  const { outcomes } = await run({ code, cases: COST });
  const outcome = outcomes[0]!;
  if ("error" in outcome) return;
  const { work } = costOf(outcome.runs!);
  expect(work).toBeGreaterThanOrEqual(16 * 16 ** 3);
});

const KEEPS = "tf.keep(x.mul(1)), tf.keep(x.mul(1))";
const tidy: JobCase[] = [{ args: [X], tidy: true }];
test.each([
  ["the engine's memory lies", `tf.engine().memory = () => ({ numTensors: 0 });`],
  ["tf.memory lies", `tf.memory = () => ({ numTensors: 0 });`],
  [
    "the count of tensors lies",
    `Object.defineProperty(tf.engine().state, "numTensors", { value: 0 });`,
  ],
  [
    "others are disposed of",
    `var spare = Array.from({ length: 9 }, () => tf.keep(tf.ones([1])));`,
    "spare.pop().dispose(); spare.pop().dispose();",
  ],
  [
    "a set says that it holds all",
    `Set.prototype.has = () => true; Map.prototype.values = () => [][Symbol.iterator]();`,
  ],
])("a tensor that is left behind is found where %s", async (_, patch, more = "") => {
  const code = `try { ${patch} } catch {}\n var f = (x) => { ${KEEPS}; ${more} return x.mul(2); };`;
  const spares = code.replace(/try \{ (var spare[^;]*;) \} catch \{\}/, "$1");
  const { outcomes } = await run({ code: spares, cases: tidy });
  expect(outcomes).toEqual([
    { error: expect.stringMatching(/^It leaves 2 tensors behind/) as string },
  ]);
});

test.each([
  ["Object.is", "Object.is = () => true;"],
  ["lists", "Array.from = () => []; Object.keys = () => [];"],
  ["typed arrays", "Int32Array.prototype.slice = function () { return this; };"],
])("a changed argument is found where %s lies", async (_, patch) => {
  const cases: JobCase[] = [{ args: [[3, 1, 2], Int32Array.of(2, 1)] as Value[] }];
  const code = `try { ${patch} } catch {}\n var f = (list, ids) => { ids[0] = 9; list.sort(); return 1; };`;
  const { outcomes } = await run({ code, cases });
  expect(outcomes).toEqual([
    { error: expect.stringMatching(/^It changes its argument/) as string },
  ]);
});

test("an argument that is disposed of is found, whatever it says of itself", async () => {
  const code = `var f = (x) => { const y = x.mul(2); x.dispose(); x.data = async () => new Float32Array(6);
    try { Object.defineProperty(x, "isDisposed", { value: false }); } catch {} return y; };`;
  const { outcomes } = await run({ code });
  expect(outcomes).toEqual([
    { error: expect.stringMatching(/^It disposes of its argument/) as string },
  ]);
});

/** Writes the message of the first case, as the child would: the right value, and a cheap run. */
const FORGE = `
  var forge = (list) => {
    const fields = ["r", ["kind", "case"], ["exercise", 1], ["case", 0], ["value", ["l", ...list]],
      ["runs", ["r", ["kernels", ["l", "Neg"]], ["numbers", ["b", 40]]]]];
    const json = Buffer.from(JSON.stringify(fields)), head = Buffer.alloc(8);
    head.writeUInt32LE(4 + json.length + 40, 0); head.writeUInt32LE(json.length, 4);
    return Buffer.concat([head, json, Buffer.alloc(40)]);
  };`;
test.each([
  ["node:fs", 'process.getBuiltinModule("node:fs").writeSync(3, forge([1, 2]));'],
  ["a stream of process", "new process.stdout.constructor(3).write(forge([1, 2]));"],
])("a message that student code writes by %s doesn't count", async (_, write) => {
  const code = `${FORGE} var f = () => { ${write} process.reallyExit(0); };`;
  const { outcomes, loss } = await run({ code, cases: COST });
  expect({ outcomes, loss }).toEqual({
    outcomes: [undefined],
    loss: expect.stringMatching(/disturbed the grader's channel|ended the process/) as string,
  });
});

test("what has been read is handed to no student code", async () => {
  const code = `var seen = 0, f = (x) => {
    for (const p of [Object, Array, Float32Array, Object.getPrototypeOf(Float32Array), Map, RegExp]) {
      try { Object.defineProperty(p.prototype, "then", { configurable: true, value(yes) {
        seen++; delete p.prototype.then; yes(this); } }); } catch {}
    }
    class Mine extends Array { map() { seen++; return this; } every() { seen++; return true; } }
    const y = x.mul(2), list = Mine.from([1, 2]);
    Object.defineProperty(y, "shape", { value: Mine.from(y.shape) });
    return [y, list, /a/];
  }, g = () => seen;`;
  const exercise = { cell: -1, references: [], forbid: [] };
  const { outcomes } = await runJob(sandbox, 0, {
    ...emptyJob(sandbox.wasm),
    cells: [{ code, awaits: false }],
    exercises: [
      { name: "f", ...exercise, cases: [{ args: [X] }] },
      { name: "g", ...exercise, cases: [{ args: [] }] },
    ],
  });
  const doubled = tensorData([2, 3], [2, 4, 8, 0, -2, 10]);
  expect(outcomes).toEqual([[{ value: [doubled, [1, 2], /a/] }], [{ value: 0 }]]);
});
