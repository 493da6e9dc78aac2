/** Scrolls a notebook to one of its elements, and stays there while JupyterLab draws cells around it. */
import type { Notebook } from "@jupyterlab/notebook";

/** What to scroll to: an element, or several of them as one. */
export type Target = Pick<Element, "isConnected" | "getBoundingClientRect">;

/** Several elements in a column, from the first one's top to the last one's bottom. */
export function columnOf(elements: ArrayLike<Element>): Target | undefined {
  const [first, last] = [elements[0], elements[elements.length - 1]];
  if (!first || !last) return undefined;
  const getBoundingClientRect = () => {
    const { left, top, width } = first.getBoundingClientRect();
    return new DOMRect(left, top, width, last.getBoundingClientRect().bottom - top);
  };
  return { isConnected: first.isConnected && last.isConnected, getBoundingClientRect };
}

/** The element may move for this long, while JupyterLab draws the cells around it. */
const REVEAL_MS = 1_500;
const REVEAL_RETRY_MS = 100;
export const REVEAL_MARGIN = 12;

/**
 * How far to scroll so that an element's top shows, and all of it if it fits.
 * @param kept pixels above the element that stay in view
 */
function scrollNeeded(element: DOMRect, page: DOMRect, kept: number): number {
  const above = element.top - REVEAL_MARGIN - kept - page.top;
  const below = element.bottom + REVEAL_MARGIN - page.bottom;
  return below > 0 ? Math.min(above, below) : Math.min(above, 0);
}

/**
 * Scrolls to an element until it stays in view or the reader takes over.
 * @param find finds the element, which JupyterLab may draw later or again; undefined ends nothing
 * @param after what to wait for; a reader who takes over meanwhile stays where they are
 * @param keptAbove how many pixels above the element stay in view
 */
export async function reveal<Found extends Target>(
  notebook: Notebook,
  find: () => Found | null | undefined,
  after?: Promise<unknown>,
  keptAbove: (found: Found) => number = () => 0,
): Promise<void> {
  const taken = new AbortController();
  for (const name of ["wheel", "pointerdown", "keydown"]) {
    const { signal } = taken;
    notebook.node.addEventListener(name, () => taken.abort(), { signal, capture: true });
  }
  await after;
  const end = Date.now() + REVEAL_MS;
  while (!taken.signal.aborted && !notebook.isDisposed && Date.now() < end) {
    const element = find();
    const page = notebook.outerNode.getBoundingClientRect();
    const by = element?.isConnected
      ? scrollNeeded(element.getBoundingClientRect(), page, keptAbove(element))
      : 0;
    if (by !== 0) notebook.outerNode.scrollBy(0, by);
    await new Promise((done) => setTimeout(done, REVEAL_RETRY_MS));
  }
  taken.abort();
}
