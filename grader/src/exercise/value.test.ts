import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { runCase } from "./call";
import { compare } from "./compare";
import { pack, unpack } from "./frames";
import { fromTensors } from "./tensors";
import { tensorData, type TensorData, type Value } from "./value";

const exactly = { rtol: 0, atol: 0 };
const messageOf = (got: Value, want: Value) => {
  const verdict = compare(got, want, exactly);
  return verdict.ok ? "" : verdict.message;
};

test("bytes, maps and patterns go in and come out", async () => {
  const value: Value = {
    vocab: [new Uint8Array([1, 2])],
    counts: new Map([["1,2", 3]]),
    pattern: /a+/gu,
  };
  expect(await runCase((x: unknown) => x, { args: [value] })).toEqual({ value });
  expect(await fromTensors(Buffer.from([7]))).toEqual(new Uint8Array([7]));
  await expect(fromTensors({ a: new Set([1]) })).rejects.toThrow(
    "a is a Set, which is not a tensor, number, text, list, map or record",
  );
});

test("what a function does to its arguments stays with it", async () => {
  const bytes = new Uint8Array([1]);
  const map = new Map([["a", 1]]);
  await runCase(
    (b: Uint8Array, m: Map<string, number>) => {
      b[0] = 9;
      m.clear();
    },
    { args: [bytes, map] },
  );
  expect([bytes[0], map.size]).toEqual([1, 1]);
});

test("a case gives functions as text, which tfjs's functions may stand in", async () => {
  const twice = { $function: "(x) => tf.mul(x, 2)" };
  const args: Value[] = [tensorData([2], [1, -3]), { activation: twice }];
  const apply = (x: unknown, { activation }: { activation: (x: unknown) => unknown }) =>
    activation(x);
  expect(await runCase(apply, { args: unpack(pack(args)) as Value[] })).toEqual({
    value: tensorData([2], [2, -6]),
  });
  const gradient = await runCase(apply, { args, wrt: ["0"] });
  expect("value" in gradient && (gradient.value as TensorData[])[0]!.data[0]).toBe(2);
});

test("of two results a case may differentiate one, which tells when they changed places", async () => {
  const x = tensorData([2], [1, -3]);
  const pair = { a: (t: tf.Tensor) => t.mul(2).sum(), b: (t: tf.Tensor) => t.mul(5).sum() };
  const f = (t: tf.Tensor) => ({ a: pair.a(t), b: pair.b(t) });
  const exchanged = (t: tf.Tensor) => ({ a: pair.b(t), b: pair.a(t) });
  const slope = async (g: (t: tf.Tensor) => unknown, of?: string) => {
    const outcome = await runCase(g, { args: [x], wrt: ["0"], output: of });
    return "value" in outcome ? (outcome.value as TensorData[])[0]!.data[0] : outcome.error;
  };
  expect([await slope(f), await slope(exchanged)]).toEqual([7, 7]);
  expect([await slope(f, "a"), await slope(exchanged, "a")]).toEqual([2, 5]);
  expect(await slope(f, "c")).toBe("the result holds no float32 tensor c, so it has no gradient");
});

test("a case may differentiate squares, so that values and gradients count in one call", async () => {
  const [z, codes] = [tensorData([1], [3]), tensorData([1], [5])];
  const through = tf.customGrad((_z, e) => ({
    value: (e as tf.Tensor).clone(),
    gradFunc: (dy: tf.Tensor) => [dy, tf.zerosLike(dy)],
  }));
  const slope = async (f: (z: tf.Tensor, codes: tf.Tensor) => tf.Tensor, squared?: true) => {
    const outcome = await runCase(f, { args: [z, codes], wrt: ["0"], squared });
    return "value" in outcome ? (outcome.value as TensorData[])[0]!.data[0] : outcome.error;
  };
  const differentiable = (a: tf.Tensor, b: tf.Tensor) => a.add(b.mul(0));
  expect([await slope(through), await slope(differentiable)]).toEqual([1, 1]);
  expect([await slope(through, true), await slope(differentiable, true)]).toEqual([10, 6]);
});

test("bytes are compared one by one", () => {
  expect(messageOf(new Uint8Array([1, 2]), new Uint8Array([1, 2]))).toBe("");
  expect(messageOf(new Uint8Array([1, 3]), new Uint8Array([1, 2]))).toBe(
    "The result: expected byte 2 at 1, got 3.",
  );
  expect(messageOf([1, 2], new Uint8Array([1, 2]))).toBe(
    "The result: expected 2 bytes (a Uint8Array), got a list of 2.",
  );
  expect(messageOf(new Uint8Array([1]), [1, 2])).toContain("expected a list of 2, got 1 bytes");
});

