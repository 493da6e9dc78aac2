/** Draws a deck's figures with the renderers of views, each as large as its place on the slide. */
import { draw, drawView, readChart, STYLE } from "views";
import { isDark } from "../../site/browser/themeSwitch";
import { balance } from "./balance";

/** Pixels; the last row of a lecture hall can read these sizes. */
const FONT_SIZE = 22;
const NARROW_FONT_SIZE = 20;
/** So many panels side by side leave little room between them for names of axes. */
const MANY_COLUMNS = 3;

/** The size of a chart's words. */
function typeOf(layout: Record<string, unknown>): number {
  const axes = Object.entries(layout).filter(([name]) => /^xaxis\d*$/.test(name));
  const starts = axes.map(([, axis]) => (axis as { domain?: number[] }).domain?.[0] ?? 0);
  return new Set(starts).size >= MANY_COLUMNS ? NARROW_FONT_SIZE : FONT_SIZE;
}

type Figure = { kind: "plot" } | { kind: "view"; view: unknown };

/** The deck's charts and views; an element's `data-plot` is the index. */
const figures = JSON.parse(document.getElementById("plots")?.textContent ?? "[]") as Figure[];

interface Drawing {
  redraw(): void;
  remove(): void;
  settled?(): Promise<unknown>;
}

/** What is drawn, by its place. */
const drawings = new Map<Element, Drawing>();

/** After a change between light and dark. */
export function redrawAll(): void {
  for (const drawing of drawings.values()) drawing.redraw();
}

/** Resolves when what is drawn, or drawn again, shows. */
export async function drawingsSettled(): Promise<void> {
  await Promise.all([...drawings.values()].map((drawing) => drawing.settled?.()));
}

const style = document.createElement("style");
style.textContent = STYLE;
document.head.append(style);

/** The room that a chart has, without the slider above it. */
function stageOf(place: HTMLElement, type: number) {
  const slider = place.querySelector<HTMLElement>(".course-slider");
  const taken = slider ? slider.offsetHeight + 12 : 0;
  return { width: place.clientWidth, height: place.clientHeight - taken, type };
}

/** A view is drawn at most this much larger than in a notebook, and never smaller than MIN_ZOOM. */
const MAX_ZOOM = 3;
const MIN_ZOOM = 0.5;
const ZOOM_STEP = 0.125;
/** A chain is as large as its canvas at any zoom; a larger zoom would only enlarge its legend. */
const CHAIN_ZOOM = { max: 1.5, step: 0.03125 };

/** A few cells in a row have the slide's width. */
const CELLS_ZOOM = { max: 4, step: ZOOM_STEP };

function zoomsOf(view: unknown): { max: number; step: number } {
  const text = JSON.stringify(view);
  if (text.includes('"view":"chain"')) return CHAIN_ZOOM;
  return text.includes('"view":"cells"') ? CELLS_ZOOM : { max: MAX_ZOOM, step: ZOOM_STEP };
}

/** Draws a view with a zoom, and says whether it fits into its place. */
function drawZoomed(place: HTMLElement, inner: HTMLElement, view: unknown, zoom: number) {
  inner.style.zoom = String(zoom); // before drawing, since a view follows the width that it finds
  inner.style.setProperty("--zoom", String(zoom));
  const drawn = drawView(inner, view, { plotly: Plotly, dark: isDark, isSlide: true });
  const isLow = heightOf(inner) <= heightOf(place) && place.scrollWidth <= place.clientWidth;
  return { drawn, isLow, fits: isLow && !scrollsInside(inner) };
}

/** Draws a view as large as its place allows. */
function drawViewAt(place: HTMLElement, view: unknown): void {
  const inner = document.createElement("div");
  place.append(inner);
  const { max, step } = zoomsOf(view);
  // the number of steps below the largest zoom: `most` fits or is the last, those below `least` don't fit
  let [least, most] = [0, Math.floor((max - MIN_ZOOM) / step)];
  const zoomAt = (steps: number) => max - steps * step;
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    const { drawn, fits } = drawZoomed(place, inner, view, zoomAt(middle));
    if (fits) most = middle;
    else least = middle + 1;
    drawn.remove();
    inner.replaceChildren();
  }
  const { drawn, isLow } = drawZoomed(place, inner, view, zoomAt(most));
  drawings.set(place, drawn);
  if (isLow) keepHeight(place, heightOf(inner));
}

