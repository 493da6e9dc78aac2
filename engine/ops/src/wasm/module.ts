/**
 * The functions of kernels.wasm on the memory of tfjs's WASM backend, so they read and write
 * tensors in place.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { importShared, threadCount } from "./sharedMemory";

/** What the backend's Emscripten module has beyond its types; asm holds WebAssembly's exports. */
interface Emscripten {
  _malloc(bytes: number): number;
  _free(at: number): void;
  HEAPU8: Uint8Array;
  asm: { memory: WebAssembly.Memory };
}
const emscripten = (backend: BackendWasm) => backend.wasm as unknown as Emscripten;

/**
 * engine/ops/assembly documents each function; arguments are numbers, mostly addresses in bytes.
 */
export type Name =
  | "gemmScratch"
  | "gemm"
  | "unary"
  | "binary"
  | "reduce"
  | "softmax"
  | "softmaxGrad"
  | "layerNorm"
  | "layerNormBands"
  | "layerNormGrad"
  | "gelu"
  | "geluGrad"
  | "geluTanh"
  | "geluTanhGrad"
  | "flashAttention"
  | "flashKeyTiles"
  | "flashPack"
  | "flashPackedBytes"
  | "flashScratch"
  | "flashTiles"
  | "rmsNorm"
  | "gatedSilu"
  | "placeHeads"
  | "cachedAttention"
  | "copy"
  | "transpose"
  | "select"
  | "truth"
  | "cast"
  | "logical"
  | "gather"
  | "scatterAdd"
  | "multiplyAdd"
  | "roundBlocks"
  | "packedProduct"
  | "roundedBytes"
  | "unpackBlocks"
  | "unpackedBytes"
  | "unpackedProduct";
export type Functions = Record<Name, (...numbers: number[]) => number>;
export interface Wasm extends Functions {
  /** Memory that gemm works in, gemmScratch() bytes for each thread. */
  scratch: number;
  /** Threads that compute, this one included; 1 where memory isn't shared. */
  threads: number;
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
}

const FOLDER = join(__dirname, "..", "..", "wasm");
const instances = new WeakMap<BackendWasm, Wasm>();
const compiled = new Map<boolean, WebAssembly.Module>();
let given: Uint8Array | undefined;

/**
 * Takes the module's bytes from the caller, for a process that can't read files. Call it before the
 * first kernel runs.
 */
export function useCode(bytes: Uint8Array): void {
  given = bytes;
}

/**
 * The module's bytes, with fused multiply-add if the engine has it: Node 22 and later do, and Node
 * 20 has it behind a flag that may be set at any time.
 */
function code(): Uint8Array {
  if (given) return given;
  const { node } = process.versions as { node?: string }; // a browser has none
  if (Number(node?.split(".")[0]) < 22) {
    setFlagsFromString("--experimental-wasm-relaxed-simd");
  }
  const fused = readFileSync(join(FOLDER, "kernels-fused.wasm"));
  return WebAssembly.validate(fused) ? fused : readFileSync(join(FOLDER, "kernels.wasm"));
}

/** @param shared whether its memory is shared among threads */
function compile(shared: boolean): WebAssembly.Module {
  const known = compiled.get(shared);
  if (known) return known;
  const module = new WebAssembly.Module((shared ? importShared(code()) : code()) as BufferSource);
  compiled.set(shared, module);
  return module;
}

/** Our functions for this backend, made at the first call. */
export function wasm(backend: BackendWasm): Wasm {
  return instances.get(backend) ?? instantiate(backend);
}

function instantiate(backend: BackendWasm): Wasm {
  const { memory } = emscripten(backend).asm;
  const shared = !(memory.buffer instanceof ArrayBuffer);
  const threads = shared ? threadCount() : 1;
  const module = compile(shared);
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const functions = instance.exports as unknown as Functions;
  const scratch = allocate(backend, threads * functions.gemmScratch());
  const made: Wasm = {
    ...functions,
    scratch,
    threads,
    module,
    memory,
  };
  instances.set(backend, made);
  return made;
}

/** @throws if memory is full; the stock backend would continue at address 0 */
export function allocate(backend: BackendWasm, bytes: number): number {
  const at = emscripten(backend)._malloc(bytes) >>> 0;
  if (at === 0 && bytes > 0) {
    throw new Error(
      `WebAssembly's memory has no room for another ${bytes} bytes: ` +
        "dispose of tensors that are not needed, or take smaller batches",
    );
  }
  return at;
}

export const free = (backend: BackendWasm, at: number): void => emscripten(backend)._free(at);

/** Calls f with memory that is freed afterwards. */
export function withScratch<T>(backend: BackendWasm, bytes: number, f: (at: number) => T): T {
  const at = allocate(backend, bytes);
  try {
    return f(at);
  } finally {
    free(backend, at);
  }
}

/** Where the tensor's numbers start. */
export const address = (backend: BackendWasm, t: tf.TensorInfo): number =>
  backend.dataIdMap.get(t.dataId).memoryOffset >>> 0;

/** Memory as float32 numbers, valid until the next allocation: growing replaces the buffer. */
export const floats = (backend: BackendWasm, at: number, length: number): Float32Array =>
  new Float32Array(emscripten(backend).HEAPU8.buffer, at, length);

/** Memory as bytes, valid until the next allocation. */
export const bytesAt = (backend: BackendWasm, at: number, length: number): Uint8Array =>
  emscripten(backend).HEAPU8.subarray(at, at + length);

/** A new tensor whose numbers aren't set yet. */
export function output(backend: BackendWasm, shape: number[], dtype: tf.DataType): tf.TensorInfo {
  const bytes = tf.util.sizeFromShape(shape) * tf.util.bytesPerElement(dtype);
  return backend.makeOutput(shape, dtype, allocate(backend, bytes));
}

/** The same numbers in another shape. */
export function reshaped(
  backend: BackendWasm,
  x: tf.TensorInfo,
  shape: number[],
  dtype = x.dtype,
): tf.TensorInfo {
  backend.incRef(x.dataId);
  return { dataId: x.dataId, shape, dtype };
}

/** Runs another kernel of the backend, ours or a stock one. */
export const call = (
  name: string,
  backend: BackendWasm,
  inputs: Record<string, tf.TensorInfo>,
  attrs: tf.NamedAttrMap = {},
): tf.TensorInfo =>
  tf.getKernel(name, "wasm").kernelFunc({ inputs, backend, attrs }) as tf.TensorInfo;