test("integers are compared one by one; a list does not stand for them", async () => {
  const ints = new Int32Array([4, -1]);
  expect(await runCase((x: unknown) => x, { args: [ints] })).toEqual({ value: ints });
  await runCase(
    (x: Int32Array) => {
      x[0] = 9;
    },
    { args: [ints] },
  );
  expect(ints[0]).toBe(4);
  expect(messageOf(new Int32Array([4, -1]), ints)).toBe("");
  expect(messageOf(new Int32Array([4, 1]), ints)).toBe("The result: expected -1 at 1, got 1.");
  expect(messageOf([4, -1], ints)).toBe(
    "The result: expected an Int32Array of 2, got a list of 2.",
  );
  expect(messageOf(tensorData([2], [4, -1], "int32"), ints)).toContain("got a tensor");
});

test("numbers in a typed array stand for a list of them", async () => {
  const list = [0.5, -0, 2 ** 40];
  expect(await fromTensors(new Float64Array(list))).toEqual(list);
  expect(await fromTensors({ a: new Uint16Array([1, 2]) })).toEqual({ a: [1, 2] });
  expect(messageOf(new Int32Array([4, -1]), [4, -1])).toBe("");
  expect(messageOf(new Uint8Array([4]), [4])).toBe("");
  expect(messageOf(new Int32Array([4, 1]), [4, -1])).toBe("The result at [1]: expected -1, got 1.");
  expect(messageOf(new Int32Array([1]), ["1"])).toContain("The result at [0]");
  await expect(fromTensors(new BigInt64Array(1))).rejects.toThrow("is a BigInt64Array");
});

test("an object of a class stands for a record of its fields and getters", async () => {
  class Base {
    b = new Map([["k", 1]]);
    get sum() {
      return this.b.size;
    }
  }
  class Result extends Base {
    readonly #hidden = 1;
    a = tf.scalar(2);
    step = () => this.#hidden;
    method() {
      return 0;
    }
  }
  const two = tensorData([], [2]);
  const fields = { b: new Map([["k", 1]]), a: two, sum: 1 };
  expect(await fromTensors(new Result())).toEqual(fields);
  const slope = await runCase((x: tf.Tensor) => Object.assign(new Result(), { a: x.square() }), {
    args: [two],
    wrt: ["0"],
  });
  expect(slope).toEqual({ value: [tensorData([], [4])] });
  await expect(fromTensors(tf.buffer([1]))).rejects.toThrow("is a TensorBuffer");
  await expect(fromTensors({ step: () => 1 })).rejects.toThrow("step is a function");
});

test("maps are compared by key, in any order", () => {
  const want = new Map([
    ["a", 1],
    ["b", 2],
  ]);
  expect(
    messageOf(
      new Map([
        ["b", 2],
        ["a", 1],
      ]),
      want,
    ),
  ).toBe("");
  expect(messageOf(new Map([["a", 1]]), want)).toBe(
    'The result: expected a Map with the key "b", which is missing.',
  );
  expect(
    messageOf(
      new Map([
        ["a", 1],
        ["b", 3],
      ]),
      want,
    ),
  ).toBe('The result at key "b": expected 2, got 3.');
  expect(messageOf(new Map([...want, ["c", 0]]), want)).toBe(
    'The result: expected a Map of 2 entries, got 3; the key "c" should not be there.',
  );
  expect(messageOf({ a: 1, b: 2 }, want)).toBe(
    "The result: expected a Map of 2 entries, got a record.",
  );
  expect(messageOf(want, { a: 1 })).toContain("expected a record { a }, got a Map of 2");
});

test("patterns are compared by what they say", () => {
  expect(messageOf(/a/g, /a/g)).toBe("");
  expect(messageOf(/a/, /a/g)).toBe("The result: expected the pattern /a/g, got the pattern /a/.");
});

test("an infinity is close to itself alone", () => {
  const loose = { rtol: 1e-5, atol: 1e-5 };
  expect(compare(-Infinity, -Infinity, loose).ok).toBe(true);
  expect(compare(3, -Infinity, loose).ok).toBe(false);
  expect(compare(-Infinity, 3, loose).ok).toBe(false);
  expect(compare(tensorData([2], [0, 5]), tensorData([2], [0, -Infinity]), loose)).toMatchObject({
    ok: false,
    kind: "values",
  });
});
