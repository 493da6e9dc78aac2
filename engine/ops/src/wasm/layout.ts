/** Kernels that only move numbers: slice, concat, stack, split, tile, transpose and gather. */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { address, output, reshaped, wasm } from "./module";
import { gatheredPacked, packedOf, transposedPacked } from "./packed";
import type { WasmKernel } from "./register";
import { copyPartition, copyStrided, UNIT_AXIS, stridesOf, type CopyAxis } from "./strided";
import { runParallel } from "./threads";

const size = (shape: number[]) => tf.util.sizeFromShape(shape);
const bytesOf = (x: tf.TensorInfo) => tf.util.bytesPerElement(x.dtype);

/** A part of x of this shape, which begins at these indices. */
function part(
  backend: BackendWasm,
  x: tf.TensorInfo,
  begin: number[],
  shape: number[],
): tf.TensorInfo {
  const y = output(backend, shape, x.dtype);
  const bytes = bytesOf(x);
  if (size(shape) === 0) return y;
  const from = stridesOf(x.shape, bytes);
  const to = stridesOf(shape, bytes);
  const start = begin.reduce((at, index, axis) => at + index * from[axis]!, address(backend, x));
  const axes = shape.map((length, axis) => ({ length, from: from[axis]!, to: to[axis]! }));
  copyStrided(backend, start, address(backend, y), axes, bytes);
  return y;
}

/** As on plain CPU, a part that ends beyond x is an error; tfjs's own reads what lies behind x. */
export const SLICE: WasmKernel = {
  name: "Slice",
  make: (stock) => (backend, inputs, attrs) => {
    if (inputs.x!.dtype === "string") return stock(backend, inputs, attrs);
    const [begin, shape] = tf.slice_util.parseSliceParams(
      inputs.x!,
      attrs.begin as number[],
      attrs.size as number[],
    ) as [number[], number[]];
    tf.slice_util.assertParamsValid(inputs.x!, begin, shape);
    return part(backend, inputs.x!, begin, shape);
  },
};

const SPLIT: WasmKernel = {
  name: "SplitV",
  make: (stock) => (backend, inputs, attrs) => {
    const x = inputs.x!;
    const axis = tf.util.parseAxisParam(attrs.axis as number, x.shape)[0]!;
    if (x.dtype === "string") return stock(backend, inputs, attrs);
    const given = attrs.numOrSizeSplits as number[] | number;
    const lengths = tf.backend_util.prepareSplitSize(x as tf.Tensor, given, axis);
    let at = 0;
    return lengths.map((length) => {
      const begin = x.shape.map((_, i) => (i === axis ? at : 0));
      at += length;
      return part(backend, x, begin, x.shape.with(axis, length));
    });
  },
};

/** Joins tensors along an axis; `outer` is the product of the lengths before it. */
function join(
  backend: BackendWasm,
  tensors: tf.TensorInfo[],
  axis: number,
  shape: number[],
): tf.TensorInfo {
  const y = output(backend, shape, tensors[0]!.dtype);
  const bytes = bytesOf(y);
  const outer = size(shape.slice(0, axis));
  const row = size(shape.slice(axis)) * bytes;
  let to = address(backend, y);
  if (size(shape) > 0) {
    for (const x of tensors) {
      const length = (size(x.shape) / outer) * bytes;
      if (length > 0) {
        const args = [address(backend, x), to, length, outer, length, row, 1, 0, 0, 1, 0, 0];
        const rows = { length: outer, from: length, to: row };
        runParallel(backend, "copy", args, copyPartition([rows, UNIT_AXIS, UNIT_AXIS], length));
      }
      to += length;
    }
  }
  return y;
}

/** tfjs types a list of inputs as a record. */
const list = (inputs: Record<string, tf.TensorInfo>) => inputs as unknown as tf.TensorInfo[];

const CONCAT: WasmKernel = {
  name: "Concat",
  make: (stock) => (backend, inputs, attrs) => {
    const tensors = list(inputs);
    const shapes = tensors.map(({ shape }) => shape);
    if (tensors[0]!.dtype === "string") return stock(backend, inputs, attrs);
    const axis = tf.util.parseAxisParam(attrs.axis as number, shapes[0]!)[0]!;
    tf.backend_util.assertParamsConsistent(shapes, axis);
    return join(backend, tensors, axis, tf.backend_util.computeOutShape(shapes, axis));
  },
};

const PACK: WasmKernel = {
  name: "Pack",
  make: (stock) => (backend, inputs, attrs) => {
    const tensors = list(inputs);
    const { shape, dtype } = tensors[0]!;
    const given = attrs.axis as number;
    const axis = given < 0 ? given + shape.length + 1 : given;
    const alike = tensors.every((t) => t.dtype === dtype && tf.util.arraysEqual(t.shape, shape));
    return dtype === "string" || !alike
      ? stock(backend, inputs, attrs)
      : join(backend, tensors, axis, shape.toSpliced(axis, 0, tensors.length));
  },
};

