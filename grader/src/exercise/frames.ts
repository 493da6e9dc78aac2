/**
 * The binary format in which parent and child exchange values, one Value per frame; released checks
 * are stored in it too. A frame is u32 length, u32 length of the JSON part, the JSON part, and the
 * tensors' bytes, all little-endian. JSON arrays are tagged:
 *
 *     ["l", …]                    a list
 *     ["d", length]               a long list of numbers, stored among the tensors' bytes as float64
 *     ["r", [key, value], …]      a record
 *     ["t", dtype, shape]         a tensor
 *     ["b", length]               bytes, stored among the tensors'
 *     ["i", length]               32-bit integers, stored there too
 *     ["m", [key, value], …]      a Map
 *     ["p", source, flags]        a pattern
 *     ["n", text]                 a number that JSON can't express
 *     ["u"]                       undefined
 *
 * The reading half trusts nothing: anything that `pack` doesn't write is a damaged frame.
 */
import { isTensorData, sizeOf, type Value, ARRAYS, type DType, type TensorData } from "./value";

export type FrameNode = string | number | boolean | null | [tag: string, ...rest: unknown[]];

/** A frame that exceeds these limits ends the child. */
export const FRAME_LIMITS = { bytes: 8 << 20, json: 1 << 20, depth: 32, rank: 8, pattern: 10_000 };
export const HEADER_BYTES = 8;
/** Lists of at least this many numbers are stored as bytes, which are read in a fraction of the time. */
const MIN_NUMBERS_AS_BYTES = 64;

function checkMapKey(key: unknown): string | number {
  if (typeof key === "string" || (typeof key === "number" && Number.isFinite(key))) return key;
  throw new Error(`a Map's keys are texts or finite numbers here, not ${String(key)}`);
}

function formatNumber(value: number): FrameNode {
  if (Object.is(value, -0)) return ["n", "-0"];
  return Number.isFinite(value) ? value : ["n", String(value)];
}

const isSize = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0;

function isShape(shape: unknown): shape is number[] {
  return Array.isArray(shape) && shape.length <= FRAME_LIMITS.rank && shape.every(isSize);
}

function isLongNumberList(list: Value[]): list is number[] {
  if (list.length < MIN_NUMBERS_AS_BYTES) return false;
  for (let i = 0; i < list.length; i++) if (typeof list[i] !== "number") return false;
  return true;
}

