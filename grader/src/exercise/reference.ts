/**
 * Reads reference tensors: data/reference/<lesson>/<function>.safetensors, which data/oracles writes.
 * The file's metadata holds `cases`, a JSON list of
 * { group, title, args, expected, atol, wrt?, output?, throws? }. In it,
 * - { "$tensor": name } stands for a tensor of the file,
 * - { "$bytes": [0, 255] } for bytes, { "$ints": [0, -1] } for an Int32Array,
 * - { "$map": [[key, value]] } for a Map, { "$pattern": [source, flags] } for a RegExp.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReferenceCase } from "./exercise";
import { sizeOf, type TensorData } from "./value";

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

/**
 * Reads the safetensors format (github.com/huggingface/safetensors); float32, integers and bool
 * only.
 * @throws on a damaged file
 */
export function parseSafeTensors(bytes: Uint8Array, name = "safetensors"): SafeTensors {
  const { header, body } = splitFile(bytes, name);
  const metadata = (header.__metadata__ ?? {}) as unknown as Record<string, string>;
  delete header.__metadata__;
  const tensors = new Map<string, TensorData>();
  for (const [key, entry] of Object.entries(header)) {
    tensors.set(key, readTensor(body, entry, name, key));
  }
  return { tensors, metadata };
}

interface HeaderEntry {
  dtype: string;
  shape: number[];
  data_offsets: [begin: number, end: number];
}

/** The file begins with the header's length as a u64, then the header as JSON. */
const LENGTH_BYTES = 8;

function splitFile(bytes: Uint8Array, name: string) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.byteLength >= LENGTH_BYTES ? Number(view.getBigUint64(0, true)) : Infinity;
  if (length + LENGTH_BYTES > bytes.byteLength) {
    throw new Error(
      `${name}: expected a safetensors file, got ${bytes.byteLength} bytes that end before ` +
        "the header does",
    );
  }
  const text = Buffer.from(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length)).toString("utf8");
  try {
    const header = JSON.parse(text) as Record<string, HeaderEntry>;
    return { header, body: bytes.subarray(LENGTH_BYTES + length) };
  } catch {
    throw new Error(`${name}: expected a safetensors file, its header isn't JSON`);
  }
}

function readTensor(body: Uint8Array, entry: HeaderEntry, name: string, key: string): TensorData {
  const { dtype, shape } = entry;
  const [begin, end] = entry.data_offsets;
  const kind = DTYPES[dtype as keyof typeof DTYPES];
  if (!kind) {
    const known = Object.keys(DTYPES).join(", ");
    throw new Error(`${name}: ${key} has dtype ${dtype}, expected one of ${known}`);
  }
  const [type, array] = kind;
  const size = sizeOf(shape);
  if (end - begin !== size * array.BYTES_PER_ELEMENT || end > body.byteLength) {
    throw new Error(
      `${name}: the bytes of ${key} do not fit its shape [${shape.join(", ")}]; ` +
        "the file is damaged",
    );
  }
  // a copy, so that the view is aligned
  const raw = new Uint8Array(body.subarray(begin, end));
  const data = new array(raw.buffer, raw.byteOffset, size);
  return {
    shape,
    dtype: type,
    data: data instanceof BigInt64Array ? toInt32(data, name, key) : data,
  };
}

/** The file with one function's references, in any lesson's folder; undefined if there is none. */
export function referenceFile(folder: string, name: string): string | undefined {
  const lessons = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  return lessons
    .map((lesson) => join(folder, lesson.name, `${name}.safetensors`))
    .find((file) => existsSync(file));
}

/** How the JSON text writes what JSON lacks. */
interface Placeholder {
  $tensor?: string;
  $bytes?: number[];
  $ints?: number[];
  $map?: [key: string | number, value: unknown][];
  $pattern?: [source: string, flags: string];
}

/** Replaces placeholders by the tensors, bytes, maps and patterns that they stand for. */
function resolve(v: unknown, tensorOf: (key: string) => TensorData): unknown {
  const inside = (x: unknown) => resolve(x, tensorOf);
  if (Array.isArray(v)) return v.map(inside);
  if (typeof v !== "object" || v === null) return v;
  const { $tensor, $bytes, $ints, $map, $pattern } = v as Placeholder;
  if ($tensor !== undefined) return tensorOf($tensor);
  if ($bytes) return Uint8Array.from($bytes);
  if ($ints) return Int32Array.from($ints);
  if ($map) return new Map($map.map(([key, x]) => [key, inside(x)]));
  if ($pattern) return new RegExp(...$pattern);
  return Object.fromEntries(Object.entries(v).map(([key, x]) => [key, inside(x)]));
}

/**
 * Reads the reference cases of one function; none where there is no file.
 * @param folder data/reference, which holds a folder for each lesson
 */
export function readReferences(folder: string, name: string): ReferenceCase[] {
  const file = referenceFile(folder, name);
  if (!file) return [];
  const { tensors, metadata } = parseSafeTensors(readFileSync(file), file);
  const tensorOf = (key: string) => {
    const tensor = tensors.get(key);
    if (tensor) return tensor;
    throw new Error(
      `${file}: the cases name ${key}, which is not in the file; npm run oracles makes it again`,
    );
  };
  const cases = JSON.parse(metadata.cases ?? "[]") as OldCase[];
  return cases.map((c) => resolve(upgradeCase(c), tensorOf) as ReferenceCase);
}

/** A case as a file may hold it: before version 0.2, fields were called `says` and `of`. */
type OldCase = ReferenceCase & { says?: string; of?: string };

/** Renames the fields of a case that an older version wrote. */
export function upgradeCase<T extends Omit<ReferenceCase, "cost">>(
  old: T & Pick<OldCase, "says" | "of">,
): T {
  const { says, of, ...c } = old;
  const title = old.title ?? says ?? "";
  const upgraded = of === undefined ? { ...c, title } : { ...c, title, output: of };
  return upgraded as unknown as T;
}
