/**
 * The operations of tfjs that components are made of, on each device of this machine beside plain
 * CPU: values and gradients, with odd sizes, nothing at all, NaN, and numbers near the ends of
 * float32. A device that differs where it is not listed fails.
 */
import * as tf from "@tensorflow/tfjs-core";
import { random } from "grader";
import { afterAll, describe, expect, test } from "vitest";
import { CANDIDATES, chooseDevice, use } from "./device";

type Data = {
  shape: number[];
  dtype: "float32" | "int32" | "bool";
  data: Float32Array | Int32Array | Uint8Array;
};
interface Operation {
  run(...xs: tf.Tensor[]): tf.Tensor;
  inputs: Data[];
  /** Where values are cut, or are no float32. */ noGradient?: boolean;
}

const draw = random(1);
const normal = (shape: number[], scale = 1): Data => ({
  shape,
  dtype: "float32",
  data: draw.normal(shape, scale).data as Float32Array,
});
const floats = (shape: number[], ...values: number[]): Data => ({
  shape,
  dtype: "float32",
  data: Float32Array.from(values),
});
const ints = (shape: number[], ...values: number[]): Data => ({
  shape,
  dtype: "int32",
  data: Int32Array.from(values),
});
const positive = (shape: number[]): Data => ({
  shape,
  dtype: "float32",
  data: (draw.normal(shape).data as Float32Array).map((x) => Math.abs(x) + 0.1),
});

const SPECIAL = floats([3, 3], NaN, Infinity, -Infinity, 1e30, -1e30, 1e-30, 0, -80, 80);
const WIDE = normal([3, 5, 7]);
const EMPTY = normal([0, 5]);

const operations: Record<string, Operation> = {};
const add = (name: string, run: Operation["run"], inputs: Data[], noGradient = false) => {
  operations[name] = { run, inputs, noGradient };
};

// each number by itself
const UNARY: Record<string, (x: tf.Tensor) => tf.Tensor> = {
  abs: tf.abs,
  cos: tf.cos,
  erf: tf.erf,
  exp: tf.exp,
  neg: tf.neg,
  relu: tf.relu,
  sigmoid: tf.sigmoid,
  sign: tf.sign,
  sin: tf.sin,
  square: tf.square,
  tanh: tf.tanh,
  clip: (x) => tf.clipByValue(x, -0.5, 0.5),
  "plus a number": (x) => tf.add(x, 2),
  "times a number": (x) => tf.mul(x, 0.5),
  floor: tf.floor,
  isNaN: tf.isNaN,
};
for (const [name, f] of Object.entries(UNARY)) {
  const stepwise = ["floor", "isNaN", "sign"].includes(name);
  add(name, f, [WIDE], stepwise);
  add(`${name}, empty`, f, [EMPTY], true);
  // the sine of 1e30 is anybody's
  if (!["sin", "cos"].includes(name)) add(`${name}, NaN and big`, f, [SPECIAL], true);
}
for (const [name, f] of Object.entries({ log: tf.log, sqrt: tf.sqrt, rsqrt: tf.rsqrt })) {
  add(name, f, [positive([3, 5])]);
  add(`${name}, empty`, f, [EMPTY], true);
  add(`${name}, NaN and big`, f, [floats([5], NaN, Infinity, 1e30, 1e-30, 1)], true);
}
add("cast to int32", (x) => x.cast("int32"), [floats([5], 1.7, -1.7, 0, 3, -0.2)], true);
add("round", tf.round, [floats([6], 0.5, 1.5, 2.5, -0.5, -1.5, 0.3)], true);

// pairs, with shapes that broadcast
const BINARY: Record<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor> = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: tf.div,
  maximum: tf.maximum,
  minimum: tf.minimum,
};
for (const [name, f] of Object.entries(BINARY)) {
  // their gradients do not add up over what was broadcast
  const extreme = name === "maximum" || name === "minimum";
  add(name, f, [WIDE, normal([3, 5, 7])]);
  add(`${name}, a row`, f, [WIDE, normal([7])], extreme);
  add(`${name}, a column and a row`, f, [normal([5, 1]), normal([1, 7])], extreme);
  add(`${name}, empty`, f, [EMPTY, normal([5])], true);
  add(`${name}, NaN and big`, f, [SPECIAL, floats([3], 2, 1e30, -1)], true);
}
const COMPARE = {
  equal: tf.equal,
  notEqual: tf.notEqual,
  less: tf.less,
  lessEqual: tf.lessEqual,
  greater: tf.greater,
  greaterEqual: tf.greaterEqual,
};
for (const [name, f] of Object.entries(COMPARE)) {
  add(name, f, [ints([2, 3], 1, 2, 3, 4, 5, 6), ints([3], 1, 5, 3)], true);
  add(`${name}, NaN and big`, f, [SPECIAL, floats([3], NaN, 1e30, 0)], true);
}
add(
  "logicalAnd",
  (a, b) => tf.logicalAnd(a.cast("bool"), b.cast("bool")),
  [ints([2, 2], 1, 0, 1, 0), ints([2], 1, 1)],
  true,
);
add("where", (a, b) => tf.where(tf.greater(tf.range(0, 7), 2), a, b), [WIDE, normal([3, 5, 7])]);
add("where, −∞", (a) => tf.where(tf.greater(tf.range(0, 7), 2), a, -Infinity), [WIDE], true);

