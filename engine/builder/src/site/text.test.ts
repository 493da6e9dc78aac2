import { expect, it } from "vitest";
import { lighter } from "../render/math.js";
import { addressOf, newPageContext, renderPhrase, renderText } from "./text.js";

const html = (markdown: string, paper = newPageContext("01-a.html")) => renderText(markdown, paper);

it("names headings once each, for the table of contents and for search", () => {
  const paper = newPageContext("01-a.html");
  const first = html("Before.\n\n## Why √D?\n\nBecause $x^2$ *grows* with `D`.", paper);
  const second = html("## Why √D?\n\nAgain.", paper);
  expect(first).toContain('<h2 id="why-d" tabindex="-1">Why √D?</h2>');
  expect(second).toContain('id="why-d-2"');
  expect(paper.headings.map(({ id, level, text }) => ({ id, level, text }))).toEqual([
    { id: "why-d", level: 2, text: "Why √D?" },
    { id: "why-d-2", level: 2, text: "Why √D?" },
  ]);
  expect([...paper.texts]).toEqual([
    ["", "Before."],
    ["why-d", "Because x² grows with D."],
    ["why-d-2", "Again."],
  ]);
});

it("gives search formulas as text where a line can show them", () => {
  const paper = newPageContext("01-a.html");
  const fraction = "\\frac{a}{b}";
  html(`## Why $\\sqrt{D}$?\n\nFor $p_i < 2^{-8}$ and $${fraction}$ see $x^{\\top}$.`, paper);
  expect(paper.headings[0]).toMatchObject({ id: "why", text: "Why √D?" });
  expect(paper.texts.get("why")).toBe("For p_i < 2⁻⁸ and a/b see xᵀ.");
});

it("leads from page to page as notebooks lead to notebooks", () => {
  expect(addressOf("04-positions.ipynb#RoPE")).toBe("04-positions.html#rope");
  expect(addressOf("README.md")).toBe("index.html");
  expect(addressOf("helpers.md#peakBytes")).toBe("helpers.html#peakbytes");
  expect(addressOf("#Part")).toBe("#part");
  expect(addressOf("https://a.example/b#C")).toBe("https://a.example/b#C");
  expect(addressOf("../docs/start.md")).toBeUndefined();
});

it("makes text of a link that leads out of the site, and leaves those beside it", () => {
  expect(html("[gone](../docs/start.md) and [there](02-b.ipynb)")).toBe(
    '<p>gone and <a href="02-b.html">there</a></p>\n',
  );
});

it("keeps a formula and what ends its sentence together, also in a heading", () => {
  const paper = newPageContext("01-a.html");
  expect(html("So $x$, and $y$ too.", paper)).toMatch(
    /So <span class="together"><span class="katex">.*<\/span>,<\/span> and <span class="katex">/,
  );
  html("## What is $x$?", paper);
  expect(paper.headings[0]!.html).toMatch(/class="together".*\?<\/span>$/);
});

it("keeps a short formula on one line, and lets a long one break", () => {
  expect(html("of $D = 64$ numbers")).toContain('of <span class="together"><span class="katex">');
  expect(html("where $a + b + c + d + e + f + g + h = 1$")).not.toContain("together");
});

it("shows a colored formula on light and on dark paper", () => {
  const shown = html("$\\textcolor{#c65a11}{Q}$");
  expect(shown).toContain("color:light-dark(#c65a11,#e3ad88)");
  expect(lighter("#000000")).toBe("#808080");
});

it("folds what the builder folds, and shows any other HTML as text", () => {
  const folded = html("<details><summary>The types</summary>\n\n- `A`\n\n</details>");
  expect(folded).toContain("<details><summary>The types</summary>\n<ul>");
  expect(folded).toContain("</details>");
  const hostile = html('<details open ontoggle="x()"><summary>a</summary>\n\n<script>x()</script>');
  expect(hostile).not.toMatch(/<details|<script/);
});

it("shows pictures where the site has them, and says which one is missing", () => {
  const pictures = new Map([["a b.svg", { src: "pictures/1/a%20b.svg", width: 20, height: 10 }]]);
  expect(renderText("![Two](a%20b.svg)", newPageContext("x.html", pictures))).toContain(
    '<img src="pictures/1/a%20b.svg" alt="Two" width="20" height="10" loading="lazy">',
  );
  expect(() => html("![Two](b.svg)")).toThrow("the picture b.svg is missing");
});

it("lets wide tables scroll, and renders a phrase without a paragraph", () => {
  expect(html("| a |\n|---|\n| 1 |")).toMatch(/^<div class="wide"><table>/);
  expect(renderPhrase("*a* $b$", newPageContext("x.html"))).toMatch(
    /^<em>a<\/em> <span class="katex">/,
  );
});

it("each line of code is an element that knows its indentation, inside of comments, too", () => {
  const page = newPageContext("x.html");
  const html = renderText("```ts\nf(x: tf.Tensor) {\n  /* a\n  b */\n}\n```", page);
  expect(html).toContain('<span class="line">');
  expect(html).toContain('<span class="joined">: tf.</span>');
  const lines = html.split("\n").slice(1, -2);
  for (const line of lines) expect(line).toMatch(/^<\/span><span class="line"/);
  expect(html.match(/--hang:4ch/g)).toHaveLength(2);
  expect(html.match(/<span/g)!.length).toBe(html.match(/<\/span>/g)!.length);
});

it("short code in a line doesn't break at a hyphen", () => {
  const html = renderText("In `my-course/` and `a b-c d-e f-g h`.", newPageContext("x.html"));
  expect(html).toContain('<code class="together">my-course/</code>');
  expect(html).toContain("<code>a b-c d-e f-g h</code>");
});
