import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { maskTokens } from "./maskTokens";

checkReferences("maskTokens", maskTokens);

const ints = (...row: number[]) => tf.tensor([row], undefined, "int32");
const floats = (...row: number[]) => tf.tensor([row]);
const noise = (B: number, T: number) => ({
  choose: tf.randomUniform([B, T], 0, 1, "float32", 1),
  kind: tf.randomUniform([B, T], 0, 1, "float32", 2),
  replacement: tf.randomUniform([B, T], 5, 40, "int32", 3),
});

test("by hand: hidden, replaced, kept, not chosen, special", () => {
  const { inputs, labels } = maskTokens(
    ints(10, 11, 12, 13, 1),
    {
      choose: floats(0, 0, 0, 0.2, 0),
      kind: floats(0.1, 0.8, 0.9, 0, 0),
      replacement: ints(20, 21, 22, 23, 24),
    },
    { maskId: 3, specials: [1] },
  );
  expect(inputs).toMatchTensor(ints(3, 21, 12, 13, 1));
  expect(labels).toMatchTensor(ints(10, 11, 12, -100, -100));
});

test("of many tokens 15 % are chosen; of these 80 % are hidden, 10 % replaced, 10 % kept", () => {
  const ids = tf.fill([100, 200], 4, "int32");
  const { inputs, labels } = maskTokens(ids, noise(100, 200), { maskId: 3, specials: [0] });
  const count = (x: tf.Tensor, f: (id: number) => boolean) =>
    Array.from(x.dataSync()).filter(f).length;
  const chosen = count(labels, (l) => l !== -100);
  const share = (f: (id: number) => boolean) => count(inputs, f) / chosen;
  expect(Math.abs(chosen / 20_000 - 0.15)).toBeLessThan(0.01); // four standard deviations
  expect(share((id) => id === 3)).toBeCloseTo(0.8, 1);
  expect(share((id) => id > 4)).toBeCloseTo(0.1, 1);
});

test("bad arguments", () => {
  expect(() =>
    maskTokens(ints(1, 2), { ...noise(1, 2), kind: floats(0.5) }, { maskId: 3, specials: [] }),
  ).toThrow("maskTokens: expected kind [1, 2], got [1, 1]");
  expect(() =>
    maskTokens(
      ints(1, 2),
      { ...noise(1, 2), replacement: floats(5, 6) },
      { maskId: 3, specials: [] },
    ),
  ).toThrow("maskTokens: expected replacement of dtype int32, got float32");
  expect(() => maskTokens(ints(1, 2), noise(1, 2), { maskId: 3, specials: [], rate: 15 })).toThrow(
    "maskTokens: expected rate between 0 and 1, got 15",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(maskTokens, ints(1, 5, 6), noise(1, 3), { maskId: 3, specials: [0, 1] }));