// along an axis
const REDUCE = { sum: tf.sum, mean: tf.mean, max: tf.max, min: tf.min } as Record<
  string,
  (x: tf.Tensor, axis?: number, keep?: boolean) => tf.Tensor
>;
for (const [name, f] of Object.entries(REDUCE)) {
  for (const axis of [0, 1, -1]) {
    add(`${name} along ${axis}`, (x) => f(x, axis, axis === 1), [WIDE]);
  }
  add(`${name} of all`, (x) => f(x), [WIDE]);
  add(
    `${name}, NaN and big`,
    (x) => f(x, -1),
    [floats([3, 3], NaN, 1, 2, 1e30, 1e30, 1, -Infinity, -Infinity, -Infinity)],
    true,
  );
}
add("sum, no rows", (x) => tf.sum(x, -1), [EMPTY], true);
add("sum of nothing", (x) => tf.sum(x, 0), [EMPTY], true);
add("argMax", (x) => tf.argMax(x, -1), [WIDE], true);
add("argMin", (x) => tf.argMin(x, 0), [WIDE], true);
for (const axis of [0, 2, -1, -2]) add(`cumsum along ${axis}`, (x) => tf.cumsum(x, axis), [WIDE]);
add("softmax", (x) => tf.softmax(x), [WIDE]);
add("softmax, big", (x) => tf.softmax(x), [floats([2, 3], 1e30, 1, 2, 80, -80, 79)], true);
add("topk", (x) => tf.topk(x, 3).values, [WIDE], true);

// other places
add("reshape", (x) => tf.reshape(x, [7, 15]), [WIDE]);
add("reshape, empty", (x) => tf.reshape(x, [5, 0, 2]), [EMPTY], true);
for (const order of [
  [1, 0, 2],
  [2, 1, 0],
  [0, 2, 1],
  [1, 2, 0],
]) {
  add(`transpose ${order.join("")}`, (x) => tf.transpose(x, order), [WIDE]);
}
add("transpose of heads", (x) => tf.transpose(x, [0, 2, 1, 3]), [normal([2, 3, 5, 7])]);
add("transpose, empty", (x) => tf.transpose(x, [1, 0]), [EMPTY], true);
add("slice", (x) => tf.slice(x, [1, 0, 2], [2, 5, 3]), [WIDE]);
add("slice, empty", (x) => tf.slice(x, [1, 0, 2], [0, 5, 3]), [WIDE], true);
add(
  "pad",
  (x) =>
    tf.pad(x, [
      [0, 1],
      [2, 0],
      [1, 1],
    ]),
  [WIDE],
);
for (const axis of [0, 1, 2]) {
  add(`concat along ${axis}`, (a, b) => tf.concat([a, b, a], axis), [WIDE, normal([3, 5, 7])]);
}
add("concat with nothing", (a, b) => tf.concat([a, b], 0), [EMPTY, normal([2, 5])], true);
add("split", (x) => tf.concat(tf.split(x, [2, 4, 1], 2).reverse(), 2), [WIDE]);
add("stack", (a, b) => tf.stack([a, b], 1), [normal([3, 4]), normal([3, 4])]);
add("tile", (x) => tf.tile(x, [2, 1, 3]), [WIDE]);
add("expandDims and squeeze", (x) => tf.squeeze(tf.expandDims(x, 1), [1]), [WIDE]);
add("gather", (x, ids) => tf.gather(x, ids.cast("int32")), [
  normal([5, 3]),
  ints([2, 3], 4, 0, 0, 1, 4, 2),
]);
add("gather, no ids", (x) => tf.gather(x, tf.tensor([], [0], "int32")), [normal([5, 3])], true);
add("oneHot", (ids) => tf.oneHot(ids, 4), [ints([2, 2], 0, 3, 1, 2)], true);
add("reverse", (x) => tf.reverse(x, 1), [WIDE]);

