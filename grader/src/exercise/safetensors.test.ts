import { expect, test } from "vitest";
import { openSafeTensors, parseSafeTensors } from "./safetensors";

function file(header: object, ...parts: ArrayBuffer[]): Buffer {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, ...parts.map((p) => Buffer.from(p))]);
}

test("each dtype, wherever its bytes begin", () => {
  const bytes = file(
    {
      b: { dtype: "BOOL", shape: [3], data_offsets: [0, 3] },
      f: { dtype: "F32", shape: [2], data_offsets: [3, 11] },
      i: { dtype: "I32", shape: [], data_offsets: [11, 15] },
      l: { dtype: "I64", shape: [2], data_offsets: [15, 31] },
    },
    new Uint8Array([1, 0, 1]).buffer,
    new Float32Array([0.5, -2]).buffer,
    new Int32Array([7]).buffer,
    new BigInt64Array([-1n, 511n]).buffer,
  );
  const { tensors } = parseSafeTensors(bytes);
  expect(tensors.get("b")).toEqual({ shape: [3], dtype: "bool", data: new Uint8Array([1, 0, 1]) });
  expect(tensors.get("f")).toEqual({
    shape: [2],
    dtype: "float32",
    data: new Float32Array([0.5, -2]),
  });
  expect(tensors.get("i")).toEqual({ shape: [], dtype: "int32", data: new Int32Array([7]) });
  expect(tensors.get("l")).toEqual({ shape: [2], dtype: "int32", data: new Int32Array([-1, 511]) });
});

test("a tensor's bytes are read when it is asked for, and no others", () => {
  const entry = (at: number) => ({ dtype: "F32", shape: [2], data_offsets: [at, at + 8] });
  const numbers = (...all: number[]) => new Float32Array(all).buffer;
  const bytes = file({ a: entry(0), b: entry(8) }, numbers(1, 2), numbers(3, 4));
  const asked: [number, number][] = [];
  const part = (from: number, to: number) => {
    asked.push([from, to]);
    return bytes.subarray(from, to);
  };
  const { tensors } = openSafeTensors({ length: bytes.length, part });
  const start = bytes.length - 16;
  expect(asked).toEqual([
    [0, 8],
    [8, start],
  ]);
  expect(tensors.get("b")!().data).toEqual(new Float32Array([3, 4]));
  expect(asked.slice(2)).toEqual([[start + 8, start + 16]]);
});

test("damaged files", () => {
  expect(() => parseSafeTensors(Buffer.from("abc"))).toThrow(
    "expected a safetensors file, got 3 bytes",
  );
  expect(() =>
    parseSafeTensors(
      file({ w: { dtype: "F32", shape: [4], data_offsets: [0, 16] } }, new Float32Array(2).buffer),
      "w",
    ),
  ).toThrow("w: the bytes of w do not fit its shape [4]; the file is damaged");
  expect(() =>
    parseSafeTensors(
      file({ w: { dtype: "F16", shape: [1], data_offsets: [0, 2] } }, new Uint8Array(2).buffer),
    ),
  ).toThrow("w has dtype F16");
  expect(() =>
    parseSafeTensors(
      file(
        { w: { dtype: "I64", shape: [1], data_offsets: [0, 8] } },
        new BigInt64Array([1n << 40n]).buffer,
      ),
    ),
  ).toThrow("w holds integers beyond 32 bits");
});
