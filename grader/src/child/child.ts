/**
 * The child: runs a submission's cells, then its functions on the inputs of each exercise, and writes
 * the outcomes to file descriptor 3. It knows no expected value. Student code shares its globals and
 * can send any message in its name; the parent trusts none of them.
 *
 * Functions that an exercise forbids work while cells run. They are disabled for good before the
 * first input of that exercise reaches anything that student code could have replaced. Inputs of
 * later exercises are held in local variables of functions here and nowhere else. The code therefore
 * handles them by index in plain loops: a patched Array.prototype.entries would see the list.
 *
 * The child is bundled and started from a V8 snapshot, so that tfjs is loaded at once. WASM can't be
 * part of a snapshot and is compiled after the start.
 */
import "../register";
import { startupSnapshot } from "node:v8";
import { runInThisContext } from "node:vm";
import * as tf from "@tensorflow/tfjs-core";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { registerWasmKernels } from "ops/wasm";
import kernels from "ops/wasm/kernels.wasm";
import {
  parameterNames,
  runCase,
  thrownText,
  unreadable,
  type CaseOutcome,
} from "../exercise/call";
import { watchOpKernels } from "../exercise/cost";
import { fromTensors } from "../exercise/tensors";
import type { AnyFunction, Value } from "../exercise/value";
import { guardTfjs, isOperation, refuseUnavailable, type TfjsGuard } from "../exercise/guard";
import { disableDebuggers, lockIntrinsics, takeWebAssembly } from "./hardening";
import { restoreIntrinsics } from "../exercise/intrinsics";
import { courseStub, nothing } from "./courseStub";
import { pack, unpack } from "../exercise/frames";
import { MAX_ERROR_LENGTH, notDefined, type JobCase, type Job } from "../sandbox/job";
import { receive, send } from "./channel";
import { closedTfjs, lockOptimizers } from "./tfjs";
import { warmUp } from "./warmUp";

type Require = (name: string) => unknown;

const errorText = (e: unknown): string => thrownText(e, true).slice(0, MAX_ERROR_LENGTH);

type Load = (code: string) => Record<string, unknown>;

/**
 * tfjs as the course's own bundles and as cells get it. The copies are part of the snapshot, since
 * making them takes 4 ms and a child runs only one submission.
 */
const tfjsForSolutions: Record<string, unknown> = { ...tf };
const tfjsForCells = closedTfjs();

/**
 * Makes a function that loads the course's own bundles. Their tfjs has all its functions, since what a
 * lesson offers may use what an exercise builds. Other packages that they require only register
 * tensors' methods, which has already happened.
 */
function loader(guard: TfjsGuard, names: string[]): Load {
  for (const name of names) {
    const f = tfjsForSolutions[name];
    if (isOperation(name, f)) tfjsForSolutions[name] = guard.exempt(name, f);
  }
  const require: Require = (name) => (name === "@tensorflow/tfjs-core" ? tfjsForSolutions : {});
  return (code) => {
    const module = { exports: {} as Record<string, unknown> };
    // strict, or a function that is called back could ask who called it, and with what
    const wrapped = `(function (module, exports, require) {"use strict";${code}\n})`;
    (runInThisContext(wrapped) as AnyFunction)(module, module.exports, require);
    return module.exports;
  };
}

/** A message about an import of the current cell that was refused. */
let refusedImport: string | undefined;

/** `require` for cells. A package that a submission may not import is replaced by `nothing`. */
function requireFor(tfjs: object, solutions: object): Require {
  return (name) => {
    if (/^@tensorflow\/tfjs(-core|-backend-\w+)?$/.test(name)) return tfjs;
    if (name === "course") return courseStub;
    if (name === "solutions") return solutions;
    refusedImport =
      `${name} cannot be imported when grading: only @tensorflow/tfjs-core, course and the ` +
      "lesson's names of solutions can";
    return nothing;
  };
}

/** Ends the child when a tensor doesn't fit: tfjs would go on and overwrite its own memory. */
function exitWhenOutOfMemory(leave: (code: number) => never): void {
  const { wasm } = tf.backend() as unknown as {
    wasm: { _malloc(bytes: number): number; _free(at: number): void };
  };
  wasm._free(wasm._malloc(1)); // the first call replaces the stub by the real function
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => allocate(bytes) || leave(1);
}

async function startWasm(file: string): Promise<void> {
  const kinds = ["", "-simd", "-threaded-simd"];
  const files = kinds.map((kind) => [`tfjs-backend-wasm${kind}.wasm`, file]);
  setWasmPaths(Object.fromEntries(files) as never);
  if (!(await tf.setBackend("wasm"))) throw new Error("no WASM backend");
}