// products
const SIDES: [string, boolean, boolean][] = [
  ["", false, false],
  [", left transposed", true, false],
  [", right transposed", false, true],
  [", both transposed", true, true],
];
for (const [name, left, right] of SIDES) {
  const shape = (rows: number, columns: number, flip: boolean) =>
    flip ? [columns, rows] : [rows, columns];
  for (const [m, k, n] of [
    [3, 5, 7],
    [1, 1, 1],
    [33, 65, 17],
  ] as const) {
    add(`matMul ${m}×${k}×${n}${name}`, (a, b) => tf.matMul(a, b, left, right), [
      normal(shape(m, k, left)),
      normal(shape(k, n, right)),
    ]);
    add(`matMul of heads ${m}×${k}×${n}${name}`, (a, b) => tf.matMul(a, b, left, right), [
      normal([2, 3, ...shape(m, k, left)]),
      normal([2, 3, ...shape(k, n, right)]),
    ]);
  }
}
add(
  "matMul, one batch for all",
  (a, b) => tf.matMul(a, b),
  [normal([2, 3, 5]), normal([1, 5, 4])],
  true,
); // its gradient does not add up over the batch
add("matMul, no rows", (a, b) => tf.matMul(a, b), [normal([0, 5]), normal([5, 4])], true);
add("matMul, nothing to add up", (a, b) => tf.matMul(a, b), [normal([3, 0]), normal([0, 4])], true);
add(
  "matMul, NaN and big",
  (a, b) => tf.matMul(a, b),
  [floats([2, 2], NaN, 1, 1e30, 1e30), floats([2, 2], 1, 2, 1e20, -1)],
  true,
);

/** What a device does otherwise, as far as it is known; components take care of it. */
const KNOWN: Record<string, RegExp> = {
  webgpu: /NaN|empty|nothing|no ids|no rows/, // shaders may assume that there is no NaN
  // NaN is cut to the lower end; 1e-30 has sign 0; the product is left unset
  wasm: /^(clip, NaN and big|sign, NaN and big|matMul, nothing to add up)$/,
  cuda: /^sign, NaN and big$/, // NaN's sign is NaN, and 0 on plain CPU
  native: /^(clip, NaN and big|sign, NaN and big|matMul, nothing to add up)$/, // as WASM
};

const tensors = (inputs: Data[]) =>
  inputs.map(({ data, shape, dtype }) => tf.tensor(data, shape, dtype));
const plain = async (t: tf.Tensor) => ({
  shape: t.shape,
  dtype: t.dtype,
  data: [...(await t.data())],
});
type Plain = Awaited<ReturnType<typeof plain>>;

/** The value, and the gradient of Σ value · cos(place) by every float input. */
async function evaluate({ run, inputs, noGradient }: Operation): Promise<Plain[]> {
  const xs = tensors(inputs);
  const results = [await plain(run(...xs))];
  if (noGradient) return results;
  const wrt = xs.filter((x) => x.dtype === "float32");
  const scalar = (...ys: tf.Tensor[]) => {
    const y = run(...xs.map((x) => ys[wrt.indexOf(x)] ?? x));
    return tf.sum(tf.mul(tf.reshape(y, [-1]), tf.cos(tf.range(0, y.size))));
  };
  for (const g of tf.grads(scalar)(wrt)) results.push(await plain(g));
  return results;
}

function expectClose(got: Plain, expected: Plain): void {
  expect({ shape: got.shape, dtype: got.dtype }).toEqual({
    shape: expected.shape,
    dtype: expected.dtype,
  });
  const largest = Math.max(
    1,
    ...expected.data
      .filter(Number.isFinite)
      .map(Math.abs)
      .filter((x) => x < 1e6),
  );
  const close = (a: number, b: number) =>
    Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-5 * Math.abs(b) + 2e-6 * largest;
  expect(got.data.map((x, i) => (close(x, expected.data[i]!) ? expected.data[i] : x))).toEqual(
    expected.data,
  );
}

const present: string[] = [];
for (const candidate of CANDIDATES) {
  if (candidate.name !== "cpu" && !(await use(candidate))) present.push(candidate.name);
}
await chooseDevice("cpu");
const reference = new Map<string, Plain[]>();
for (const [name, operation] of Object.entries(operations)) {
  reference.set(
    name,
    await evaluate(operation).catch((e) => {
      throw new Error(`${name} on plain CPU: ${(e as Error).message}`, { cause: e });
    }),
  );
}
afterAll(() => chooseDevice("wasm"));

describe.each(present)("on %s", (device) => {
  test.each(Object.keys(operations).filter((name) => !KNOWN[device]!.test(name)))(
    "%s",
    async (name) => {
      await chooseDevice(device);
      const got = await evaluate(operations[name]!);
      got.forEach((value, i) => expectClose(value, reference.get(name)![i]!));
    },
  );
});
