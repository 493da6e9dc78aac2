/** Scrolls a notebook to one of its elements, and stays there while JupyterLab draws cells around it. */
import type { Notebook } from "@jupyterlab/notebook";

/** The element may move for this long, while JupyterLab draws the cells around it. */
const REVEAL_MS = 1_500;
const REVEAL_RETRY_MS = 100;
const REVEAL_MARGIN = 12;

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
export async function reveal(
  notebook: Notebook,
  find: () => Element | null | undefined,
  after?: Promise<unknown>,
  keptAbove: (element: Element) => number = () => 0,
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
