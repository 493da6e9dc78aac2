/**
 * Runs one case against one function. The same code serves the check in the notebook, the grader's
 * parent (on ours) and its child (on the student's).
 */
import * as tf from "@tensorflow/tfjs-core";
import { lend, parameterNames, placeOf } from "./caller";
import type { Case, ReferenceCase } from "./exercise";
import { recordRuns, type Run } from "./runs";
import { fromTensors, mapLeaves, toTensors, type AnyFunction, type Value } from "./value";

/**
 * What a call gave or threw. `bytesRead` is what the grader saw a kernel read, `runs` what the
 * function ran where the case asks for its cost.
 */
export type CaseOutcome = { value: Value; bytesRead?: number; runs?: Run[] } | { error: string };

/** Runs a function on cases, one outcome each, undefined where it gave none. */
export type RunCases = (
  fn: AnyFunction,
  cases: ReferenceCase[],
) => Promise<(CaseOutcome | undefined)[]>;

/** What is asked of a function; `cost` says that what it runs is to be recorded. */
export type CaseRequest = Pick<Case, "args" | "wrt" | "output" | "tidy"> & { cost?: unknown };

/**
 * For gradients, the scalar that is differentiated: the sum over all float tensors of the result of
 * Σᵢ tensorᵢ · cos(i), where i counts the elements of a tensor from 0. The cosines keep mistakes in
 * single elements from canceling out. They can't tell two results of equal shape that changed
 * places: `of` can, the path of the only tensor to differentiate.
 */
function scalarOf(result: unknown, of?: string): tf.Scalar {
  const sums: tf.Tensor[] = [];
  mapLeaves(result, (v, path) => {
    if (v instanceof tf.Tensor && v.dtype === "float32" && (of === undefined || path === of)) {
      sums.push(v.flatten().mul(tf.range(0, v.size).cos()).sum());
    }
    return v;
  });
  if (sums.length === 0) {
    const which = of === undefined ? "" : ` ${of}`;
    throw new Error(`the result holds no float32 tensor${which}, so it has no gradient`);
  }
  return tf.addN(sums) as tf.Scalar;
}

function gradients(
  f: AnyFunction,
  args: unknown[],
  { wrt = [], output: of }: CaseRequest,
  names: (string | undefined)[],
): tf.Tensor[] {
  const inputs = new Map<string, tf.Tensor>();
  mapLeaves(args, (v, path) => {
    if (v instanceof tf.Tensor && wrt.includes(path)) inputs.set(path, v);
    return v;
  });
  const missing = wrt.find((path) => !inputs.has(path));
  if (missing !== undefined) throw new Error(`gradient: no tensor at ${missing} of the arguments`);
  const xs = wrt.map((path) => inputs.get(path)!);
  const { grads } = tf.engine().gradients(() => scalarOf(f(...args), of), xs, undefined, true);
  const without = wrt.find((_, i) => grads[i] === undefined || grads[i] === null);
  if (without !== undefined) {
    throw new Error(
      `no gradient reaches argument ${placeOf(without, names)}: the result does not depend on it, or is read ` +
        "from it as plain numbers",
    );
  }
  return grads;
}

/**
 * Never rejects: what the function throws is an outcome, and so is what it owes its caller. Leaves
 * no tensors behind.
 * @param names of the function's parameters, where its own text does not tell them
 */
export async function runCase(
  f: AnyFunction,
  question: CaseRequest,
  names = parameterNames(f),
): Promise<CaseOutcome> {
  const { args, wrt, tidy, cost } = question;
  tf.engine().startScope();
  try {
    const inputs = toTensors(args) as unknown[];
    const settle = lend(args, inputs, names);
    const call = () => (wrt ? gradients(f, inputs, question, names) : f(...inputs));
    const { result, runs } = cost
      ? await recordRuns(call)
      : { result: await call(), runs: undefined };
    await settle(result, tidy);
    const value = await fromTensors(result);
    return runs ? { value, runs } : { value };
  } catch (e) {
    return { error: e instanceof Error ? e.message : String(e) };
  } finally {
    tf.engine().endScope();
  }
}
