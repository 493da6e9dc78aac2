import { expect, test } from "vitest";
import { inlineDrawing } from "./drawing.js";

const svg = (inside: string) =>
  `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 20" aria-label="old" ` +
  `font-family="sans-serif" font-size="15">${inside}</svg>\n`;

test("a drawing becomes part of the page, with its own ids and the words that describe it", () => {
  const inside =
    '<defs><marker id="tip"/></defs><path marker-end="url(#tip)"/><use href="#tip"/><text>q</text>';
  expect(inlineDrawing(svg(inside), 'a "query"', "drawing-2")).toBe(
    '<svg id="drawing-2" class="drawing" role="img" aria-label="a &quot;query&quot;"' +
      ' viewBox="0 0 64 20" font-size="15" width="64" height="20" style="--least:43px">' +
      '<defs><marker id="drawing-2-tip"/></defs><path marker-end="url(#drawing-2-tip)"/>' +
      '<use href="#drawing-2-tip"/><text>q</text></svg>',
  );
});

test("the page is a drawing's paper: white under all of it goes, a white part stays", () => {
  const part = '<rect x="1" y="2" width="24" height="20" fill="#ffffff"/>';
  const paper = '<rect width="64" height="20" fill="#ffffff"/>';
  expect(inlineDrawing(svg(`${paper}${part}<text>q</text>`), "q", "d")).not.toContain(paper);
  expect(inlineDrawing(svg(`${paper}${part}<text>q</text>`), "q", "d")).toContain(part);
  expect(inlineDrawing(svg(`${part}<text>q</text>`), "q", "d")).toContain(part);
});

test("rules of a drawing's own hold for it alone", () => {
  const styled = svg("<style>.a { fill: red }</style><text>q</text>");
  expect(inlineDrawing(styled, "q", "d")).toContain("<style>#d { .a { fill: red } }</style>");
});

test.each([
  ["a drawing without words", '<rect width="2" height="2"/>'],
  ["a script", "<text>q</text><script>alert(1)</script>"],
  ["a handler", '<text onclick="alert(1)">q</text>'],
  ["HTML", "<text>q</text><foreignObject/>"],
  ["an address", '<text>q</text><image href="https://example.org/x.png"/>'],
])("%s stays a picture", (_, inside) => {
  expect(inlineDrawing(svg(inside), "q", "d")).toBe(undefined);
});
