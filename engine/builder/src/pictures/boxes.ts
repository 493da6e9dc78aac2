/**
 * Where text stands in an SVG that nothing draws: plotly.js asks for these boxes to leave room for
 * labels, and a page without a screen has none.
 */

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** x' = a·x + c·y + e, y' = b·x + d·y + f, as SVG numbers them. */
type Matrix = [a: number, b: number, c: number, d: number, e: number, f: number];

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const LINE_HEIGHT = 1.3;
/** How far letters reach above their line, in parts of the size of the type. */
const ASCENT = 0.95;

function product([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  const x = (u: number, v: number) => a * u + c * v;
  const y = (u: number, v: number) => b * u + d * v;
  return [x(g, h), y(g, h), x(i, j), y(i, j), x(k, l) + e, y(k, l) + f];
}

function step(name: string, [p = 0, q = 0, r = 0]: number[]): Matrix {
  if (name === "translate") return [1, 0, 0, 1, p, q];
  if (name === "scale") return [p, 0, 0, q || p, 0, 0];
  const turn = (p * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const around: Matrix = [cos, sin, -sin, cos, 0, 0];
  return product(product([1, 0, 0, 1, q, r], around), [1, 0, 0, 1, -q, -r]);
}

function transformOf(element: Element): Matrix {
  const steps = (element.getAttribute("transform") ?? "").matchAll(/(\w+)\(([^)]*)\)/g);
  return [...steps].reduce(
    (so, [, name, numbers]) => product(so, step(name!, numbers!.split(/[\s,]+/).map(Number))),
    IDENTITY,
  );
}

function transformBox({ left, top, right, bottom }: Box, [a, b, c, d, e, f]: Matrix): Box {
  const corners = [left, right].flatMap((x) => [top, bottom].map((y) => [x, y] as const));
  const xs = corners.map(([x, y]) => a * x + c * y + e);
  const ys = corners.map(([x, y]) => b * x + d * y + f);
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  };
}

/** What an element or the nearest one around it says about its style. */
function styleOf(element: Element, name: string): string | undefined {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const own = (at as SVGElement).style?.getPropertyValue(name) || at.getAttribute(name);
    if (own) return own;
  }
  return undefined;
}

function textBox(element: Element): Box {
  const size = parseFloat(styleOf(element, "font-size") ?? "12");
  const spans = [...element.querySelectorAll("tspan.line")];
  const lines = (spans.length > 0 ? spans : [element]).map((line) => line.textContent ?? "");
  const width = Math.max(...lines.map((line) => textWidth(line, size)));
  const start = { middle: -width / 2, end: -width }[styleOf(element, "text-anchor") ?? ""] ?? 0;
  const left = Number(element.getAttribute("x") ?? 0) + start;
  const top = Number(element.getAttribute("y") ?? 0) - ASCENT * size;
  return { left, top, right: left + width, bottom: top + lines.length * LINE_HEIGHT * size };
}

function rectBox(element: Element): Box {
  const [x, y, width, height] = ["x", "y", "width", "height"].map((name) =>
    Number(element.getAttribute(name) ?? 0),
  ) as [number, number, number, number];
  return { left: x, top: y, right: x + width, bottom: y + height };
}

/** The box of an element and all that it holds, where its own parent counts from. */
export function boxOf(element: Element): Box | undefined {
  const { tagName } = element;
  if (tagName === "text") return transformBox(textBox(element), transformOf(element));
  if (tagName === "rect" || tagName === "image") {
    return transformBox(rectBox(element), transformOf(element));
  }
  const boxes = [...element.children].map(boxOf).filter((box) => box !== undefined);
  if (boxes.length === 0) return undefined;
  const all = {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
  return transformBox(all, transformOf(element));
}

/** The same, where the page counts from. */
export function boxOnPage(element: Element): Box {
  let box = boxOf(element) ?? { left: 0, top: 0, right: 0, bottom: 0 };
  for (let at = element.parentElement; at; at = at.parentElement) {
    box = transformBox(box, transformOf(at));
  }
  return box;
}

// Width of text

/** Widths of letters in Inter, in parts of the size of the type. */
const WIDTHS: [letters: RegExp, width: number][] = [
  [/[iljI.,:;'|! ]/, 0.28],
  [/[frt()[\]{}/\\\-"·]/, 0.38],
  [/[MmWw@%—→]/, 0.88],
  [/[A-Z0-9=+<>_~#&−]/, 0.66],
];
const ORDINARY = 0.58;

/** The width of a letter; one that needs more than two bytes is about square. */
function widthOf(letter: string): number {
  const known = WIDTHS.find(([letters]) => letters.test(letter));
  if (known) return known[1];
  return letter > "\u2fff" ? 1 : ORDINARY;
}

/** @param size of the type, in pixels */
export const textWidth = (line: string, size: number): number =>
  size * [...line].reduce((sum, letter) => sum + widthOf(letter), 0);
