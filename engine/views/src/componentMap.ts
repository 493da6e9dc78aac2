/**
 * The drawing of what a course builds, whose parts open: plain data in lessons-src/components.json.
 * The drawing itself is for the pointer; beside it stands a list of the components that each open
 * by click and by key, and the two follow each other.
 */
// with their endings, since Node loads this file, too
import { DRAWING_STYLE } from "./drawingStyle.js";
import { isObject, isTexts } from "./json.js";
import { svgElement } from "./parts.js";

/** A shape; coordinates are those of the drawing. */
export interface Shape {
  /**
   * box and frame: [x, y, width, height]; line and arrow: [x1, y1, x2, y2, …]; plus and text:
   * [x, y].
   */
  kind: "box" | "frame" | "line" | "arrow" | "plus" | "text";
  at: number[];
  /** The component that it belongs to. */
  of?: string;
  text?: string;
}

export interface ComponentMap {
  /** What the drawing shows, as a heading. */
  title: string;
  width: number;
  height: number;
  /** What each component does, in a sentence. */
  about: Record<string, string>;
  shapes: Shape[];
}

const MAX_SHAPES = 200;
const COUNTS: Record<Shape["kind"], (n: number) => boolean> = {
  box: (n) => n === 4,
  frame: (n) => n === 4,
  line: (n) => n >= 4 && n % 2 === 0,
  arrow: (n) => n >= 4 && n % 2 === 0,
  plus: (n) => n === 2,
  text: (n) => n === 2,
};

function isShape(shape: unknown): shape is Shape {
  if (!isObject(shape) || typeof shape.kind !== "string" || !(shape.kind in COUNTS)) return false;
  const { at, of, text } = shape;
  if (!Array.isArray(at) || !at.every(Number.isFinite)) return false;
  const isText = (value: unknown) => value === undefined || typeof value === "string";
  return COUNTS[shape.kind as Shape["kind"]](at.length) && isText(of) && isText(text);
}

/** @returns undefined when the data is no drawing of components */
export function readComponentMap(json: unknown): ComponentMap | undefined {
  if (!isObject(json) || typeof json.title !== "string") return undefined;
  const { width, height, about, shapes } = json;
  if (!(Number(width) > 0) || !(Number(height) > 0)) return undefined;
  if (!isObject(about) || !isTexts(Object.values(about))) return undefined;
  if (!Array.isArray(shapes) || shapes.length > MAX_SHAPES || !shapes.every(isShape)) {
    return undefined;
  }
  const size = { width: Number(width), height: Number(height) };
  return { title: json.title, ...size, about: about as Record<string, string>, shapes };
}

/** An element of the drawing, for pages and for files. */
export interface SvgNode {
  tag: "svg" | "g" | "rect" | "path" | "circle" | "text";
  attributes: Record<string, string>;
  children: (SvgNode | string)[];
}

const node = (
  tag: SvgNode["tag"],
  attributes: Record<string, string | number>,
  ...children: (SvgNode | string)[]
): SvgNode => ({
  tag,
  attributes: Object.fromEntries(Object.entries(attributes).map(([k, v]) => [k, String(v)])),
  children,
});

const LINE_HEIGHT = 15;
const PLUS_RADIUS = 11;
const PLUS_SIZE = 5;

/** Lines of text around a point. */
function lettering(text: string, x: number, y: number): SvgNode[] {
  const lines = text.split("\n");
  return lines.map((line, i) =>
    node("text", { x, y: y + (i - (lines.length - 1) / 2) * LINE_HEIGHT }, line),
  );
}

/** A path through points that stand in one list, x before y. */
function pathOf(at: number[]): string {
  const points = Array.from({ length: at.length / 2 }, (_, i) => `${at[2 * i]} ${at[2 * i + 1]}`);
  return `M${points.join("L")}`;
}

/** The tip of an arrow along its last piece. */
function tipOf(at: number[]): string {
  const [x1, y1, x, y] = at.slice(-4) as [number, number, number, number];
  const { head } = DRAWING_STYLE;
  const length = Math.hypot(x - x1, y - y1) || 1;
  const [u, v] = [((x - x1) / length) * head, ((y - y1) / length) * head];
  const side = (sign: number) => `${x - u - (sign * v) / 2} ${y - v + (sign * u) / 2}`;
  return `M${side(1)}L${x} ${y}L${side(-1)}Z`;
}

