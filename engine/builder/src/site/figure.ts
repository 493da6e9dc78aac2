/** The outputs of a cell on a page: places that the page's script draws into, HTML, and text. */
import { createHash } from "node:crypto";
import { escapeHtml } from "../render/markdown.js";
import type { Files } from "./model.js";
import type { Output } from "./outputs.js";

type Figure = Output & { kind: "figure" };

/**
 * @param place where the figure's files go, without an ending: "figures/06-attention/masks-1"
 * @param files what the page needs; the figure's are added
 */
export function renderOutput(output: Output, place: string, files: Files): string {
  if (output.kind === "text") {
    return `<pre class="said" tabindex="0">${escapeHtml(output.text)}</pre>\n`;
  }
  if (output.kind === "html") return htmlFigure(output.html, output.caption);
  return drawnFigure(output, place, files);
}

function htmlFigure(html: string, caption: string): string {
  const says = `<figcaption>${escapeHtml(caption)}</figcaption>`;
  return `<figure class="output course-view">${says}<div class="wide">${html}</div></figure>\n`;
}

/** Charts need plotly.js, also inside of other views. */
const needsPlotly = ({ drawnAs, json }: Figure, data: string) =>
  drawnAs === "chart" || "data" in json || /"view":"chart"|"layout":\{/.test(data);

function drawnFigure(figure: Figure, place: string, files: Files): string {
  const data = JSON.stringify(figure.json);
  const version = createHash("sha256").update(data).digest("hex").slice(0, 8);
  files.set(`${place}.json`, data);
  const attributes = [
    `data-figure="${escapeHtml(place)}.json?v=${version}"`,
    `data-drawn-as="${figure.drawnAs}"`,
    ...(needsPlotly(figure, data) ? ["data-plotly"] : []),
    `style="--height:${heightOf(figure)}px"`,
  ];
  const still = staticFigure(figure, place, files);
  return `<div class="output drawn" ${attributes.join(" ")}>${still}</div>\n`;
}

/** Pixels that a slider takes. */
const SLIDER_HEIGHT = 44;
/** What a view that isn't a chart takes, more or less. */
const DEFAULT_VIEW_HEIGHT = 420;

/** About how high it will be in a column, so that little moves when it is drawn. */
function heightOf({ picture, json }: Figure): number {
  if (!picture) return DEFAULT_VIEW_HEIGHT;
  const hasSlider = "frames" in json && Array.isArray(json.frames) && json.frames.length > 1;
  return Math.round(picture.height + (hasSlider ? SLIDER_HEIGHT : 0));
}

/** What shows without a script. */
function staticFigure({ picture, html, caption }: Figure, place: string, files: Files): string {
  const says = `<figcaption>${escapeHtml(caption)}</figcaption>`;
  if (picture) {
    files.set(`${place}.png`, picture.png);
    const size = `width="${picture.width}" height="${picture.height}"`;
    const src = escapeHtml(`${place}.png`);
    const image = `<img src="${src}" alt="${escapeHtml(caption)}" ${size} loading="lazy">`;
    return `<figure class="still">${image}</figure>`;
  }
  if (html === undefined) return `<figure class="still">${says}</figure>`;
  return `<figure class="still course-view">${says}<div class="wide">${html}</div></figure>`;
}
