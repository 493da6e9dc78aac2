/** The figures of a deck, drawn by the views, each as large as its place on the slide. */
import { draw, readChart, STYLE } from "views";

/** Pixels; what the last row of a lecture hall reads. */
const TYPE = 18;

/** The charts of the deck, by the number that their place names. */
const charts = JSON.parse(document.getElementById("plots")?.textContent ?? "[]").map(readChart);

const style = document.createElement("style");
style.textContent = STYLE;
document.head.append(style);

/** The room that a figure's slider leaves. */
function stageOf(place) {
  const slider = place.querySelector(".course-slider");
  const taken = slider ? slider.offsetHeight + 12 : 0;
  return { width: place.clientWidth, height: place.clientHeight - taken, type: TYPE };
}

function drawAt(place) {
  const chart = charts[place.dataset.plot];
  if (!chart || place.clientWidth === 0) return;
  place.dataset.drawn = "";
  draw(Plotly, place, chart, { dark: () => false, stage: () => stageOf(place) });
}

/** Draws the figures inside an element that aren't drawn yet. */
export function drawIn(element) {
  for (const place of element.querySelectorAll(".plot:not([data-drawn])")) drawAt(place);
}

/** Draws all other figures while nothing else happens, one at a time, for the overview. */
export function drawRest(drawn) {
  const place = document.querySelector(".plot:not([data-drawn])");
  if (!place) return;
  drawAt(place);
  if (place.dataset.drawn === undefined) return; // it has no size, so none has
  drawn();
  later(() => drawRest(drawn));
}

export const later = (task) =>
  "requestIdleCallback" in window ? requestIdleCallback(task) : setTimeout(task, 50);
