/**
 * Starts reveal.js, draws figures as slides come up, and opens the overview, the speaker's window
 * and the help.
 */
import {
  followTheme,
  lightOnPaper,
  restoreTheme,
  toggleTheme,
} from "../../site/browser/themeSwitch";
import {
  drawAll,
  drawIn,
  drawingsSettled,
  drawNeighbors,
  redrawAll,
  showPrintedSteps,
} from "./figures";
import { fitSlides } from "./fit";
import { isUpright, showColumn } from "./column";
import { openHelp } from "./help";
import { openOverview } from "./overview";
import { openSpeaker, updateSpeaker } from "./speaker";

const themeChanged = () => {
  redrawAll();
  updateSpeaker();
};
restoreTheme();
followTheme(themeChanged);
lightOnPaper(redrawAll);

/** Lays all slides out one below the other and draws what is missing. */
async function layOutForPrint(): Promise<void> {
  document.documentElement.classList.add("printing");
  const drawn = drawAll();
  showPrintedSteps(); // a browser's own printing doesn't wait
  await drawn;
  showPrintedSteps(); // a figure that has been drawn again begins anew
}
addEventListener("beforeprint", () => void layOutForPrint());
addEventListener("afterprint", () => document.documentElement.classList.remove("printing"));

/** Resolves when all slides are drawn as on paper. */
async function becomePaper(): Promise<void> {
  dispatchEvent(new Event("beforeprint")); // figures are drawn in the colors of paper
  await layOutForPrint();
  await drawingsSettled();
}

/** Printing from the keyboard waits until all slides are drawn; the browser's menu doesn't. */
async function print(): Promise<void> {
  await becomePaper();
  window.print();
}

/** Draws a slide that came up, and those that may come up next. */
async function showSlide(slide: Element): Promise<void> {
  document.documentElement.classList.toggle("at-start", slide.matches(".start"));
  updateSpeaker();
  await drawIn(slide);
  updateSpeaker();
  void drawNeighbors(slide, updateSpeaker);
}

const onSlide = ({ currentSlide }: RevealEvent) => void showSlide(currentSlide);
Reveal.on("slidechanged", onSlide);
Reveal.on("fragmentshown", updateSpeaker);
Reveal.on("fragmenthidden", updateSpeaker);

const isIn = (target: EventTarget | null, selector: string) =>
  target instanceof Element && target.closest(selector) !== null;

/** On layouts where ? needs no Shift, reveal.js would take it for the key that darkens the screen. */
addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "?" || isIn(event.target, "input, textarea, dialog")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    openHelp();
  },
  { capture: true },
);

addEventListener("keydown", (event) => {
  const isPrint = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "p";
  if (!isPrint || event.shiftKey || event.altKey) return;
  event.preventDefault();
  void print();
});

/** A figure's slider gets the arrow keys while it has the focus. */
const keyboardCondition = ({ target }: KeyboardEvent) =>
  !isIn(target, "input, button, pre, dialog");

/** The address asks reveal.js for its view for print: all slides as pages, one below the other. */
const isPrintView = /[?&](print-pdf|view=print)\b/i.test(location.search);

/** One slide at a time, as large as the screen allows. */
const startReveal = () =>
  Reveal.initialize({
    width: 1280,
    height: 720,
    margin: 0,
    minScale: 0.1,
    maxScale: 4,
    center: false,
    hash: true,
    slideNumber: false,
    overview: false,
    transition: "none",
    backgroundTransition: "none",
    controlsTutorial: false,
    scrollActivationWidth: null,
    pdfSeparateFragments: false, // the view for print has one page for each slide, as paper has
    keyboardCondition,
    // all slides have a layout, so that figures of any can be drawn, as for the overview
    viewDistance: Infinity,
    mobileViewDistance: Infinity,
  });
const toggle = () => {
  toggleTheme();
  themeChanged();
};

async function showSlides(): Promise<void> {
  const pagesLaidOut = new Promise<void>((resolve) => Reveal.on("pdf-ready", () => resolve()));
  const initialized = startReveal();
  Reveal.addKeyBinding(68, toggle); // D
  Reveal.addKeyBinding(83, openSpeaker); // S
  // Escape and O
  for (const keyCode of [27, 79]) Reveal.addKeyBinding(keyCode, openOverview);
  await initialized;
  if (isPrintView) await pagesLaidOut; // until then slides have no size
  await fitSlides(); // figures take the room that the text leaves, so they are drawn after it
  if (isPrintView) return becomePaper();
  await showSlide(Reveal.getCurrentSlide());
}
const ready = isUpright.matches ? showColumn() : showSlides();
isUpright.addEventListener("change", () => {
  if (!matchMedia("print").matches) location.reload(); // paper has a shape of its own
});

/** Resolves when the current slide's figures are drawn. */
const drawn = () => drawIn(Reveal.getCurrentSlide());
window.deck = { ready, drawn, layOutForPrint };
