/**
 * What crosses between parent and child: one Value a frame. A frame is u32 length, u32 length of
 * the JSON part, the JSON part, the tensors' bytes, all little-endian. JSON arrays are tagged:
 * ["l", …] a list, ["r", [key, value], …] a record, ["t", dtype, shape] a tensor, ["b", length]
 * bytes, which stand among the tensors', ["i", length] 32-bit integers likewise, ["m", [key,
 * value], …] a Map, ["p", source, flags] a pattern, ["n", text] a number that JSON lacks, ["u"]
 * undefined. The reading side trusts nothing.
 */
import { isTensorData, sizeOf, type DType, type TensorData } from "../tensor-data";
import type { Value } from "../value";

type Node = string | number | boolean | null | [tag: string, ...rest: unknown[]];

/** What a reader accepts; a frame beyond it ends the child. */
export const FRAME_LIMITS = { bytes: 8 << 20, json: 1 << 20, depth: 32, rank: 8, pattern: 10_000 };
const BYTES: Record<DType, number> = { float32: 4, int32: 4, bool: 1 };
const HEAD = 8;

function mapKey(key: unknown): string | number {
  if (typeof key === "string" || (typeof key === "number" && Number.isFinite(key))) return key;
  throw new Error(`a Map's keys are texts or finite numbers here, not ${String(key)}`);
}

function describe(value: Value, parts: Uint8Array[], depth: number): Node {
  if (depth > FRAME_LIMITS.depth) throw new Error("the result is nested too deeply");
  if (value === undefined) return ["u"];
  if (typeof value === "number") {
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : ["n", Object.is(value, -0) ? "-0" : String(value)];
  }
  if (typeof value !== "object" || value === null) return value;
  if (isTensorData(value)) {
    const { shape, dtype, data } = value;
    if (sizeOf(shape) !== data.length) {
      throw new Error(`a tensor of shape [${shape.join(", ")}] holds ${data.length} values`);
    }
    parts.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return ["t", dtype, shape];
  }
  if (value instanceof Uint8Array) {
    parts.push(value);
    return ["b", value.length];
  }
  if (value instanceof Int32Array) {
    parts.push(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    return ["i", value.length];
  }
  if (value instanceof RegExp) return ["p", value.source, value.flags];
  if (value instanceof Map) {
    return ["m", ...[...value].map(([k, v]) => [mapKey(k), describe(v, parts, depth + 1)])];
  }
  if (Array.isArray(value)) return ["l", ...value.map((v) => describe(v, parts, depth + 1))];
  return ["r", ...Object.entries(value).map(([k, v]) => [k, describe(v, parts, depth + 1)])];
}

export function pack(value: Value): Uint8Array {
  const parts: Uint8Array[] = [];
  const json = Buffer.from(JSON.stringify(describe(value, parts, 0)));
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(4 + json.length + parts.reduce((n, p) => n + p.length, 0), 0);
  head.writeUInt32LE(json.length, 4);
  return Buffer.concat([head, json, ...parts]);
}

const bad = (what: string) => new Error(`damaged frame: ${what}`);

/** Rebuilds the value of one whole frame. @throws on anything that pack does not write */
export function unpack(frame: Uint8Array): Value {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  const jsonLength = bytes.readUInt32LE(4);
  let at = HEAD + jsonLength;
  if (at > bytes.length) throw bad("its JSON part is cut off");
  const tensor = (dtype: unknown, shape: unknown): TensorData => {
    if (typeof dtype !== "string" || !Object.hasOwn(BYTES, dtype)) throw bad("dtype");
    if (
      !Array.isArray(shape) ||
      shape.length > FRAME_LIMITS.rank ||
      !shape.every((n) => Number.isSafeInteger(n) && n >= 0)
    ) {
      throw bad("shape");
    }
    const size = sizeOf(shape as number[]);
    const length = size * BYTES[dtype as DType];
    if (!(at + length <= bytes.length)) throw bad("a tensor's bytes are cut off");
    // a copy, so that the view is aligned
    const raw = new Uint8Array(bytes.subarray(at, (at += length)));
    return {
      shape: shape as number[],
      dtype: dtype as DType,
      data:
        dtype === "float32"
          ? new Float32Array(raw.buffer)
          : dtype === "int32"
            ? new Int32Array(raw.buffer)
            : raw,
    };
  };
  const bytesOf = (length: unknown): Uint8Array => {
    if (
      !Number.isSafeInteger(length) ||
      (length as number) < 0 ||
      at + (length as number) > bytes.length
    ) {
      throw bad("bytes are cut off");
    }
    return new Uint8Array(bytes.subarray(at, (at += length as number)));
  };
  const pattern = (source: unknown, flags: unknown): RegExp => {
    if (
      typeof source !== "string" ||
      typeof flags !== "string" ||
      source.length > FRAME_LIMITS.pattern
    ) {
      throw bad("a pattern");
    }
    try {
      return new RegExp(source, flags);
    } catch {
      throw bad("a pattern that does not compile");
    }
  };
  const build = (node: Node, depth: number): Value => {
    if (depth > FRAME_LIMITS.depth) throw bad("nested too deeply");
    if (!Array.isArray(node)) {
      if (typeof node === "object" && node !== null) throw bad("an untagged object");
      return node;
    }
    const [tag, ...rest] = node;
    if (tag === "u") return undefined;
    if (tag === "n") return Number(rest[0]);
    if (tag === "t") return tensor(rest[0], rest[1]);
    if (tag === "b") return bytesOf(rest[0]);
    if (tag === "i") return new Int32Array(bytesOf(4 * Number(rest[0])).buffer);
    if (tag === "p") return pattern(rest[0], rest[1]);
    if (tag === "m") {
      return new Map(
        rest.map((pair) => {
          if (!Array.isArray(pair) || !["string", "number"].includes(typeof pair[0])) {
            throw bad("a Map's key");
          }
          return [pair[0] as string | number, build(pair[1] as Node, depth + 1)];
        }),
      );
    }
    if (tag === "l") return rest.map((n) => build(n as Node, depth + 1));
    if (tag !== "r") throw bad("an unknown tag");
    return Object.fromEntries(
      rest.map((pair) => {
        if (!Array.isArray(pair) || typeof pair[0] !== "string") throw bad("a record's key");
        return [pair[0], build(pair[1] as Node, depth + 1)];
      }),
    );
  };
  let node: Node;
  try {
    node = JSON.parse(bytes.toString("utf8", HEAD, HEAD + jsonLength)) as Node;
  } catch {
    throw bad("its JSON part is none");
  }
  const value = build(node, 0);
  if (at !== bytes.length) throw bad("bytes left over");
  return value;
}

/**
 * Cuts a stream of bytes into frames, each handed out before the next is looked at. @throws when a
 * frame is damaged or longer than the limits
 */
export function frameReader(): (chunk: Uint8Array) => Generator<Value> {
  let rest: Buffer = Buffer.alloc(0);
  return function* (chunk) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk);
    while (rest.length >= HEAD) {
      const length = rest.readUInt32LE(0);
      const json = rest.readUInt32LE(4);
      if (length > FRAME_LIMITS.bytes || json > FRAME_LIMITS.json || json + 4 > length) {
        throw bad("too long");
      }
      if (rest.length < 4 + length) return;
      const frame = rest.subarray(0, 4 + length);
      rest = rest.subarray(4 + length);
      yield unpack(frame);
    }
  };
}