/** The globals that cells see. What they define becomes part of them. */
const globals = globalThis as unknown as Record<string, unknown>;

function defineGlobals({ solutions: code }: Job, load: Load): void {
  const solutions = { ...load(code) };
  const tfjs = tfjsForCells;
  // the names that the setup cell imports, so that a submission without it can still be graded
  Object.assign(globals, solutions, {
    tf: tfjs,
    require: requireFor(tfjs, solutions),
    exports: {},
    module: { exports: {} },
  });
  // an error in a promise that nobody awaits must not cost another exercise
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
    refusedImport = undefined;
    try {
      await runCell(cells[i]!, i + 1);
    } catch (e) {
      error = errorText(e);
    }
    error ??= refusedImport;
    send({ kind: "cell", cell: i, ...(error === undefined ? {} : { error }) });
  }
}

async function runOneCase(name: string, c: JobCase): Promise<CaseOutcome> {
  const f = globals[name]; // may be a getter that throws
  if (f === undefined) return { error: notDefined(name) };
  if (typeof f !== "function") return { error: `${name} is not a function` };
  const outcome = await runCase(f as AnyFunction, c, parameterNames(f));
  return "error" in outcome ? { error: outcome.error.slice(0, MAX_ERROR_LENGTH) } : outcome;
}

/** What can't be run or sent fails its own case. */
async function sendCase(exercise: number, i: number, name: string, c: JobCase): Promise<void> {
  let outcome: CaseOutcome;
  try {
    outcome = await runOneCase(name, c);
  } catch (e) {
    outcome = { error: errorText(e) };
  }
  try {
    restoreIntrinsics();
    send({ kind: "case", exercise, case: i, ...outcome });
  } catch (e) {
    const error = unreadable(e).slice(0, MAX_ERROR_LENGTH);
    send({ kind: "case", exercise, case: i, error });
  }
}

/** Reference functions that take the place of the student's, loaded before any student code runs. */
interface Reference {
  name: string;
  fn: unknown;
}

async function runExercise(
  job: Job,
  exercise: number,
  references: Reference[],
  guard: TfjsGuard,
): Promise<void> {
  const { name, cell, cases, forbid } = job.exercises[exercise]!;
  if (cases.length === 0) return;
  // the cell has run before, and its error has been reported
  if (cell >= 0) await runCell(job.cells[cell]!, cell + 1).catch(() => undefined);
  for (let i = 0; i < references.length; i++) {
    const { name, fn } = references[i]!;
    globals[name] = fn;
  }
  guard.forbid(forbid);
  for (let i = 0; i < cases.length; i++) {
    await sendCase(exercise, i, name, cases[i]!);
  }
}

async function main(): Promise<void> {
  const exit = process.exit.bind(process);
  disableDebuggers();
  const received = receive();
  const job = unpack(received) as unknown as Job;
  received.fill(0);
  const names = [...new Set(job.exercises.flatMap(({ forbid }) => forbid))];
  // student code reaches no op kernel but through operations
  const guard = guardTfjs({ names, backends: [], permanent: true });
  lockOptimizers();
  takeWebAssembly();
  await startWasm(job.wasm);
  exitWhenOutOfMemory(exit);
  watchOpKernels(); // before a cell could keep a reference to an op kernel without observer
  const load = loader(guard, names);
  defineGlobals(job, load);
  const references = job.exercises.map((exercise) =>
    exercise.references.map(({ name, code }) => ({ name, fn: load(code)[name] })),
  );
  // a failure before this is the grader's fault, after it the submission's
  send({ kind: "ready" });
  await runCells(job.cells);
  for (let i = 0; i < job.exercises.length; i++) await runExercise(job, i, references[i]!, guard);
  send({ kind: "end" });
  exit(0);
}

tf.env().set("PROD", true); // prints no greeting
// tfjs's own op kernels start fastest; ours add those that it lacks, such as the gradient of gather.
// They work without fused multiply-add, so a score doesn't depend on the machine.
registerWasmKernels({ missing: true, code: kernels });
refuseUnavailable("wasm");
startupSnapshot.setDeserializeMainFunction(() => {
  void main();
});
void warmUp(async (f, tensors, wrt) => {
  const args = (await fromTensors(tensors)) as Value[];
  const paths = wrt ? tensors.map((_, i) => String(i)) : undefined;
  const outcome = await runCase(f as AnyFunction, { args, wrt: paths });
  unpack(pack(outcome as Value));
}).then(lockIntrinsics);
