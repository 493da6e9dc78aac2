/**
 * What a call owes its caller: arguments that are as they were, and, where a case asks for it, no
 * tensors besides the result's.
 */
import * as tf from "@tensorflow/tfjs-core";
import { bannedName } from "./guard";
import { isTensorData, mapLeaves, type Value } from "./value";

/** Read once: the child looks at it for each of a thousand values. */
const { Tensor } = tf;

const CHANGES = "It changes its argument";
const DISPOSES = "It disposes of its argument";

/** Whether an outcome's error is a sentence of ours rather than the function's own. */
export const isDebt = (error: string): boolean =>
  bannedName(error) !== undefined ||
  [CHANGES, DISPOSES].some((start) => error.startsWith(start)) ||
  /^It leaves \d+ tensors? behind/.test(error);

/**
 * The names of a function's parameters as its text has them, undefined where one is taken apart or
 * has no name.
 */
export function parameterNames(f: unknown): (string | undefined)[] {
  const text = Function.prototype.toString.call(f).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
  const single = /^(?:async\s+)?([\w$]+)\s*=>/.exec(text);
  if (single) return [single[1]];
  const parts = [""];
  let depth = 0;
  for (const char of text.slice(text.indexOf("(") + 1)) {
    if ("([{".includes(char)) depth++;
    if (")]}".includes(char) && depth-- === 0) break;
    if (char === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => /^\s*([A-Za-z_$][\w$]*)\s*(=|$)/.exec(part)?.[1]);
}

/**
 * From "1.m.0", a place in the list of arguments, to "state.m[0]"; "2.m[0]", counted from 1, where
 * the second parameter has no name.
 */
export function placeOf(path: string, names: readonly (string | undefined)[] = []): string {
  const [index, ...keys] = path.split(".");
  const name = names[Number(index)] ?? String(Number(index) + 1);
  return name + keys.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join("");
}

const sameBytes = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
};

const isList = (v: unknown): v is Uint8Array | Int32Array =>
  v instanceof Uint8Array || v instanceof Int32Array;

type Key = string | number;

/** Of a list its places as numbers, which are read faster than as text. */
function keysOf(v: object): Iterable<Key> & { length: number } {
  if (v instanceof Map) return [...(v as Map<Key, unknown>).keys()];
  return Array.isArray(v) ? Array.from(v, (_, i) => i) : Object.keys(v);
}
const entryOf = (v: object, key: Key): unknown =>
  v instanceof Map ? v.get(key) : (v as Record<Key, unknown>)[key];

/**
 * The path of the first place where two values differ. Tensors, functions and patterns are the same
 * when they are the same object.
 */
function differenceAt(was: unknown, is: unknown, path: string): string | undefined {
  if (Object.is(was, is)) return undefined;
  if (isList(was)) return isList(is) && sameBytes(was, is) ? undefined : path;
  const open = (v: unknown): v is object =>
    typeof v === "object" && v !== null && !(v instanceof Tensor) && !(v instanceof RegExp);
  if (!open(was) || !open(is)) return path;
  const keys = keysOf(was);
  if (keysOf(is).length !== keys.length) return path;
  for (const key of keys) {
    const [a, b] = [entryOf(was, key), entryOf(is, key)];
    if (Object.is(a, b)) continue; // no path for each of a thousand numbers
    const found = differenceAt(a, b, path === "" ? String(key) : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The tensors of a value by their paths. */
function tensorsOf(value: unknown): Map<string, tf.Tensor> {
  const found = new Map<string, tf.Tensor>();
  mapLeaves(value, (v, path) => {
    if (!isList(v) && v instanceof Tensor) found.set(path, v);
    return v;
  });
  return found;
}

/** Those of the tensors whose values are not those of the case: some devices hand out their own. */
async function changedTensor(args: Value[], tensors: Map<string, tf.Tensor>) {
  let changed: string | undefined;
  const reads: Promise<void>[] = [];
  mapLeaves(args, (v, path) => {
    const tensor = tensors.get(path);
    if (!isTensorData(v) || !tensor) return v;
    const { data } = v;
    reads.push(
      tensor.data().then((now) => {
        if (!sameBytes(data, now as Float32Array)) changed ??= path;
      }),
    );
    return v;
  });
  await Promise.all(reads);
  return changed;
}

/**
 * Looks at the arguments before a call.
 * @param args of the case, from which the inputs were made
 * @param names of the parameters, for the sentence
 * @returns what to call with the result: it throws a sentence unless the arguments are as they were
 *   and, with `alone`, all tensors made since then belong to the result
 */
export function lend(args: Value[], inputs: unknown[], names: (string | undefined)[]) {
  const before = mapLeaves(inputs, (v) => (isList(v) ? v.slice() : v));
  const tensors = tensorsOf(inputs);
  const count = tf.memory().numTensors;
  return async (result: unknown, alone = false): Promise<void> => {
    const left = tf.memory().numTensors - count;
    const disposed = [...tensors].find(([, tensor]) => tensor.isDisposed);
    if (disposed) {
      throw new Error(`${DISPOSES} ${placeOf(disposed[0], names)}, which the caller still needs.`);
    }
    const changed = differenceAt(before, inputs, "") ?? (await changedTensor(args, tensors));
    if (changed !== undefined) {
      throw new Error(`${CHANGES} ${placeOf(changed, names)}, which the caller still needs.`);
    }
    if (!alone) return;
    const given = new Set(tensors.values());
    const own = new Set([...tensorsOf(result).values()].filter((tensor) => !given.has(tensor)));
    const extra = left - own.size;
    if (extra === 1) throw new Error("It leaves 1 tensor behind that isn't part of its result.");
    if (extra > 1) {
      throw new Error(`It leaves ${extra} tensors behind that aren't part of its result.`);
    }
  };
}
