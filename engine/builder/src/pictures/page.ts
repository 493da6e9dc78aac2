/**
 * A page without a browser in which plotly.js draws: jsdom, with what plotly asks for and jsdom
 * lacks, the boxes of text and a canvas.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { JSDOM, VirtualConsole, type DOMWindow } from "jsdom";
import { browserCode } from "views/bundle";
import { boxOf, boxOnPage, type Box } from "./boxes.js";
import { addCanvas } from "./canvas.js";

const { resolve } = createRequire(import.meta.url);
const EMPTY_BOX: Box = { left: 0, top: 0, right: 0, bottom: 0 };

const rectangle = ({ left, top, right, bottom }: Box) => ({
  ...{ left, top, right, bottom, x: left, y: top },
  width: right - left,
  height: bottom - top,
});

function addBoxes({ Element, SVGElement }: DOMWindow): void {
  Element.prototype.getBoundingClientRect = function () {
    return { ...rectangle(boxOnPage(this)), toJSON: () => ({}) };
  };
  Object.assign(SVGElement.prototype, {
    getBBox(this: SVGElement) {
      return rectangle(boxOf(this) ?? EMPTY_BOX);
    },
  });
}

export interface ChartPicture {
  svg: string;
  /** In pixels of a page. */
  width: number;
  height: number;
  /** The sentence under the figure; empty where there is none. */
  caption: string;
}

/** @returns what draws a chart, plotly's JSON; undefined for what is no chart */
export type DrawChart = (chart: unknown) => Promise<ChartPicture | undefined>;

/** Loading plotly takes about a second, so one page draws many charts. */
export function openPage(): DrawChart {
  const { window } = new JSDOM("<!doctype html><body></body>", {
    runScripts: "outside-only",
    virtualConsole: new VirtualConsole(), // plotly's advice is for a console that nobody reads
  });
  addCanvas(window);
  addBoxes(window);
  Object.assign(window, {
    CSS: { supports: () => true }, // images can be pixelated, which draws matrices fastest
    // plotly's own styles are for a pointer; jsdom would try each rule on each label
    getComputedStyle: (element: SVGElement) => element.style,
  });
  Object.assign(window.URL, { createObjectURL: () => "" });
  window.eval(readFileSync(resolve("plotly.js-cartesian-dist-min"), "utf8"));
  window.eval(browserCode(new URL("../../src/pictures/browser/draw.js", import.meta.url)));
  return (window as unknown as { drawChart: DrawChart }).drawChart;
}
