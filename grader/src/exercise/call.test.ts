import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, expect, test } from "vitest";
import { isGraderError, runCase, parameterNames } from "./call";
import { tensorData } from "./value";

beforeAll(() => tf.setBackend("cpu"));

const args = [tensorData([2], [1, 2]), { w: tensorData([2], [3, 4]), b: tensorData([2], [5, 6]) }];
type Params = { w: tf.Tensor; b: tf.Tensor };

test("gradients come in the order of the paths", async () => {
  const { value } = (await runCase((x: tf.Tensor, { w, b }: Params) => x.mul(w).add(b), {
    args,
    wrt: ["1.b", "0"],
  })) as { value: { data: ArrayLike<number> }[] };
  expect(Array.from(value[0]!.data)).toEqual([1, Math.cos(1)].map(Math.fround));
  expect(Array.from(value[1]!.data, (v) => v.toFixed(4))).toEqual(
    [3, 4 * Math.cos(1)].map((v) => v.toFixed(4)),
  );
});

test("an argument that does not reach the result is named", async () => {
  const outcome = await runCase((x: tf.Tensor, { w }: Params) => x.mul(w), {
    args,
    wrt: ["0", "1.w", "1.b"],
  });
  expect(outcome).toEqual({
    error: expect.stringContaining("no gradient reaches argument 2.b") as string,
  });
  const none = await runCase(() => tf.ones([2]), { args, wrt: ["0"] });
  expect(none).toEqual({
    error: expect.stringContaining("no gradient reaches argument 1") as string,
  });
});

test("an argument that is disposed of is named", async () => {
  const outcome = await runCase(
    (x: tf.Tensor, { w, b }: Params) => {
      w.dispose();
      return x.add(b);
    },
    { args },
  );
  expect(outcome).toEqual({
    error: "It disposes of its argument 2.w, which the caller still needs.",
  });
});

test("an argument that is changed is named, wherever it is changed", async () => {
  const state = { step: 1, m: [tensorData([1], [1])], seen: new Map([["a", [1, 2]]]) };
  const change = (f: (state: never, ids: never) => void) =>
    runCase(f, { args: [state, Uint8Array.of(1, 2)] }, ["state", "ids"]);
  const changed = (place: string) => ({
    error: `It changes its argument ${place}, which the caller still needs.`,
  });
  expect(await change((s: typeof state) => void s.step++)).toEqual(changed("state.step"));
  expect(await change((s: typeof state) => void s.seen.get("a")!.sort((a, b) => b - a))).toEqual(
    changed("state.seen.a[0]"),
  );
  expect(await change((s: typeof state) => void s.seen.set("b", []))).toEqual(
    changed("state.seen"),
  );
  expect(await change((s: { m: unknown[] }) => void (s.m[0] = tf.tensor([1])))).toEqual(
    changed("state.m[0]"),
  );
  expect(await change((_: unknown, ids: Uint8Array) => void ids.reverse())).toEqual(changed("ids"));
  expect(await change((s: { m: tf.Tensor[] }) => void (s.m[0]!.dataSync()[0] = 7))).toEqual(
    changed("state.m[0]"),
  );
  expect(await change((s: typeof state) => [...s.m, s.seen])).toHaveProperty("value");
});

test("tensors that are left behind are counted where the case asks for it", async () => {
  const twice = (x: tf.Tensor) => x.add(0).mul(2);
  expect(await runCase(twice, { args })).toHaveProperty("value");
  expect(await runCase(twice, { args, tidy: true })).toEqual({
    error: "It leaves 1 tensor behind that isn't part of its result.",
  });
  const tidy = (x: tf.Tensor) => [x, tf.tidy(() => twice(x))];
  expect(await runCase(tidy, { args, tidy: true })).toHaveProperty("value");
});

test("a promise is refused where the function returns none, and awaited elsewhere", async () => {
  const refused = {
    error:
      "It returns a promise, and its signature promises the value itself: write it without async.",
  };
  const later = async (n: number) => Promise.resolve(n + 1);
  const thenable = () => ({ then: (f: (n: number) => void) => f(3) });
  const failing = () => Promise.reject(new Error("ids"));
  expect(await runCase(later, { args: [1] })).toEqual({ value: 2 });
  for (const f of [later, thenable, failing]) {
    expect(await runCase(f, { args: [1], sync: true })).toEqual(refused);
  }
  expect(isGraderError(refused.error)).toBe(true);
  expect(await runCase((n: number) => n + 1, { args: [1], sync: true })).toEqual({ value: 2 });
});

test("an argument in the result is named where a new value is promised", async () => {
  const state = { step: 1, m: [tensorData([1], [1])], ids: [1, 2] };
  const run = (f: (s: { m: tf.Tensor[]; ids: number[] }) => unknown) =>
    runCase(f, { args: [state], fresh: true }, ["state"]);
  const returned = (place: string) => ({
    error:
      `It returns its argument ${place} itself, where a new value is promised: what its caller ` +
      "does to one of them would change the other.",
  });
  expect(await run((s) => s)).toEqual(returned("state"));
  expect(await run((s) => new Map([["in", s.ids]]))).toEqual(returned("state.ids"));
  expect(await run(({ m }) => [m[0]!])).toEqual(returned("state.m[0]"));
  expect(await run(({ m, ids }) => [m[0]!.clone(), [...ids]])).toHaveProperty("value");
  expect(await runCase((s) => s as unknown, { args: [state] })).toHaveProperty("value");
});

test("names of parameters are read from a function's text", () => {
  expect(parameterNames((x: number) => x)).toEqual(["x"]);
  expect(parameterNames(Function("return async a => a")())).toEqual(["a"]);
  const text =
    "return async function f(ids, /* of */ { a, b = [1, 2] } = {}, eps = g(1, 2), ...r) {}";
  expect(parameterNames(Function(text)())).toEqual(["ids", undefined, "eps", undefined]);
});
