/**
 * Packed weights in WASM's memory. tfjs sees a float32 tensor, whose numbers are unpacked only
 * when an op kernel reads its address. Transposing it or taking rows of it moves no
 * float, and matMul reads the blocks.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import {
  BLOCK,
  PACKED_TYPES,
  PACKED_WEIGHTS,
  type PackedType,
  type PackedWeights,
} from "../packed";
import { address, allocate, bytesAt, free, output, wasm, withScratch } from "./module";
import type { WasmKernel } from "./register";
import { runParallel } from "./threads";

/** Blocks in memory, shared by a tensor and its transpose. */
interface Blocks {
  type: PackedType;
  at: number;
  rows: number;
  width: number;
  /** Tensors that need them. */
  users: number;
}
export interface Packed {
  blocks: Blocks;
  /** Whether the tensor is [width, rows] rather than [rows, width]. */
  transposed: boolean;
}

/** By tfjs's data ids. */
const packed = new WeakMap<object, Packed>();
const watched = new WeakSet<BackendWasm>();

const perRow = ({ type, width }: Pick<Blocks, "type" | "width">) =>
  (width / BLOCK) * PACKED_TYPES[type].bytes;
const shapeOf = ({ blocks: { rows, width }, transposed }: Packed): [number, number] =>
  transposed ? [width, rows] : [rows, width];

/** The blocks behind a tensor that has the form in which they were given. */
export function packedOf(t: tf.TensorInfo): Packed | undefined {
  const found = packed.get(t.dataId);
  return found && tf.util.arraysEqual(t.shape, shapeOf(found)) ? found : undefined;
}

/** Writes all numbers in the tensor's own order. @returns where they lie */
function unpack(backend: BackendWasm, { blocks, transposed }: Packed): number {
  const { type, at, rows, width } = blocks;
  const { transpose } = wasm(backend);
  const { number, bytes } = PACKED_TYPES[type];
  const to = allocate(backend, 4 * rows * width);
  const unpackTo = (to: number) => {
    const args = [number, at, to, (rows * width) / BLOCK];
    const perItem = { 1: bytes, 2: 4 * BLOCK };
    runParallel(backend, "unpackBlocks", args, { count: 3, perItem, cost: 30 });
  };
  if (!transposed) {
    unpackTo(to);
    return to;
  }
  withScratch(backend, 4 * rows * width, (between) => {
    unpackTo(between);
    transpose(between, to, 1, 0, rows, width, 4 * width);
  });
  return to;
}

/** What tfjs's backend keeps about a tensor. */
interface Entry {
  id: number;
  memoryOffset: number;
  refCount: number;
}

/** Unpacks an entry's numbers when its address or id is read. */
function unpackLazily(backend: BackendWasm, entry: Entry, data: Packed): void {
  const { id } = entry;
  const settle = (memoryOffset: number) => {
    notUnpacked.delete(entry);
    Object.defineProperty(entry, "id", { value: id });
    Object.defineProperty(entry, "memoryOffset", { value: memoryOffset });
  };
  const make = () => {
    settle(unpack(backend, data));
    const { disposeData, registerTensor } = backend.wasm.tfjs as unknown as Registry;
    disposeData(id); // it was registered where its blocks lie
    registerTensor(id, data.blocks.rows * data.blocks.width, entry.memoryOffset);
  };
  for (const key of ["id", "memoryOffset"] as const) {
    const get = () => {
      make();
      return entry[key];
    };
    Object.defineProperty(entry, key, { configurable: true, get });
  }
  notUnpacked.set(entry, settle);
}

/** Entries that aren't unpacked yet, with the functions that set their addresses. */
const notUnpacked = new WeakMap<Entry, (memoryOffset: number) => void>();

/** tfjs's C++ side, which knows tensors by their ids. */
interface Registry {
  registerTensor(id: number, size: number, at: number): void;
  disposeData(id: number): void;
}

/** Frees the blocks with the last tensor that needs them. */
function watchDisposal(backend: BackendWasm): void {
  if (watched.has(backend)) return;
  watched.add(backend);
  const { disposeData } = backend;
  backend.disposeData = (dataId, force) => {
    const data = packed.get(dataId);
    if (!data) return disposeData.call(backend, dataId, force);
    const entry = backend.dataIdMap.get(dataId) as Entry;
    const isLast = force === true || entry.refCount === 1;
    if (isLast) notUnpacked.get(entry)?.(0); // nothing to free at 0
    const gone = disposeData.call(backend, dataId, force);
    if (isLast) {
      packed.delete(dataId);
      if (--data.blocks.users === 0) free(backend, data.blocks.at);
    }
    return gone;
  };
}

