/** The figures of a deck, drawn by the views, each as large as its place on the slide. */
import { draw, drawView, readChart, STYLE } from "views";

/** Pixels; what the last row of a lecture hall reads. */
const TYPE = 18;

/** The charts and views of the deck, by the number that their place names. */
const drawings = JSON.parse(document.getElementById("plots")?.textContent ?? "[]");

const style = document.createElement("style");
style.textContent = STYLE;
document.head.append(style);

/** The room that a figure's slider leaves. */
function stageOf(place) {
  const slider = place.querySelector(".course-slider");
  const taken = slider ? slider.offsetHeight + 12 : 0;
  return { width: place.clientWidth, height: place.clientHeight - taken, type: TYPE };
}

/** A view is as large as it is; one that is higher than its place is drawn smaller. */
function drawViewAt(place, view) {
  const inner = document.createElement("div");
  place.append(inner);
  drawView(inner, view, { plotly: Plotly, dark: () => false });
  const room = place.clientHeight / inner.offsetHeight;
  if (room < 1) inner.style.zoom = Math.max(0.5, room);
}

function drawAt(place) {
  const drawing = drawings[place.dataset.plot];
  if (!drawing || place.clientWidth === 0) return;
  place.dataset.drawn = "";
  if (drawing.kind === "view") return drawViewAt(place, drawing.view);
  const chart = readChart(drawing);
  if (!chart) return;
  draw(Plotly, place, chart, { dark: () => false, slideSize: () => stageOf(place) });
}

/** Draws the figures inside an element that aren't drawn yet. */
export function drawIn(element) {
  for (const place of element.querySelectorAll("[data-plot]:not([data-drawn])")) drawAt(place);
}

/** Draws all other figures while nothing else happens, one at a time, for the overview. */
export function drawRest(drawn) {
  const place = document.querySelector("[data-plot]:not([data-drawn])");
  if (!place) return;
  drawAt(place);
  if (place.dataset.drawn === undefined) return; // it has no size, so none has
  drawn();
  later(() => drawRest(drawn));
}

export const later = (task) =>
  "requestIdleCallback" in window ? requestIdleCallback(task) : setTimeout(task, 50);