/** From now on a place is as high as what it shows, so that the caption stands right below. */
function keepHeight(place: HTMLElement, height: number): void {
  const slideScale = heightOf(place) / place.offsetHeight;
  place.style.minHeight = `${Math.ceil(height / slideScale)}px`;
  place.classList.add("sized");
}

const heightOf = (box: HTMLElement) => box.getBoundingClientRect().height;

/** Whether a part of the view, such as a tree, is wider than its box. */
const scrollsInside = (view: HTMLElement) =>
  [...view.querySelectorAll(".course-tree, .course-table")].some(
    (box) => box.scrollWidth > box.clientWidth,
  );

/** Moves the slider of each figure that prints another step than the one that it begins with. */
export function showPrintedSteps(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-printed]")) {
    const range = place.querySelector<HTMLInputElement>(".course-slider input");
    if (!range) continue;
    range.value = place.dataset.printed!;
    range.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function drawAt(place: HTMLElement): void {
  const figure = figures[Number(place.dataset.plot)];
  if (!figure || place.clientWidth === 0) return;
  place.dataset.drawn = "";
  if (figure.kind === "view") {
    drawViewAt(place, figure.view);
    return;
  }
  const chart = readChart(figure);
  if (!chart) return;
  let stage: ReturnType<typeof stageOf> | undefined;
  const slideSize = () => (stage ??= stageOf(place, typeOf(chart.layout)));
  drawings.set(place, draw(Plotly, place, chart, { dark: isDark, slideSize }));
  slideSize();
  place.classList.add("sized"); // from now on as high as its chart
}

/** Draws a figure again, as large as its place is now. */
async function drawAgain(place: HTMLElement): Promise<void> {
  if (!drawings.has(place)) return;
  drawings.get(place)!.remove();
  drawings.delete(place);
  place.replaceChildren();
  place.classList.remove("sized");
  place.style.minHeight = "";
  drawAt(place);
  await drawings.get(place)?.settled?.();
}

const placesIn = (element: ParentNode) => [
  ...element.querySelectorAll<HTMLElement>("[data-plot]:not([data-drawn])"),
];

/** Draws a slide's figures that aren't drawn yet, and gives the room that they leave to its words. */
async function drawSlide(slide: Element): Promise<void> {
  const places = placesIn(slide);
  places.forEach(drawAt);
  if (places.some(({ dataset }) => dataset.drawn === undefined)) return; // they have no size
  await Promise.all(places.map((place) => drawings.get(place)?.settled?.()));
  const body = slide.querySelector<HTMLElement>(".body");
  if (body) await balance(body, drawAgain);
}

const slides = [...document.querySelectorAll(".slides > section")];
const started = new Map<Element, Promise<void>>();

const drawn = new WeakSet<Element>();

export const isDrawn = (slide: Element) => drawn.has(slide);

/** Draws a slide once. */
export function drawIn(slide: Element): Promise<void> {
  const drawing = started.get(slide) ?? drawSlide(slide).then(() => void drawn.add(slide));
  started.set(slide, drawing);
  return drawing;
}

/** Draws a slide's figures as wide as their column and as high as they are, as on a page. */
export function drawAsOnPage(slide: Element): void {
  for (const place of placesIn(slide)) {
    place.dataset.drawn = "";
    const figure = figures[Number(place.dataset.plot)];
    if (figure?.kind === "view") {
      drawings.set(place, drawView(place, figure.view, { plotly: Plotly, dark: isDark }));
      continue;
    }
    const chart = figure && readChart(figure);
    if (chart) drawings.set(place, draw(Plotly, place, chart, { dark: isDark }));
  }
}

/** Draws all slides at once, for print. */
export async function drawAll(): Promise<void> {
  await Promise.all(slides.map(drawIn));
}

/** Draws the slides beside the one that is shown, while the browser is idle; the next one first. */
export async function drawNeighbors(slide: Element, onDrawn: () => void): Promise<void> {
  const at = slides.indexOf(slide);
  for (const neighbor of [slides[at + 1], slides[at - 1]]) {
    if (!neighbor || started.has(neighbor)) continue;
    await idle();
    if (Reveal.getCurrentSlide() !== slide) return;
    await drawIn(neighbor);
    onDrawn();
  }
}

/** Resolves when the browser is idle; Safari has no requestIdleCallback. */
export function idle(): Promise<unknown> {
  return new Promise<unknown>((resolve) => {
    if ("requestIdleCallback" in window) requestIdleCallback(resolve);
    else setTimeout(resolve, 50);
  });
}