const TILE: WasmKernel = {
  name: "Tile",
  make: (stock) => (backend, inputs, attrs) => {
    const x = inputs.x!;
    const reps = attrs.reps as number[];
    const shape = x.shape.map((length, axis) => length * reps[axis]!);
    if (x.dtype === "string") return stock(backend, inputs, attrs);
    const y = output(backend, shape, x.dtype);
    const bytes = bytesOf(x);
    if (size(shape) === 0) return y;
    if (size(x.shape) === 1) backend.typedArrayFromHeap(y).fill(backend.typedArrayFromHeap(x)[0]!);
    else {
      const from = stridesOf(x.shape, bytes);
      const to = stridesOf(shape, bytes);
      const axes = x.shape.flatMap((length, axis): CopyAxis[] => [
        { length: reps[axis]!, from: 0, to: length * to[axis]! },
        { length, from: from[axis]!, to: to[axis]! },
      ]);
      copyStrided(backend, address(backend, x), address(backend, y), axes, bytes);
    }
    return y;
  },
};

const TRANSPOSE: WasmKernel = {
  name: "Transpose",
  make: (stock) => (backend, inputs, attrs) => {
    const x = inputs.x!;
    const perm = attrs.perm as number[];
    const shape = perm.map((axis) => x.shape[axis]!);
    if (x.dtype === "string") return stock(backend, inputs, attrs);
    // axes of length 1 may move without a copy
    const long = perm.filter((axis) => x.shape[axis] !== 1);
    if (size(shape) === 0 || long.every((axis, i) => i === 0 || axis > long[i - 1]!)) {
      return reshaped(backend, x, shape);
    }
    const packed = packedOf(x);
    if (packed) return transposedPacked(backend, packed);
    const y = output(backend, shape, x.dtype);
    const bytes = bytesOf(x);
    const from = stridesOf(x.shape, bytes);
    const to = stridesOf(shape, bytes);
    const axes = perm.map((axis, i) => ({ length: shape[i]!, from: from[axis]!, to: to[i]! }));
    copyStrided(backend, address(backend, x), address(backend, y), axes, bytes);
    return y;
  },
};

const { collectGatherOpShapeInfo } = tf.backend_util.segment_util;

function expectIndices(backend: BackendWasm, indices: tf.TensorInfo, limit: number): void {
  const wrong = backend.typedArrayFromHeap(indices).find((id) => id < 0 || id >= limit);
  if (wrong !== undefined) {
    throw new Error(`GatherV2: the index value ${wrong} is not in [0, ${limit - 1}]`);
  }
}

export const GATHER: WasmKernel = {
  name: "GatherV2",
  make: (stock) => (backend, inputs, attrs) => {
    const { x, indices } = inputs as { x: tf.Tensor; indices: tf.Tensor };
    if (x.dtype === "string" || indices.dtype !== "int32") return stock(backend, inputs, attrs);
    const axis = tf.util.parseAxisParam(attrs.axis as number, x.shape)[0]!;
    const limit = x.shape[axis]!;
    expectIndices(backend, indices, limit);
    const packed = packedOf(x);
    if (packed && !packed.transposed && axis === 0 && size(indices.shape) > 0) {
      const rows = gatheredPacked(backend, packed, indices);
      return { ...rows, shape: [...indices.shape, x.shape[1]!] };
    }
    const info = collectGatherOpShapeInfo(x, indices, axis, attrs.batchDims as number);
    const { batchSize, outerSize, dimSize, sliceSize, outputShape } = info;
    const y = output(backend, outputShape, x.dtype);
    const width = sliceSize * bytesOf(x);
    const rows = size(indices.shape) / batchSize;
    if (size(outputShape) === 0) return y;
    for (let batch = 0; batch < batchSize; batch++) {
      const ids = address(backend, indices) + 4 * batch * rows;
      for (let outer = 0; outer < outerSize; outer++) {
        const at = batch * outerSize + outer;
        const from = address(backend, x) + at * dimSize * width;
        const to = address(backend, y) + at * rows * width;
        wasm(backend).gather(from, ids, to, rows, width, limit);
      }
    }
    return y;
  },
};

/**
 * output[s] = Σ of the rows of x whose segment id is s. Rows whose id isn't from 0 to numSegments
 * − 1 are skipped.
 */
function segmentSum(
  backend: BackendWasm,
  x: tf.TensorInfo,
  segmentIds: tf.TensorInfo,
  segments: number,
): tf.TensorInfo {
  const rest = x.shape.slice(segmentIds.shape.length);
  const rows = size(segmentIds.shape);
  const width = size(rest);
  const y = output(backend, [segments, ...rest], x.dtype);
  const to = backend.typedArrayFromHeap(y).fill(0);
  if (x.dtype === "float32") {
    const tensors = [x, segmentIds, y].map((t) => address(backend, t));
    wasm(backend).scatterAdd(...tensors, rows, width, segments);
    return y;
  }
  const from = backend.typedArrayFromHeap(x);
  const ids = backend.typedArrayFromHeap(segmentIds);
  for (let row = 0; row < rows; row++) {
    const id = ids[row]!;
    if (id < 0 || id >= segments) continue;
    for (let i = 0; i < width; i++) to[id * width + i]! += from[row * width + i]!;
  }
  return y;
}

const UNSORTED_SEGMENT_SUM: WasmKernel = {
  name: "UnsortedSegmentSum",
  make: () => (backend, inputs, attrs) =>
    segmentSum(backend, inputs.x!, inputs.segmentIds!, attrs.numSegments as number),
};

export const LAYOUT = [SLICE, SPLIT, CONCAT, PACK, TILE, TRANSPOSE, GATHER, UNSORTED_SEGMENT_SUM];