function drawShape({ kind, at, text = "" }: Shape): SvgNode[] {
  const [x, y, width = 0, height = 0] = at as [number, number, number?, number?];
  switch (kind) {
    case "box":
      return [
        node("rect", { x, y, width, height, rx: DRAWING_STYLE.radius.box }),
        ...lettering(text, x + width / 2, y + height / 2),
      ];
    case "frame": {
      const label = node("text", { x: x + width - 10, y: y + 14, class: "course-map-end" }, text);
      return [
        node("rect", {
          x,
          y,
          width,
          height,
          rx: DRAWING_STYLE.radius.box,
          class: "course-map-frame",
        }),
        label,
      ];
    }
    case "line":
      return [node("path", { d: pathOf(at), class: "course-map-stream" })];
    case "arrow":
      return [
        node("path", { d: pathOf(at) }),
        node("path", { d: tipOf(at), class: "course-map-tip" }),
      ];
    case "plus": {
      const [h, v] = [
        `M${x - PLUS_SIZE} ${y}h${2 * PLUS_SIZE}`,
        `M${x} ${y - PLUS_SIZE}v${2 * PLUS_SIZE}`,
      ];
      return [node("circle", { cx: x, cy: y, r: PLUS_RADIUS }), node("path", { d: h + v })];
    }
    case "text":
      return lettering(text, x, y);
  }
}

/** @param components in the order of their colors */
export function componentDrawing(map: ComponentMap, components: readonly string[]): SvgNode {
  const shapes = map.shapes.map((shape) => {
    const color = components.indexOf(shape.of ?? "");
    const attributes: Record<string, string | number> = { class: `course-map-${shape.kind}` };
    if (color >= 0) {
      attributes["data-part"] = shape.of!;
      attributes["data-color"] = color % COLORS.length;
    }
    return node("g", attributes, ...drawShape(shape));
  });
  const viewBox = `0 0 ${map.width} ${map.height}`;
  return node("svg", { viewBox, class: "course-map-drawing", "aria-hidden": "true" }, ...shapes);
}

/** The drawing in a page. */
export function svgElementOf({ tag, attributes, children }: SvgNode): SVGElement {
  const made = svgElement(tag, attributes);
  made.append(
    ...children.map((child) => (typeof child === "string" ? child : svgElementOf(child))),
  );
  return made;
}

/** The drawing in a file. @param escape makes text safe in markup */
export function svgTextOf(
  { tag, attributes, children }: SvgNode,
  escape: (text: string) => string,
): string {
  const listed = Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(value)}"`);
  const inner = children.map((child) =>
    typeof child === "string" ? escape(child) : svgTextOf(child, escape),
  );
  return `<${tag}${listed.join("")}>${inner.join("")}</${tag}>`;
}

/**
 * Makes a drawing and the list beside it follow each other: a click on a part opens its component,
 * and an open component, or one under the pointer or with the focus, lights up in the drawing.
 * @param root holds the drawing and a `details` with data-part for each component
 */
export function linkComponentMap(root: HTMLElement): void {
  const details = [...root.querySelectorAll<HTMLDetailsElement>("details[data-part]")];
  const parts = [...root.querySelectorAll<SVGElement>(".course-map-drawing [data-part]")];
  const mark = () => {
    const open = details.find((one) => one.open)?.dataset.part;
    const near = details.find((one) => one.matches(":hover, :focus-within"))?.dataset.part;
    for (const part of parts) {
      part.classList.toggle("course-map-open", part.dataset.part === open);
      part.classList.toggle("course-map-near", part.dataset.part === near);
    }
  };
  for (const one of details) {
    for (const event of ["toggle", "pointerenter", "pointerleave", "focusin", "focusout"]) {
      one.addEventListener(event, () => requestAnimationFrame(mark));
    }
  }
  for (const part of parts) {
    part.addEventListener("click", () => {
      const one = details.find(({ dataset }) => dataset.part === part.dataset.part);
      if (!one) return;
      one.open = !one.open;
      if (!one.open) return;
      one.scrollIntoView({ block: "nearest" });
      one.querySelector("summary")?.scrollIntoView({ block: "nearest" }); // of one that is too tall
    });
  }
  mark();
}

