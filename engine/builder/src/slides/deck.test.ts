import { describe, expect, it } from "vitest";
import type { Lesson, SlidePart } from "../lesson/model.js";
import { assets } from "../site/assets.js";
import { katexStyles, styles } from "./assets.js";
import { toBlocks, type SlidePicture } from "./blocks.js";
import { deck } from "./deck.js";
import { cleanHtml, drawings } from "./outputs.js";
import { fixtureLesson, fixtureNotebook } from "./slides.testing.js";

const none = { course: "Course", drawings: new Map(), pictures: new Map<string, SlidePicture>() };
const lessonOf = (...parts: SlidePart[]): Lesson => ({
  ...fixtureLesson(),
  colors: {},
  slides: [{ parts, notes: "", asks: false, markedLines: [], line: 7 }],
});
const markdown = (text: string, pictures: string[] = []): SlidePart => ({
  kind: "markdown",
  markdown: text,
  pictures,
});
/** The slides of a deck without the styles and scripts around them. */
const sections = (html: string): string =>
  html.slice(html.indexOf("<section"), html.indexOf("</div></div>\n</main>"));
const slideOf = (...parts: SlidePart[]): string =>
  sections(deck(lessonOf(...parts), none)).split("</section>\n")[1]!;

describe("a deck", () => {
  it("is this HTML for a small lesson", () => {
    const lesson: Lesson = {
      ...lessonOf(markdown("## One & two\n\nText **here**.")),
      title: "Small",
      question: "Why?",
    };
    lesson.slides[0]!.notes = "Say *this*.";
    expect(sections(deck(lesson, none))).toBe(`<section id="start" class="start"><div class="frame">
<p class="course">Course</p>
<h2>Small</h2>
<p class="question">Why?</p>
<p class="foot"><span>1 / 2</span><span></span></p>
</div></section>
<section id="s-one-two"><div class="frame">
<h2>One &amp; two</h2>
<div class="body only-text statement"><div class="text"><p>Text <strong>here</strong>.</p>
</div></div>
<p class="foot"><span>2 / 2</span><span>Small</span></p>
</div>
<aside class="notes"><p>Say <em>this</em>.</p>
</aside></section>
`);
  });

  it("sets a few sentences as a statement, and no list, formula, code or longer text", () => {
    const isStatement = (text: string) =>
      slideOf(markdown(`## Title\n\n${text}`)).includes('only-text statement"');
    expect(isStatement("One *sentence* with $x$.\n\nAnd another one.")).toBe(true);
    const others = ["- a point", "$$x$$", "```ts\nf();\n```", "|a|\n|-|\n|b|", "word ".repeat(46)];
    for (const text of others) expect(isStatement(text), text).toBe(false);
  });

  it("keeps a formula and what ends its sentence on one line", () => {
    expect(slideOf(markdown("## Title\n\nScores $x$, so far."))).toMatch(
      /<span class="together"><span class="katex">.*<\/span>,<\/span> so far/,
    );
  });

  it("is the same for the same sources, and names no address to fetch", () => {
    const sources = {
      course: "Course",
      drawings: drawings(fixtureNotebook()),
      pictures: new Map([["hill.svg", { uri: "data:image/svg+xml;base64," }]]),
    };
    const html = deck(fixtureLesson(), sources);
    expect(deck(fixtureLesson(), sources)).toBe(html);
    expect(sections(html)).not.toMatch(/(src|href|srcset)="(?!data:)|url\(/);
    expect(html.slice(html.indexOf("<style>"), html.indexOf("</style>"))).not.toMatch(
      /url\((?!"?data:)|@import/,
    );
  });

  it("gives slides of the same title different names", () => {
    const html = deck(fixtureLesson(), {
      ...none,
      pictures: new Map([["hill.svg", { uri: "data:" }]]),
    });
    expect([...html.matchAll(/<section id="(s-two-views[^"]*)"/g)].map((m) => m[1])).toEqual([
      "s-two-views-of-one-layer",
      "s-two-views-of-one-layer-2",
    ]);
  });

  it("carries plotly only where there is a plot", () => {
    const plotly = 1_000_000; // letters at least
    expect(deck(lessonOf(markdown("text")), none).length).toBeLessThan(plotly);
  });

  it("draws a frame with the caption for a figure that the notebook did not draw", () => {
    const html = slideOf({ kind: "figure", cell: "gone", caption: "What *was* here." });
    expect(html).toContain(
      '<div class="missing">not drawn yet: npx course solve 99-fixture</div><figcaption>What ' +
        "<em>was</em> here.</figcaption>",
    );
  });

  it("puts a table of five columns below a paragraph, in the slide's full width", () => {
    const figure: SlidePart = { kind: "figure", cell: "wide", caption: "Costs." };
    const paragraph = markdown("word ".repeat(20));
    const bodyWith = (columns: number) => {
      const row = `<tr>${"<td>1</td>".repeat(columns)}</tr>`;
      const table = { kind: "html" as const, html: `<table>${row}${row}</table>` };
      const sources = { ...none, drawings: new Map([["wide", [table]]]) };
      return /class="body (\w+)"/.exec(sections(deck(lessonOf(paragraph, figure), sources)))![1];
    };
    expect([2, 4, 5, 8].map(bodyWith)).toEqual(["beside", "beside", "below", "below"]);
  });

  it("puts one figure beside a paragraph, and below few or wide words", () => {
    const figure: SlidePart = { kind: "figure", cell: "a", caption: "c" };
    const paragraph =
      "Some words that take more than two lines in a narrow column, so that they stand beside it.";
    expect(slideOf(markdown(paragraph), figure)).toContain('class="body beside"');
    expect(slideOf(markdown("Few words."), figure)).toContain('class="body below"');
    expect(slideOf(markdown(`${paragraph}\n\n| a | b |\n|--|--|\n| 1 | 2 |`), figure)).toContain(
      'class="body below"',
    );
    expect(slideOf(markdown(paragraph), figure, figure)).toContain('class="body below"');
  });

  it("names file and line of maths that KaTeX refuses and of a picture that is missing", () => {
    expect(() => deck(lessonOf(markdown("$\\frac{1}$")), none)).toThrow(/lesson\.md:7: KaTeX/);
    expect(() => deck(lessonOf(markdown("![hill](no.png)", ["no.png"])), none)).toThrow(
      "lesson.md:7: the picture no.png is missing: put it beside lesson.md",
    );
  });
});

describe("hostile text", () => {
  it("stays text in titles, captions, code and Markdown", () => {
    const attack = '"><script>alert(1)</script><img src=x onerror=alert(2)>';
    const lesson: Lesson = {
      ...lessonOf(
        markdown(`## ${attack}\n\n${attack}\n\n[a](javascript:alert(3))`),
        { kind: "code", code: attack },
        { kind: "figure", cell: "lines", caption: attack },
      ),
      title: attack,
      question: attack,
    };
    lesson.slides[0]!.notes = attack;
    const html = deck(lesson, { ...none, drawings: drawings(fixtureNotebook()) });
    expect(sections(html)).not.toMatch(/<script|<img|href="javascript/);
    expect(/<title>(.*)<\/title>/.exec(html)![1]).not.toContain("<");
  });

  it("cannot leave the data of a plot", () => {
    const notebook = {
      cells: [
        {
          id: "a",
          outputs: [
            {
              data: {
                "application/vnd.plotly.v1+json": {
                  data: [{ name: "</script><script>alert(1)</script>" }],
                  layout: {},
                },
              },
            },
          ],
        },
      ],
    };
    const html = deck(lessonOf({ kind: "figure", cell: "a", caption: "c" }), {
      ...none,
      drawings: drawings(notebook),
    });
    expect(html).not.toContain("<script>alert(1)");
  });

  it("loses everything but words, tables and colors in HTML outputs", () => {
    expect(
      cleanHtml(
        '<p onclick="x()">a<script>b</script><iframe src="c"></iframe><a ' +
          'href="javascript:d">e</a></p>',
      ),
    ).toBe("<p>ae</p>");
    expect(
      cleanHtml(
        '<span style="color: #123456; position: fixed; background: ' +
          'url(https://example.org)">t</span>',
      ),
    ).toBe('<span style="color:#123456">t</span>');
    expect(cleanHtml('<table><tr><th scope="col">h</th></tr></table>')).toBe(
      '<table><tr><th scope="col">h</th></tr></table>',
    );
  });
});

describe("Markdown on slides", () => {
  const html = (text: string): string =>
    toBlocks(text)
      .map((block) => block.html)
      .join("");

  it("renders maths in lines, in blocks and in lists, with MathML", () => {
    expect(html("so $x^2$ is")).toMatch(
      /<math .*<annotation encoding="application\/x-tex">x\^2<\/annotation>/,
    );
    expect(html("$$\na\n+ b\n$$\n\nafter")).toContain(
      '<div class="formula"><span class="katex-display">',
    );
    expect(html("- $$a$$\n- b")).toContain("katex-display");
    expect(html("text $$a$$ text")).toContain("katex-display");
  });

  it("leaves money and escaped dollars alone", () => {
    expect(html("it costs $5, not $7")).toBe("<p>it costs $5, not $7</p>\n");
    expect(html("\\$x\\$ and `$y$`")).toBe("<p>$x$ and <code>$y$</code></p>\n");
  });

  it("highlights TypeScript and no other language", () => {
    expect(html("```ts\nconst a = 1 < 2;\n```")).toContain(
      '<span class="hljs-keyword">const</span> a = <span class="hljs-number">1</span> &lt;',
    );
    expect(html("```text\nconst <a>\n```")).toContain("const &lt;a&gt;");
  });

  it("takes the first heading as the title", () => {
    expect(toBlocks("# A $x$\n\n## B\n\ntext").map((block) => block.kind)).toEqual([
      "title",
      "text",
    ]);
    expect(html("# A\n\n# B")).toContain("<h3>B</h3>");
  });

  it("carries only the faces of KaTeX's fonts that the formulas use", () => {
    const faces = (tex: string): string[] =>
      [
        ...katexStyles(html(tex)).matchAll(
          /@font-face\{[^}]*font-family:KaTeX_(\w+);font-style:(\w+);font-weight:(\d+)/g,
        ),
      ].map((m) => m.slice(1).join(" "));
    expect(faces("$1$")).toEqual(["Main normal 400"]);
    expect(faces("$x$")).toEqual(["Main normal 400", "Math italic 400"]);
    expect(faces("$\\mathbf{x} \\in \\mathbb{R}$")).toEqual([
      "AMS normal 400",
      "Main normal 700",
      "Main normal 400",
    ]);
  });
});

describe("the fonts of the text", () => {
  const faces = (html: string): string[] =>
    [...styles(html).matchAll(/@font-face\{font-family:"(Inter|JetBrains Mono)"/g)].map(
      (m) => m[1]!,
    );

  it("are inside the file, those of figures too", () => {
    expect(faces("<p>a</p>")).toEqual(["Inter"]);
    expect(faces("<p>a <em>b</em></p>")).toEqual(["Inter", "Inter"]);
    expect(faces('{"kind":"plot","name":"β"}')).toEqual(["Inter", "Inter"]);
    expect(faces('{"kind":"view","view":{"view":"tokens"}}')).toEqual(["Inter", "JetBrains Mono"]);
    expect(faces('<div style="font-family:var(--jp-code-font-family, monospace)">')).toEqual([
      "Inter",
      "JetBrains Mono",
    ]);
  });

  it("are those of figures without text around them", () => {
    const view = { kind: "view" as const, view: { view: "tokens", version: 1 } };
    const html = deck(lessonOf({ kind: "figure", cell: "a", caption: "Says." }), {
      ...none,
      drawings: new Map([["a", [view]]]),
    });
    expect(html).toContain('@font-face{font-family:"JetBrains Mono"');
  });

  it("are waited for on a website, where slides are measured before they show", () => {
    const sheet = String(assets().get("assets/deck.css"));
    const faces = sheet.match(/@font-face\s*\{[^}]*\}/g)!;
    expect(faces.length).toBeGreaterThan(0);
    expect(faces.filter((face) => !face.includes("font-display: block"))).toEqual([]);
  });
});

describe("a solved notebook's outputs", () => {
  it("are found by cell id, plots and HTML, in order", () => {
    const found = drawings(fixtureNotebook());
    expect([...found.keys()]).toEqual([
      "lines",
      "heatmap",
      "slider",
      "images",
      "panels",
      "table",
      "tokens",
      "control",
    ]);
    expect(found.get("slider")![0]).toMatchObject({ kind: "plot", frames: { length: 6 } });
    expect(found.get("table")![0]).toMatchObject({
      kind: "html",
      html: expect.stringMatching(
        /^<table><thead><tr><th scope="col" style="text-align:left;padding:0.2em 0.8em">model/,
      ),
    });
    expect(found.get("tokens")![0]).toMatchObject({
      html: expect.stringMatching(/title="0.9".*background:rgba.*border-bottom:5px solid #0072b2/),
    });
  });

  it("are figures only, without the caption that the slide has itself", () => {
    const show = (html: string): object => ({ data: { "text/html": html } });
    const cell = {
      id: "a",
      outputs: [
        show("<progress></progress>"),
        show("<figure><figcaption>b</figcaption><p>c</p></figure>"),
        { output_type: "stream", text: "d" },
      ],
    };
    expect(drawings({ cells: [cell] }).get("a")).toEqual([{ kind: "html", html: "<p>c</p>" }]);
  });

  it("are views where a view shows more than its HTML, drawn by the page under the slide's words", () => {
    const view = { view: "tree", version: 1, nodes: [], caption: "Theirs." };
    const data = { "application/vnd.course.view.v1+json": view, "text/html": "<figure>x</figure>" };
    const found = drawings({ cells: [{ id: "lines", outputs: [{ data }] }] });
    expect(found.get("lines")).toEqual([{ kind: "view", view }]);
    const html = deck(fixtureLesson(), {
      pictures: new Map([["hill.svg", { uri: "data:" }]]),
      course: "c",
      drawings: found,
    });
    expect(html).toContain('<div class="view" data-plot="0" data-prevent-swipe></div>');
    expect(html).toContain('"caption":"Softmax saturates as D grows."');
  });

  it("begin with the step that the slide asks for", () => {
    const html = deck(lessonOf({ kind: "figure", cell: "a", caption: "Says.", start: 1 }), {
      ...none,
      drawings: new Map([["a", [{ kind: "view", view: { view: "cells", version: 1 } }]]]),
    });
    expect(html).toContain('{"view":"cells","version":1,"caption":"Says.","start":1}');
  });

  it("print the step that the slide asks for", () => {
    const printed: SlidePart = { kind: "figure", cell: "a", caption: "Says.", printed: 3 };
    const html = deck(lessonOf(printed), {
      ...none,
      drawings: new Map([["a", [{ kind: "view", view: { view: "cells", version: 1 } }]]]),
    });
    expect(html).toContain('data-plot="0" data-printed="3"');
  });

  it("print cells that move where they end, unless the slide asks for another step", () => {
    const steps = [[], [], []];
    const drawings = new Map([
      ["a", [{ kind: "view" as const, view: { view: "cells", version: 1, steps } }]],
    ]);
    const shown: SlidePart = { kind: "figure", cell: "a", caption: "Says." };
    expect(deck(lessonOf(shown), { ...none, drawings })).toContain('data-printed="2"');
    const asked = deck(lessonOf({ ...shown, start: 1 }), { ...none, drawings });
    expect(asked).toContain('data-plot="0" data-prevent-swipe');
  });

  it("may be anything without breaking the deck", () => {
    for (const odd of [
      null,
      3,
      [],
      {},
      { cells: 1 },
      {
        cells: [
          null,
          { id: 5 },
          { id: "a", outputs: [null, { data: [] }, { data: { "text/html": 7 } }] },
        ],
      },
    ]) {
      expect(() => drawings(odd)).not.toThrow();
    }
    const plot = drawings({
      cells: [
        {
          id: "a",
          outputs: [{ data: { "application/vnd.plotly.v1+json": { data: "x", layout: [1] } } }],
        },
      ],
    }).get("a");
    expect(plot).toEqual([{ kind: "plot", data: [], layout: {}, frames: [] }]);
  });
});
