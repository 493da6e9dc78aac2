/**
 * Stands in for the package `course` while a submission is graded: every export exists and does
 * nothing. Loops over steps() still run, seeded random numbers are the real ones, and texts from files
 * are empty.
 */
import { random } from "../exercise/random";

/**
 * Callable, iterable, empty and zero. Every property of it and every call returns it again, so that
 * shipped code runs on.
 */
export const nothing: unknown = new Proxy(() => nothing, {
  get(_, key) {
    if (key === "then") return undefined; // not a promise
    if (key === "length") return 0;
    if (key === Symbol.iterator) return () => [][Symbol.iterator]();
    if (key === Symbol.toPrimitive) return (hint: string) => (hint === "string" ? "" : 0);
    return nothing;
  },
  apply: () => nothing,
});

async function* steps(count: number): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) yield i;
}

const WORKING_EXPORTS: Record<string, unknown> = {
  random,
  steps,
  device: () => ({ name: "wasm", label: "WASM" }),
  check: async () => undefined,
  weights: async () => undefined,
  readText: () => "",
};

export const courseStub: object = new Proxy(WORKING_EXPORTS, {
  get: (known, key) =>
    typeof key === "string" && Object.hasOwn(known, key) ? known[key] : nothing,
  has: () => true,
});
