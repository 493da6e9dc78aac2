import { expect, test } from "vitest";
import { parseGguf } from "./gguf";

const u32 = (n: number) => {
  const b = Buffer.alloc(4);
  b.writeUInt32LE(n);
  return b;
};
const u64 = (n: number) => {
  const b = Buffer.alloc(8);
  b.writeBigUInt64LE(BigInt(n));
  return b;
};
const f32 = (x: number) => {
  const b = Buffer.alloc(4);
  b.writeFloatLE(x);
  return b;
};
const u16 = (n: number) => {
  const b = Buffer.alloc(2);
  b.writeUInt16LE(n);
  return b;
};
const text = (s: string) => Buffer.concat([u64(Buffer.byteLength(s)), Buffer.from(s)]);
/** float16 of 0.5, −2, 1 and the smallest one above 0. */
const HALF = 0x3800;
const MINUS_TWO = 0xc000;
const ONE = 0x3c00;
const TINY = 0x0001;

interface Part {
  name: string;
  dims: number[];
  type: number;
  bytes: Buffer;
}

/** A file with a few values of metadata; dims count the fastest axis first, as the format does. */
function file(parts: Part[], { version = 3, metadata = [] as Buffer[] } = {}): Buffer {
  const info: Buffer[] = [];
  let offset = 0;
  for (const { name, dims, type, bytes } of parts) {
    info.push(text(name), u32(dims.length), ...dims.map(u64), u32(type), u64(offset));
    offset += Math.ceil(bytes.length / 32) * 32;
  }
  const head = Buffer.concat([
    Buffer.from("GGUF"),
    u32(version),
    u64(parts.length),
    u64(metadata.length),
    ...metadata,
    ...info,
  ]);
  const pad = (b: Buffer) => Buffer.concat([b, Buffer.alloc((32 - (b.length % 32)) % 32)]);
  return Buffer.concat([pad(head), ...parts.map(({ bytes }) => pad(bytes))]);
}

const METADATA = [
  Buffer.concat([text("name"), u32(8), text("tiny é")]),
  Buffer.concat([text("layers"), u32(4), u32(3)]),
  Buffer.concat([text("base"), u32(6), f32(0.5)]),
  Buffer.concat([text("yes"), u32(7), Buffer.of(1)]),
  Buffer.concat([text("words"), u32(9), u32(8), u64(2), text("a"), text("bc")]),
  Buffer.concat([text("big"), u32(10), u64(7)]),
];
const matrix: Part = {
  name: "w",
  dims: [3, 2],
  type: 0,
  bytes: Buffer.concat([1, 2, 3, 4, 5, 6].map(f32)),
};

test("metadata of each kind", () => {
  expect(parseGguf(file([], { metadata: METADATA })).metadata).toEqual({
    name: "tiny é",
    layers: 3,
    base: 0.5,
    yes: true,
    words: ["a", "bc"],
    big: 7n,
  });
});

test("F32 and F16, rows first", () => {
  const half: Part = {
    name: "h",
    dims: [4],
    type: 1,
    bytes: Buffer.concat([HALF, MINUS_TWO, ONE, TINY].map(u16)),
  };
  const { tensors } = parseGguf(file([matrix, half], { version: 2 }));
  expect(tensors.get("w")!.shape).toEqual([2, 3]);
  expect([...tensors.get("w")!.read()]).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...tensors.get("h")!.read()]).toEqual([0.5, -2, 1, 2 ** -24]);
});

test("Q4_1: low halves first, scale and least weight", () => {
  const nibbles = Buffer.from(Array.from({ length: 16 }, (_, j) => j | ((15 - j) << 4)));
  const packed: Part = {
    name: "q",
    dims: [32, 2],
    type: 3,
    bytes: Buffer.concat([u16(HALF), u16(MINUS_TWO), nibbles, u16(ONE), u16(0), nibbles]),
  };
  const q = parseGguf(file([packed])).tensors.get("q")!;
  const up = Array.from({ length: 16 }, (_, j) => j);
  const down = [...up].reverse();
  expect(q).toMatchObject({ shape: [2, 32], type: "Q4_1" });
  expect([...q.read()]).toEqual([...[...up, ...down].map((n) => n / 2 - 2), ...up, ...down]);
});

