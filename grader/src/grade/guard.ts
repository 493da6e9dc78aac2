/**
 * Keeps functions of tfjs from an exercise whose answer they are. Each is guarded before any cell
 * runs, so that a reference kept early is guarded too: by name, as a tensor's method, and as the
 * kernel that all of them end in.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { AnyFunction } from "../value";

export interface Guard {
  /**
   * f, during whose calls these functions throw. What the harness itself computes is not kept from
   * them.
   */
  without(forbid: string[], f: AnyFunction): AnyFunction;
}

/**
 * @param tfjs what submissions get when they import tfjs @param names all that any exercise forbids
 */
export function guardTfjs(tfjs: Record<string, unknown>, names: Iterable<string>): Guard {
  let active: ReadonlySet<string> = new Set();
  const guarded = (name: string, f: AnyFunction): AnyFunction =>
    function (this: unknown, ...args: unknown[]) {
      if (active.has(name)) {
        throw new Error(`${name} of tfjs is the answer to this exercise and may not be used`);
      }
      return f.apply(this, args);
    };
  for (const name of names) {
    for (const target of [tfjs, tf.Tensor.prototype as unknown as Record<string, unknown>]) {
      if (typeof target[name] === "function") {
        target[name] = guarded(name, target[name] as AnyFunction);
      }
    }
    const kernel = tf.getKernel(name.charAt(0).toUpperCase() + name.slice(1), tf.getBackend());
    if (!kernel) continue;
    tf.unregisterKernel(kernel.kernelName, kernel.backendName);
    tf.registerKernel({ ...kernel, kernelFunc: guarded(name, kernel.kernelFunc) as tf.KernelFunc });
  }
  return {
    without(forbid, f) {
      const forbidden = new Set(forbid);
      const end = () => {
        active = new Set();
      };
      return (...args) => {
        active = forbidden;
        let result: unknown;
        try {
          result = f(...args);
        } finally {
          if (!(result instanceof Promise)) end();
        }
        return result instanceof Promise ? result.finally(end) : result;
      };
    },
  };
}
