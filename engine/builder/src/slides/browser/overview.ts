/**
 * The overview of a deck: all slides as small pictures in a grid, for a lecturer who looks for one.
 * reveal.js's own overview has all of them in a single row.
 */
import { drawIn, idle, isDrawn } from "./figures";
import { copyCanvases } from "./speaker";

const dialog = document.createElement("dialog");
dialog.className = "overview";
dialog.setAttribute("aria-label", "All slides");
document.body.append(dialog);

const SLIDE_WIDTH = 1280;

/** Scales the pictures, which have a slide's size, to their buttons. */
function fit(): void {
  const width = dialog.querySelector(".picture")?.clientWidth ?? 0;
  dialog.style.setProperty("--scale", String(width / SLIDE_WIDTH));
}
addEventListener("resize", fit);

const titleOf = (slide: Element) => slide.querySelector("h2")?.textContent ?? "";

/**
 * Closes the overview, and takes the focus out of it: until the browser draws again, the button in
 * it would get the next key.
 */
function close(): void {
  (document.activeElement as HTMLElement | null)?.blur();
  dialog.close();
}

/** A picture of a slide; the slide itself stays where it is. */
function pictureOf(slide: Element): HTMLElement {
  const frame = slide.querySelector(".frame")!;
  const copy = frame.cloneNode(true) as HTMLElement;
  copyCanvases(frame, copy);
  for (const part of copy.querySelectorAll("[id]:not(svg *)")) part.removeAttribute("id");
  const picture = document.createElement("div");
  picture.className = "picture";
  picture.classList.toggle("start", slide.matches(".start"));
  picture.classList.toggle("waiting", !isDrawn(slide));
  picture.setAttribute("aria-hidden", "true"); // the button has a name
  picture.inert = true;
  picture.append(copy);
  return picture;
}

function buttonOf(slide: HTMLElement, index: number): HTMLButtonElement {
  const button = document.createElement("button");
  const name = document.createElement("span");
  name.textContent = `${index + 1}  ${titleOf(slide)}`;
  button.append(pictureOf(slide), name);
  button.addEventListener("click", () => {
    close();
    Reveal.slide(index);
  });
  return button;
}

/** Copies of slides hold buttons, too. */
const buttons = () => [...dialog.querySelectorAll<HTMLButtonElement>(":scope > button")];

const columnCount = () => getComputedStyle(dialog).gridTemplateColumns.split(" ").length;

/** Arrow keys go from picture to picture, Home and End to the first and the last. */
function moveFocus(event: KeyboardEvent): void {
  const all = buttons();
  const at = all.indexOf(document.activeElement as HTMLButtonElement);
  const columns = columnCount();
  const targets: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    Home: 0,
    End: all.length - 1,
  };
  const target = targets[event.key];
  if (target === undefined) return;
  event.preventDefault();
  all[target]?.focus();
}
dialog.addEventListener("keydown", (event) => {
  event.stopPropagation(); // reveal.js would turn the slides
  if (!/^(o|Escape)$/i.test(event.key)) return moveFocus(event);
  event.preventDefault();
  close();
});

/** Pixels above a row that the overview is scrolled to, fewer than between rows. */
const ROW_MARGIN = 12;

/** Where a row begins, as a position to scroll to. */
const rowStart = (button: HTMLElement) => button.offsetTop - ROW_MARGIN;

/** Makes the end so long that the last position to scroll to is the beginning of a row. */
function endAtRow(): void {
  dialog.style.paddingBottom = "";
  const end = dialog.scrollHeight - dialog.clientHeight;
  const last = buttons()
    .map(rowStart)
    .find((start) => start >= end);
  if (end <= 0 || last === undefined) return;
  const padding = parseFloat(getComputedStyle(dialog).paddingBottom);
  dialog.style.paddingBottom = `${padding + last - end}px`;
}

/** Shows the current slide with the row above it, and the first rows where it is among them. */
function scrollTo(current: HTMLElement): void {
  endAtRow();
  const all = buttons();
  const above = all[all.indexOf(current as HTMLButtonElement) - columnCount()] ?? all[0]!;
  const isAmongFirst = current.offsetTop + current.offsetHeight <= dialog.clientHeight;
  dialog.scrollTop = isAmongFirst ? 0 : rowStart(above);
}

/** Where slides stand in the grid, those on the screen first. */
function inOrderOfSight(): number[] {
  const isSeen = ({ offsetTop, offsetHeight }: HTMLElement) =>
    offsetTop + offsetHeight > dialog.scrollTop &&
    offsetTop < dialog.scrollTop + dialog.clientHeight;
  const seen = buttons().map(isSeen);
  const places = [...seen.keys()];
  return [...places.filter((i) => seen[i]), ...places.filter((i) => !seen[i])];
}

/** Draws the slides that nobody has visited, one after another, and shows them. */
async function drawMissing(slides: HTMLElement[]): Promise<void> {
  const all = buttons();
  for (const i of inOrderOfSight()) {
    const slide = slides[i]!;
    if (isDrawn(slide)) continue;
    await idle(); // so that the overview shows at once
    await drawIn(slide);
    if (!dialog.open || buttons()[i] !== all[i]) return;
    all[i]!.querySelector(".picture")!.replaceWith(pictureOf(slide));
  }
}

/** Opens the overview at the current slide; Escape closes it. */
export function openOverview(): void {
  if (dialog.open) return;
  const slides = Reveal.getSlides();
  dialog.replaceChildren(...slides.map(buttonOf));
  dialog.showModal();
  fit();
  const current = buttons()[slides.indexOf(Reveal.getCurrentSlide())]!;
  current.setAttribute("aria-current", "true");
  scrollTo(current);
  current.focus({ preventScroll: true });
  void drawMissing(slides);
}
