/** In the browser: starts reveal.js, draws figures, and opens the speaker's window and the help. */
import { drawIn, drawRest, later } from "./figures.js";
import { openSpeaker, updateSpeaker } from "./speaker.js";

/** Lays all slides out one below the other and draws what is missing. */
function layOutForPrint() {
  document.documentElement.classList.add("printing");
  drawIn(document);
}
addEventListener("beforeprint", layOutForPrint);
addEventListener("afterprint", () => document.documentElement.classList.remove("printing"));

const onSlide = ({ currentSlide }) => {
  drawIn(currentSlide);
  updateSpeaker();
};
Reveal.on("ready", onSlide);
Reveal.on("slidechanged", onSlide);
Reveal.on("fragmentshown", updateSpeaker);
Reveal.on("fragmenthidden", updateSpeaker);
Reveal.on("overviewshown", () => drawIn(document));

/** Where ? is typed without Shift, reveal.js would take its key for the one that darkens. */
addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "?" || event.target.closest("input, textarea")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    Reveal.toggleHelp();
  },
  { capture: true },
);

/** A slider of a figure has the arrow keys while it has the focus. */
const keyboardCondition = (event) => !event.target.closest?.("input, button, pre, dialog");

const ready = Reveal.initialize({
  width: 1280,
  height: 720,
  margin: 0,
  minScale: 0.1,
  maxScale: 4,
  center: false,
  hash: true,
  slideNumber: false,
  transition: "none",
  backgroundTransition: "none",
  controlsTutorial: false,
  scrollActivationWidth: null,
  keyboardCondition,
  // all slides are laid out, so that figures of any can be drawn for the overview
  viewDistance: Infinity,
  mobileViewDistance: Infinity,
});
void ready.then(() => later(() => drawRest(updateSpeaker)));
Reveal.addKeyBinding({ keyCode: 83, key: "S", description: "Speaker view" }, openSpeaker);
/** For the PDF and for tests. */
window.deck = { ready, layOutForPrint };
