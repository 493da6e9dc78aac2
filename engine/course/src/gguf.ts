/**
 * The GGUF format, versions 2 and 3 (github.com/ggml-org/ggml, docs/gguf.md): metadata, then
 * tensors, many of them with a few bits per weight. Of the packed types, we read the two that need
 * no lookup tables, Q4_1 and Q8_0. Both cut a tensor into blocks of 32 weights, each with a scale
 * of its own. An error names any other type.
 */

import { fileBytes, type FileBytes } from "grader";
import { BLOCK, isPackedType, PACKED_TYPES, type PackedWeights } from "ops";

export type GgufValue = number | bigint | string | boolean | GgufValue[];
export interface GgufTensor {
  /** Rows first, as everywhere in the course; the file itself counts the fastest axis first. */
  shape: number[];
  type: string;
  /** The weights as float32, unpacked again on each call. */
  read(): Float32Array;
  /**
   * The blocks as they lie in the file, of a matrix of a type that devices can read. Its `bytes` are
   * read from the file each time.
   */
  packed?: PackedWeights;
}
export interface Gguf {
  metadata: Record<string, GgufValue>;
  tensors: Map<string, GgufTensor>;
}

/** The float16 number with these bits: 1 sign, 5 exponent, 10 fraction. */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

let halves: Float32Array | undefined;

/** All 65,536 float16 numbers, since a table is faster than arithmetic. */
function halfTable(): Float32Array {
  halves ??= Float32Array.from({ length: 65536 }, (_, bits) => halfOf(bits));
  return halves;
}

/** How a type is stored. */
interface Storage {
  name: string;
  /** So many weights take so many bytes. */
  weights: number;
  bytes: number;
  /** Reads all weights of a tensor, from a view that begins where the tensor does. */
  unpack(from: Uint8Array, to: Float32Array): void;
}

const TYPES: Record<number, Storage> = {
  0: {
    name: "F32",
    weights: 1,
    bytes: 4,
    unpack: (from, to) => {
      new Uint8Array(to.buffer).set(from);
    },
  },
  1: {
    name: "F16",
    weights: 1,
    bytes: 2,
    unpack: (from, to) => {
      const half = halfTable();
      for (let i = 0; i < to.length; i++) to[i] = half[from[2 * i]! | (from[2 * i + 1]! << 8)]!;
    },
  },
  // scale and smallest weight in float16, then 16 bytes: weights 0–15 in the low halves, weights
  // 16–31 in the high halves
  3: {
    name: "Q4_1",
    weights: BLOCK,
    bytes: PACKED_TYPES.Q4_1.bytes,
    unpack: (from, to) => {
      const half = halfTable();
      for (let at = 0, i = 0; i < to.length; at += 20, i += BLOCK) {
        const scale = half[from[at]! | (from[at + 1]! << 8)]!;
        const least = half[from[at + 2]! | (from[at + 3]! << 8)]!;
        for (let j = 0; j < 16; j++) {
          const byte = from[at + 4 + j]!;
          to[i + j] = (byte & 15) * scale + least;
          to[i + j + 16] = (byte >> 4) * scale + least;
        }
      }
    },
  },
  // a scale in float16, then 32 signed bytes
  8: {
    name: "Q8_0",
    weights: BLOCK,
    bytes: PACKED_TYPES.Q8_0.bytes,
    unpack: (from, to) => {
      const half = halfTable();
      for (let at = 0, i = 0; i < to.length; at += 34, i += BLOCK) {
        const scale = half[from[at]! | (from[at + 1]! << 8)]!;
        for (let j = 0; j < BLOCK; j++) to[i + j] = ((from[at + 2 + j]! << 24) >> 24) * scale;
      }
    },
  },
};

/** Bytes that are read first; a header with a vocabulary takes some megabytes. */
const HEADER_READ_BYTES = 2 ** 22;

/** A reader that moves through the bytes and never past their end. */
class Cursor {
  at = 0;
  private head: Uint8Array = new Uint8Array(0);
  constructor(
    private readonly file: FileBytes,
    private readonly name: string,
  ) {}

  private step(length: number): number {
    const from = this.at;
    const end = from + length;
    if (end > this.file.length) {
      throw new Error(
        `${this.name}: expected a GGUF file, it ends at byte ${this.file.length}, ` +
          "inside its header; the file is damaged",
      );
    }
    if (end > this.head.length) this.load(Math.max(end, HEADER_READ_BYTES, 2 * this.head.length));
    this.at = end;
    return from;
  }

  /** A view of the next bytes; moves past them. */
  private take(length: number): DataView {
    const from = this.step(length);
    return new DataView(this.head.buffer, this.head.byteOffset + from, length);
  }

  private load(bytes: number): void {
    this.head = this.file.part(0, Math.min(bytes, this.file.length));
  }

