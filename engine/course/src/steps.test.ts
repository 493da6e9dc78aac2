import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { displayed } from "./output.testing";
import { steps } from "./steps";

const texts = (out: Awaited<ReturnType<typeof displayed>>) => out.map((d) => d.data["text/plain"]);

test("counts, in one output that is replaced", async () => {
  const seen: number[] = [];
  const out = await displayed(async () => {
    for await (const i of steps(500, "training")) seen.push(i);
  });
  expect(seen).toHaveLength(500);
  expect(new Set(out.map((d) => d.id)).size).toBe(1);
  expect(out.map((d) => d.update)).toEqual([false, ...out.slice(1).map(() => true)]);
  expect(out.length).toBeLessThan(20); // not one for each step
  expect(texts(out).at(-1)).toMatch(/^training: 500 of 500, /);
  const bars = out.map((d) => /<progress [^>]*hidden/.test(String(d.data["text/html"])));
  expect([bars[0], bars.at(-1)]).toEqual([false, true]); // a full bar is nothing to look at
});

test("ends neatly on break and on an error", async () => {
  const broken = await displayed(async () => {
    for await (const i of steps(10, "a")) if (i === 3) break;
  });
  expect(texts(broken).at(-1)).toMatch(/stopped after 3 of 10/);
  const thrown = await displayed(() =>
    expect(
      (async () => {
        for await (const i of steps(10, "b")) if (i === 4) throw new Error("no");
      })(),
    ).rejects.toThrow("no"),
  );
  expect(texts(thrown).at(-1)).toMatch(/stopped after 4 of 10/);
  await expect(steps(-1, "c").next()).rejects.toThrow(
    "steps: expected count as a whole number from 0, got -1",
  );
});

test("a slow device does what is enough, and says so", async () => {
  const before = tf.getBackend();
  const counted = async () => {
    let n = 0;
    const out = await displayed(async () => {
      for await (const i of steps(50, "training", { enough: 5 })) n = i + 1;
    });
    return { n, last: texts(out).at(-1) };
  };
  expect(await counted()).toMatchObject({ n: 50 });
  await tf.setBackend("cpu");
  try {
    expect(await counted()).toEqual({
      n: 5,
      last: expect.stringMatching(
        /^training \(in place of 50 steps, since plain CPU \(JavaScript\) is slow here\): 5 of 5, /,
      ),
    });
  } finally {
    await tf.setBackend(before);
  }
  await expect(steps(1, "c", { enough: 0.5 }).next()).rejects.toThrow(
    "steps: expected enough as a whole number from 0, got 0.5",
  );
});
