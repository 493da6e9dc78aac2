/**
 * The plain data that goes into and comes out of an exercise: tensors as typed arrays, numbers,
 * text, lists and records, and what JSON lacks besides: bytes, 32-bit integers, maps and patterns.
 * It crosses processes, is stored beside reference tensors and compared without a device.
 */
import "./register";
import * as tf from "@tensorflow/tfjs-core";

import { ARRAYS, isTensorData, type DType, type TensorData } from "./tensor-data";

export { isTensorData, sizeOf, tensorData, type DType, type TensorData } from "./tensor-data";
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

/**
 * Replaces each leaf for which `f` gives something else than itself; lists, maps and records keep
 * their form. `path` reads "1.wq".
 */
export function mapLeaves(
  value: unknown,
  f: (leaf: unknown, path: string) => unknown,
  path = "",
): unknown {
  const at = (key: string | number) => (path === "" ? String(key) : `${path}.${key}`);
  const plain =
    typeof value === "object" &&
    value !== null &&
    (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);
  if (Array.isArray(value)) return value.map((v, i) => mapLeaves(v, f, at(i)));
  if (value instanceof Map) {
    return new Map([...(value as ValueMap)].map(([k, v]) => [k, mapLeaves(v, f, at(k))]));
  }
  if (plain && !isTensorData(value) && !isFunctionData(value)) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, mapLeaves(v, f, at(k))]));
  }
  return f(value, path);
}

// The text is a case's, written by an author; nothing that a submission says comes here.
const toFunction = ({ $function: text }: FunctionData): unknown =>
  (new Function("tf", `return (${text});`) as (tfjs: typeof tf) => unknown)(tf);

/**
 * A case's arguments: TensorData → tensors on the current device, which the caller disposes of, and
 * FunctionData → functions. Typed arrays are copied, tensors' values too, since a function may
 * write to them.
 */
export const toTensors = (value: Value): unknown =>
  mapLeaves(value, (v) => {
    if (isTensorData(v)) return tf.tensor(v.data.slice() as Float32Array, v.shape, v.dtype);
    if (isFunctionData(v)) return toFunction(v);
    return v instanceof Uint8Array || v instanceof Int32Array ? v.slice() : v;
  });

/**
 * Tensors → TensorData, read with await so that every device can answer. Other objects than those
 * of Value throw.
 */
export async function fromTensors(value: unknown): Promise<Value> {
  const reads: Promise<void>[] = [];
  const out = mapLeaves(value, (v, path) => {
    if (v instanceof tf.Tensor) {
      if (!Object.hasOwn(ARRAYS, v.dtype)) {
        throw new Error(`a tensor of dtype ${v.dtype} is no answer here`);
      }
      const t: TensorData = {
        shape: v.shape.slice(),
        dtype: v.dtype as DType,
        data: new Float32Array(),
      };
      reads.push(
        v.data().then((d) => {
          t.data = ARRAYS[t.dtype].from(d as Float32Array);
        }),
      );
      return t;
    }
    if (
      v === null ||
      ["number", "string", "boolean", "undefined"].includes(typeof v) ||
      v instanceof RegExp
    ) {
      return v;
    }
    if (v instanceof Uint8Array) return Uint8Array.from(v); // of Node's Buffer too
    if (v instanceof Int32Array) return v.slice();
    throw new Error(
      `${path || "the result"} is a ` +
        `${typeof v === "function" ? "function" : ((v as object).constructor?.name ?? "object")}, ` +
        "which is no tensor, number, text, list, map or record",
    );
  });
  await Promise.all(reads);
  return out as Value;
}
