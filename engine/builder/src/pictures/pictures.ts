/**
 * Adds static pictures of charts to a solved notebook, for readers that run no script: GitHub, VS
 * Code, nbconvert's HTML and PDF. plotly.js draws them in jsdom, without a browser.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type DOMWindow, JSDOM, VirtualConsole } from "jsdom";
import { browserCode } from "views/bundle";
import { CHART_MIME, PICTURE_MIME } from "../mimes.js";
import { type Box, boxOf, boxOnPage } from "./boxes.js";
import { addCanvas } from "./canvas.js";
import { rasterize } from "./raster.js";

interface Output {
  data?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
}
export interface Notebook {
  cells: { outputs?: Output[] }[];
}

let page: DrawChart | undefined;

/**
 * Adds a PNG to each output that is a chart: the frame that its caption speaks of, on white. The
 * caption is the picture's alternative text, too.
 */
export async function addPictures(notebook: Notebook): Promise<void> {
  const outputs = notebook.cells.flatMap((cell) => cell.outputs ?? []);
  for (const output of outputs) {
    if (output.data && CHART_MIME in output.data) await addPicture(output, output.data);
  }
}

async function addPicture(output: Output, data: Record<string, unknown>): Promise<void> {
  page ??= openPage();
  const drawn = await page(structuredClone(data[CHART_MIME])); // plotly writes into what it draws
  if (!drawn) return;
  const { svg, width, height, caption } = drawn;
  data[PICTURE_MIME] = (await rasterize(svg)).toString("base64");
  output.metadata = { ...output.metadata, [PICTURE_MIME]: { width, height, alt: caption } };
}

// The page: jsdom, plus what plotly.js needs and jsdom lacks, boxes of text and a canvas

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
  window.eval(browserCode(new URL("../../src/pictures/browser/draw.ts", import.meta.url)));
  return (window as unknown as { drawChart: DrawChart }).drawChart;
}
