/**
 * In the browser: starts reveal.js, draws figures when their slide comes up, shows the speaker's
 * notes.
 */
(() => {
  const plots = JSON.parse(document.getElementById("plots")?.textContent ?? "[]");

  /**
   * A figure was drawn for a notebook's column: for the last row of a lecture hall it gets larger
   * type and thicker lines, and it loses its title, since the slide has the caption.
   */
  function forSlide({ data, layout, frames }) {
    const thick = data.map((trace) =>
      /lines/.test(trace.mode) ? { ...trace, line: { ...trace.line, width: 3.5 } } : trace,
    );
    const margin = {
      l: 60,
      r: 20,
      b: 50,
      ...layout.margin,
      t: layout.annotations?.length ? 44 : 24,
    };
    const sliders = layout.sliders?.map((slider) => ({ ...slider, pad: { ...slider.pad, t: 76 } }));
    const font = { ...layout.font, family: "Inter, sans-serif", size: 18, color: "#1b2733" };
    const growth = font.size / (layout.font?.size ?? 12); // 12 is plotly's own
    const larger = (note) =>
      note.font?.size ? { ...note, font: { ...note.font, size: note.font.size * growth } } : note;
    const written = (l) => (l.annotations ? { ...l, annotations: l.annotations.map(larger) } : l);
    const stills = frames?.map((frame) =>
      frame.layout ? { ...frame, layout: written(frame.layout) } : frame,
    );
    return {
      data: thick,
      frames: stills,
      layout: {
        ...written(layout),
        margin,
        font,
        title: undefined,
        dragmode: false,
        ...(sliders && { sliders }),
      },
    };
  }

  /**
   * Draws the figures inside an element that are not drawn yet, at the size that the layout gives
   * them.
   */
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
   * works from file://, where a page cannot talk to a copy of itself; when the browser blocks it,
   * the notes are shown below the slides.
   */
  function notesWindow() {
    let view = null;
    let started = Date.now();
    const parts = {};

    function open() {
      if (view && !view.closed) return view.focus();
      view = window.open("", "notes", "width=900,height=640");
      if (!view) return Reveal.configure({ showNotes: !Reveal.getConfig().showNotes });
      started = Date.now();
      build(view.document);
      view.addEventListener("keydown", onKey);
      view.setInterval(tick, 1000);
      update();
      tick();
    }

    function build(doc) {
      doc.title = `Notes: ${document.title}`;
      doc.documentElement.lang = "en";
      doc.documentElement.className = "notes-window";
      doc.head.append(
        ...[...document.querySelectorAll("style")].map((style) => doc.importNode(style, true)),
      );
      doc.body.replaceChildren();
      for (const [name, tag] of [
        ["clock", "p"],
        ["title", "h1"],
        ["text", "main"],
        ["next", "p"],
      ]) {
        parts[name] = doc.createElement(tag);
        parts[name].className = name;
        doc.body.append(parts[name]);
      }
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
      const seconds = Math.floor((Date.now() - started) / 1000);
      const passed = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      parts.clock.textContent =
        `${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })} · ` +
        `${passed}`;
    }

    function onKey(event) {
      if (["ArrowRight", "ArrowDown", "PageDown", " "].includes(event.key)) Reveal.next();
      else if (["ArrowLeft", "ArrowUp", "PageUp"].includes(event.key)) Reveal.prev();
      else return;
      event.preventDefault();
    }

    return { open, update };
  }
})();
