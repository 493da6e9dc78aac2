/**
 * Where the reader is on a page: the table of contents marks the section, and the bar on top shows
 * the page's title once it has scrolled away, how much is read, and what comes next.
 */

/** Below the bar on top; a heading above this line has been reached. In pixels. */
const REACHED = 140;

const topOf = (element: Element): number => element.getBoundingClientRect().top;

export function followReading(): void {
  const updates = [markContents(), showInBar()].filter((update) => update !== undefined);
  if (updates.length === 0) return;
  let isScheduled = false;
  const schedule = () => {
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(() => {
      isScheduled = false;
      for (const update of updates) update();
    });
  };
  addEventListener("scroll", schedule, { passive: true });
  new ResizeObserver(schedule).observe(document.body); // figures and folds move what is below them
}

/** @returns a function that marks the heading that the reader has reached */
function markContents(): (() => void) | undefined {
  const anchors = document.querySelectorAll<HTMLAnchorElement>(".contents a");
  const links = new Map([...anchors].map((link) => [link.hash.slice(1), link]));
  if (links.size === 0) return undefined;
  const headings = [...document.querySelectorAll("article :is(h2, h3)[id]")];
  let current: HTMLAnchorElement | undefined;
  return () => {
    const above = headings.filter((heading) => topOf(heading) < REACHED);
    const link = links.get(above.at(-1)?.id ?? "");
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    current = link;
    if (link) keepVisible(link);
  };
}

/** Scrolls the table of contents, and nothing else. */
function keepVisible(link: HTMLElement): void {
  const list = link.closest(".contents");
  if (!list || list.scrollHeight <= list.clientHeight) return;
  const box = link.getBoundingClientRect();
  const frame = list.getBoundingClientRect();
  if (box.top < frame.top + 40 || box.bottom > frame.bottom - 40) {
    list.scrollTop += box.top - frame.top - frame.height / 2;
  }
}

/** @returns a function that shows in the bar where the reader is */
function showInBar(): (() => void) | undefined {
  const bar = document.querySelector<HTMLElement>(".bar");
  const here = bar?.querySelector<HTMLElement>(".here");
  const title = document.querySelector("h1");
  if (!bar || !here || !title) return undefined;
  const showNext = nextLink(bar.querySelector<HTMLAnchorElement>(".onward"));
  here.hidden = false;
  return () => {
    bar.classList.toggle("reading", title.getBoundingClientRect().bottom < bar.clientHeight);
    const { scrollHeight } = document.documentElement;
    const read = scrollY / Math.max(1, scrollHeight - innerHeight);
    bar.style.setProperty("--read", Math.min(1, Math.max(0, read)).toFixed(4));
    showNext();
  };
}

/** @returns a function that has the link lead to the next exercise, after the last to the next lesson */
function nextLink(link: HTMLAnchorElement | null): () => void {
  const [kind, name] = link?.children ?? [];
  if (!link || !kind || !name) return () => undefined;
  const lesson = link.getAttribute("href")!;
  const tasks = [...document.querySelectorAll(".exercise[data-exercise] > h3[id]")];
  let shown: Element | undefined;
  link.hidden = false;
  return () => {
    const next = tasks.find((task) => topOf(task) > REACHED);
    if (next === shown) return;
    shown = next;
    kind.textContent = next ? "Next exercise" : "Next lesson";
    name.textContent = next?.querySelector("code")?.textContent ?? link.dataset.next!;
    link.href = next ? `#${next.id}` : lesson;
    link.classList.toggle("below", next !== undefined);
  };
}
