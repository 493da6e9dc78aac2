import { expect, test } from "vitest";
import { bundleOf } from "../show";
import { VIEW_MIME, viewOf } from "../views/view";
import { tokens } from "./html";
import { cells, links, tree } from "./links";
import { lines } from "./series";
import { choices, stack } from "./stack";

const weights = [
  [1, 0],
  [0.25, 0.75],
];

test("a view that shows more than its HTML goes along with it, under the caption", () => {
  const data = bundleOf("show", "Who reads whom.", links(["a<", "b"], weights, { start: 1 }));
  expect(data[VIEW_MIME]).toEqual({
    ...{ view: "links", version: 1, caption: "Who reads whom." },
    ...{ from: ["a<", "b"], weights, start: 1 },
  });
  expect(data["text/html"]).toContain("“b” reads:");
  expect(data["text/html"]).toContain("a&lt;");
  expect(bundleOf("show", "Tokens.", tokens([{ text: "a" }]))[VIEW_MIME]).toBeUndefined();
});

test("links that make no sense are named", () => {
  expect(() => links([], [])).toThrow("expected at least one entry in words");
  expect(() => links(["a"], weights)).toThrow("expected weights [1, 1], got [2, 2]");
  expect(() => links(["a", "b"], weights, { to: ["x"] })).toThrow("expected weights [2, 1]");
  expect(() => links(["a", "b"], [[1, 0], [NaN, 0]])).toThrow("from 0 to 1, got NaN"); // prettier-ignore
  expect(() => links(["a", "b"], weights, { start: 2 })).toThrow("start from 0 to 1, got 2");
});

test("cells, trees, choices and stacks stand in HTML too, and name what is wrong", () => {
  const step = { title: "x", blocks: [{ title: "all", rows: [[1, 2], [3, 4]] }] }; // prettier-ignore
  expect(cells([step]).html).toContain("1 2 / 3 4");
  const twice = { title: "x", blocks: [{ title: "all", rows: [[1, 1]] }] };
  expect(() => cells([twice])).toThrow('each number once in step "x", got 1 twice');

  const nodes = [{ text: "r", parent: -1 }, { text: "<a>", parent: 0, note: "best" }]; // prettier-ignore
  expect(tree(nodes).html).toContain("r &lt;a&gt;</td>");
  expect(() => tree([{ text: "r", parent: 0 }])).toThrow(
    "an earlier node or -1 as parent of node 0",
  );

  const option = (share: number) => [
    { text: "I " },
    { text: "a", options: [{ text: "<", share }] },
  ];
  expect(choices(option(0.5)).html).toContain("&lt;");
  expect(() => choices(option(2))).toThrow('shares from 0 to 1, got 2 for "<"');

  const both = stack([{ title: "<one>", figure: tokens([{ text: "a" }]) }]);
  expect(both.html).toContain("&lt;one&gt;");
  expect(viewOf("control", both)).toMatchObject({ parts: [{ shows: { view: "tokens" } }] });
  const chart = { title: "c", figure: lines([{ name: "a", y: [1] }]) as never };
  expect(() => stack([chart])).toThrow('got another under "c"; panels');
});
