import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bars } from "../figures/bars";
import { lines } from "../figures/series";
import { table, tokens } from "../figures/html";
import type { MimeBundle, CommTarget } from "../kernel";
import { control } from "./control";
import { guess } from "./guess";
import { completed, valueFrom, type Input } from "./inputs";
import { live } from "./live";
import { VIEW_MIME, viewOf, type View } from "./view";

const KERNEL = Symbol.for("course.kernel");
const holder = globalThis as Record<symbol, unknown>;
const before = holder[KERNEL];
let shown: { data: MimeBundle; update: boolean }[];
let targets: Map<string, CommTarget>;
let last: (() => void)[];
beforeEach(() => {
  shown = [];
  targets = new Map();
  last = [];
  holder[KERNEL] = {
    signal: () => new AbortController().signal,
    display: (data: MimeBundle, _: object, __: string, update: boolean) =>
      shown.push({ data, update }),
    serve: (name: string, target: CommTarget) => targets.set(name, target),
    beforeEnd: (call: () => void) => last.push(call),
  };
});
afterEach(() => {
  holder[KERNEL] = before;
});

const viewShown = () => shown.at(-1)!.data[VIEW_MIME] as View & { id: string };
const ask = (view: { id: string }, values: object) =>
  targets.get("course.control")!.answer({ values }, { id: view.id });

const TILES = { input: "tiles", pictures: [[[0]], [[1]]], rows: 1, columns: 2 };
const MAP = { input: "map", x: [0, 1], y: [0, 1], group: [0, 1], groups: ["a", "b"] };

test("inputs are completed, and what makes no sense is named", () => {
  expect(completed("t", { input: "slider", from: 0, to: 2 })).toEqual({
    input: "slider",
    from: 0,
    to: 2,
    step: 0.02,
    start: 0,
  });
  const bad: [unknown, string][] = [
    [undefined, "an input"],
    [{ input: "dial" }, "an input"],
    [{ input: "slider", from: 2, to: 1 }, "from < to"],
    [{ input: "slider", from: 0, to: NaN }, "from < to"],
    [{ input: "slider", from: 0, to: 1, step: 0 }, "step above 0"],
    [{ input: "slider", from: 0, to: 1, start: 2 }, "start from 0 to 1"],
    [{ input: "text", start: 3 }, "a text"],
    [{ input: "choice", of: [] }, "at least one"],
    [{ input: "choice", of: ["a"], start: "b" }, "one of the choices"],
    [{ input: "switch", start: "on" }, "true or false"],
    [{ input: "pad", rows: 0, columns: 8 }, "rows and columns"],
    [{ input: "pad", rows: 1, columns: 2, start: [[0]] }, "a start of 1 rows of 2 cells"],
    [{ ...TILES, rows: 40 }, "rows and columns"],
    [{ ...TILES, mode: "draw" }, '"swap" or "paint"'],
    [{ ...TILES, start: [[0, 2]] }, "a start of 1 rows of 2 numbers"],
    [{ ...MAP, y: [0] }, "as many numbers in y"],
    [{ ...MAP, group: [0, 2] }, "a group from 0 to 1"],
    [{ ...MAP, start: 2 }, "a start from 0 to 1"],
  ];
  for (const [input, what] of bad) {
    expect(() => completed("size", input as Input), what).toThrow(what);
    expect(() => completed("size", input as Input)).toThrow('"size"');
  }
});