test("blocks that lie along rows can stay packed, others are only read", () => {
  const bytes = Buffer.concat([u16(ONE), u16(0), Buffer.alloc(16)]);
  const part = (dims: number[]): Part => ({ name: "q", dims, type: 3, bytes });
  const found = (dims: number[]) => parseGguf(file([part(dims)])).tensors.get("q")!;
  expect(found([32, 1]).packed).toMatchObject({ type: "Q4_1", shape: [1, 32] });
  expect([...found([32, 1]).packed!.bytes]).toEqual([...bytes]);
  expect(found([16, 2]).packed).toBeUndefined();
  expect(found([16, 2]).read().length).toBe(32);
});

test("Q8_0: signed bytes times a scale", () => {
  const bytes = Array.from({ length: 32 }, (_, i) => i * 8 - 128);
  const packed: Part = {
    name: "q",
    dims: [32],
    type: 8,
    bytes: Buffer.concat([u16(HALF), Buffer.from(Int8Array.from(bytes).buffer)]),
  };
  expect([
    ...parseGguf(file([packed]))
      .tensors.get("q")!
      .read(),
  ]).toEqual(bytes.map((n) => n / 2));
});

test("a file that lies at an odd place in memory", () => {
  const whole = file([matrix]);
  const odd = new Uint8Array(whole.length + 1);
  odd.set(whole, 1);
  expect([...parseGguf(odd.subarray(1)).tensors.get("w")!.read()]).toEqual([1, 2, 3, 4, 5, 6]);
});

test("a file is read in parts: the header, however long, and the tensors that are asked for", () => {
  const long = Buffer.concat([text("long"), u32(8), text("x".repeat(9_000_000))]);
  const padding = { name: "p", dims: [2_000_000], type: 0, bytes: Buffer.alloc(8_000_000) };
  const bytes = file([matrix, padding, { ...matrix, name: "last" }], { metadata: [long] });
  const parts: number[][] = [];
  const part = (from: number, to: number) => {
    parts.push([from, to]);
    return Uint8Array.from(bytes.subarray(from, to));
  };
  const { metadata, tensors } = parseGguf({ length: bytes.length, part });
  expect(String(metadata.long).length).toBe(9_000_000);
  const header = parts.splice(0);
  expect(header.every(([from]) => from === 0)).toBe(true);
  expect([...tensors.get("last")!.read()]).toEqual([1, 2, 3, 4, 5, 6]);
  expect(parts).toEqual([[bytes.length - 32, bytes.length - 8]]);
});

test("cut off at any byte: one sentence, never a wrong tensor", () => {
  const whole = file([matrix], { metadata: METADATA });
  for (let length = 0; length < whole.length - 8; length++) {
    expect(() => parseGguf(whole.subarray(0, length), "toy.gguf"), `${length} bytes`).toThrow(
      /^toy\.gguf: .*(damaged|expected a GGUF file)/,
    );
  }
});

test("another format, another version, unknown types, sizes that do not fit", () => {
  expect(() => parseGguf(Buffer.from("PK\u0003\u0004 a zip"), "z")).toThrow(
    "z: expected a GGUF file, it does not open with the letters GGUF",
  );
  expect(() => parseGguf(file([], { version: 1 }), "z")).toThrow(
    "z: expected GGUF of version 2 or 3, got version 1",
  );
  expect(() => parseGguf(file([{ ...matrix, type: 12 }]), "z")).toThrow(
    "z: w has GGUF's type 12; expected one of 0 (F32), 1 (F16), 3 (Q4_1), 8 (Q8_0)",
  );
  expect(() => parseGguf(file([{ ...matrix, type: 3 }]), "z")).toThrow(
    "z: the bytes of w do not fit its shape [2, 3]; the file is damaged",
  );
  expect(() => parseGguf(file([{ ...matrix, dims: [2 ** 40, 2] }]), "z")).toThrow(
    /do not fit its shape/,
  );
  expect(() =>
    parseGguf(file([], { metadata: [Buffer.concat([text("a"), u32(99)])] }), "z"),
  ).toThrow("a kind of value 99");
  expect(() =>
    parseGguf(file([], { metadata: [Buffer.concat([text("a"), u32(8), u64(2 ** 50)])] }), "z"),
  ).toThrow("damaged"); // a text longer than any file
});
