import { expect, test } from "vitest";
import fc from "fast-check";
import { tensorData, type Value } from "./value";
import { pack, frameReader, unpack } from "./frames";

const tensor = tensorData([2, 2], [1, NaN, -Infinity, -0]);

test("what is packed comes back", () => {
  const value: Value = {
    list: [1, -0, NaN, Infinity, null, undefined, "text", true, []],
    tensor,
    ids: tensorData([3], [1, 2, 3], "int32"),
    mask: tensorData([1], [1], "bool"),
    scalar: tensorData([], [5]),
    none: tensorData([0, 4], []),
  };
  expect(unpack(pack(value))).toEqual(value);
});

test("a long list of numbers comes back, each number as it was, and takes eight bytes each", () => {
  const list = Array.from({ length: 1000 }, (_, i) => i / 7);
  list.splice(10, 5, -0, NaN, Infinity, -Infinity, 2 ** 53);
  const value: Value = { list, mixed: [...list, "text"], tensor };
  expect(unpack(pack(value))).toEqual(value);
  expect(pack(list).length).toBe(8 + '["d",1000]'.length + 8 * 1000);
});

test("bytes, integers, maps and patterns come back", () => {
  const value: Value = [
    new Uint8Array([1, 255]),
    new Int32Array([-1, 2 ** 31 - 1]),
    new Int32Array(),
    new Map<string | number, Value>([
      ["1,2", 3],
      [7, tensor],
      ["in", new Map([["deep", new Uint8Array()]])],
    ]),
    /\p{L}+\/|'s/gu,
  ];
  expect(unpack(pack(value))).toEqual(value);
  expect(() => pack(new Map([[[1], 2]]) as unknown as Value)).toThrow(
    "a Map's keys are texts or finite numbers here",
  );
});

test("any JSON comes back, whatever its keys are called", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(unpack(pack(value as Value))).toEqual(value);
    }),
  );
  const hostile = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}') as Value;
  const back = unpack(pack(hostile)) as object;
  expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
  expect(Object.keys(back)).toEqual(["__proto__", "constructor"]);
});

const frame = (json: string, bytes = 0) => {
  const out = Buffer.alloc(8 + json.length + bytes);
  out.writeUInt32LE(out.length - 4, 0);
  out.writeUInt32LE(json.length, 4);
  out.write(json, 8);
  return out;
};
test.each([
  ["no JSON", frame("[")],
  ["an untagged object", frame('{"a":1}')],
  ["an unknown tag", frame('["x"]')],
  ["a dtype of its own", frame('["t","string",[]]')],
  ["an inherited dtype", frame('["t","constructor",[]]')],
  ["a negative length", frame('["t","float32",[-1]]')],
  ["too few bytes", frame('["t","float32",[2]]', 4)],
  ["a shape too large for the world", frame('["t","float32",[1000000000,1000000000,1000000000]]')],
  ["bytes left over", frame("1", 4)],
  ["a key that is no text", frame('["r",[1,2]]')],
  ["a list as a Map's key", frame('["m",[["l"],2]]')],
  ["bytes that are not there", frame('["b",3]', 2)],
  ["a negative number of bytes", frame('["b",-1]')],
  ["numbers that are not there", frame('["d",2]', 15)],
  ["a text as a number of numbers", frame('["d","x"]')],
  ["integers that are not there", frame('["i",2]', 7)],
  ["a text as a number of integers", frame('["i","x"]')],
  ["a pattern that does not compile", frame('["p","(","g"]')],
  ["flags that are none", frame('["p","a",1]')],
  ["an endless pattern", frame(`["p","${"a".repeat(20_000)}","g"]`)],
  ["depth", frame('["l",'.repeat(100) + "1" + "]".repeat(100))],
  [
    "JSON beyond the end",
    (() => {
      const f = frame("1");
      f.writeUInt32LE(99, 4);
      return f;
    })(),
  ],
])("refuses %s", (_, bytes) => expect(() => unpack(bytes)).toThrow("damaged frame"));

test(
  "a stream is cut into frames wherever its chunks end, and a damaged one leaves those before " +
    "it",
  () => {
    const stream = Buffer.concat([pack(1), pack([tensor]), pack("end")]);
    for (const size of [1, 3, 7, 1000]) {
      const read = frameReader();
      const got: Value[] = [];
      for (let at = 0; at < stream.length; at += size) {
        got.push(...read(stream.subarray(at, at + size)));
      }
      expect(got).toEqual([1, [tensor], "end"]);
    }
    const got: Value[] = [];
    expect(() => {
      for (const v of frameReader()(Buffer.concat([pack(1), Buffer.alloc(64, 255)]))) got.push(v);
    }).toThrow("too long");
    expect(got).toEqual([1]);
  },
);

test("each frame of a stream needs its seal, also where it comes in pieces", () => {
  const seal = Buffer.from([1, 2, 3, 4]);
  const read = frameReader(seal);
  const stream = Buffer.concat([seal, pack("a"), seal, pack("b")]);
  const got: Value[] = [];
  for (const byte of stream) got.push(...read(Buffer.of(byte)));
  expect(got).toEqual(["a", "b"]);
  for (const bytes of [pack("c"), Buffer.concat([Buffer.from([1, 2, 3, 5]), pack("c")])]) {
    const padded = Buffer.concat([bytes, Buffer.alloc(8)]);
    expect(() => [...frameReader(seal)(padded)]).toThrow("no seal");
  }
});

test("a tensor that lies about its size is not packed", () =>
  expect(() => pack({ shape: [3], dtype: "float32", data: new Float32Array(2) })).toThrow(
    "holds 2 values",
  ));
