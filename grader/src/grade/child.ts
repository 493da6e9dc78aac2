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
import { runCase, type AnyFunction, type Outcome } from "../call";
import { parameterNames } from "../caller";
import { fromTensors, type Value } from "../value";
import { courseStub } from "./course-stub";
import { pack, unpack } from "./frames";
import { guardTfjs } from "./guard";
import { warmUp } from "./warm-up";
import { ERROR_LENGTH, type Job } from "./job";
import { send } from "./send";

type Require = (name: string) => unknown;

const text = (e: unknown) =>
  (e instanceof Error ? `${e.name === "Error" ? "" : `${e.name}: `}${e.message}` : String(e)).slice(
    0,
    ERROR_LENGTH,
  );

/** Modules that bundles of ours may require. */
// what else they name registers methods, which is done
const forOurs: Require = (name) => (name === "@tensorflow/tfjs-core" ? tf : {});

function load(code: string): Record<string, unknown> {
  const module = { exports: {} as Record<string, unknown> };
  (runInThisContext(`(function (module, exports, require) {${code}\n})`) as AnyFunction)(
    module,
    module.exports,
    forOurs,
  );
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

async function main(): Promise<void> {
  const leave = process.exit.bind(process);
  const world = globalThis as unknown as Record<string, unknown>;
  const job = unpack(readFileSync(0)) as unknown as Job;
  setWasmPaths(
    Object.fromEntries(
      ["", "-simd", "-threaded-simd"].map((kind) => [`tfjs-backend-wasm${kind}.wasm`, job.wasm]),
    ) as never,
  );
  if (!(await tf.setBackend("wasm"))) throw new Error("no WASM backend");
  endWhenFull(leave);
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
  for (const event of ["uncaughtException", "unhandledRejection"])
  // of a promise left behind; it must not cost another exercise
  {
    process.on(event, () => undefined);
  }
  // what fails before this is the grader's fault, after it the submission's
  send({ kind: "ready" });

  const runCell = async (i: number) => {
    const { code, awaits } = job.cells[i]!;
    const result: unknown = runInThisContext(code, { filename: `cell ${i + 1}` });
    if (awaits) await result;
  };
  for (const i of job.cells.keys()) {
    let error: string | undefined;
    try {
      await runCell(i);
    } catch (e) {
      error = text(e);
    }
    send({ kind: "cell", cell: i, ...(error === undefined ? {} : { error }) });
  }
  for (const [exercise, { name, cell, forbid, cases }] of job.exercises.entries()) {
    if (cases.length === 0) continue;
    // it has run once, and said what it had to say
    if (cell >= 0) await runCell(cell).catch(() => undefined);
    for (const { name: other, code } of job.ours) world[other] = load(code)[other];
    for (const [i, c] of cases.entries()) {
      const f = world[name];
      const outcome: Outcome =
        typeof f === "function"
          ? await runCase(guard.without(forbid, f as AnyFunction), c, parameterNames(f))
          : { error: `${name} is not defined` };
      try {
        send({
          kind: "case",
          exercise,
          case: i,
          ...("error" in outcome ? { error: outcome.error.slice(0, ERROR_LENGTH) } : outcome),
        });
      } catch (e) {
        send({ kind: "case", exercise, case: i, error: text(e) });
      }
    }
  }
  send({ kind: "end" });
  leave(0);
}

tf.env().set("PROD", true); // no greeting
// tfjs's own kernels, which start fastest, and ours for those it lacks, such as the gradient of
// gather; without fused
// multiply-add, so that a score does not depend on the machine
registerWasmKernels({ missing: true, code: kernels });
startupSnapshot.setDeserializeMainFunction(() => {
  void main();
});
void warmUp(async (f, tensors, wrt) => {
  const args = (await fromTensors(tensors)) as Value[];
  const outcome = await runCase(f as AnyFunction, {
    args,
    wrt: wrt ? tensors.map((_, i) => String(i)) : undefined,
  });
  unpack(pack(outcome as Value));
});
