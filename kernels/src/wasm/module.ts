/**
 * The functions of kernels.wasm on the memory of tfjs's WASM backend, so that tensors are read and
 * written where they lie.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/**
 * What the backend's Emscripten module has beyond its types; asm is what WebAssembly itself
 * exports.
 */
interface Emscripten {
  _malloc(bytes: number): number;
  _free(at: number): void;
  HEAPU8: Uint8Array;
  asm: { memory: WebAssembly.Memory };
}
const emscripten = (backend: BackendWasm) => backend.wasm as unknown as Emscripten;

/**
 * kernels/assembly says what each one does; all arguments are numbers, mostly addresses in bytes.
 */
type Name =
  | "gemmScratch"
  | "gemm"
  | "unary"
  | "binary"
  | "reduce"
  | "softmax"
  | "softmaxGrad"
  | "layerNorm"
  | "layerNormGrad"
  | "geluTanh"
  | "geluTanhGrad"
  | "flashAttention"
  | "flashScratch"
  | "copy"
  | "transpose"
  | "select"
  | "truth"
  | "cast"
  | "logical"
  | "gather"
  | "scatterAdd"
  | "multiplyAdd";
export type Functions = Record<Name, (...numbers: number[]) => number>;
export interface Wasm extends Functions {
  /** Memory of gemm's own. */
  scratch: number;
}

const FOLDER = join(__dirname, "..", "..", "wasm");
const instances = new WeakMap<BackendWasm, Wasm>();
let compiled: WebAssembly.Module | undefined;
let given: Uint8Array | undefined;

/**
 * Takes the module's bytes from the caller, for a process that can read no files. To be called
 * before the first kernel runs.
 */
export function useCode(bytes: Uint8Array): void {
  given = bytes;
}

/**
 * With fused multiply-add where V8 has it: from Node 22 on by itself, in Node 20 behind a flag that
 * may be set at any time.
 */
function compile(): WebAssembly.Module {
  if (given) return new WebAssembly.Module(given as BufferSource);
  if (Number(process.versions.node.split(".")[0]) < 22) {
    setFlagsFromString("--experimental-wasm-relaxed-simd");
  }
  const fused = readFileSync(join(FOLDER, "kernels-fused.wasm"));
  return new WebAssembly.Module(
    WebAssembly.validate(fused) ? fused : readFileSync(join(FOLDER, "kernels.wasm")),
  );
}

/** Our functions for this backend, made at the first call. */
export function wasm(backend: BackendWasm): Wasm {
  const known = instances.get(backend);
  if (known) return known;
  const { memory } = emscripten(backend).asm;
  const functions = new WebAssembly.Instance((compiled ??= compile()), { env: { memory } })
    .exports as unknown as Functions;
  const made: Wasm = { ...functions, scratch: allocate(backend, functions.gemmScratch()) };
  instances.set(backend, made);
  return made;
}

/** @throws when the memory has no room, where the stock backend would go on at address 0 */
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

/** Calls f with memory that is given back afterwards. */
export function withScratch<T>(backend: BackendWasm, bytes: number, f: (at: number) => T): T {
  const at = allocate(backend, bytes);
  try {
    return f(at);
  } finally {
    emscripten(backend)._free(at);
  }
}

/** Where the tensor lies. */
export const address = (backend: BackendWasm, t: tf.TensorInfo): number =>
  backend.dataIdMap.get(t.dataId).memoryOffset >>> 0;

/** Memory as float32 numbers, until the next allocation: memory that grows is another buffer. */
export const floats = (backend: BackendWasm, at: number, length: number): Float32Array =>
  new Float32Array(emscripten(backend).HEAPU8.buffer, at, length);

/** A new tensor whose numbers are not set yet. */
export const output = (backend: BackendWasm, shape: number[], dtype: tf.DataType): tf.TensorInfo =>
  backend.makeOutput(
    shape,
    dtype,
    allocate(backend, tf.util.sizeFromShape(shape) * tf.util.bytesPerElement(dtype)),
  );

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
