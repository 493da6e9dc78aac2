/** What each page of the site does in the browser. Without JavaScript, a page still reads well. */
import { linkComponentMap } from "views/componentMap";
import { drawAll, drawing, figureAddresses, redrawAll, watchFigures } from "./figures";
import { holdAnchor } from "./place";
import { followReading } from "./reading";
import { search } from "./search";
import { offerExercises } from "./tryOut";
import { lightOnPaper, themeSwitch } from "./themeSwitch";

/** Makes whatever scrolls sideways reachable by keyboard. */
function reachScrollers(): void {
  for (const element of document.querySelectorAll<HTMLElement>(".wide, .formula, main pre")) {
    const scrolls = element.scrollWidth > element.clientWidth + 1;
    if (scrolls) element.tabIndex = 0;
    else element.removeAttribute("tabindex");
  }
}

/**
 * Opens the table of contents where it comes to stand beside the text, and closes it where it comes to
 * stand above; theme.ts has done so at first.
 */
function foldContents(): void {
  const contents = document.querySelector<HTMLDetailsElement>(".contents details");
  matchMedia("(min-width: 1100px)").addEventListener("change", ({ matches }) => {
    if (contents) contents.open = matches;
  });
}

/** The print buttons wait until all figures are drawn. */
function enablePrinting(): void {
  lightOnPaper(redrawAll);
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      await drawAll();
      button.disabled = false;
      print();
    });
  }
}

/** Whether the reader has asked the browser to save data; only some browsers know. */
const savesData = (): boolean =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

/**
 * Has the service worker cache this page and its figures, to read them offline, and all other pages
 * to read, unless the reader saves data.
 */
function keepOffline(): void {
  const { search: searchFile = "" } = document.documentElement.dataset;
  const address = new URL("service-worker.js", new URL(searchFile, location.href));
  addEventListener("load", async () => {
    try {
      await navigator.serviceWorker.register(address);
      const { active } = await navigator.serviceWorker.ready;
      const figures = savesData() ? [] : figureAddresses();
      active?.postMessage({ keep: [location.href, ...figures], isLean: savesData() });
    } catch {
      // without a secure address, or with storage off, nothing is cached
    }
  });
}

for (const map of document.querySelectorAll<HTMLElement>(".course-components")) {
  linkComponentMap(map);
}
foldContents();
keepOffline();
themeSwitch(document.querySelector<HTMLElement>("[data-theme-switch]")!, redrawAll);
search(document.querySelectorAll<HTMLElement>("[data-open-search]"));
enablePrinting();
followReading();
holdAnchor();
watchFigures();
offerExercises(drawing);
reachScrollers();
addEventListener("resize", reachScrollers);
void document.fonts.ready.then(reachScrollers);
for (const fold of document.querySelectorAll("details")) {
  fold.addEventListener("toggle", reachScrollers);
}
