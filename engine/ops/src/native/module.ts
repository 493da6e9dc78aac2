/**
 * The functions of engine/ops/native, which `course setup native` compiles for the processor of a
 * machine: C++ on the memory of tfjs's WASM backend, with the vectors and threads of the processor.
 */
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** engine/ops/native/module.cc documents each; arguments are numbers, mostly addresses in bytes. */
type Name =
  | "matMul"
  | "blockProduct"
  | "unary"
  | "binary"
  | "softmax"
  | "softmaxGrad"
  | "layerNorm"
  | "layerNormGrad"
  | "gelu"
  | "geluGrad"
  | "geluTanh"
  | "geluTanhGrad"
  | "flashAttention"
  | "linear"
  | "linearGrad"
  | "attentionLayer"
  | "decoderBlock"
  | "swiGlu";

/** What the compiled module exports. */
export type NativeModule = Record<Name, (...numbers: number[]) => void> & {
  /** Sets the address of the memory in which the functions work. */
  memory(bytes: Uint8Array): void;
  /** float32 numbers in one of its vectors: 16, 8 or 4. */
  lanes: number;
  /** Threads that compute. */
  threads: number;
};

let loaded: NativeModule | undefined;
let known: Uint8Array | undefined;

export function useModule(module: NativeModule): void {
  loaded = module;
  known = undefined;
}

/** Sets the memory's address in the module; again after it has grown into another buffer. */
export function shareMemory(backend: BackendWasm): void {
  const { HEAPU8 } = backend.wasm as unknown as { HEAPU8: Uint8Array };
  if (known === HEAPU8) return;
  loaded!.memory(HEAPU8);
  known = HEAPU8;
}

/** Calls a function on the backend's memory. Call it after the last allocation. */
export function native(backend: BackendWasm, name: Name, ...numbers: number[]): void {
  shareMemory(backend);
  loaded![name](...numbers);
}
