/** A student's function under observation: what it leaves behind, and what it may not use. */
import * as tf from "@tensorflow/tfjs-core";
import { mapLeaves, type AnyFunction } from "grader";

function tensorsIn(value: unknown): Set<tf.Tensor> {
  const found = new Set<tf.Tensor>();
  mapLeaves(value, (v) => {
    if (v instanceof tf.Tensor) found.add(v);
    return v;
  });
  return found;
}

/**
 * tfjs wraps each operation in a scope of this name, however it was called: tf.softmax(x),
 * x.softmax(), or under another name.
 */
const scopeOf = (op: string) => `${op}__op`;

/** Calls f while the operations of these names throw. */
export async function without<T>(forbid: string[], f: () => T | Promise<T>): Promise<T> {
  const engine = tf.engine();
  const start = engine.startScope;
  const scopes = new Map(forbid.map((op) => [scopeOf(op), op]));
  engine.startScope = (name?: string) => {
    const op = name === undefined ? undefined : scopes.get(name);
    if (op !== undefined) {
      throw new Error(
        `tf.${op} is what this exercise builds, so it may not be used here; ` +
          "write it from smaller operations",
      );
    }
    start.call(engine, name);
  };
  try {
    return await f();
  } finally {
    engine.startScope = start;
  }
}

export interface Watched {
  fn: AnyFunction;
  /** The most tensors that one call left behind, not counting its result and arguments. */
  leaked(): number;
}

/** The same function, watched. A synchronous call stays synchronous. */
export function watch(fn: AnyFunction): Watched {
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
