import { expect, test } from "vitest";
import type { Chart, Layout, Trace } from "./chart";
import { legendAbove } from "./legend";
import { legendPerPanel } from "./panelLegends";

const COLUMN = 860;

/** Two panels beside each other with lines of these names, and one legend for both. */
function twoPanels(left: string[], right: string[]): Chart {
  const line = (name: string, axis: string, showlegend: boolean): Trace => ({
    ...{ type: "scatter", mode: "lines", name, legendgroup: name, showlegend },
    ...{ x: [0, 1], y: [0, 1], xaxis: axis, yaxis: axis.replace("x", "y") },
  });
  const title = (i: number): Layout => ({ name: `panel ${i}`, text: `panel ${i}`, yshift: 6 });
  return {
    data: [
      ...left.map((name) => line(name, "x", true)),
      ...right.map((name) => line(name, "x2", !left.includes(name))),
    ],
    layout: {
      ...{ height: 360, showlegend: true, margin: { l: 60, r: 20, t: 40, b: 80 } },
      legend: { orientation: "h", yref: "container", yanchor: "bottom", y: 0.01, x: 0 },
      ...{ xaxis: { domain: [0, 0.45] }, xaxis2: { domain: [0.55, 1] }, yaxis: {}, yaxis2: {} },
      annotations: [title(0), title(1)],
      meta: { panels: { count: 2, columns: 2 } },
    },
  };
}

test("panels that show different series have a legend each, above their middles", () => {
  const chart = twoPanels(["loss", "plays"], ["L1H0", "L1H1"]);
  const { data, layout } = legendAbove(chart, COLUMN);
  expect(data.map(({ legend, showlegend }) => [legend, showlegend])).toEqual([
    ["legend", true],
    ["legend", true],
    ["legend2", true],
    ["legend2", true],
  ]);
  const place = { orientation: "h", xanchor: "center", y: 1, yanchor: "bottom", yref: "paper" };
  expect(layout.legend).toMatchObject({ ...place, x: 0.225 });
  expect(layout.legend2).toMatchObject({ ...place, x: 0.775 });
  expect(layout).toMatchObject({ height: 350, margin: { t: 60, b: 50 } });
  expect(layout.annotations).toMatchObject([{ yshift: 26 }, { yshift: 26 }]);
});

test("names that have no room in a row stand below each other", () => {
  const names = ["the first letter's mean", "a deviation of the samples", "something else"];
  const { layout } = legendAbove(twoPanels(names, ["yours"]), COLUMN);
  expect(layout.legend).toMatchObject({ orientation: "v" });
  expect(layout.legend2).toMatchObject({ orientation: "h" });
  expect(layout.annotations).toMatchObject([{ yshift: 66 }, { yshift: 66 }]);
});

test("panels with the same series, or with some of them, share a legend", () => {
  expect(legendPerPanel(twoPanels(["a", "b"], ["a", "b"]), COLUMN)).toBeUndefined();
  expect(legendPerPanel(twoPanels(["a", "b"], ["b", "c"]), COLUMN)).toBeUndefined();
});

test("panels below each other share a legend, and so do those with too many names", () => {
  expect(legendPerPanel(twoPanels(["a"], ["b"]), 360)).toBeUndefined();
  const many = Array.from({ length: 5 }, (_, i) => `a rather long name of series ${i}`);
  expect(legendPerPanel(twoPanels(many, ["a"]), COLUMN)).toBeUndefined();
});
