/**
 * The child: runs one submission's cells and its functions on inputs, and writes what comes out to
 * file descriptor 3. It knows no expected value. Student code shares its world and may say anything
 * in its name; the parent believes none of it. It is bundled and started from a V8 snapshot, so
 * that tfjs is there at once; WASM cannot be part of a snapshot and is compiled after.
 */
import "../register";
import { readFileSync } from "node:fs";
import { startupSnapshot } from "node:v8";
import { runInThisContext } from "node:vm";
import * as tf from "@tensorflow/tfjs-core";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { registerWasmKernels } from "kernels/dist/wasm/index.js";
import kernels from "kernels/wasm/kernels.wasm";
import { runCase, type Outcome } from "../call";
import { parameterNames } from "../caller";
import { watchKernels } from "../runs";
import { fromTensors, type AnyFunction, type Value } from "../value";
import { courseStub } from "./course-stub";
import { pack } from "./frames";
import { guardTfjs, type Guard } from "./guard";
import { ERROR_LENGTH, type AskedCase, type AskedExercise, type Job } from "./job";
import { send } from "./send";
import { unpack } from "./unframe";
import { warmUp } from "./warm-up";

type Require = (name: string) => unknown;

function text(e: unknown): string {
  if (!(e instanceof Error)) return String(e).slice(0, ERROR_LENGTH);
  const said = e.name === "Error" ? e.message : `${e.name}: ${e.message}`;
  return said.slice(0, ERROR_LENGTH);
}

/** Modules that bundles of ours may require; what else they name registers methods, as is done. */
const forOurs: Require = (name) => (name === "@tensorflow/tfjs-core" ? tf : {});

function load(code: string): Record<string, unknown> {
  const module = { exports: {} as Record<string, unknown> };
  const wrapped = `(function (module, exports, require) {${code}\n})`;
  (runInThisContext(wrapped) as AnyFunction)(module, module.exports, forOurs);
  return module.exports;
}

/** What a submission may import. */
function requireFor(tfjs: object, solutions: object): Require {
  return (name) => {
    if (/^@tensorflow\/tfjs(-core|-backend-\w+)?$/.test(name)) return tfjs;
    if (name === "course") return courseStub;
    if (name === "solutions") return solutions;
    throw new Error(
      `${name} cannot be imported when grading: only @tensorflow/tfjs-core, course and the ` +
        "lesson's names of solutions can",
    );
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

async function startWasm(file: string, leave: (code: number) => never): Promise<void> {
  const kinds = ["", "-simd", "-threaded-simd"];
  const files = kinds.map((kind) => [`tfjs-backend-wasm${kind}.wasm`, file]);
  setWasmPaths(Object.fromEntries(files) as never);
  if (!(await tf.setBackend("wasm"))) throw new Error("no WASM backend");
  endWhenFull(leave);
}

/** The world that cells see. What they define becomes part of it. */
const world = globalThis as unknown as Record<string, unknown>;

function furnish(job: Job): Guard {
  const solutions = { ...load(job.solutions) };
  const tfjs: Record<string, unknown> = { ...tf };
  const guard = guardTfjs(tfjs, new Set(job.exercises.flatMap((e) => e.forbid)));
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
  return guard;
}

async function runCell({ code, awaits }: Job["cells"][number], number: number): Promise<void> {
  const result: unknown = runInThisContext(code, { filename: `cell ${number}` });
  if (awaits) await result;
}

async function runCells(cells: Job["cells"]): Promise<void> {
  for (const [i, cell] of cells.entries()) {
    let error: string | undefined;
    try {
      await runCell(cell, i + 1);
    } catch (e) {
      error = text(e);
    }
    send({ kind: "cell", cell: i, ...(error === undefined ? {} : { error }) });
  }
}

async function runOne({ name, forbid }: AskedExercise, c: AskedCase, guard: Guard) {
  const f = world[name];
  const outcome: Outcome =
    typeof f === "function"
      ? await runCase(guard.without(forbid, f as AnyFunction), c, parameterNames(f))
      : { error: `${name} is not defined` };
  return "error" in outcome ? { error: outcome.error.slice(0, ERROR_LENGTH) } : outcome;
}

async function runExercise(job: Job, exercise: number, guard: Guard): Promise<void> {
  const asked = job.exercises[exercise]!;
  const { cell, cases } = asked;
  if (cases.length === 0) return;
  // the cell has run once, and said what it had to say
  if (cell >= 0) await runCell(job.cells[cell]!, cell + 1).catch(() => undefined);
  for (const { name, code } of job.ours) world[name] = load(code)[name];
  for (const [i, c] of cases.entries()) {
    const outcome = await runOne(asked, c, guard);
    try {
      send({ kind: "case", exercise, case: i, ...outcome });
    } catch (e) {
      send({ kind: "case", exercise, case: i, error: text(e) });
    }
  }
}

async function main(): Promise<void> {
  const leave = process.exit.bind(process);
  const job = unpack(readFileSync(0)) as unknown as Job;
  await startWasm(job.wasm, leave);
  watchKernels(); // before any cell could keep a kernel unwatched
  const guard = furnish(job);
  // what fails before this is the grader's fault, after it the submission's
  send({ kind: "ready" });
  await runCells(job.cells);
  for (const exercise of job.exercises.keys()) await runExercise(job, exercise, guard);
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
