// needs: webgpu
// level: all
/** What tfjs's own kernels move: the numbers that lesson 16 compares with. */
import * as tf from "@tensorflow/tfjs-core";
import { chooseDevice } from "course";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { countTfjs, type Traffic } from "./tfjsReads.testing";

let traffic: (f: () => tf.Tensor) => Promise<Traffic>;
beforeAll(async () => {
  vi.stubEnv("COURSE_DEVICE", "webgpu");
  expect((await chooseDevice()).name).toBe("webgpu");
  traffic = countTfjs();
});
afterAll(() => vi.unstubAllEnvs());

const normal = (...shape: number[]) => tf.randomNormal(shape, 0, 1, "float32", 1) as tf.Tensor;

test("softmax is one kernel that reads each score three times", async () => {
  const x = normal(256, 512);
  const once = 4 * 256 * 512;
  expect(await traffic(() => tf.softmax(x))).toEqual({
    ...{ kernels: 1, bytesRead: 3 * once, bytesWritten: once },
  });
});

test.each([256, 320])("layer norm of %i rows is nine kernels", async (rows) => {
  const [x, gamma, beta] = [normal(rows, 512), normal(512), normal(512)];
  const norm = () => {
    const centered = x.sub(x.mean(-1, true));
    const variance = centered.square().mean(-1, true);
    return centered.mul(variance.add(1e-5).rsqrt()).mul(gamma).add(beta);
  };
  expect(await traffic(norm)).toEqual({
    ...{ kernels: 9, bytesRead: 19468 * rows, bytesWritten: 10256 * rows },
  });
});

test.each([128, 256])("a matrix product of side %i has tiles of 32", async (side) => {
  const [a, b] = [normal(side, side), normal(side, side)];
  expect(await traffic(() => tf.matMul(a, b))).toEqual({
    ...{ kernels: 1, bytesRead: (4 * 2 * side ** 3) / 32, bytesWritten: 4 * side ** 2 },
  });
});

test("a matrix times a vector reads twice as many numbers as there are", async () => {
  const [matrix, vector] = [normal(1024, 1024), normal(1024, 1)];
  expect(await traffic(() => tf.matMul(matrix, vector))).toEqual({
    ...{ kernels: 1, bytesRead: 2 * 4 * 1024 ** 2, bytesWritten: 4 * 1024 },
  });
});

test.each([512, 1024])("attention of %i tokens by its formula is four kernels", async (T) => {
  const [q, k, v] = [normal(T, 32), normal(T, 32), normal(T, 32)];
  const attend = () => tf.softmax(q.matMul(k, false, true).div(Math.sqrt(32))).matMul(v);
  expect(await traffic(attend)).toEqual({
    ...{ kernels: 4, bytesRead: 33 * T ** 2, bytesWritten: 12 * T ** 2 + 128 * T },
  });
});
