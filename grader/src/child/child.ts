/**
 * The child: runs one submission's cells and its functions on inputs, and writes what comes out to
 * file descriptor 3. It knows no expected value. Student code shares its world and may say anything
 * in its name; the parent believes none of it.
 *
 * What an exercise may not use works while cells run, and is gone for good before the first input
 * of that exercise reaches anything that student code could have replaced. Inputs of exercises to
 * come lie in variables of functions here and nowhere else, so what follows handles them by index
 * and plain loops: a patched Array.prototype.entries would see the list.
 *
 * It is bundled and started from a V8 snapshot, so that tfjs is there at once; WASM cannot be part
 * of a snapshot and is compiled after.
 */
import "../register";
import { startupSnapshot } from "node:v8";
import { runInThisContext } from "node:vm";
import * as tf from "@tensorflow/tfjs-core";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { registerWasmKernels } from "ops/wasm";
import kernels from "ops/wasm/kernels.wasm";
import { runCase, type CaseOutcome } from "../exercise/call";
import { parameterNames } from "../exercise/caller";
import { watchKernels } from "../exercise/runs";
import { fromTensors, type AnyFunction, type Value } from "../exercise/value";
import { guardTfjs, type Guard } from "../exercise/guard";
import { guardCode } from "./wasmCode";
import { courseStub, nothing } from "./courseStub";
import { closeDoors } from "./disableDebuggers";
import { pack } from "../sandbox/frames";
import { MAX_ERROR_LENGTH, notDefined, type JobCase, type Job } from "../sandbox/job";
import { receive, send } from "./send";
import { unpack } from "../sandbox/unframe";
import { warmUp } from "./warmUp";

type Require = (name: string) => unknown;

function text(e: unknown): string {
  if (!(e instanceof Error)) return String(e).slice(0, MAX_ERROR_LENGTH);
  const said = e.name === "Error" ? e.message : `${e.name}: ${e.message}`;
  return said.slice(0, MAX_ERROR_LENGTH);
}

type Load = (code: string) => Record<string, unknown>;

/**
 * tfjs as bundles of ours and as cells get it. Made with the snapshot, for the one submission that a
 * child runs: copying its names twice takes 4 ms.
 */
const forOurs: Record<string, unknown> = { ...tf };
const forCells: Record<string, unknown> = { ...tf };

/**
 * Loads bundles of ours. What else they require than tfjs registers methods, as is done. Their own
 * tfjs has all its functions: what a lesson offers may use what an exercise builds.
 */
function loader(guard: Guard, names: string[]): Load {
  for (const name of names) {
    const f = forOurs[name];
    if (typeof f === "function") forOurs[name] = guard.free(f as AnyFunction);
  }
  const require: Require = (name) => (name === "@tensorflow/tfjs-core" ? forOurs : {});
  return (code) => {
    const module = { exports: {} as Record<string, unknown> };
    const wrapped = `(function (module, exports, require) {${code}\n})`;
    (runInThisContext(wrapped) as AnyFunction)(module, module.exports, require);
    return module.exports;
  };
}

/** What cells tried to import in vain, since the last look. */
let refused: string | undefined;

/** What a submission may import; in the place of anything else stands what does nothing. */
function requireFor(tfjs: object, solutions: object): Require {
  return (name) => {
    if (/^@tensorflow\/tfjs(-core|-backend-\w+)?$/.test(name)) return tfjs;
    if (name === "course") return courseStub;
    if (name === "solutions") return solutions;
    refused =
      `${name} cannot be imported when grading: only @tensorflow/tfjs-core, course and the ` +
      "lesson's names of solutions can";
    return nothing;
  };
}

/**
 * Where a tensor does not fit, tfjs would go on and write over its own memory: this ends the child.
 */
function endWhenFull(leave: (code: number) => never): void {
  const { wasm } = tf.backend() as unknown as {
    wasm: { _malloc(bytes: number): number; _free(at: number): void };
  };
  wasm._free(wasm._malloc(1)); // the first call puts the real function into its place
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => allocate(bytes) || leave(1);
}

async function startWasm(file: string): Promise<void> {
  const kinds = ["", "-simd", "-threaded-simd"];
  const files = kinds.map((kind) => [`tfjs-backend-wasm${kind}.wasm`, file]);
  setWasmPaths(Object.fromEntries(files) as never);
  if (!(await tf.setBackend("wasm"))) throw new Error("no WASM backend");
}

