/**
 * The deck on a phone that is held upright, where a slide as a whole would be a strip of tiny words:
 * a column to scroll. Each slide's parts stand one below the other, at the size of a page to read.
 */
import { drawAsOnPage } from "./figures";

/** The same as in theme.css. */
export const isUpright = matchMedia("(orientation: portrait) and (max-width: 600px)");

/** Figures within so many heights of the screen are drawn. */
const DRAWN_AHEAD = "100%";

/** The slide that the address names: reveal.js writes #/s-a-title. */
const namedSlide = () => document.getElementById(location.hash.replace(/^#\/?/, ""));

/** Has the address name the slide that is read, so that it stays when the phone is turned. */
function followSlide(slides: Element[]): void {
  const watcher = new IntersectionObserver(
    (entries) => {
      const slide = entries.find(({ isIntersecting }) => isIntersecting)?.target;
      if (slide) history.replaceState(history.state, "", `#/${slide.id}`);
    },
    { rootMargin: "-50% 0px -50% 0px" },
  );
  for (const slide of slides) watcher.observe(slide);
}

function drawWhenNear(slides: Element[]): void {
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) drawAsOnPage(target);
    },
    { rootMargin: `${DRAWN_AHEAD} 0px` },
  );
  for (const slide of slides) watcher.observe(slide);
}

/** Shows all slides one below the other; resolves when the fonts are there. */
export async function showColumn(): Promise<void> {
  document.documentElement.classList.add("column");
  const slides = [...document.querySelectorAll(".slides > section")];
  const hint = document.querySelector(".turn");
  if (hint) slides[0]?.firstElementChild?.append(hint);
  const named = namedSlide();
  await document.fonts.ready;
  named?.scrollIntoView();
  drawWhenNear(slides);
  followSlide(slides);
}
