import { expect, test } from "vitest";
import type { View } from "../view";
import { cellPositions as cellPlaces, readSteps } from "./cells";
import { readPieces } from "./choices";
import { readLinks, sentenceOf } from "./links";
import { readParts } from "./plain";
import { nodePositions, readNodes } from "./tree";

const view = (more: object): View => ({ view: "any", version: 1, ...more });
const many = <T>(n: number, item: (i: number) => T) => Array.from({ length: n }, (_, i) => item(i));

/** What an output may hold instead of what a kind expects. */
const ODD: unknown[] = [undefined, null, 3, "text", {}, [], [null], [3], [[]], { length: 2 }];

test("links: words and shares are read, anything else is not", () => {
  const fine = { from: ["a", "b"], weights: [[1, 0], [0.25, 0.75]], start: 1 }; // prettier-ignore
  expect(readLinks(view(fine))).toEqual(fine);
  expect(readLinks(view({ ...fine, start: 7 }))?.start).toBe(0);
  expect(readLinks(view({ ...fine, to: ["x", "y"] }))?.to).toEqual(["x", "y"]);
  for (const odd of ODD) {
    expect(readLinks(view({ ...fine, from: odd })), `from ${String(odd)}`).toBeUndefined();
    expect(readLinks(view({ ...fine, weights: odd })), `weights ${String(odd)}`).toBeUndefined();
    if (odd !== undefined) expect(readLinks(view({ ...fine, to: odd }))).toBeUndefined();
  }
  for (const share of [-0.1, 1.1, NaN, Infinity, "1", null]) {
    expect(readLinks(view({ ...fine, weights: [[1, 0], [0, share]] })), String(share)).toBeUndefined(); // prettier-ignore
  }
  expect(readLinks(view({ ...fine, weights: [[1, 0]] }))).toBeUndefined();
  expect(readLinks(view({ ...fine, to: ["x"] }))).toBeUndefined();
  const huge = many(201, String);
  expect(
    readLinks(view({ from: huge, weights: many(201, () => huge.map(() => 0)) })),
  ).toBeUndefined();
});

test("links: the sentence names the words that are read most, best first", () => {
  const from = ["it", "cat", "sat", "on", "a", "mat"];
  const row = [0.1, 0.4, 0.005, 0.2, 0.05, 0.245];
  const links = { from, weights: [row, ...many(5, () => many(6, () => 0))], start: 0 };
  expect(sentenceOf(links, 0)).toBe("“it” reads “cat” 0.40, “mat” 0.24, “on” 0.20, “it” 0.10.");
  expect(sentenceOf(links, 1)).toBe("“cat” reads nothing.");
});

test("cells: a cell's place is in its block, and blocks stand side by side", () => {
  const step = (title: string, ...blocks: string[][][]) => ({
    title,
    blocks: blocks.map((rows, i) => ({ title: `block ${i}`, rows })),
  });
  const [one] = readSteps(view({ steps: [step("split", [["0", "1"]], [["2"], ["3"]])] }))!;
  const { cells, titles, width, height } = cellPlaces(one!);
  expect([...cells]).toEqual([
    ["0", { x: 0, y: 0 }],
    ["1", { x: 1, y: 0 }],
    ["2", { x: 3, y: 0 }],
    ["3", { x: 3, y: 1 }],
  ]);
  expect([titles.map(({ x }) => x), width, height]).toEqual([[0, 3], 4, 2]);
  for (const odd of ODD) {
    expect(readSteps(view({ steps: odd })), String(odd)).toBeUndefined();
    expect(readSteps(view({ steps: [{ title: "t", blocks: odd }] }))).toBeUndefined();
    expect(readSteps(view({ steps: [{ title: "t", blocks: [{ title: "b", rows: odd }] }] }))).toBeUndefined(); // prettier-ignore
  }
  const told = [{ ...step("split", [["0"]]), note: "0 stays", marked: ["0"] }];
  expect(readSteps(view({ steps: told }))).toEqual(told);
  for (const odd of [{ note: 3 }, { marked: "0" }, { marked: [0] }]) {
    expect(readSteps(view({ steps: [{ ...step("split", [["0"]]), ...odd }] }))).toBeUndefined();
  }
  expect(readSteps(view({ steps: [step("huge", [many(401, String)])] }))).toBeUndefined();
  expect(readSteps(view({ steps: many(21, () => step("s", [["0"]])) }))).toBeUndefined();
});

test("choices: pieces with options that have shares, and pieces that are given", () => {
  const fine = [{ text: "I " }, { text: "a", options: [{ text: "a", share: 0.5 }] }];
  expect(readPieces(view({ pieces: fine }))).toEqual(fine);
  for (const odd of ODD) expect(readPieces(view({ pieces: odd })), String(odd)).toBeUndefined();
  for (const options of [
    3,
    {},
    [3],
    [{ text: "a" }],
    [{ text: "a", share: 2 }],
    many(51, () => fine[1]!.options![0]),
  ]) {
    expect(readPieces(view({ pieces: [{ text: "a", options }] }))).toBeUndefined();
  }
  expect(readPieces(view({ pieces: many(1001, () => ({ text: "a" })) }))).toBeUndefined();
});

test("stack: parts with titles, and no stack inside of a stack", () => {
  const part = { title: "t", shows: view({ view: "text" }) };
  expect(readParts(view({ parts: [part] }))).toEqual([part]);
  for (const odd of ODD) expect(readParts(view({ parts: odd })), String(odd)).toBeUndefined();
  const nested = { title: "t", shows: view({ view: "stack", parts: [part] }) };
  expect(readParts(view({ parts: [nested] }))).toBeUndefined();
  expect(readParts(view({ parts: many(21, () => part) }))).toBeUndefined();
});

test("tree: parents come before their children, leaves take a row each", () => {
  const node = (text: string, parent: number) => ({ text, parent });
  const nodes = readNodes(
    view({ nodes: [node("r", -1), node("a", 0), node("b", 0), node("c", 1)] }),
  )!;
  expect(nodes[0]).toEqual({ text: "r", parent: -1, note: "", isKept: true });
  expect(nodePositions(nodes)).toEqual([
    { column: 0, row: 0.5 },
    { column: 1, row: 0 },
    { column: 1, row: 1 },
    { column: 2, row: 0 },
  ]);
  for (const odd of ODD) expect(readNodes(view({ nodes: odd })), String(odd)).toBeUndefined();
  // its own parent, a later one, none, no number
  for (const parent of [1, 2, -2, 0.5, "0", null, undefined, NaN]) {
    const odd = { text: "a", parent };
    expect(readNodes(view({ nodes: [node("r", -1), odd] })), String(parent)).toBeUndefined();
  }
  expect(readNodes(view({ nodes: many(401, (i) => node("a", i - 1)) }))).toBeUndefined();
  expect(
    nodePositions(readNodes(view({ nodes: many(400, (i) => node("a", i - 1)) }))!),
  ).toHaveLength(400);
});
