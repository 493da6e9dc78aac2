import { expect, test } from "vitest";
import { bundleOf } from "../show";
import { VIEW_MIME } from "../views/view";
import { tube } from "./tube";

const points = [[0, 0, 0], [1, 0, 0], [1, 1.23456, 0]]; // prettier-ignore

test("a tube has a view, and a drawing with its key in HTML", () => {
  const figure = tube(
    [
      { name: "a<", points, values: [0, 1, 5] },
      { name: "b", points },
    ],
    {
      ...{ label: "error, Å", range: [0, 4], turn: 30 },
    },
  );
  const data = bundleOf("show", "A chain.", figure);
  expect(data[VIEW_MIME]).toMatchObject({
    ...{ view: "chain", caption: "A chain.", start: { turn: 30, tilt: 0 } },
    scale: { label: "error, Å", from: 0, to: 4 },
    chains: [
      { name: "a<", values: [0, 1, 5] },
      {
        points: [
          [0, 0, 0],
          [1, 0, 0],
          [1, 1.23, 0],
        ],
      },
    ],
  });
  const html = String(data["text/html"]);
  expect(html).toContain('alt="a&lt; and b, drawn in space"');
  const [, drawing] = /base64,([^"]+)/.exec(html)!;
  const svg = Buffer.from(drawing!, "base64").toString();
  expect(svg.match(/<path/g)).toHaveLength(4);
  expect(svg).not.toMatch(/NaN|Infinity/);
});

test("values that are all equal, one point and groups are drawn", () => {
  expect(tube([{ name: "a", points: [[1, 2, 3]] }]).view).toMatchObject({
    scale: { label: "residue", from: 1, to: 2 },
  });
  const groups = ["helix", "strand"];
  expect(tube([{ name: "a", points, values: [0, 1, 1] }], { groups }).html).toContain("strand");
});

test("what can't be drawn is named", () => {
  const one = { name: "a", points };
  expect(() => tube([])).toThrow("tube: expected at least one entry in chains, got none");
  expect(() => tube([one, one, one])).toThrow("expected one or two chains, got 3");
  expect(() => tube([{ name: "a", points: [] }])).toThrow('in points of "a", got none');
  expect(() => tube([{ name: "a", points: [[0, NaN, 0]] }])).toThrow("holds NaN at index 1");
  expect(() => tube([{ name: "a", points: [[0, 1]] }])).toThrow("expected [x, y, z] as point 0");
  expect(() => tube([{ ...one, values: [1] }])).toThrow("one value per point of \"a\", got 1 for 3"); // prettier-ignore
  expect(() => tube([one], { range: [2, 2] })).toThrow("[least, greatest], got [2, 2]");
  expect(() => tube([one], { groups: ["x"] })).toThrow("values from 0 to 0 for groups, got 1");
  expect(() => tube([{ name: "a", points: Array(2001).fill([0, 0, 0]) }])).toThrow("at most 2000");
});
