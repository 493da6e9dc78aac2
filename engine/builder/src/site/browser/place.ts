/** Keeps what the reader looks at in its place on the screen while the page changes. */

/**
 * Changes the page, and scrolls so that an element stands where another one, or the same, has
 * stood; out of sight, nothing has to be kept.
 * @param change returns the element that takes the place
 */
export function keepPlace(before: Element, change: () => Element): void {
  const { top, bottom } = before.getBoundingClientRect();
  const after = change();
  if (bottom < 0 || top > innerHeight) return;
  scrollBy({ top: after.getBoundingClientRect().top - top, behavior: "instant" });
}

/** What a reader does to scroll; a script's own scrolling is none of it. */
const READER_SCROLLS = ["wheel", "touchmove", "keydown", "pointerdown"];

/**
 * A page that is opened at an anchor stays there while figures above it grow, until the reader
 * scrolls. After a reload or a way back, the browser restores where the reader was.
 */
export function holdAnchor(): void {
  let target: Element | null = null;
  const aim = () => (target = document.getElementById(location.hash.slice(1)));
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (entry?.type === "navigate") aim();
  addEventListener("hashchange", aim);
  for (const event of READER_SCROLLS) {
    addEventListener(event, () => (target = null), { passive: true });
  }
  new ResizeObserver(() => target?.scrollIntoView({ behavior: "instant" })).observe(document.body);
}
