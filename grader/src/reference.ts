/**
 * Reference tensors: data/reference/<lesson>/<function>.safetensors, written by data/oracles. The
 * file's metadata holds `cases`, a JSON list of { group, says, args, expected, atol, wrt?, of?,
 * throws? } in which { "$tensor": name } stands for a tensor of the file, { "$bytes": [0, 255] }
 * for bytes, { "$ints": [0, -1] } for an Int32Array, { "$map": [[key, value]] } for a Map and {
 * "$pattern": [source, flags] } for a RegExp.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReferenceCase } from "./exercise";
import { mapLeaves, sizeOf, type TensorData } from "./value";

/** 64-bit integers, which PyTorch likes for ids and positions, become int32. */
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
 * only. Throws on a damaged file.
 */
export function parseSafeTensors(bytes: Uint8Array, name = "safetensors"): SafeTensors {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.byteLength >= 8 ? Number(view.getBigUint64(0, true)) : Infinity;
  if (length + 8 > bytes.byteLength) {
    throw new Error(
      `${name}: expected a safetensors file, got ${bytes.byteLength} bytes that end before ` +
        "the header does",
    );
  }
  let header: Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>;
  try {
    header = JSON.parse(
      Buffer.from(bytes.subarray(8, 8 + length)).toString("utf8"),
    ) as typeof header;
  } catch {
    throw new Error(`${name}: expected a safetensors file, its header is no JSON`);
  }
  const metadata = (header.__metadata__ ?? {}) as unknown as Record<string, string>;
  delete header.__metadata__;
  const tensors = new Map<string, TensorData>();
  for (const [
    key,
    {
      dtype,
      shape,
      data_offsets: [begin, end],
    },
  ] of Object.entries(header)) {
    const kind = DTYPES[dtype as keyof typeof DTYPES];
    if (!kind) {
      throw new Error(
        `${name}: ${key} has dtype ${dtype}, expected one of ${Object.keys(DTYPES).join(", ")}`,
      );
    }
    const [type, array] = kind;
    if (
      end - begin !== sizeOf(shape) * array.BYTES_PER_ELEMENT ||
      8 + length + end > bytes.byteLength
    ) {
      throw new Error(
        `${name}: the bytes of ${key} do not fit its shape [${shape.join(", ")}]; ` +
          "the file is damaged",
      );
    }
    // a copy, so that the view is aligned
    const raw = new Uint8Array(bytes.subarray(8 + length + begin, 8 + length + end));
    const data = new array(raw.buffer, raw.byteOffset, sizeOf(shape));
    tensors.set(key, {
      shape,
      dtype: type,
      data: data instanceof BigInt64Array ? toInt32(data, name, key) : data,
    });
  }
  return { tensors, metadata };
}

/** The file of one function's references, in whichever lesson's folder it stands. */
function referenceFile(folder: string, name: string): string | undefined {
  const lessons = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  return lessons
    .map((lesson) => join(folder, lesson.name, `${name}.safetensors`))
    .find((file) => existsSync(file));
}

/**
 * The cases of one function, empty where there is no file. @param folder data/reference, which
 * holds a folder for each lesson
 */
export function readReferences(folder: string, name: string): ReferenceCase[] {
  const file = referenceFile(folder, name);
  if (!file) return [];
  const { tensors, metadata } = parseSafeTensors(readFileSync(file), file);
  const cases = JSON.parse(metadata.cases ?? "[]") as ReferenceCase[];
  const resolve = (v: unknown): unknown => {
    if (Array.isArray(v)) return v.map(resolve);
    if (typeof v !== "object" || v === null) return v;
    const {
      $tensor: key,
      $bytes,
      $ints,
      $map,
      $pattern,
    } = v as {
      $tensor?: string;
      $bytes?: number[];
      $ints?: number[];
      $map?: [string | number, unknown][];
      $pattern?: [string, string];
    };
    if ($bytes) return Uint8Array.from($bytes);
    if ($ints) return Int32Array.from($ints);
    if ($map) return new Map($map.map(([k, x]) => [k, resolve(x)]));
    if ($pattern) return new RegExp(...$pattern);
    if (key === undefined) {
      return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, resolve(x)]));
    }
    const t = tensors.get(key);
    if (!t) {
      throw new Error(
        `${file}: the cases name ${key}, which is not in the file; npm run oracles makes it again`,
      );
    }
    return t;
  };
  return cases.map((c) => mapLeaves(resolve(c), (leaf) => leaf) as ReferenceCase);
}
