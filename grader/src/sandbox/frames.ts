/**
 * What crosses between parent and child: one Value a frame. A frame is u32 length, u32 length of
 * the JSON part, the JSON part, the tensors' bytes, all little-endian. JSON arrays are tagged:
 *
 *     ["l", …]                    a list
 *     ["r", [key, value], …]      a record
 *     ["t", dtype, shape]         a tensor
 *     ["b", length]               bytes, which stand among the tensors'
 *     ["i", length]               32-bit integers, likewise
 *     ["m", [key, value], …]      a Map
 *     ["p", source, flags]        a pattern
 *     ["n", text]                 a number that JSON lacks
 *     ["u"]                       undefined
 *
 * Reading is in unframe.ts.
 */
import { isTensorData, sizeOf } from "../exercise/tensorData";
import type { Value } from "../exercise/value";

export type Node = string | number | boolean | null | [tag: string, ...rest: unknown[]];

/** What a reader accepts; a frame beyond it ends the child. */
export const FRAME_LIMITS = { bytes: 8 << 20, json: 1 << 20, depth: 32, rank: 8, pattern: 10_000 };
export const HEAD = 8;

function mapKey(key: unknown): string | number {
  if (typeof key === "string" || (typeof key === "number" && Number.isFinite(key))) return key;
  throw new Error(`a Map's keys are texts or finite numbers here, not ${String(key)}`);
}

function describeNumber(value: number): Node {
  if (Object.is(value, -0)) return ["n", "-0"];
  return Number.isFinite(value) ? value : ["n", String(value)];
}

/** @param parts receives the bytes that stand after the JSON part */
function describe(value: Value, parts: Uint8Array[], depth: number): Node {
  if (depth > FRAME_LIMITS.depth) throw new Error("the result is nested too deeply");
  if (value === undefined) return ["u"];
  if (typeof value === "number") return describeNumber(value);
  if (typeof value !== "object" || value === null) return value;
  const inside = (v: Value) => describe(v, parts, depth + 1);
  const keep = (array: Float32Array | Int32Array | Uint8Array) => {
    parts.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  };
  if (isTensorData(value)) {
    const { shape, dtype, data } = value;
    if (sizeOf(shape) !== data.length) {
      throw new Error(`a tensor of shape [${shape.join(", ")}] holds ${data.length} values`);
    }
    keep(data);
    return ["t", dtype, shape];
  }
  if (value instanceof Uint8Array || value instanceof Int32Array) {
    keep(value);
    return [value instanceof Uint8Array ? "b" : "i", value.length];
  }
  if (value instanceof RegExp) return ["p", value.source, value.flags];
  if (value instanceof Map) return ["m", ...[...value].map(([k, v]) => [mapKey(k), inside(v)])];
  if (Array.isArray(value)) return ["l", ...value.map(inside)];
  return ["r", ...Object.entries(value).map(([k, v]) => [k, inside(v)])];
}

export function pack(value: Value): Uint8Array {
  const parts: Uint8Array[] = [];
  const json = Buffer.from(JSON.stringify(describe(value, parts, 0)));
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(4 + json.length + parts.reduce((n, p) => n + p.length, 0), 0);
  head.writeUInt32LE(json.length, 4);
  return Buffer.concat([head, json, ...parts]);
}