  u32 = () => this.take(4).getUint32(0, true);
  /** A count or an offset; no file needs one above 2⁵³. */
  count = () => Number(this.take(8).getBigUint64(0, true));
  text = () => {
    const length = this.count();
    const from = this.step(length);
    return Buffer.from(this.head.buffer, this.head.byteOffset + from, length).toString("utf8");
  };

  private list(): GgufValue[] {
    const type = this.u32();
    const length = this.count();
    const list: GgufValue[] = [];
    for (let i = 0; i < length; i++) list.push(this.value(type));
    return list;
  }

  /** A value of the metadata, by the number of its type in the format. */
  value(type: number): GgufValue {
    switch (type) {
      case 0:
        return this.take(1).getUint8(0);
      case 1:
        return this.take(1).getInt8(0);
      case 2:
        return this.take(2).getUint16(0, true);
      case 3:
        return this.take(2).getInt16(0, true);
      case 4:
        return this.u32();
      case 5:
        return this.take(4).getInt32(0, true);
      case 6:
        return this.take(4).getFloat32(0, true);
      case 7:
        return this.take(1).getUint8(0) !== 0;
      case 8:
        return this.text();
      case 9:
        return this.list();
      case 10:
        return this.take(8).getBigUint64(0, true);
      case 11:
        return this.take(8).getBigInt64(0, true);
      case 12:
        return this.take(8).getFloat64(0, true);
      default:
        throw new Error(
          `${this.name}: byte ${this.at} of the header names a kind of value ${type}, which ` +
            "GGUF doesn't have; the file is damaged",
        );
    }
  }
}

/** What the header says about a tensor; its offset counts from the end of the header. */
interface TensorEntry {
  key: string;
  shape: number[];
  type: number;
  offset: number;
}

/**
 * Reads a file's metadata and finds its tensors.
 * @param given the file's bytes, or how to read them
 * @param name the file's name, for errors
 * @throws when the bytes aren't a GGUF file of version 2 or 3, end too early, or hold a tensor of a
 *   type that isn't read here
 */
export function parseGguf(given: Uint8Array | FileBytes, name = "gguf"): Gguf {
  const file = fileBytes(given);
  const cursor = new Cursor(file, name);
  if (file.length < 4 || cursor.u32() !== 0x46554747) {
    throw new Error(`${name}: expected a GGUF file, it does not open with the letters GGUF`);
  }
  const version = cursor.u32();
  if (version !== 2 && version !== 3) {
    throw new Error(`${name}: expected GGUF of version 2 or 3, got version ${version}`);
  }
  const tensorCount = cursor.count();
  const metadataCount = cursor.count();
  const metadata = new Map<string, GgufValue>();
  for (let i = 0; i < metadataCount; i++) metadata.set(cursor.text(), cursor.value(cursor.u32()));
  const listed: TensorEntry[] = [];
  for (let i = 0; i < tensorCount; i++) listed.push(readTensorEntry(cursor));

  const alignment = Number(metadata.get("general.alignment") ?? 32);
  const start = Math.ceil(cursor.at / alignment) * alignment;
  const tensors = new Map<string, GgufTensor>();
  for (const entry of listed) tensors.set(entry.key, tensorOf(entry, file, start, name));
  return { metadata: Object.fromEntries(metadata), tensors };
}

function readTensorEntry(cursor: Cursor): TensorEntry {
  const key = cursor.text();
  const rank = cursor.u32();
  const shape: number[] = [];
  for (let axis = 0; axis < rank; axis++) shape.unshift(cursor.count());
  return { key, shape, type: cursor.u32(), offset: cursor.count() };
}

/** @param start the byte at which the tensors begin */
function tensorOf(entry: TensorEntry, file: FileBytes, start: number, name: string): GgufTensor {
  const { key, shape, type, offset } = entry;
  const storage = TYPES[type];
  if (!storage) {
    const known = Object.entries(TYPES).map(([number, t]) => `${number} (${t.name})`);
    throw new Error(`${name}: ${key} has GGUF's type ${type}; expected one of ${known.join(", ")}`);
  }
  const size = shape.reduce((a, b) => a * b, 1);
  const length = (size / storage.weights) * storage.bytes;
  const from = start + offset;
  if (!Number.isInteger(length) || from + length > file.length) {
    throw new Error(
      `${name}: the bytes of ${key} do not fit its shape [${shape.join(", ")}]; ` +
        "the file is damaged",
    );
  }
  const read = () => {
    const weights = new Float32Array(size);
    storage.unpack(file.part(from, from + length), weights);
    return weights;
  };
  const found: GgufTensor = { shape, type: storage.name, read };
  const [rows, width] = shape as [number, number];
  if (shape.length === 2 && width % BLOCK === 0 && isPackedType(storage.name)) {
    found.packed = {
      type: storage.name,
      shape: [rows, width],
      get bytes() {
        return file.part(from, from + length);
      },
    };
  }
  return found;
}
