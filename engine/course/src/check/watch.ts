/** A student's function under observation: what it leaves behind, and what it may not use. */
import * as tf from "@tensorflow/tfjs-core";
import { guardTfjs, mapLeaves, refuseUnavailable, thrownText, type AnyFunction } from "grader";
import { callStoppably, isStop, lineOf, type CellLine } from "../kernel";

function tensorsIn(value: unknown): Set<tf.Tensor> {
  const found = new Set<tf.Tensor>();
  mapLeaves(value, (v) => {
    if (v instanceof tf.Tensor) found.add(v);
    return v;
  });
  return found;
}

/**
 * Calls f while these functions of tfjs throw, and the op kernels that the grader's child lacks, as
 * they do when the grader runs it.
 */
export async function withForbidden<T>(forbid: string[], f: () => T | Promise<T>): Promise<T> {
  const guard = guardTfjs({ names: forbid, backends: [tf.getBackend()], permanent: false });
  guard.forbid(forbid);
  const allowUnavailable = refuseUnavailable(tf.getBackend());
  try {
    return await f();
  } finally {
    allowUnavailable();
    guard.remove();
  }
}

export interface LeakCounter {
  fn: AnyFunction;
  /** The most tensors that one call left behind, not counting its result and arguments. */
  leaked(): number;
}

/** The same function, watched. A synchronous call stays synchronous. */
export function countLeaks(fn: AnyFunction): LeakCounter {
  let most = 0;
  const note = (before: number, args: unknown[], result: unknown) => {
    const given = tensorsIn(args);
    const own = [...tensorsIn(result)].filter((t) => !given.has(t)).length;
    most = Math.max(most, tf.memory().numTensors - before - own);
  };
  return {
    fn: (...args: unknown[]) => {
      const before = tf.memory().numTensors;
      const result = fn(...args);
      if (result instanceof Promise) {
        return result.then((value) => {
          note(before, args, value);
          return value as unknown;
        });
      }
      note(before, args, result);
      return result;
    },
    leaked: () => most,
  };
}

export interface StoppableFunction {
  fn: AnyFunction;
  /** Whether the student stopped a call. */
  wasStopped(): boolean;
}

/** What tfjs's engine counts while functions call each other, of which a stopped one ends nothing. */
interface EngineState {
  scopeStack: unknown[];
  gradientDepth: number;
  kernelDepth: number;
  activeTape: unknown;
}

/** The same function, of which a stop ends the running call: it then throws. */
export function stoppable(fn: AnyFunction): StoppableFunction {
  let isStopped = false;
  const engine = tf.engine();
  const { state } = engine as unknown as { state: EngineState };
  return {
    fn: (...args: unknown[]) => {
      const { gradientDepth, kernelDepth, activeTape } = state;
      const scopes = state.scopeStack.length;
      try {
        return callStoppably(() => fn(...args));
      } catch (e) {
        if (isStop(e)) {
          isStopped = true;
          while (state.scopeStack.length > scopes) engine.endScope();
          Object.assign(state, { gradientDepth, kernelDepth, activeTape });
        }
        throw e;
      }
    },
    wasStopped: () => isStopped,
  };
}

export interface LocatedFunction {
  fn: AnyFunction;
  /** The line of a cell in which the function threw an error with this text, if it did. */
  lineOf(error: string): CellLine | undefined;
}

/** The same function, of which one knows in which line it threw. */
export function locateErrors(fn: AnyFunction): LocatedFunction {
  const lines = new Map<string, CellLine | undefined>();
  const note = (e: unknown) => {
    const text = thrownText(e);
    if (!lines.has(text)) lines.set(text, lineOf(e));
  };
  return {
    fn: (...args: unknown[]) => {
      try {
        const result = fn(...args);
        if (result instanceof Promise) result.catch(note);
        return result;
      } catch (e) {
        note(e);
        throw e;
      }
    },
    lineOf: (error) => lines.get(error),
  };
}