/** A float32 tensor over blocks. */
function tensorOver(backend: BackendWasm, data: Packed): tf.TensorInfo {
  watchDisposal(backend);
  const t = backend.makeOutput(shapeOf(data), "float32", data.blocks.at);
  unpackLazily(backend, backend.dataIdMap.get(t.dataId) as Entry, data);
  packed.set(t.dataId, data);
  data.blocks.users++;
  return t;
}

export const transposedPacked = (backend: BackendWasm, { blocks, transposed }: Packed) =>
  tensorOver(backend, { blocks, transposed: !transposed });

/** Some of the rows, in any order. */
export function gatheredPacked(
  backend: BackendWasm,
  { blocks }: Packed,
  indices: tf.TensorInfo,
): tf.TensorInfo {
  const rows = tf.util.sizeFromShape(indices.shape);
  const bytes = perRow(blocks);
  const at = allocate(backend, rows * bytes);
  wasm(backend).gather(blocks.at, address(backend, indices), at, rows, bytes, blocks.rows);
  return tensorOver(backend, { blocks: { ...blocks, at, rows, users: 0 }, transposed: false });
}

/** Rows of x from which on the weights are better unpacked, some at a time. */
const MIN_ROWS_TO_UNPACK = 6;

/** x·wᵀ of many rows, in floats. */
function multiplyMany(
  backend: BackendWasm,
  x: number,
  m: number,
  { type, at, rows, width }: Blocks,
  y: number,
): void {
  const { number, bytes } = PACKED_TYPES[type];
  const blocks = width / BLOCK;
  const { gemmScratch, scratch, threads, unpackedBytes } = wasm(backend);
  const each = unpackedBytes(blocks);
  withScratch(backend, threads * each, (unpacked) => {
    const args = [number, x, m, at, rows, blocks, y, 4 * rows, unpacked, scratch];
    const perItem = { 3: blocks * bytes, 6: 4 };
    const perThread = { 8: each, 9: gemmScratch() };
    const cut = {
      count: 4,
      perItem,
      perThread,
      unit: 8,
      cost: (1.2 * m + 3) * blocks,
    };
    runParallel(backend, "unpackedProduct", args, cut);
  });
}

/**
 * x·wᵀ, where the packed rows lie along the inner axis.
 * @param x m rows of numbers that lie one after the other
 * @returns whether it was computed: few numbers that are infinite or NaN are left to floats
 */
export function multiplyPacked(
  backend: BackendWasm,
  x: number,
  m: number,
  packed: Blocks,
  y: number,
): boolean {
  if (m >= MIN_ROWS_TO_UNPACK) {
    multiplyMany(backend, x, m, packed, y);
    return true;
  }
  const { type, at, rows, width } = packed;
  const { number, bytes } = PACKED_TYPES[type];
  const blocks = width / BLOCK;
  const { roundBlocks, roundedBytes, threads } = wasm(backend);
  const size = roundedBytes(m, blocks);
  return withScratch(backend, size + threads * 4 * blocks, (rounded) => {
    if (!roundBlocks(number, x, m, blocks, rounded)) return false;
    const scales = rounded + size;
    const args = [number, rounded, m, at, rows, blocks, y, 4 * rows, scales];
    const perItem = { 3: blocks * bytes, 6: 4 };
    const perThread = { 8: 4 * blocks };
    const cut = { count: 4, perItem, perThread, cost: 3 * m * blocks };
    runParallel(backend, "packedProduct", args, cut);
    return true;
  });
}

function expectPacked({ type, shape, bytes }: PackedWeights): void {
  const [rows, width] = shape;
  const fits = width % BLOCK === 0 && bytes.length === rows * perRow({ type, width });
  if (fits) return;
  throw new Error(
    `${PACKED_WEIGHTS}: ${bytes.length} bytes of ${type} do not fit the shape [${rows}, ${width}]`,
  );
}

const PACK_WEIGHTS: WasmKernel = {
  name: PACKED_WEIGHTS,
  make: () => (backend, _, attrs) => {
    const weights = attrs as unknown as PackedWeights;
    expectPacked(weights);
    const { type, shape, bytes } = weights;
    const [rows, width] = shape;
    if (bytes.length === 0) return output(backend, shape, "float32");
    const at = allocate(backend, bytes.length);
    bytesAt(backend, at, bytes.length).set(bytes);
    return tensorOver(backend, {
      blocks: {
        type,
        at,
        rows,
        width,
        users: 0,
      },
      transposed: false,
    });
  },
};

export const PACKED = [PACK_WEIGHTS];
