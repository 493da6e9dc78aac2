/** What each page of the site does in the browser. Without it, a page still reads well. */
import { drawAll, figures, redrawAll, watchFigures } from "./figures.js";
import { search } from "./search.js";
import { lightOnPaper, themeSwitch } from "./themeSwitch.js";

/** What is wider than its place scrolls, and the keyboard must reach it. */
function reachScrollers() {
  for (const element of document.querySelectorAll(".wide, .formula, main pre")) {
    const scrolls = element.scrollWidth > element.clientWidth + 1;
    if (!scrolls) {
      element.removeAttribute("tabindex");
      continue;
    }
    element.tabIndex = 0;
  }
}

/** Marks in the table of contents where the reader is. */
function followReading() {
  const links = new Map(
    [...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]),
  );
  const headings = [...document.querySelectorAll("article :is(h2, h3)[id]")];
  let current;
  const mark = () => {
    const above = headings.filter((heading) => heading.getBoundingClientRect().top < 140);
    const link = links.get(above.at(-1)?.id);
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    current = link;
    keepInSight(link);
  };
  let waits = false;
  const later = () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      mark();
    });
  };
  if (links.size === 0) return;
  addEventListener("scroll", later, { passive: true });
  mark();
}

/** Scrolls the list of contents, and nothing else. */
function keepInSight(link) {
  const list = link?.closest(".contents");
  if (!list || list.scrollHeight <= list.clientHeight) return;
  const place = link.getBoundingClientRect();
  const frame = list.getBoundingClientRect();
  if (place.top < frame.top + 40 || place.bottom > frame.bottom - 40) {
    list.scrollTop += place.top - frame.top - frame.height / 2;
  }
}

/** The list of contents is open beside the text, and closed above it on a narrow screen. */
function foldContents() {
  const contents = document.querySelector(".contents details");
  const isWide = matchMedia("(min-width: 1100px)");
  const fit = () => {
    if (contents) contents.open = isWide.matches;
  };
  fit();
  isWide.addEventListener("change", fit);
}

/** Printing waits for the figures. */
function printing() {
  lightOnPaper(redrawAll);
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      await drawAll();
      button.disabled = false;
      print();
    });
  }
}

/** Keeps the pages in the browser once this one is there, with its figures, to read offline. */
function keepOffline() {
  const { search: file } = document.documentElement.dataset;
  const address = new URL("service-worker.js", new URL(file, location.href));
  addEventListener("load", async () => {
    try {
      await navigator.serviceWorker?.register(address);
      const { active } = await navigator.serviceWorker.ready;
      active.postMessage({ keep: [location.href, ...figures()] });
    } catch {
      // without a secure address or with storage off nothing is kept
    }
  });
}

foldContents();
keepOffline();
themeSwitch(document.querySelector("[data-theme-switch]"), redrawAll);
search(document.querySelectorAll("[data-open-search]"));
printing();
followReading();
watchFigures();
reachScrollers();
addEventListener("resize", reachScrollers);
void document.fonts.ready.then(reachScrollers);
for (const fold of document.querySelectorAll("details")) {
  fold.addEventListener("toggle", reachScrollers);
}
