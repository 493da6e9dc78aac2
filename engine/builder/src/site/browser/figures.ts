/**
 * Draws a page's figures with the renderers of views when they come near the screen. plotly.js is
 * loaded for the first chart.
 */
import { browserMemory, draw, drawView, readChart, STYLE, type Plotly } from "views";
import { CHART_MIME, VIEW_MIME } from "../../mimes";
import { keepPlace } from "./place";
import { lateScript } from "./script";
import { addShareButton, namedFigure, restoreControls } from "./share";
import { isDark } from "./themeSwitch";
import { canRun, offerValues, type Drawing } from "./tryOut";

/** How far above and below the screen a figure counts as near. */
const NEAR = "1200px 0px";
/** Shown under a control on a page, which has no kernel to answer. */
const UNANSWERED = "These answers were computed ahead; your own come when you run the lesson.";

interface Drawn {
  redraw(): void;
  remove(): void;
}

/** What is drawn, by the element that it is drawn into. */
const drawings = new Map<HTMLElement, Drawn>();
/** The drawing of each figure that has begun. */
const started = new Map<HTMLElement, Promise<void>>();

const style = document.createElement("style");
style.textContent = STYLE;
document.head.prepend(style); // the page's own rules win

const plotly = lateScript(
  () => document.documentElement.dataset.plotly!,
  () => (globalThis as unknown as { Plotly: Plotly }).Plotly,
);

async function load(address: string): Promise<unknown> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

/** plotly.js, loaded when something is first drawn with it. */
const latePlotly: Plotly = {
  async react(...chart) {
    await (await plotly.load()).react(...chart);
  },
  purge(element) {
    void plotly.loaded()?.then(({ purge }) => {
      purge(element);
    });
  },
};

/** @param library undefined where the figure has no chart */
function drawInto(host: HTMLElement, json: unknown, drawnAs: string, library?: Plotly): Drawn {
  if (drawnAs === "view") {
    const unanswered = canRun() ? "" : UNANSWERED;
    // a view without charts never calls plotly
    const page = { plotly: library!, dark: isDark, unanswered, memory: browserMemory };
    return drawView(host, json, page);
  }
  const chart = readChart(json);
  if (!chart || !library) throw new Error("not a chart");
  return draw(library, host, chart, { dark: isDark });
}

async function drawPlace(place: HTMLElement): Promise<void> {
  const { figure = "", drawnAs = "" } = place.dataset;
  const needsPlotly = "plotly" in place.dataset;
  try {
    const [json, library] = await Promise.all([
      load(figure),
      needsPlotly ? plotly.load() : undefined,
    ]);
    // an element of its own, so that the static picture stays if drawing fails
    const host = document.createElement("div");
    const picture = place.querySelector(".still");
    place.append(host);
    drawings.set(place, drawInto(host, json, drawnAs, library));
    picture?.remove();
    place.dataset.state = "drawn";
    restoreControls(place);
    offerValues(place, drawing);
    addShareButton(place);
    playCover(place);
  } catch {
    showFailure(place);
  }
}

/** How long the landing page's figure stands still before it plays, for the eye to find it. */
const COVER_PAUSE_MS = 1500;

/**
 * Plays the landing page's figure once it is seen; for a reader who prefers reduced motion, it
 * shows its end.
 */
function playCover(place: HTMLElement): void {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const button = place.querySelector<HTMLButtonElement>(".course-slider button");
  if (!place.closest(".hero") || !button) return;
  if (isCalm) return showEnd(place);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watch = new IntersectionObserver(
    ([entry]) => {
      if (!entry?.isIntersecting) return;
      watch.disconnect();
      timer = setTimeout(() => button.click(), COVER_PAUSE_MS);
    },
    { threshold: 0.6 },
  );
  watch.observe(place);
  const leaveToReader = () => {
    watch.disconnect();
    clearTimeout(timer);
  };
  for (const event of ["pointerdown", "keydown"]) {
    place.addEventListener(event, leaveToReader, { once: true });
  }
}

/** Moves a figure's slider to its last step. */
function showEnd(place: HTMLElement): void {
  const range = place.querySelector<HTMLInputElement>(".course-slider input");
  if (!range) return;
  range.value = range.max;
  range.dispatchEvent(new Event("input", { bubbles: true }));
}

/** How other scripts of the page draw what a kernel shows. */
export const drawing: Drawing = {
  async replace(place, json, kernel) {
    if (json === undefined) throw new Error("The cell shows no control: reload the page.");
    const library = "plotly" in place.dataset ? await plotly.load() : latePlotly;
    keepPlace(place, () => {
      drawings.get(place)?.remove();
      const host = document.createElement("div");
      place.prepend(host);
      drawings.set(place, drawView(host, json, { plotly: library, dark: isDark, kernel }));
      return place;
    });
  },
  render(host, data) {
    const page = { plotly: latePlotly, dark: isDark, memory: browserMemory };
    const chart = readChart(data[CHART_MIME]);
    if (VIEW_MIME in data) {
      drawings.set(host, drawView(host, data[VIEW_MIME], page));
    } else if (chart) {
      drawings.set(host, draw(latePlotly, host, chart, page));
    } else if (typeof data["text/html"] === "string") {
      host.innerHTML = data["text/html"]; // the page's policy runs no script in it
    } else {
      return false;
    }
    return true;
  },
};

function showFailure(place: HTMLElement): void {
  place.dataset.state = "failed";
  const note = document.createElement("p");
  note.className = "trouble";
  note.textContent = "This figure couldn’t be loaded. ";
  const retry = document.createElement("button");
  retry.type = "button";
  retry.textContent = "Try again";
  retry.addEventListener("click", () => {
    note.remove();
    void start(place);
  });
  note.append(retry);
  place.append(note);
}

/** Draws a figure unless that has begun. @returns when it is done */
function start(place: HTMLElement): Promise<void> {
  const begun = started.get(place);
  if (begun && place.dataset.state !== "failed") return begun;
  place.dataset.state = "loading";
  const done = drawPlace(place);
  started.set(place, done);
  return done;
}

const places = () => [...document.querySelectorAll<HTMLElement>("[data-figure]")];

/** The addresses of all figures. */
export const figureAddresses = (): string[] =>
  places().map(({ dataset }) => new URL(dataset.figure!, location.href).href);

/** Draws figures as they come near. */
export function watchFigures(): void {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        void start(target as HTMLElement);
      }
    },
    { rootMargin: NEAR },
  );
  for (const place of places()) observer.observe(place);
  const named = namedFigure();
  if (named) void start(named).then(() => named.closest(".cell")?.scrollIntoView());
}

/** Draws all figures. */
export const drawAll = (): Promise<unknown> => Promise.all(places().map(start));

export function redrawAll(): void {
  for (const [host, drawn] of drawings) {
    if (host.isConnected) {
      drawn.redraw();
    } else {
      drawn.remove(); // a report that a later one has replaced
      drawings.delete(host);
    }
  }
}
