/** Draws a deck's figures with the renderers of views, each as large as its place on the slide. */
import { draw, drawView, readChart, STYLE } from "views";
import { isDark } from "../../site/browser/themeSwitch";

/** Pixels; the last row of a lecture hall can read this size. */
const FONT_SIZE = 18;

type Figure = { kind: "plot" } | { kind: "view"; view: unknown };

/** The deck's charts and views; an element's `data-plot` is the index. */
const figures = JSON.parse(document.getElementById("plots")?.textContent ?? "[]") as Figure[];

const NOT_DRAWN = "[data-plot]:not([data-drawn])";

/** What is drawn, for a change between light and dark. */
const drawings: { redraw(): void }[] = [];

export function redrawAll(): void {
  for (const drawing of drawings) drawing.redraw();
}

const style = document.createElement("style");
style.textContent = STYLE;
document.head.append(style);

/** The room that a chart has, without the slider below it. */
function stageOf(place: HTMLElement) {
  const slider = place.querySelector<HTMLElement>(".course-slider");
  const taken = slider ? slider.offsetHeight + 12 : 0;
  return { width: place.clientWidth, height: place.clientHeight - taken, type: FONT_SIZE };
}

/** A view is drawn at most this much larger than in a notebook, and never smaller than MIN_ZOOM. */
const MAX_ZOOM = 3;
const MIN_ZOOM = 0.5;
const ZOOM_STEP = 0.125;

/** Draws a view as large as its place allows. */
function drawViewAt(place: HTMLElement, view: unknown): void {
  const inner = document.createElement("div");
  place.append(inner);
  for (let zoom = MAX_ZOOM; zoom >= MIN_ZOOM; zoom -= ZOOM_STEP) {
    inner.style.zoom = String(zoom); // before drawing, since a view follows the width that it finds
    inner.style.setProperty("--zoom", String(zoom));
    const drawn = drawView(inner, view, { plotly: Plotly, dark: isDark, isSlide: true });
    const isLow = heightOf(inner) <= heightOf(place) && place.scrollWidth <= place.clientWidth;
    if ((isLow && !scrollsInside(inner)) || zoom === MIN_ZOOM) {
      drawings.push(drawn);
      if (isLow) keepHeight(place, heightOf(inner));
      return;
    }
    drawn.remove();
    inner.replaceChildren();
  }
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
  const slideSize = () => (stage ??= stageOf(place));
  drawings.push(draw(Plotly, place, chart, { dark: isDark, slideSize }));
  slideSize();
  place.classList.add("sized"); // from now on as high as its chart
}

/** Draws the figures in an element that aren't drawn yet. */
export function drawIn(element: ParentNode): void {
  for (const place of element.querySelectorAll<HTMLElement>(NOT_DRAWN)) drawAt(place);
}

/** Draws all other figures for the overview, one at a time while the browser is idle. */
export function drawRest(onDrawn: () => void): void {
  const place = document.querySelector<HTMLElement>(NOT_DRAWN);
  if (!place) return;
  drawAt(place);
  if (place.dataset.drawn === undefined) return; // it has no size, so none of them has
  onDrawn();
  whenIdle(() => drawRest(onDrawn));
}

/** Safari has no requestIdleCallback. */
export function whenIdle(task: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(task);
  else setTimeout(task, 50);
}
