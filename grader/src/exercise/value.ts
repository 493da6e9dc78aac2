/**
 * The plain data that goes into an exercise and comes out of it: tensors as typed arrays, numbers,
 * text, lists and records, and what JSON lacks: bytes, 32-bit integers, maps and patterns. Values
 * cross process boundaries, lie on disk beside reference tensors and are compared without a device.
 * This file doesn't load tfjs; tensors.ts converts values to its tensors and back.
 */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any function of a course
export type AnyFunction = (...args: any[]) => unknown;

export type DType = "float32" | "int32" | "bool";

/** A tensor as plain data: row-major; bool holds 0 and 1. */
export interface TensorData {
  shape: number[];
  dtype: DType;
  data: Float32Array | Int32Array | Uint8Array;
}

/**
 * A function among a case's arguments, as the text of a JavaScript expression in which `tf` is
 * tfjs. The expression sees nothing else of its case.
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

export const ARRAYS = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** A tensor from nested or flat numbers: tensorData([2, 2], [1, 2, 3, 4]). */
export function tensorData(
  shape: number[],
  values: ArrayLike<number>,
  dtype: DType = "float32",
): TensorData {
  if (values.length !== sizeOf(shape)) {
    throw new Error(
      `tensorData: expected ${sizeOf(shape)} values for [${shape.join(", ")}], got ` +
        `${values.length}`,
    );
  }
  return { shape, dtype, data: ARRAYS[dtype].from(values) };
}

export function isTensorData(v: unknown): v is TensorData {
  return (
    typeof v === "object" &&
    v !== null &&
    "dtype" in v &&
    "shape" in v &&
    "data" in v &&
    ArrayBuffer.isView((v as TensorData).data)
  );
}
