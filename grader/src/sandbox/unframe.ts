/**
 * The reading side of frames.ts, which trusts nothing: whatever pack does not write is a damaged
 * frame.
 */
import { ARRAYS, isTensorData, sizeOf, type DType, type TensorData } from "../exercise/tensorData";
import type { Value } from "../exercise/value";
import { FRAME_LIMITS, HEAD, type Node } from "./frames";

const bad = (what: string) => new Error(`damaged frame: ${what}`);

/** Hands out the bytes behind the JSON part, each once and in their order. */
class Bytes {
  constructor(
    /** Not a Buffer, whose parts are slow to make. */
    private readonly bytes: Uint8Array,
    private at: number,
  ) {
    if (at > bytes.length) throw bad("its JSON part is cut off");
  }

  /** A copy, so that views on it are aligned. */
  take(length: unknown): Uint8Array {
    const fits = Number.isSafeInteger(length) && (length as number) >= 0;
    if (!fits || this.at + (length as number) > this.bytes.length) throw bad("bytes are cut off");
    const start = this.at;
    this.at += length as number;
    return this.bytes.slice(start, this.at);
  }

  get left(): number {
    return this.bytes.length - this.at;
  }
}

const isSize = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0;

function isShape(shape: unknown): shape is number[] {
  return Array.isArray(shape) && shape.length <= FRAME_LIMITS.rank && shape.every(isSize);
}

function tensor(dtype: unknown, shape: unknown, bytes: Bytes): TensorData {
  if (typeof dtype !== "string" || !Object.hasOwn(ARRAYS, dtype)) throw bad("dtype");
  if (!isShape(shape)) throw bad("shape");
  const array = ARRAYS[dtype as DType];
  const raw = bytes.take(sizeOf(shape) * array.BYTES_PER_ELEMENT);
  return { shape, dtype: dtype as DType, data: new array(raw.buffer as ArrayBuffer) };
}

function pattern(source: unknown, flags: unknown): RegExp {
  if (typeof source !== "string" || typeof flags !== "string") throw bad("a pattern");
  if (source.length > FRAME_LIMITS.pattern) throw bad("a pattern");
  try {
    return new RegExp(source, flags);
  } catch {
    throw bad("a pattern that does not compile");
  }
}

/** @param isKey whether a key may stand in such an entry */
function entry(node: unknown, isKey: (key: unknown) => boolean, what: string): [never, Node] {
  if (!Array.isArray(node) || !isKey(node[0])) throw bad(what);
  return [node[0] as never, node[1] as Node];
}
const isText = (key: unknown) => typeof key === "string";
const isMapKey = (key: unknown) => typeof key === "string" || typeof key === "number";

function build(node: Node, bytes: Bytes, depth: number): Value {
  if (depth > FRAME_LIMITS.depth) throw bad("nested too deeply");
  if (!Array.isArray(node)) {
    if (typeof node === "object" && node !== null) throw bad("an untagged object");
    return node;
  }
  const [tag, ...rest] = node;
  const inside = (n: unknown) => build(n as Node, bytes, depth + 1);
  if (tag === "u") return undefined;
  if (tag === "n") return Number(rest[0]);
  if (tag === "t") return tensor(rest[0], rest[1], bytes);
  if (tag === "b") return bytes.take(rest[0]);
  if (tag === "i") return new Int32Array(bytes.take(4 * Number(rest[0])).buffer);
  if (tag === "p") return pattern(rest[0], rest[1]);
  if (tag === "l") return rest.map(inside);
  if (tag === "m") {
    const entries = rest.map((pair) => entry(pair, isMapKey, "a Map's key"));
    return new Map(entries.map(([key, n]) => [key, inside(n)]));
  }
  if (tag !== "r") throw bad("an unknown tag");
  const entries = rest.map((pair) => entry(pair, isText, "a record's key"));
  const record: Value = Object.fromEntries(entries.map(([key, n]) => [key, inside(n)]));
  // only the tag "t" makes tensors, whose shape and data fit each other
  if (isTensorData(record)) throw bad("a record that poses as a tensor");
  return record;
}

/** Rebuilds the value of one whole frame. @throws on anything that pack does not write */
export function unpack(frame: Uint8Array): Value {
  const whole = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  const end = HEAD + whole.readUInt32LE(4);
  const bytes = new Bytes(new Uint8Array(whole.buffer, whole.byteOffset, whole.length), end);
  let node: Node;
  try {
    node = JSON.parse(whole.toString("utf8", HEAD, end)) as Node;
  } catch {
    throw bad("its JSON part is none");
  }
  const value = build(node, bytes, 0);
  if (bytes.left > 0) throw bad("bytes left over");
  return value;
}

/**
 * Cuts a stream of bytes into frames, each handed out before the next is looked at.
 * @throws when a frame is damaged or longer than the limits
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
