/**
 * The speaker's window: this slide and the next one as pictures, the notes and the time. The deck
 * fills it from outside, because a page at file:// can't talk to a copy of itself. If the browser
 * blocks the window, the deck shows the notes below the slides.
 */
const SLIDE_WIDTH = 1280;

/** The elements of the window, by their class, and their tags. */
const TAGS = {
  title: "h1",
  clock: "p",
  now: "div",
  next: "div",
  following: "h2",
  notes: "main",
} as const;
type Parts = Record<keyof typeof TAGS, HTMLElement>;

interface Speaker {
  window: Window;
  parts: Parts;
  startedAt: number;
}

let speaker: Speaker | undefined;

const openWindow = () => (speaker && !speaker.window.closed ? speaker : undefined);

const titleOf = (slide: Element) => slide.querySelector("h2")?.textContent ?? "";

export function openSpeaker(): void {
  const open = openWindow();
  if (open) {
    open.window.focus();
    return;
  }
  const opened = window.open("", "notes", "width=1180,height=760");
  if (!opened) {
    Reveal.configure({ showNotes: !Reveal.getConfig().showNotes });
    return;
  }
  speaker = { window: opened, parts: build(opened.document), startedAt: Date.now() };
  opened.addEventListener("keydown", turnPage);
  opened.addEventListener("resize", fitBoth);
  opened.setInterval(updateClock, 1000);
  updateSpeaker();
  updateClock();
}

/** Shows the current slide, after another slide, step or figure came up. */
export function updateSpeaker(): void {
  const open = openWindow();
  if (!open) return;
  const { parts, window } = open;
  Object.assign(window.document.documentElement.dataset, document.documentElement.dataset);
  const slides = Reveal.getSlides();
  const slide = Reveal.getCurrentSlide();
  const at = slides.indexOf(slide);
  const next = slides[at + 1];
  const hidden = slide.querySelectorAll(".fragment:not(.visible)").length;
  const steps = hidden > 0 ? `  (${hidden} more ${hidden === 1 ? "step" : "steps"})` : "";
  parts.title.textContent = `${at + 1} / ${slides.length}  ${titleOf(slide)}${steps}`;
  parts.notes.innerHTML = slide.querySelector("aside.notes")?.innerHTML ?? "";
  parts.following.textContent = next ? `Next: ${titleOf(next)}` : "Last slide";
  show(parts.now, slide);
  show(parts.next, next);
}

/** Copies a slide into an element of the speaker's window. */
function show(place: HTMLElement, slide: Element | undefined): void {
  const frame = slide?.querySelector(".frame");
  const copy = frame ? place.ownerDocument.importNode(frame, true) : undefined;
  for (const control of copy?.querySelectorAll("input, button, [tabindex]") ?? []) {
    control.setAttribute("tabindex", "-1");
  }
  place.className = `page ${slide?.className.includes("start") ? "start" : ""}`;
  place.replaceChildren(...(copy ? [copy] : []));
  if (frame && copy) copyCanvases(frame, copy);
  fit(place);
}

/** A copied canvas is empty, so what its original shows is drawn into it. */
export function copyCanvases(frame: Element, copy: Element): void {
  const copies = copy.querySelectorAll("canvas");
  frame.querySelectorAll("canvas").forEach((canvas, i) => {
    if (canvas.width > 0 && canvas.height > 0) {
      copies[i]!.getContext("2d")?.drawImage(canvas, 0, 0);
    }
  });
}

/** Scales a slide, which has a fixed size, to the window. */
function fit(place: HTMLElement): void {
  place.style.transform = `scale(${place.parentElement!.clientWidth / SLIDE_WIDTH})`;
}

function fitBoth(): void {
  if (!speaker) return;
  fit(speaker.parts.now);
  fit(speaker.parts.next);
}

function updateClock(): void {
  if (!speaker) return;
  const now = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  speaker.parts.clock.textContent = `${now} · ${passedSince(speaker.startedAt)}`;
}

/** Minutes and seconds: 12:05. */
function passedSince(start: number): string {
  const seconds = Math.floor((Date.now() - start) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Copies a style sheet for another document, which has no address to resolve a relative one. */
function copyOf(style: HTMLElement, doc: Document): HTMLElement {
  const copy = doc.importNode(style, true);
  if (style instanceof HTMLLinkElement) copy.setAttribute("href", style.href);
  copy.addEventListener("load", fitBoth); // the rules of a file arrive late
  return copy;
}

/** Fills the window's document with empty elements. */
function build(doc: Document): Parts {
  doc.title = `Speaker: ${document.title}`;
  doc.documentElement.lang = "en";
  doc.documentElement.className = "speaker";
  const styles = document.querySelectorAll<HTMLElement>('style, link[rel="stylesheet"]');
  doc.head.append(...[...styles].map((style) => copyOf(style, doc)));
  const entries = Object.entries(TAGS).map(([name, tag]) => {
    const element = doc.createElement(tag);
    element.className = name;
    return [name, element];
  });
  const parts = Object.fromEntries(entries) as Parts;
  const pictures = (["now", "next"] as const).map((name) => {
    const picture = doc.createElement("div");
    picture.className = `picture picture-${name}`;
    picture.setAttribute("aria-hidden", "true"); // the slide itself is in the other window
    picture.inert = true;
    picture.append(parts[name]);
    return picture;
  });
  doc.body.replaceChildren(parts.title, parts.clock, ...pictures, parts.following, parts.notes);
  return parts;
}

/** Keys in the speaker's window turn the slides. */
function turnPage(event: KeyboardEvent): void {
  if (["ArrowRight", "ArrowDown", "PageDown", " "].includes(event.key)) Reveal.next();
  else if (["ArrowLeft", "ArrowUp", "PageUp"].includes(event.key)) Reveal.prev();
  else if (event.key === "Home") Reveal.slide(0);
  else if (event.key === "End") Reveal.slide(Reveal.getSlides().length - 1);
  else return;
  event.preventDefault();
}