/** The world that cells see. What they define becomes part of it. */
const world = globalThis as unknown as Record<string, unknown>;

function furnish({ solutions: code }: Job, load: Load): void {
  const solutions = { ...load(code) };
  // a device that a cell asks for changes nothing here
  const tfjs = Object.assign(forCells, { setBackend: async () => true });
  // the names of the first setup cell, so that a submission without it can still be graded
  Object.assign(world, solutions, {
    tf: tfjs,
    require: requireFor(tfjs, solutions),
    exports: {},
    module: { exports: {} },
  });
  // of a promise left behind; it must not cost another exercise
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    process.on(event, () => undefined);
  }
}

async function runCell({ code, awaits }: Job["cells"][number], number: number): Promise<void> {
  const result: unknown = runInThisContext(code, { filename: `cell ${number}` });
  if (awaits) await result;
}

async function runCells(cells: Job["cells"]): Promise<void> {
  for (let i = 0; i < cells.length; i++) {
    let error: string | undefined;
    refused = undefined;
    try {
      await runCell(cells[i]!, i + 1);
    } catch (e) {
      error = text(e);
    }
    error ??= refused;
    send({ kind: "cell", cell: i, ...(error === undefined ? {} : { error }) });
  }
}

async function runOne(name: string, c: JobCase): Promise<CaseOutcome> {
  const f = world[name];
  if (typeof f !== "function") return { error: notDefined(name) };
  const outcome = await runCase(f as AnyFunction, c, parameterNames(f));
  return "error" in outcome ? { error: outcome.error.slice(0, MAX_ERROR_LENGTH) } : outcome;
}

async function runExercise(job: Job, exercise: number, load: Load, guard: Guard): Promise<void> {
  const { name, cell, cases, forbid, references: ours } = job.exercises[exercise]!;
  if (cases.length === 0) return;
  // the cell has run once, and said what it had to say
  if (cell >= 0) await runCell(job.cells[cell]!, cell + 1).catch(() => undefined);
  for (let i = 0; i < ours.length; i++) {
    const { name, code } = ours[i]!;
    world[name] = load(code)[name];
  }
  guard.forbid(forbid);
  for (let i = 0; i < cases.length; i++) {
    const outcome = await runOne(name, cases[i]!);
    try {
      send({ kind: "case", exercise, case: i, ...outcome });
    } catch (e) {
      send({ kind: "case", exercise, case: i, error: text(e) });
    }
  }
}

async function main(): Promise<void> {
  const leave = process.exit.bind(process);
  closeDoors();
  const received = receive();
  const job = unpack(received) as unknown as Job;
  received.fill(0);
  const names = [...new Set(job.exercises.flatMap(({ forbid }) => forbid))];
  // of the plain backend, which is gone, kernels are left
  const guard = guardTfjs({ list: names, backends: ["wasm", "cpu"], forGood: true });
  const undo = guardCode(guard, names);
  await startWasm(job.wasm);
  undo();
  endWhenFull(leave);
  watchKernels(); // before any cell could keep a kernel unwatched
  const load = loader(guard, names);
  furnish(job, load);
  // what fails before this is the grader's fault, after it the submission's
  send({ kind: "ready" });
  await runCells(job.cells);
  tf.env().set("DEBUG", false); // a cell may have asked for it, and it costs time
  for (let i = 0; i < job.exercises.length; i++) await runExercise(job, i, load, guard);
  send({ kind: "end" });
  leave(0);
}

tf.env().set("PROD", true); // no greeting
// tfjs's own kernels, which start fastest, and ours for those it lacks, such as the gradient of
// gather. Without fused multiply-add, so a score doesn't depend on the machine.
registerWasmKernels({ missing: true, code: kernels });
startupSnapshot.setDeserializeMainFunction(() => {
  void main();
});
void warmUp(async (f, tensors, wrt) => {
  const args = (await fromTensors(tensors)) as Value[];
  const paths = wrt ? tensors.map((_, i) => String(i)) : undefined;
  const outcome = await runCase(f as AnyFunction, { args, wrt: paths });
  unpack(pack(outcome as Value));
});
