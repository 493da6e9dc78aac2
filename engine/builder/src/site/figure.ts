/** A cell's outputs on a page: figures that the page's script draws, HTML, and text. */
import { createHash } from "node:crypto";
import { joinUnits, titleAndRest } from "views/typography";
import { escapeHtml, typographic } from "../render/markdown.js";
import type { Files } from "./model.js";
import type { Output } from "./outputs.js";

type Figure = Output & { kind: "figure" };

/**
 * @param path where the figure's files go, without an ending: "figures/06-attention/masks-1"
 * @param files what the page needs; the figure's are added
 */
export function renderOutput(output: Output, path: string, files: Files): string {
  if (output.kind === "text") {
    return `<pre class="said" tabindex="0">${escapeHtml(output.text)}</pre>\n`;
  }
  if (output.kind === "html") return htmlFigure(output.html, output.caption);
  return drawnFigure(output, path, files);
}

/** The caption of a figure that no script draws, in the two parts that views give a long one. */
function figcaptionOf(caption: string): string {
  const { title, rest } = titleAndRest(joinUnits(typographic(caption)));
  const below = rest && ` <span class="course-caption-rest">${escapeHtml(rest)}</span>`;
  return `<figcaption>${escapeHtml(title)}${below}</figcaption>`;
}

function htmlFigure(html: string, caption: string): string {
  const figcaption = figcaptionOf(caption);
  return `<figure class="output course-view">${figcaption}<div class="wide">${html}</div></figure>\n`;
}

/** The first picture among the files of a page, for the preview of a link to it. */
export const cardOf = (files: Files): string | undefined =>
  [...files.keys()].find((name) => name.endsWith(".png"));

/** Charts need plotly.js, and so do views that contain charts. */
const needsPlotly = ({ drawnAs, json }: Figure, data: string) =>
  drawnAs === "chart" || "data" in json || /"view":"chart"|"layout":\{/.test(data);

function drawnFigure(figure: Figure, path: string, files: Files): string {
  const data = JSON.stringify(withTypographicCaption(figure.json));
  const version = createHash("sha256").update(data).digest("hex").slice(0, 8);
  files.set(`${path}.json`, data);
  const attributes = [
    `data-figure="${escapeHtml(path)}.json?v=${version}"`,
    `data-drawn-as="${figure.drawnAs}"`,
    ...(needsPlotly(figure, data) ? ["data-plotly"] : []),
    `style="--height:${heightOf(figure, data)}px"`,
  ];
  const still = staticFigure(figure, path, files);
  return `<div class="output drawn" ${attributes.join(" ")}>${still}</div>\n`;
}

/** A view's caption, or a chart's, whose page draws it from its data. */
function withTypographicCaption(json: Figure["json"]): object {
  const { caption, layout } = json as { caption?: unknown; layout?: { meta?: Caption } };
  if (typeof caption === "string") return { ...json, caption: typographic(caption) };
  const of = layout?.meta?.caption;
  if (typeof of !== "string") return json;
  return { ...json, layout: { ...layout, meta: { ...layout!.meta, caption: typographic(of) } } };
}

interface Caption {
  caption?: unknown;
}

/** In pixels. */
const SLIDER_HEIGHT = 44;
/** Roughly the height of a view that isn't a chart. */
const DEFAULT_VIEW_HEIGHT = 420;
/** The same of a chain in space with its buttons and caption. */
const CHAIN_HEIGHT = 600;

/** Estimates the height in the text's column, so that little moves when the figure is drawn. */
function heightOf({ picture, json }: Figure, data: string): number {
  if (!picture) return viewHeight(json, data);
  const hasSlider = "frames" in json && Array.isArray(json.frames) && json.frames.length > 1;
  return Math.round(picture.height + (hasSlider ? SLIDER_HEIGHT : 0));
}

function viewHeight(json: Figure["json"], data: string): number {
  if ("chains" in json) return CHAIN_HEIGHT;
  // a control whose answers are chains has the slider of its examples above them
  return data.includes('"chains":[') ? CHAIN_HEIGHT + SLIDER_HEIGHT : DEFAULT_VIEW_HEIGHT;
}

/** What readers see without JavaScript. */
function staticFigure({ picture, html, caption }: Figure, path: string, files: Files): string {
  const figcaption = figcaptionOf(caption);
  if (picture) {
    files.set(`${path}.png`, picture.png);
    const size = `width="${picture.width}" height="${picture.height}"`;
    const src = escapeHtml(`${path}.png`);
    const image = `<img src="${src}" alt="${escapeHtml(caption)}" ${size} loading="lazy">`;
    return `<figure class="still">${image}</figure>`;
  }
  if (html === undefined) return `<figure class="still">${figcaption}</figure>`;
  return `<figure class="still course-view">${figcaption}<div class="wide">${html}</div></figure>`;
}
