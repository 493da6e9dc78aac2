/**
 * Values (value.ts) to tfjs's tensors and back: a case's arguments before a call, and a function's
 * result after it. A result may hold objects that a student made, so reading one takes only data.
 */
import "../register";
import * as tf from "@tensorflow/tfjs-core";
import { readForGrader } from "./cost";
import {
  ARRAYS,
  isTensorData,
  type DType,
  type FunctionData,
  type TensorData,
  type Value,
  type ValueMap,
} from "./value";

/** Looked up once: the child checks a thousand values against it. */
const { Tensor } = tf;

/** A tensor's numbers, whatever a method of its own says. */
export async function numbersOf(t: tf.Tensor): Promise<Float32Array | Int32Array | Uint8Array> {
  if (t.isDisposed) throw new Error("Tensor is disposed.");
  return (await readForGrader(t.dataId)) as Float32Array;
}

const isFunctionData = (v: unknown): v is FunctionData =>
  typeof v === "object" && v !== null && typeof (v as FunctionData).$function === "string";

const isScalar = (v: unknown) =>
  typeof v === "number" || typeof v === "string" || typeof v === "boolean";

/** The path of an entry: "1.wq". */
export const pathOf = (key: string | number, path: string): string =>
  path === "" ? String(key) : `${path}.${key}`;

/**
 * Replaces each leaf with what `f` returns for it. Lists, maps and records keep their form. Numbers,
 * texts and booleans inside them are kept without calling `f`, since there may be thousands. `path`
 * reads "1.wq".
 */
export function mapLeaves(
  value: unknown,
  f: (leaf: unknown, path: string) => unknown,
  path = "",
): unknown {
  const inside = (v: unknown, key: string | number) =>
    isScalar(v) ? v : mapLeaves(v, f, pathOf(key, path));
  if (Array.isArray(value)) {
    const list: unknown[] = [...(value as unknown[])]; // map would make one of a student's class
    for (let i = 0; i < list.length; i++) {
      const v = list[i];
      if (typeof v !== "number") list[i] = inside(v, i); // lists may hold 200,000 numbers
    }
    return list;
  }
  if (ArrayBuffer.isView(value)) return f(value, path); // most leaves of a vocabulary
  if (value instanceof Map) {
    return new Map([...(value as ValueMap)].map(([key, v]) => [key, inside(v, key)]));
  }
  if (hasFields(value)) {
    const entries = fieldsOf(value).map(([key, v]) => [key, inside(v, key)]);
    return Object.fromEntries(entries) as unknown;
  }
  return f(value, path);
}

/** Like mapLeaves, where nothing is to be made: long lists aren't copied. */
export function visitLeaves(
  value: unknown,
  visit: (leaf: unknown, path: string) => void,
  path = "",
): void {
  const inside = (v: unknown, key: string | number) => {
    if (!isScalar(v)) visitLeaves(v, visit, pathOf(key, path));
  };
  if (Array.isArray(value)) {
    const list = value as unknown[];
    for (let i = 0; i < list.length; i++) {
      const v = list[i]; // once: a student's list may have getters
      if (typeof v !== "number") inside(v, i);
    }
  } else if (ArrayBuffer.isView(value)) visit(value, path);
  else if (value instanceof Map) for (const [key, v] of value as ValueMap) inside(v, key);
  else if (hasFields(value)) for (const [key, v] of fieldsOf(value)) inside(v, key);
  else visit(value, path);
}

const hasFields = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) && !isTensorData(value) && !isFunctionData(value);

const isPlain = (prototype: unknown) => prototype === Object.prototype || prototype === null;

/** A record, or an instance of a class that a student wrote instead of one. */
function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  if (isPlain(Object.getPrototypeOf(value))) return true;
  const isOfTfjs = value instanceof Tensor || value instanceof tf.TensorBuffer;
  return !isOfTfjs && Object.prototype.toString.call(value) === "[object Object]";
}

/** An instance's data: its own fields and its getters, without its methods. */
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

// The author of a case wrote the text. Nothing from a submission is evaluated here.
const toFunction = ({ $function: text }: FunctionData): unknown =>
  (new Function("tf", `return (${text});`) as (tfjs: typeof tf) => unknown)(tf);

/**
 * Converts a case's arguments: TensorData → tensors on the current device, which the caller disposes
 * of, and FunctionData → functions. Copies typed arrays, tensors' values too, since the function may
 * write to them.
 */
export const toTensors = (value: Value): unknown =>
  mapLeaves(value, (v) => {
    if (v instanceof Uint8Array || v instanceof Int32Array) return v.slice();
    if (isTensorData(v)) return tf.tensor(v.data.slice() as Float32Array, v.shape, v.dtype);
    return isFunctionData(v) ? toFunction(v) : v;
  });

/**
 * Converts a result: tensors → TensorData, read asynchronously so that every device can deliver.
 * What comes out is plain data, in which no code of a student runs when it is read again.
 * @throws for objects that Value has no form for
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

/** The tensor as data; its numbers are there once `read` resolves. */
function readTensor(t: tf.Tensor): { tensor: TensorData; read: Promise<void> } {
  const { dtype: kind, shape: sizes } = t;
  if (typeof kind !== "string" || !Object.hasOwn(ARRAYS, kind)) {
    throw new Error(`a tensor of dtype ${kind} is no answer here`);
  }
  const dtype = kind as DType;
  const shape: number[] = [...sizes];
  for (let i = 0; i < shape.length; i++) shape[i] = Number(shape[i]);
  const tensor: TensorData = { shape, dtype, data: new Float32Array() };
  const read = numbersOf(t).then((numbers) => {
    tensor.data = ARRAYS[dtype].from(numbers as Float32Array);
  });
  return { tensor, read };
}

const PLAIN_TYPES = new Set(["number", "string", "boolean", "undefined"]);

/** Another kind of array of numbers, which stands for a list of them. */
const isNumberArray = (v: unknown): v is Float64Array =>
  ArrayBuffer.isView(v) && typeof (v as unknown as ArrayLike<unknown>)[0] === "number";

function plainLeaf(v: unknown, path: string): unknown {
  if (v === null || PLAIN_TYPES.has(typeof v)) return v;
  if (v instanceof RegExp) return new RegExp(v.source, v.flags);
  if (v instanceof Uint8Array) return Uint8Array.from(v); // Node's Buffer too
  if (v instanceof Int32Array) return Int32Array.from(v);
  if (isNumberArray(v)) return Array.from(v);
  const kind = typeof v === "function" ? "function" : ((v as object).constructor?.name ?? "object");
  throw new Error(
    `${path || "the result"} is a ${kind}, which is not a tensor, number, text, list, map or ` +
      "record",
  );
}