/** The JSON part of a value. @param parts receives the bytes that follow the JSON part */
function formatNode(value: Value, parts: Uint8Array[], depth: number): FrameNode {
  if (depth > FRAME_LIMITS.depth) throw new Error("the result is nested too deeply");
  if (value === undefined) return ["u"];
  if (typeof value === "number") return formatNumber(value);
  if (typeof value !== "object" || value === null) return value;
  const inside = (v: Value) => formatNode(v, parts, depth + 1);
  const keep = (array: Float64Array | Float32Array | Int32Array | Uint8Array) => {
    parts.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  };
  if (isTensorData(value)) {
    const { shape, dtype, data } = value;
    if (!isShape(shape as unknown)) {
      throw new Error(
        `a tensor of shape [${shape.join(", ")}] is no answer: expected at most ` +
          `${FRAME_LIMITS.rank} whole numbers`,
      );
    }
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
  if (value instanceof RegExp) {
    if (value.source.length > FRAME_LIMITS.pattern) throw new Error("the pattern is too long");
    return ["p", value.source, value.flags];
  }
  if (value instanceof Map) {
    return ["m", ...[...value].map(([k, v]) => [checkMapKey(k), inside(v)])];
  }
  if (Array.isArray(value)) {
    if (!isLongNumberList(value)) return ["l", ...value.map(inside)];
    keep(new Float64Array(value));
    return ["d", value.length];
  }
  return ["r", ...Object.entries(value).map(([k, v]) => [k, inside(v)])];
}

/** @throws where a reader with FRAME_LIMITS would refuse the frame, with what to tell a student */
export function checkFrameSize(frame: Uint8Array): void {
  const json = new DataView(frame.buffer, frame.byteOffset).getUint32(4, true);
  const megabytes = (bytes: number) => `${Math.ceil(bytes / (1 << 20))} MB`;
  const refuse = (what: string, bytes: number, limit: number) => {
    const most = megabytes(limit);
    throw new Error(`the result takes ${megabytes(bytes)}${what}, more than the ${most} allowed`);
  };
  if (json > FRAME_LIMITS.json) refuse(" besides its tensors", json, FRAME_LIMITS.json);
  if (frame.length - 4 > FRAME_LIMITS.bytes) refuse("", frame.length, FRAME_LIMITS.bytes);
}

/** Writes a value as one frame. */
export function pack(value: Value): Uint8Array {
  const parts: Uint8Array[] = [];
  const json = Buffer.from(JSON.stringify(formatNode(value, parts, 0)));
  const head = Buffer.alloc(HEADER_BYTES);
  head.writeUInt32LE(4 + json.length + parts.reduce((n, p) => n + p.length, 0), 0);
  head.writeUInt32LE(json.length, 4);
  return Buffer.concat([head, json, ...parts]);
}

const damaged = (what: string) => new Error(`damaged frame: ${what}`);

/** Hands out the bytes after the JSON part, each once and in order. */
class FrameBytes {
  constructor(
    /** Not a Buffer, which is slow to slice. */
    private readonly bytes: Uint8Array,
    private at: number,
  ) {
    if (at > bytes.length) throw damaged("its JSON part is cut off");
  }

  /** Copies the bytes, so that typed arrays on them are aligned. */
  take(length: unknown): Uint8Array {
    const fits = Number.isSafeInteger(length) && (length as number) >= 0;
    if (!fits || this.at + (length as number) > this.bytes.length) {
      throw damaged("bytes are cut off");
    }
    const start = this.at;
    this.at += length as number;
    return this.bytes.slice(start, this.at);
  }

  get left(): number {
    return this.bytes.length - this.at;
  }
}

function parseTensor(dtype: unknown, shape: unknown, bytes: FrameBytes): TensorData {
  if (typeof dtype !== "string" || !Object.hasOwn(ARRAYS, dtype)) throw damaged("dtype");
  if (!isShape(shape)) throw damaged("shape");
  const array = ARRAYS[dtype as DType];
  const raw = bytes.take(sizeOf(shape) * array.BYTES_PER_ELEMENT);
  return { shape, dtype: dtype as DType, data: new array(raw.buffer as ArrayBuffer) };
}

function parsePattern(source: unknown, flags: unknown): RegExp {
  if (typeof source !== "string" || typeof flags !== "string") throw damaged("a pattern");
  if (source.length > FRAME_LIMITS.pattern) throw damaged("a pattern");
  try {
    return new RegExp(source, flags);
  } catch {
    throw damaged("a pattern that does not compile");
  }
}

/** @param isKey whether a key is valid in such an entry */
function parseEntry(
  node: unknown,
  isKey: (key: unknown) => boolean,
  what: string,
): [never, FrameNode] {
  if (!Array.isArray(node) || !isKey(node[0])) throw damaged(what);
  return [node[0] as never, node[1] as FrameNode];
}
const isText = (key: unknown) => typeof key === "string";
const isMapKey = (key: unknown) => typeof key === "string" || typeof key === "number";

function parseNode(node: FrameNode, bytes: FrameBytes, depth: number): Value {
  if (depth > FRAME_LIMITS.depth) throw damaged("nested too deeply");
  if (!Array.isArray(node)) {
    if (typeof node === "object" && node !== null) throw damaged("an untagged object");
    return node;
  }
  const [tag, ...rest] = node;
  const inside = (n: unknown) => parseNode(n as FrameNode, bytes, depth + 1);
  if (tag === "u") return undefined;
  if (tag === "n") return Number(rest[0]);
  if (tag === "t") return parseTensor(rest[0], rest[1], bytes);
  if (tag === "b") return bytes.take(rest[0]);
  if (tag === "i") return new Int32Array(bytes.take(4 * Number(rest[0])).buffer);
  if (tag === "d") return Array.from(new Float64Array(bytes.take(8 * Number(rest[0])).buffer));
  if (tag === "p") return parsePattern(rest[0], rest[1]);
  if (tag === "l") return rest.map(inside);
  if (tag === "m") {
    const entries = rest.map((pair) => parseEntry(pair, isMapKey, "a Map's key"));
    return new Map(entries.map(([key, n]) => [key, inside(n)]));
  }
  if (tag !== "r") throw damaged("an unknown tag");
  const entries = rest.map((pair) => parseEntry(pair, isText, "a record's key"));
  const record: Value = Object.fromEntries(entries.map(([key, n]) => [key, inside(n)]));
  // only the tag "t" makes tensors, since it checks that shape and data fit each other
  if (isTensorData(record)) throw damaged("a record that poses as a tensor");
  return record;
}

/** Reads the value of one complete frame. @throws for anything that `pack` doesn't write */
export function unpack(frame: Uint8Array): Value {
  const whole = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  const end = HEADER_BYTES + whole.readUInt32LE(4);
  const bytes = new FrameBytes(new Uint8Array(whole.buffer, whole.byteOffset, whole.length), end);
  let node: FrameNode;
  try {
    node = JSON.parse(whole.toString("utf8", HEADER_BYTES, end)) as FrameNode;
  } catch {
    throw damaged("its JSON part isn't JSON");
  }
  const value = parseNode(node, bytes, 0);
  if (bytes.left > 0) throw damaged("bytes left over");
  return value;
}

/**
 * Makes a reader that cuts a stream of bytes into frames. It yields each value before it parses the
 * next frame.
 * @param seal stands before each frame
 * @throws when a frame is damaged, exceeds the limits or lacks the seal
 */
export function frameReader(
  seal: Uint8Array = new Uint8Array(),
): (chunk: Uint8Array) => Generator<Value> {
  let rest: Buffer = Buffer.alloc(0);
  const start = seal.length;
  return function* (chunk) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk);
    while (rest.length >= start + HEADER_BYTES) {
      if (!rest.subarray(0, start).equals(seal)) throw damaged("no seal");
      const length = rest.readUInt32LE(start);
      const json = rest.readUInt32LE(start + 4);
      if (length > FRAME_LIMITS.bytes || json > FRAME_LIMITS.json || json + 4 > length) {
        throw damaged("too long");
      }
      const end = start + 4 + length;
      if (rest.length < end) return;
      const frame = rest.subarray(start, end);
      rest = rest.subarray(end);
      yield unpack(frame);
    }
  };
}
