/**
 * In the browser: starts reveal.js, draws figures when their slide comes up, and shows the
 * speaker's notes.
 */
(() => {
  const plots = JSON.parse(document.getElementById("plots")?.textContent ?? "[]");

  /**
   * A figure was drawn for a notebook's column. For the last row of a lecture hall it gets larger
   * type and thicker lines. It loses its title, since the slide has the caption.
   */
  function forSlide({ data, layout, frames }) {
    const font = { ...layout.font, family: "Inter, sans-serif", size: 18, color: "#1b2733" };
    const growth = font.size / (layout.font?.size ?? 12); // 12 is plotly's own
    const top = layout.annotations?.length ? 44 : 24;
    const sliders = layout.sliders?.map((slider) => ({ ...slider, pad: { ...slider.pad, t: 76 } }));
    return {
      data: data.map(thicker),
      frames: frames?.map((frame) =>
        frame.layout ? { ...frame, layout: larger(frame.layout, growth) } : frame,
      ),
      layout: {
        ...larger(layout, growth),
        margin: { l: 60, r: 20, b: 50, ...layout.margin, t: top },
        font,
        title: undefined,
        dragmode: false,
        ...(sliders && { sliders }),
      },
    };
  }

  function thicker(trace) {
    if (!/lines/.test(trace.mode)) return trace;
    return { ...trace, line: { ...trace.line, width: 3.5 } };
  }

  /** A layout whose annotations have larger type. */
  function larger(layout, growth) {
    if (!layout.annotations) return layout;
    const annotations = layout.annotations.map((note) =>
      note.font?.size ? { ...note, font: { ...note.font, size: note.font.size * growth } } : note,
    );
    return { ...layout, annotations };
  }

  /** Draws the figures inside an element that aren't drawn yet, at the size they have there. */
  function drawIn(element) {
    const open = [...element.querySelectorAll(".plot:not(.js-plotly-plot)")];
    return Promise.all(
      open.map((target) => {
        const { data, layout, frames } = forSlide(plots[target.dataset.plot]);
        const size = { width: target.clientWidth, height: target.clientHeight, autosize: false };
        return Plotly.newPlot(target, {
          data,
          frames,
          layout: { ...layout, ...size },
          config: { displayModeBar: false, responsive: false, doubleClick: false },
        });
      }),
    );
  }

  /** Lays all slides out one below the other and draws what is missing. */
  function layOutForPrint() {
    document.documentElement.classList.add("printing");
    return drawIn(document);
  }
  addEventListener("beforeprint", layOutForPrint);
  addEventListener("afterprint", () => document.documentElement.classList.remove("printing"));

  const notes = notesWindow();
  const onSlide = ({ currentSlide }) => {
    drawIn(currentSlide);
    notes.update();
  };
  Reveal.on("ready", onSlide);
  Reveal.on("slidechanged", onSlide);
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
  });
  Reveal.addKeyBinding({ keyCode: 83, key: "S", description: "Speaker notes" }, notes.open);
  /** For the PDF and for tests. */
  window.deck = { ready, layOutForPrint };

  /**
   * A second window with the notes, the next title and the time. It is filled from here, so that it
   * works from file://, where a page can't talk to a copy of itself. If the browser blocks it, the
   * notes are shown below the slides.
   */
  function notesWindow() {
    let view = null;
    let started = Date.now();
    let parts = {};

    function open() {
      if (view && !view.closed) return view.focus();
      view = window.open("", "notes", "width=900,height=640");
      if (!view) return Reveal.configure({ showNotes: !Reveal.getConfig().showNotes });
      started = Date.now();
      parts = buildNotes(view.document);
      view.addEventListener("keydown", turnPage);
      view.setInterval(tick, 1000);
      update();
      tick();
    }

    function update() {
      if (!view || view.closed) return;
      const slides = Reveal.getSlides();
      const at = slides.indexOf(Reveal.getCurrentSlide());
      const title = (slide) => slide?.querySelector("h2")?.textContent ?? "";
      parts.title.textContent = `${at + 1} / ${slides.length}  ${title(slides[at])}`;
      parts.text.innerHTML = slides[at].querySelector("aside.notes")?.innerHTML ?? "";
      parts.next.textContent = slides[at + 1] ? `Next: ${title(slides[at + 1])}` : "Last slide";
    }

    function tick() {
      const now = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      parts.clock.textContent = `${now} · ${passedSince(started)}`;
    }

    return { open, update };
  }

  /** Fills the window's document with empty elements, and returns them by name. */
  function buildNotes(doc) {
    doc.title = `Notes: ${document.title}`;
    doc.documentElement.lang = "en";
    doc.documentElement.className = "notes-window";
    const styles = [...document.querySelectorAll("style")];
    doc.head.append(...styles.map((style) => doc.importNode(style, true)));
    const tags = { clock: "p", title: "h1", text: "main", next: "p" };
    const parts = {};
    for (const [name, tag] of Object.entries(tags)) {
      parts[name] = doc.createElement(tag);
      parts[name].className = name;
    }
    doc.body.replaceChildren(...Object.values(parts));
    return parts;
  }

  /** Minutes and seconds: 12:05. */
  function passedSince(start) {
    const seconds = Math.floor((Date.now() - start) / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  /** Keys in the notes window turn the slides. */
  function turnPage(event) {
    if (["ArrowRight", "ArrowDown", "PageDown", " "].includes(event.key)) Reveal.next();
    else if (["ArrowLeft", "ArrowUp", "PageUp"].includes(event.key)) Reveal.prev();
    else return;
    event.preventDefault();
  }
})();
