/** Tensors as plain data, without tfjs: also for children that never load it. */
export type DType = "float32" | "int32" | "bool";
/** Row-major; bool holds 0 and 1. */
export interface TensorData {
  shape: number[];
  dtype: DType;
  data: Float32Array | Int32Array | Uint8Array;
}

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