/** Okabe and Ito's colors, gray and purple; on a light and on a dark page. */
const COLORS: readonly (readonly [string, string])[] = [
  ["#b87a00", "#e69f00"],
  ["#a34b7c", "#e08fc0"],
  ["#7353ba", "#b9a4ff"],
  ["#0a5a94", "#6f9fff"],
  ["#b04a00", "#f08030"],
  ["#5f6a75", "#b4bfca"],
  ["#00795a", "#2fc298"],
];

const colorRules = COLORS.map(
  ([light, dark], i) =>
    `:is(.course-components, .course-map, .map, .parts) [data-color="${i}"] { --part: light-dark(${light}, ${dark}); }`,
);

/** The sentence below the heading, which says that parts of the drawing open. */
export const COMPONENT_MAP_HINT =
  "Click a part, in the drawing or in the list, to see what it does and which lessons build it.";

/** The style of the drawing and the list beside it. */
export const COMPONENT_MAP_STYLE = `
.course-components { display: grid; grid-template-columns: minmax(260px, 380px) minmax(0, 1fr); gap: 0 2.5em; align-items: start; margin: 1.5em 0 2em; }
.course-components > :is(h2, .course-map-hint) { grid-column: 1 / -1; }
.course-components > .course-map-hint { margin: 0 0 1em; }
.course-map-drawing { display: block; width: 100%; height: auto; font-size: 13px; font-weight: 500; }
.course-map-drawing text { fill: currentColor; text-anchor: middle; dominant-baseline: central; }
.course-map-drawing .course-map-end { text-anchor: end; }
.course-map-drawing rect, .course-map-drawing circle { fill: color-mix(in srgb, var(--part, transparent) 16%, var(--course-map-paper, Canvas)); stroke: var(--part, currentColor); stroke-width: ${DRAWING_STYLE.strokes.line}; }
.course-map-drawing .course-map-frame { fill: none; stroke: currentColor; stroke-opacity: 0.45; stroke-dasharray: 5 5; }
.course-map-drawing path { fill: none; stroke: var(--part, currentColor); stroke-width: ${DRAWING_STYLE.strokes.line}; }
.course-map-drawing .course-map-arrow .course-map-tip { fill: var(--course-map-ink); stroke: none; }
.course-map-drawing .course-map-stream { stroke-width: 6; stroke-linecap: round; }
.course-map-drawing .course-map-arrow { --course-map-ink: color-mix(in srgb, var(--part, currentColor) 75%, var(--course-map-paper, Canvas)); }
.course-map-drawing .course-map-arrow path { stroke: var(--course-map-ink); stroke-linejoin: round; }
.course-map-drawing [data-part] { cursor: pointer; }
.course-map-drawing [data-part]:hover :is(rect, circle), .course-map-near :is(rect, circle), .course-map-open :is(rect, circle) { fill: color-mix(in srgb, var(--part) 38%, var(--course-map-paper, Canvas)); stroke-width: 2.5; }
.course-map-drawing [data-part]:hover .course-map-stream, .course-map-near .course-map-stream, .course-map-open .course-map-stream { stroke-width: 9; }
.course-components details { border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
.course-components summary { display: flex; width: auto; gap: 0.7em; align-items: center; padding: 0.55em 0.2em; cursor: pointer; font-weight: 600; list-style: none; }
.course-components summary::-webkit-details-marker { display: none; }
.course-components summary::before { content: ""; width: 0.95em; height: 0.95em; flex: none; border-radius: 0.3em; border: 2px solid var(--part); background: color-mix(in srgb, var(--part) 30%, transparent); }
.course-components summary::after { content: "+"; margin-left: auto; padding: 0 0.4em; font-weight: 400; }
.course-components details[open] > summary::after { content: "−"; }
.course-components summary:focus-visible { outline: 2px solid var(--part); outline-offset: -2px; border-radius: 4px; }
.course-components details p { margin: 0 0 0.4em; }
.course-components details ul { list-style: none; margin: 0 0 0.8em; padding: 0; columns: 2 15em; }
.course-components details li { margin: 0 0 0.35em; break-inside: avoid; }
@container (max-width: 700px) { .course-components { grid-template-columns: minmax(0, 1fr); } .course-map-drawing { max-width: 340px; margin: 0 auto 1em; } }
@media (max-width: 700px) { .course-components { grid-template-columns: minmax(0, 1fr); } .course-map-drawing { max-width: 340px; margin: 0 auto 1em; } }
${colorRules.join("\n")}
`;
