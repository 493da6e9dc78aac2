/** Figures of a page, drawn by the views when they come near; plotly.js comes with the first chart. */
import { draw, drawView, readChart, STYLE } from "views";
import { isDark } from "./themeSwitch.js";

/** Pixels above and below the screen. */
const NEAR = "1200px 0px";
/** In place of what a notebook says below inputs that no kernel answers. */
const UNANSWERED = "These answers were computed ahead; your own come when you run the lesson.";

const drawings = new Map();
let plotly;

const style = document.createElement("style");
style.textContent = STYLE;
document.head.prepend(style); // the page's own rules win

/** Loads a script once; a later try loads it again after a failure. */
function loadPlotly() {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.documentElement.dataset.plotly;
    script.onload = () => resolve(globalThis.Plotly);
    script.onerror = () => {
      plotly = undefined;
      script.remove();
      reject(new Error("a script is missing"));
    };
    document.head.append(script);
  });
  return plotly;
}

async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

/** Draws into an element of its own, so that the still picture stays for a failure. */
function drawInto(host, json, drawnAs, Plotly) {
  if (drawnAs === "view") {
    return drawView(host, json, { plotly: Plotly, dark: isDark, unanswered: UNANSWERED });
  }
  const chart = readChart(json);
  if (!chart) throw new Error("no chart");
  return draw(Plotly, host, chart, { dark: isDark });
}

async function drawPlace(place) {
  const { figure, drawnAs } = place.dataset;
  const needs = "plotly" in place.dataset;
  try {
    const [json, Plotly] = await Promise.all([load(figure), needs ? loadPlotly() : undefined]);
    const host = document.createElement("div");
    const still = place.querySelector(".still");
    place.append(host);
    drawings.set(place, drawInto(host, json, drawnAs, Plotly));
    still?.remove();
    place.dataset.state = "drawn";
  } catch {
    fail(place);
  }
}

function fail(place) {
  place.dataset.state = "failed";
  const note = document.createElement("p");
  note.className = "trouble";
  note.textContent = "This figure couldn’t be loaded. ";
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Try again";
  again.addEventListener("click", () => {
    note.remove();
    void start(place);
  });
  note.append(again);
  place.append(note);
}

const begun = new Map();

/** Draws a place unless that has begun. @returns when it is done */
function start(place) {
  if (place.dataset.state !== "failed" && begun.has(place)) return begun.get(place);
  place.dataset.state = "loading";
  const done = drawPlace(place);
  begun.set(place, done);
  return done;
}

const places = () => [...document.querySelectorAll("[data-figure]")];

/** The addresses of all figures. */
export const figures = () =>
  places().map(({ dataset }) => new URL(dataset.figure, location.href).href);

/** Draws figures as they come near. */
export function watchFigures() {
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        watch.unobserve(target);
        void start(target);
      }
    },
    { rootMargin: NEAR },
  );
  for (const place of places()) watch.observe(place);
}

/** Draws all figures. */
export const drawAll = () => Promise.all(places().map(start));

export function redrawAll() {
  for (const drawing of drawings.values()) drawing.redraw();
}