test("tiles and points from a page are taken only as they can be", () => {
  const swap = completed("t", TILES as Input);
  const paint = completed("t", { ...TILES, mode: "paint" } as Input); // prettier-ignore
  expect(swap).toMatchObject({
    mode: "swap",
    start: [[0, 1]],
    pictures: { gray: ["AA==", "/w=="] },
  });
  expect([valueFrom(swap, [[1, 0]]), valueFrom(swap, [[1, 1]])]).toEqual([[[1, 0]], undefined]); // prettier-ignore
  expect(valueFrom(paint, [[1, 1]])).toEqual([[1, 1]]);
  for (const no of [[[0, 2]], [[0]], [[0, 1, 0]], [["0", 1]], [[0, NaN]], "01", null]) {
    expect(valueFrom(paint, no), JSON.stringify(no)).toBeUndefined();
  }
  const map = completed("m", MAP as Input);
  expect([0, 1].map((point) => valueFrom(map, point))).toEqual([0, 1]);
  for (const no of [2, -1, 0.5, NaN, "0", "length", null]) {
    expect(valueFrom(map, no)).toBeUndefined();
  }
  const ragged = { ...TILES, pictures: [[[0]], [[1, 1]]] } as Input;
  expect(() => completed("t", ragged)).toThrow("1 × 1 pixels in picture 1, got 1 × 2");
});

test("values from a page are taken only as the input can have them", () => {
  const slider = completed("s", { input: "slider", from: 0.1, to: 1, step: 0.1 });
  expect(valueFrom(slider, 0.30000000000000004)).toBe(0.3);
  for (const no of [2, -1, NaN, "0.5", null, [0.5]]) expect(valueFrom(slider, no)).toBeUndefined();
  const text = completed("t", { input: "text", start: "", most: 3 });
  expect(valueFrom(text, "h👍llo")).toBe("h👍l");
  expect(valueFrom(text, 3)).toBeUndefined();
  const choice = completed("c", { input: "choice", of: ["a", "b"] });
  expect([valueFrom(choice, "b"), valueFrom(choice, "toString")]).toEqual(["b", undefined]);
  const onOff = completed("o", { input: "switch" });
  expect([onOff.start, valueFrom(onOff, true), valueFrom(onOff, 1)]).toEqual([
    false,
    true,
    undefined,
  ]);
  const pad = completed("p", { input: "pad", rows: 2, columns: 2 });
  expect(
    valueFrom(pad, [
      [0, 1],
      [1, 1],
    ]),
  ).toEqual([
    [0, 1],
    [1, 1],
  ]);
  for (const no of [
    [[0, 1]],
    [
      [0, 1],
      [1, 2],
    ],
    [[0, 1], "01"],
    { length: 2 },
  ]) {
    expect(valueFrom(pad, no)).toBeUndefined();
  }
});

test("a control shows its first frames, answers, and frees what the function leaves", async () => {
  const { numTensors } = tf.memory();
  await control(
    "Doubled.",
    { v: { input: "slider", from: 0, to: 4, step: 1 } },
    async ({ v }) => {
      const [twice] = await tf.scalar(v).mul(2).reshape([1]).data();
      return bars(["twice"], [{ name: "twice", y: [twice!] }]);
    },
    { at: [{ v: 1 }, { v: 3 }] },
  );
  const view = viewShown();
  const frames = view.frames as { shows: { chart: { data: { y: number[] }[] } } }[];
  expect(frames.map(({ shows }) => shows.chart.data[0]!.y)).toEqual([[2], [6]]);
  expect(shown[0]!.data["text/plain"]).toBe("figure: Doubled.");
  expect(shown[0]!.data["application/vnd.plotly.v1+json"]).toMatchObject({ frames: [{}, {}] });
  expect(await ask(view, { v: 4 })).toMatchObject({ shows: { chart: { data: [{ y: [8] }] } } });
  expect(tf.memory().numTensors).toBe(numTensors);
});

