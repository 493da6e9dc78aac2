/**
 * The plain data that goes into and comes out of an exercise: tensors as typed arrays, numbers,
 * text, lists and records, and what JSON lacks besides: bytes, 32-bit integers, maps and patterns.
 * It crosses processes, is stored beside reference tensors and compared without a device.
 */
import "../register";
import * as tf from "@tensorflow/tfjs-core";
import { ARRAYS, isTensorData, type DType, type TensorData } from "./tensorData";

export { isTensorData, sizeOf, tensorData, type DType, type TensorData } from "./tensorData";

/** Read once: the child looks at it for each of a thousand values. */
const { Tensor } = tf;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any function of a course
export type AnyFunction = (...args: any[]) => unknown;

/**
 * A function among a case's arguments, as the text of a JavaScript expression in which `tf` is
 * tfjs. It sees nothing else of its case.
 */
export interface FunctionData {
  $function: string;
}
export type Value =
  | TensorData
  | FunctionData
  | number
  | string
  | boolean
  | null
  | undefined
  | Uint8Array
  | Int32Array
  | RegExp
  | Value[]
  | ValueMap
  | { [name: string]: Value };
export type ValueMap = Map<string | number, Value>;

const isFunctionData = (v: unknown): v is FunctionData =>
  typeof v === "object" && v !== null && typeof (v as FunctionData).$function === "string";

const isSimple = (v: unknown) =>
  typeof v === "number" || typeof v === "string" || typeof v === "boolean";

/**
 * Replaces each leaf for which `f` gives something else than itself; lists, maps and records keep
 * their form, and numbers, texts and booleans in them are kept without asking, since there may be
 * thousands. `path` reads "1.wq".
 */
export function mapLeaves(
  value: unknown,
  f: (leaf: unknown, path: string) => unknown,
  path = "",
): unknown {
  const inside = (v: unknown, key: string | number) =>
    isSimple(v) ? v : mapLeaves(v, f, path === "" ? String(key) : `${path}.${key}`);
  if (Array.isArray(value)) return value.map(inside);
  if (ArrayBuffer.isView(value)) return f(value, path); // what most of a vocabulary's leaves are
  if (value instanceof Map) {
    return new Map([...(value as ValueMap)].map(([key, v]) => [key, inside(v, key)]));
  }
  if (isRecord(value) && !isTensorData(value) && !isFunctionData(value)) {
    const entries = fieldsOf(value).map(([key, v]) => [key, inside(v, key)]);
    return Object.fromEntries(entries) as unknown;
  }
  return f(value, path);
}

const isPlain = (prototype: unknown) => prototype === Object.prototype || prototype === null;

/** A record, or an object of a class that somebody wrote in place of one. */
function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  if (isPlain(Object.getPrototypeOf(value))) return true;
  const isOfTfjs = value instanceof Tensor || value instanceof tf.TensorBuffer;
  return !isOfTfjs && Object.prototype.toString.call(value) === "[object Object]";
}

/** Of an object of a class its data: its own fields and its getters, without its methods. */
function fieldsOf(value: Record<string, unknown>): [string, unknown][] {
  let prototype = Object.getPrototypeOf(value) as object | null;
  if (isPlain(prototype)) return Object.entries(value);
  const names = new Set(Object.keys(value));
  for (; !isPlain(prototype); prototype = Object.getPrototypeOf(prototype) as object | null) {
    const all = Object.entries(Object.getOwnPropertyDescriptors(prototype!));
    for (const [name, { get }] of all) if (get) names.add(name);
  }
  const fields = [...names].map((name): [string, unknown] => [name, value[name]]);
  return fields.filter(([, field]) => typeof field !== "function");
}

// The text is a case's, written by an author. Nothing that a submission says comes here.
const toFunction = ({ $function: text }: FunctionData): unknown =>
  (new Function("tf", `return (${text});`) as (tfjs: typeof tf) => unknown)(tf);

/**
 * A case's arguments: TensorData → tensors on the current device, which the caller disposes of, and
 * FunctionData → functions. Typed arrays are copied, tensors' values too, since a function may
 * write to them.
 */
export const toTensors = (value: Value): unknown =>
  mapLeaves(value, (v) => {
    if (v instanceof Uint8Array || v instanceof Int32Array) return v.slice();
    if (isTensorData(v)) return tf.tensor(v.data.slice() as Float32Array, v.shape, v.dtype);
    return isFunctionData(v) ? toFunction(v) : v;
  });

/**
 * Tensors → TensorData, read with await so that every device can answer. Other objects than those
 * of Value throw.
 */
export async function fromTensors(value: unknown): Promise<Value> {
  const reads: Promise<void>[] = [];
  const out = mapLeaves(value, (v, path) => {
    if (ArrayBuffer.isView(v) || !(v instanceof Tensor)) return plainLeaf(v, path);
    const { tensor, read } = readTensor(v);
    reads.push(read);
    return tensor;
  });
  await Promise.all(reads);
  return out as Value;
}

/** The tensor as data, whose numbers are there once `read` is done. */
function readTensor(t: tf.Tensor): { tensor: TensorData; read: Promise<void> } {
  if (!Object.hasOwn(ARRAYS, t.dtype)) {
    throw new Error(`a tensor of dtype ${t.dtype} is no answer here`);
  }
  const dtype = t.dtype as DType;
  const tensor: TensorData = { shape: t.shape.slice(), dtype, data: new Float32Array() };
  const read = t.data().then((numbers) => {
    tensor.data = ARRAYS[dtype].from(numbers as Float32Array);
  });
  return { tensor, read };
}

const PLAIN = new Set(["number", "string", "boolean", "undefined"]);

/** Numbers in another kind of array, which stand for a list of them. */
const isNumbers = (v: unknown): v is Float64Array =>
  ArrayBuffer.isView(v) && typeof (v as unknown as ArrayLike<unknown>)[0] === "number";

function plainLeaf(v: unknown, path: string): unknown {
  if (v === null || PLAIN.has(typeof v) || v instanceof RegExp) return v;
  if (v instanceof Uint8Array) return Uint8Array.from(v); // of Node's Buffer too
  if (v instanceof Int32Array) return v.slice();
  if (isNumbers(v)) return Array.from(v);
  const kind = typeof v === "function" ? "function" : ((v as object).constructor?.name ?? "object");
  throw new Error(
    `${path || "the result"} is a ${kind}, which is not a tensor, number, text, list, map or ` +
      "record",
  );
}
