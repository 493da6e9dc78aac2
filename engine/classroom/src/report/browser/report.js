// @ts-check
/** Draws the charts of a report where their data stands in the page. */
import { draw, readChart, STYLE } from "views";

const system = matchMedia("(prefers-color-scheme: dark)");
// paper is white, whatever the screen is
const printing = matchMedia("print");
const style = document.createElement("style");
style.textContent = STYLE;
document.head.prepend(style);

const drawings = [...document.querySelectorAll(".chart")].flatMap((place) => {
  const chart = readChart(JSON.parse(place.querySelector("script")?.textContent ?? "null"));
  if (!chart) return [];
  const host = document.createElement("div");
  place.append(host);
  const dark = () => system.matches && !printing.matches;
  return [draw(Reflect.get(globalThis, "Plotly"), host, chart, { dark })];
});
const redraw = () => drawings.forEach((d) => d.redraw());
system.addEventListener("change", redraw);
printing.addEventListener("change", redraw);
document.documentElement.dataset.drawn = String(drawings.length);