test("a guess keeps its answer for pages without a kernel, and asks again where there is one", async () => {
  const { numTensors } = tf.memory();
  let loss = 2.9134;
  const measured = async () => (await tf.scalar(loss).mul(1).reshape([1]).data())[0]!;
  const scale = { input: "slider", from: 0, to: 4, step: 0.1, unit: "nats" } as const;
  await guess("How high is the loss?", scale, measured);
  const view = viewShown();
  expect(view).toMatchObject({
    view: "guess",
    caption: "How high is the loss?",
    input: { from: 0, to: 4, start: 2 },
    unit: "nats",
  });
  expect(view.outcome).toBeCloseTo(2.9134, 4);
  expect(shown.at(-1)!.data["text/html"]).toContain("</summary>2.913 nats</details>");
  expect(shown.at(-1)!.data["text/plain"]).toBe(
    "question: How high is the loss?\nanswer: 2.913 nats",
  );
  loss = 1;
  expect(await ask(view, { guess: 3 })).toEqual({ shows: { view: "text", version: 1, text: "1" } });
  await expect(ask(view, { guess: 9 })).rejects.toThrow('"guess" cannot have this value');
  expect(tf.memory().numTensors).toBe(numTensors);
});

test("a guess among texts; what can't be guessed is named", async () => {
  const options = { input: "choice", of: ["<a>", "b"] } as const;
  await guess("Which?", options, () => "<a>");
  expect(viewShown()).toMatchObject({ outcome: "<a>", input: { of: ["<a>", "b"] } });
  expect(shown.at(-1)!.data["text/html"]).toContain("<li>&lt;a&gt;</li><li>b</li>");
  const number = { input: "slider", from: 0, to: 1 } as const;
  await expect(guess("Which?", options, () => "c" as "b")).rejects.toThrow(
    "guess: expected fn to give one of the options, got c",
  );
  await expect(guess("How many?", number, () => NaN)).rejects.toThrow("a finite number, got NaN");
  await expect(guess("How many?", number, () => undefined as never)).rejects.toThrow("nothing");
  await expect(guess("", number, () => 1)).rejects.toThrow("expected a caption");
  await expect(guess("Which?", { input: "choice", of: ["a"] }, () => "a")).rejects.toThrow(
    "from 2 to 8 texts",
  );
  await expect(guess("Which?", { input: "pad" } as never, () => 1 as never)).rejects.toThrow(
    'an input "slider" or "choice"',
  );
});

test("foreign values and results that are no figure are errors", async () => {
  let result: unknown = "fine";
  await control("Any.", { t: { input: "text", start: "" } }, () => result as string);
  const view = viewShown();
  await expect(ask(view, {})).rejects.toThrow('"t" cannot have this value');
  await expect(ask({ id: "gone" }, { t: "" })).rejects.toThrow("run its cell again");
  for (const none of [undefined, null, {}, [1], true]) {
    result = none;
    await expect(ask(view, { t: "" }), String(none)).rejects.toThrow(
      "expected fn to give a figure",
    );
  }
  await expect(control("", {}, () => "")).rejects.toThrow("expected a caption");
  await expect(control("None.", {}, () => "")).rejects.toThrow("at least one input");
});

test("tables, tokens and texts are plain data, without HTML", () => {
  const views = [table(["<a>"], [[1.23456]]), tokens([{ text: "<b>" }]), "<c>", 7];
  expect(views.map((figure) => viewOf("control", figure))).toEqual([
    { view: "table", version: 1, head: ["<a>"], rows: [["1.23"]], numeric: [true] },
    { view: "tokens", version: 1, pieces: [{ text: "<b>" }] },
    { view: "text", version: 1, text: "<c>" },
    { view: "text", version: 1, text: "7" },
  ]);
});

test("a live figure skips what comes too soon, and shows the last one at the end of the cell", () => {
  let made = 0;
  const figure = (y: number) => lines([{ name: "loss", y: [y] }]);
  const board = live("The loss.", figure(0));
  for (let i = 1; i <= 50; i++) {
    board.update(() => {
      made++;
      return figure(i);
    });
  }
  expect([shown.length, made, last.length]).toEqual([1, 0, 1]);
  last[0]!();
  expect([shown.length, made, shown.at(-1)!.update]).toEqual([2, 1, true]);
  expect(shown.at(-1)!.data["application/vnd.plotly.v1+json"]).toMatchObject({
    data: [{ y: [50] }],
  });
});
