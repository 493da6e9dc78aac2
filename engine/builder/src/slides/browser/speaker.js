/**
 * The speaker's window: this slide and the next one as pictures, the notes and the time. It is
 * filled from here, so that it works from file://, where a page can't talk to a copy of itself. If
 * the browser blocks it, the notes are shown below the slides.
 */
const SLIDE_WIDTH = 1280;

let view = null;
let started = 0;
let parts = {};

const titleOf = (slide) => slide?.querySelector("h2")?.textContent ?? "";

export function openSpeaker() {
  if (view && !view.closed) return view.focus();
  view = window.open("", "notes", "width=1180,height=760");
  if (!view) return Reveal.configure({ showNotes: !Reveal.getConfig().showNotes });
  started = Date.now();
  parts = build(view.document);
  view.addEventListener("keydown", turnPage);
  view.addEventListener("resize", fitBoth);
  view.setInterval(tick, 1000);
  updateSpeaker();
  tick();
}

/** After another slide, step or figure came up. */
export function updateSpeaker() {
  if (!view || view.closed) return;
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

/** Puts a picture of a slide into its place. */
function show(place, slide) {
  const frame = slide?.querySelector(".frame");
  const copy = frame && view.document.importNode(frame, true);
  for (const control of copy?.querySelectorAll("input, button, [tabindex]") ?? []) {
    control.setAttribute("tabindex", "-1");
  }
  place.className = `page ${slide?.className.includes("start") ? "start" : ""}`;
  place.replaceChildren(...(copy ? [copy] : []));
  fit(place);
}

/** A slide has one size; its picture has that of the window. */
function fit(place) {
  place.style.transform = `scale(${place.parentElement.clientWidth / SLIDE_WIDTH})`;
}

const fitBoth = () => [parts.now, parts.next].forEach(fit);

function tick() {
  const now = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  parts.clock.textContent = `${now} · ${passedSince(started)}`;
}

/** Minutes and seconds: 12:05. */
function passedSince(start) {
  const seconds = Math.floor((Date.now() - start) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** A style sheet for another document, which has no address of its own. */
function copyOf(style, doc) {
  const copy = doc.importNode(style, true);
  if (style.href) copy.href = style.href;
  copy.addEventListener("load", fitBoth); // a file's rules come late
  return copy;
}

/** Fills the window's document with empty elements, and returns them by name. */
function build(doc) {
  doc.title = `Speaker: ${document.title}`;
  doc.documentElement.lang = "en";
  doc.documentElement.className = "speaker";
  const styles = [...document.querySelectorAll('style, link[rel="stylesheet"]')];
  doc.head.append(...styles.map((style) => copyOf(style, doc)));
  const tags = { title: "h1", clock: "p", now: "div", next: "div", following: "h2", notes: "main" };
  const made = {};
  for (const [name, tag] of Object.entries(tags)) {
    made[name] = doc.createElement(tag);
    made[name].className = name;
  }
  const pictures = ["now", "next"].map((name) => {
    const picture = doc.createElement("div");
    picture.className = `picture picture-${name}`;
    picture.setAttribute("aria-hidden", "true"); // the slide itself is in the other window
    picture.inert = true;
    picture.append(made[name]);
    return picture;
  });
  doc.body.replaceChildren(made.title, made.clock, ...pictures, made.following, made.notes);
  return made;
}

/** Keys in the speaker's window turn the slides. */
function turnPage(event) {
  if (["ArrowRight", "ArrowDown", "PageDown", " "].includes(event.key)) Reveal.next();
  else if (["ArrowLeft", "ArrowUp", "PageUp"].includes(event.key)) Reveal.prev();
  else return;
  event.preventDefault();
}
