/**
 * The safetensors format (github.com/huggingface/safetensors): the header's length as a u64, the
 * header as JSON, then the tensors' bytes. Of its dtypes, float32, integers and bool are read.
 */
import { sizeOf, type TensorData } from "./value";

/** A file's bytes, in memory or read when they are asked for. */
export interface FileBytes {
  length: number;
  /** The bytes from `from` up to `to`, both inside the file. */
  part(from: number, to: number): Uint8Array;
}

/** Bytes in memory as a file whose parts are views. */
export const fileBytes = (given: Uint8Array | FileBytes): FileBytes =>
  given instanceof Uint8Array
    ? { length: given.length, part: (from, to) => given.subarray(from, to) }
    : given;

/** 64-bit integers, which PyTorch uses for ids and positions, become int32. */
const DTYPES = {
  F32: ["float32", Float32Array],
  I32: ["int32", Int32Array],
  I64: ["int32", BigInt64Array],
  BOOL: ["bool", Uint8Array],
} as const;

function toInt32(values: BigInt64Array, name: string, key: string): Int32Array {
  const out = Int32Array.from(values, Number);
  if (values.some((v, i) => v !== BigInt(out[i]!))) {
    throw new Error(`${name}: ${key} holds integers beyond 32 bits, which tfjs has no dtype for`);
  }
  return out;
}

export interface SafeTensors {
  tensors: Map<string, TensorData>;
  metadata: Record<string, string>;
}

/** A file's header, and its tensors, each read when it is asked for. */
export interface OpenSafeTensors {
  tensors: Map<string, () => TensorData>;
  metadata: Record<string, string>;
}

interface HeaderEntry {
  dtype: string;
  shape: number[];
  data_offsets: [begin: number, end: number];
}

const LENGTH_BYTES = 8;

/** Reads the header. @returns its entries, and the byte at which the tensors begin */
function readHeader(file: FileBytes, name: string) {
  const lengthOf = ({ buffer, byteOffset }: Uint8Array) =>
    Number(new DataView(buffer, byteOffset, LENGTH_BYTES).getBigUint64(0, true));
  const length = file.length >= LENGTH_BYTES ? lengthOf(file.part(0, LENGTH_BYTES)) : Infinity;
  const start = length + LENGTH_BYTES;
  if (start > file.length) {
    throw new Error(
      `${name}: expected a safetensors file, got ${file.length} bytes that end before ` +
        "the header does",
    );
  }
  const text = Buffer.from(file.part(LENGTH_BYTES, start)).toString("utf8");
  try {
    return { header: JSON.parse(text) as Record<string, HeaderEntry>, start };
  } catch {
    throw new Error(`${name}: expected a safetensors file, its header isn't JSON`);
  }
}

/**
 * Opens a file without reading its tensors, so that a large one is never in memory as a whole.
 * @param given the file's bytes, or how to read them
 * @param name the file's name, for errors
 * @throws on a damaged file
 */
export function openSafeTensors(
  given: Uint8Array | FileBytes,
  name = "safetensors",
): OpenSafeTensors {
  const file = fileBytes(given);
  const { header, start } = readHeader(file, name);
  const metadata = (header.__metadata__ ?? {}) as unknown as Record<string, string>;
  delete header.__metadata__;
  const tensors = new Map<string, () => TensorData>();
  for (const [key, entry] of Object.entries(header)) {
    tensors.set(key, tensorReader(file, start, entry, name, key));
  }
  return { tensors, metadata };
}

/**
 * Reads all tensors of a file in memory.
 * @throws on a damaged file
 */
export function parseSafeTensors(bytes: Uint8Array, name = "safetensors"): SafeTensors {
  const { tensors, metadata } = openSafeTensors(bytes, name);
  return { tensors: new Map([...tensors].map(([key, read]) => [key, read()])), metadata };
}

/** Checks a tensor's entry. @returns how to read it */
function tensorReader(
  file: FileBytes,
  start: number,
  { dtype, shape, data_offsets: [begin, end] }: HeaderEntry,
  name: string,
  key: string,
): () => TensorData {
  const kind = DTYPES[dtype as keyof typeof DTYPES];
  if (!kind) {
    const known = Object.keys(DTYPES).join(", ");
    throw new Error(`${name}: ${key} has dtype ${dtype}, expected one of ${known}`);
  }
  const [type, array] = kind;
  const size = sizeOf(shape);
  if (end - begin !== size * array.BYTES_PER_ELEMENT || start + end > file.length) {
    throw new Error(
      `${name}: the bytes of ${key} do not fit its shape [${shape.join(", ")}]; ` +
        "the file is damaged",
    );
  }
  return () => {
    // a copy, so that the view is aligned
    const raw = new Uint8Array(file.part(start + begin, start + end));
    const data = new array(raw.buffer, raw.byteOffset, size);
    return {
      shape,
      dtype: type,
      data: data instanceof BigInt64Array ? toInt32(data, name, key) : data,
    };
  };
}
