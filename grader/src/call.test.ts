import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, expect, test } from "vitest";
import { runCase } from "./call";
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
    error: expect.stringContaining("no gradient reaches argument 1.b") as string,
  });
  const none = await runCase(() => tf.ones([2]), { args, wrt: ["0"] });
  expect(none).toEqual({
    error: expect.stringContaining("no gradient reaches argument 0") as string,
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
    error: expect.stringContaining("argument 1.w is disposed of") as string,
  });
});
