/** The code under tfjs's kernels on WASM, which a submission could call by itself. */
import { kernelOf, type Guard } from "../exercise/guard";
import type { AnyFunction } from "../exercise/value";

interface Made {
  instance: { exports: Record<string, unknown> };
}
interface Wasm {
  instantiate(...args: unknown[]): Promise<Made>;
}

/**
 * Guards what is loaded from now on.
 * @returns what ends that
 */
export function guardCode(guard: Guard, names: string[]): () => void {
  const wasm = (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly;
  const instantiate = wasm.instantiate.bind(wasm);
  wasm.instantiate = async (...args) => {
    const made = await instantiate(...args);
    const exports = { ...made.instance.exports };
    for (const name of names) {
      const f = exports[kernelOf(name)];
      if (typeof f === "function") exports[kernelOf(name)] = guard.guarded(name, f as AnyFunction);
    }
    return { ...made, instance: { exports } };
  };
  return () => {
    wasm.instantiate = instantiate;
  };
}
