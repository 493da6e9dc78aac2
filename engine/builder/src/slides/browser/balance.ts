/**
 * Gives the room that figures leave on a slide to its words. Many figures have a shape of their own:
 * a square leaves a slide's width empty, a row of pictures its height. A figure that is narrow
 * stands beside its text, or beside its caption where there is no text, in the slide's full height.
 */
import { fitOutput, innerHeight, overflows, typeSize } from "./fit";

/** Pixels between a figure and the column beside it, and the least width of that column. */
const COLUMN_GAP = 48;
const MIN_COLUMN_WIDTH = 330;
/** A figure that gets narrower by less keeps its place. */
const MIN_GAIN = 30;
/** Between a figure and its caption. */
const CAPTION_GAP = 10;

/** Pixels; the sizes of words with a figure, and that of text alone for text in a wide column. */
const TEXT_SIZES = [24, 28, 32];
const WIDE_COLUMN = { width: 520, size: 42 };
/** Pixels; a formula above or below a figure. */
const FORMULA_SIZE = 42;
/** The width of a column in letters' sizes; narrower columns have a word or two per line. */
const MIN_LINE_LENGTH = 10;
/** The part of a slide's height that a column of text may take. */
const MAX_COLUMN_HEIGHT = 0.9;

/** The width of a canvas that a chain fills, as a part of its height (see chainPaint.ts). */
const CHAIN_RATIO = 4 / 3;

/** Around what an SVG draws, in its own units; strokes reach over its box. */
const DRAWING_PADDING = 6;

interface Size {
  width: number;
  height: number;
}

const area = ({ width, height }: Size) => width * height;

/** The largest size of a shape in a box. */
function contained(shape: Size, box: Size): Size {
  const scale = Math.min(box.width / shape.width, box.height / shape.height);
  return { width: shape.width * scale, height: shape.height * scale };
}

/** A drawing's or a picture's own shape. */
function shapeOf(drawing: Element): Size | undefined {
  if (drawing instanceof HTMLImageElement) {
    return { width: drawing.naturalWidth, height: drawing.naturalHeight };
  }
  const svg = drawing instanceof SVGSVGElement ? drawing : drawing.querySelector("svg");
  const box = svg?.viewBox.baseVal;
  return box && box.width > 0 ? { width: box.width, height: box.height } : undefined;
}

/** Pixels of the slide per pixel of the screen; reveal.js scales slides to the window. */
const slideScale = (element: Element) => {
  const frame = element.closest<HTMLElement>(".frame")!;
  return frame.offsetWidth / frame.getBoundingClientRect().width;
};

/** What a view draws: its parts that have no parts, without sliders. */
function viewSize(place: HTMLElement): Size | undefined {
  const scale = slideScale(place);
  const chain = place.querySelector("canvas.course-chain")?.getBoundingClientRect();
  const { height } = place.getBoundingClientRect();
  if (chain) return { width: CHAIN_RATIO * chain.height * scale, height: height * scale };
  const parts = [...place.querySelectorAll("*:not(svg *)")].filter(
    (part) =>
      !part.closest(".course-slider") &&
      (part.matches("svg, canvas, td, th") ||
        (part.childElementCount === 0 && part.textContent !== "")),
  );
  const boxes = parts.map((part) => part.getBoundingClientRect()).filter(({ width }) => width > 0);
  if (boxes.length === 0) return undefined;
  const left = Math.min(...boxes.map((box) => box.left));
  const right = Math.max(...boxes.map((box) => box.right));
  return { width: (right - left) * scale, height: height * scale };
}

/** Whether a part of a drawing is the paper that it is drawn on. */
function isBackground(part: Element, { width, height }: Size): boolean {
  if (!(part instanceof SVGRectElement)) return false;
  const box = part.getBBox();
  return box.width >= width && box.height >= height;
}

/** The box around what an SVG draws, in its own units; undefined if it draws nothing. */
function contentBox(svg: SVGSVGElement): DOMRect | undefined {
  const toUnits = svg.getScreenCTM()?.inverse();
  const boxes = [...svg.children]
    .filter((part) => !isBackground(part, svg.viewBox.baseVal))
    .map((part) => part.getBoundingClientRect())
    .filter(({ width, height }) => width > 0 || height > 0);
  if (!toUnits || boxes.length === 0) return undefined;
  const corner = (
    side: (...values: number[]) => number,
    x: "left" | "right",
    y: "top" | "bottom",
  ) =>
    new DOMPoint(
      side(...boxes.map((box) => box[x])),
      side(...boxes.map((box) => box[y])),
    ).matrixTransform(toUnits);
  const [from, to] = [corner(Math.min, "left", "top"), corner(Math.max, "right", "bottom")];
  return new DOMRect(from.x, from.y, to.x - from.x, to.y - from.y);
}

/** Leaves out what is empty at a drawing's edges. */
function cropDrawing(svg: SVGSVGElement): void {
  const { x, y, width, height } = svg.viewBox.baseVal;
  const box = width === 0 ? undefined : contentBox(svg);
  if (!box) return;
  const left = Math.max(x, box.left - DRAWING_PADDING);
  const top = Math.max(y, box.top - DRAWING_PADDING);
  const right = Math.min(x + width, box.right + DRAWING_PADDING);
  const bottom = Math.min(y + height, box.bottom + DRAWING_PADDING);
  const sides = [left, top, right - left, bottom - top];
  svg.setAttribute("viewBox", sides.map((side) => Number(side.toFixed(2))).join(" "));
}

/** The size in which a figure is drawn; undefined for tables, which fill what they get. */
function drawnSize(place: HTMLElement | SVGElement): Size | undefined {
  if (place.matches("img, .drawing")) {
    const shape = shapeOf(place);
    return shape && contained(shape, { width: place.clientWidth, height: place.clientHeight });
  }
  if (!(place instanceof HTMLElement)) return undefined;
  if (place.matches(".plot")) {
    const svg = place.querySelector("svg.main-svg");
    return svg ? { width: svg.clientWidth, height: place.clientHeight } : undefined;
  }
  if (place.matches(".output") && !place.querySelector("table")) return viewSize(place);
  return place.matches(".view") ? viewSize(place) : undefined;
}

/** The parts of a slide's body that stand beside or below each other. */
interface Parts {
  body: HTMLElement;
  row: HTMLElement;
  texts: HTMLElement[];
  figures: HTMLElement[];
}

function partsOf(body: HTMLElement): Parts | undefined {
  const row = body.querySelector<HTMLElement>(":scope > .figures");
  if (!row) return undefined;
  return {
    body,
    row,
    texts: [...body.querySelectorAll<HTMLElement>(":scope > .text")],
    figures: [...row.querySelectorAll<HTMLElement>(":scope > figure")],
  };
}

const placeOf = (figure: HTMLElement) => figure.firstElementChild as HTMLElement;
const captionOf = (figure: HTMLElement) =>
  figure.querySelector<HTMLElement>(":scope > figcaption") ?? undefined;

/** Draws a figure again after its place changed. */
type DrawAgain = (place: HTMLElement) => Promise<void>;

/** The width that a figure of this size has at another height. */
function widthAt(place: HTMLElement, drawn: Size, height: number): number {
  // a chain's legend and slider don't grow
  if (place.querySelector("canvas.course-chain")) {
    return Math.ceil(drawn.width + CHAIN_RATIO * (height - drawn.height));
  }
  return Math.ceil((drawn.width * height) / drawn.height);
}

/** The width of the only figure of a slide if it stood beside the words; undefined if it can't. */
function widthBeside({ body, row, texts, figures }: Parts): number | undefined {
  const [figure] = figures as [HTMLElement];
  const caption = captionOf(figure);
  if (figures.length > 1 || figure.childElementCount > (caption ? 2 : 1)) return undefined;
  if (texts.length === 0 && !caption) return undefined;
  if (texts.some((text) => text.querySelector("table, pre"))) return undefined;
  const drawn = drawnSize(placeOf(figure));
  if (!drawn || placeOf(figure).matches(".output")) return undefined;
  const most = body.clientWidth - COLUMN_GAP - MIN_COLUMN_WIDTH;
  const below = texts.length > 0 && caption ? caption.offsetHeight + CAPTION_GAP : 0;
  const wanted = widthAt(placeOf(figure), drawn, innerHeight(body) - below);
  const isBeside = body.classList.contains("beside");
  if (isBeside) return wanted < row.clientWidth - MIN_GAIN ? wanted : undefined;
  return drawn.width <= most ? Math.min(wanted, most) : undefined;
}

/** Lower figures than this part of a slide's height stand below their text if that makes them larger. */
const MAX_LOW_HEIGHT = 0.7;
const MIN_LOW_GAIN = 1.15;

/**
 * Puts a low and wide figure below the text that it stands beside.
 * @returns whether that makes it larger; otherwise it stays
 */
async function standBelow(parts: Parts, drawAgain: DrawAgain): Promise<boolean> {
  const { body, texts, figures } = parts;
  if (!body.classList.contains("beside") || figures.length > 1) return false;
  const place = placeOf(figures[0]!);
  const before = drawnSize(place);
  if (!before || before.height > MAX_LOW_HEIGHT * innerHeight(body)) return false;
  const sizes = texts.map(({ style }) => style.fontSize);
  const move = async (from: string, to: string, sizeOf: (i: number) => string) => {
    body.classList.replace(from, to);
    texts.forEach((text, i) => (text.style.fontSize = sizeOf(i)));
    await drawAgain(place);
  };
  await move("beside", "below", () => "");
  const after = drawnSize(place);
  const isLarger = after && area(after) > MIN_LOW_GAIN * area(before);
  if (isLarger && !texts.some((text) => overflows(text, body))) return true;
  await move("below", "beside", (i) => sizes[i]!);
  return false;
}

/** Whether a column breaks a formula of a text. */
function breaksFormula(text: HTMLElement): boolean {
  text.classList.add("unbroken");
  const formulas = [...text.querySelectorAll(".katex-display")];
  const isBroken = formulas.some((formula) => formula.scrollWidth > formula.clientWidth);
  text.classList.remove("unbroken");
  return isBroken;
}

/**
 * The least area of a figure that moves beside the words, compared with that before. One that stands
 * there already may lose a little for a wider column of words, by a caption of two lines.
 */
const MIN_AREA = { below: 0.97, beside: 0.8 };

/** Puts a narrow figure beside the slide's words, unless that makes it smaller. */
async function standBeside(parts: Parts, drawAgain: DrawAgain): Promise<void> {
  const width = widthBeside(parts);
  if (width === undefined) return;
  const { body, texts, figures } = parts;
  const [figure] = figures as [HTMLElement];
  const place = placeOf(figure);
  const before = drawnSize(place)!;
  const classes = body.className;
  const least = MIN_AREA[body.classList.contains("beside") ? "beside" : "below"];
  const grid = texts.length > 0 ? body : figure;
  const setWidth = (pixels: number) => grid.style.setProperty("--figure-width", `${pixels}px`);
  body.classList.remove("below");
  body.classList.add("beside");
  grid.classList.add("columns");
  setWidth(width);
  await drawAgain(place);
  const after = drawnSize(place);
  const isSmaller = !after || area(after) < least * area(before);
  if (isSmaller || texts.some((text) => overflows(text, body) || breaksFormula(text))) {
    grid.classList.remove("columns");
    body.className = classes;
    await drawAgain(place);
    return;
  }
  if (!place.matches(".view")) setWidth(Math.ceil(after.width));
}

/** Sets a size for all of them, the largest for which they fit, or leaves their size as it is. */
function grow(elements: HTMLElement[], sizes: number[], fits: () => boolean): void {
  if (elements.length === 0) return;
  let last = elements.map(({ style }) => style.fontSize);
  const now = Math.max(...elements.map(typeSize));
  for (const size of sizes.filter((size) => size > now)) {
    for (const element of elements) element.style.fontSize = `${size}px`;
    if (!fits()) break;
    last = elements.map(() => `${size}px`);
  }
  elements.forEach((element, i) => (element.style.fontSize = last[i]!));
}

/** Whether a column has a word or a formula that its width breaks. */
function breaksWords(column: HTMLElement): boolean {
  column.classList.add("unbroken");
  const isBroken = column.scrollWidth > column.clientWidth;
  column.classList.remove("unbroken");
  return isBroken;
}

/** Words beside a figure as large as their column allows. */
function growColumn({ body, texts, figures }: Parts): void {
  const column = texts.length > 0 ? texts : figures.flatMap((figure) => captionOf(figure) ?? []);
  const most = MAX_COLUMN_HEIGHT * innerHeight(body);
  const isBroken = column.some(breaksWords); // a sequence of letters, which may break anywhere
  const isWide = texts.length > 0 && texts.every((t) => t.clientWidth >= WIDE_COLUMN.width);
  grow(column, isWide ? [...TEXT_SIZES, WIDE_COLUMN.size] : TEXT_SIZES, () => {
    const height = column.reduce((sum, { offsetHeight }) => sum + offsetHeight, 0);
    const isNarrow = column.some((node) => node.clientWidth < MIN_LINE_LENGTH * typeSize(node));
    return height <= most && !isNarrow && (isBroken || !column.some(breaksWords));
  });
}

/** The height of what stands in a figure. */
function contentHeight(figure: HTMLElement): number {
  const children = [...figure.children] as HTMLElement[];
  const gap = parseFloat(getComputedStyle(figure).rowGap) || 0;
  const heights = children.map((child) => child.getBoundingClientRect().height * slideScale(child));
  return heights.reduce((sum, height) => sum + height, gap * (children.length - 1));
}

/** Gives pictures and drawings the height in which they are drawn. */
function keepDrawnHeights(figures: HTMLElement[]): void {
  for (const drawing of figures.flatMap(({ children }) => [...children] as HTMLElement[])) {
    if (!drawing.matches("img, .drawing")) continue;
    const drawn = drawnSize(drawing);
    if (!drawn) continue;
    drawing.style.flex = "none";
    drawing.style.height = `${Math.floor(drawn.height)}px`;
  }
}

/** Formulas above or below a low figure as large as the height that it leaves. */
function growRows({ body, row, texts, figures }: Parts): void {
  keepDrawnHeights(figures);
  const fits = () =>
    body.scrollHeight <= body.clientHeight &&
    figures.every((figure) => contentHeight(figure) <= row.clientHeight + 1) &&
    !texts.some((text) => overflows(text, body));
  if (!fits()) return;
  const hasFormula = texts.some((text) => text.querySelector(".formula"));
  grow(texts, hasFormula ? [...TEXT_SIZES, FORMULA_SIZE] : TEXT_SIZES, fits);
}

/** Arranges a slide whose figures are drawn. */
export async function balance(body: HTMLElement, drawAgain: DrawAgain): Promise<void> {
  const parts = partsOf(body);
  if (!parts) return;
  for (const svg of body.querySelectorAll<SVGSVGElement>("svg.drawing")) cropDrawing(svg);
  const fitAgain = async (place: HTMLElement) => {
    if (place.matches(".output")) fitOutput(place);
    else await drawAgain(place);
  };
  const isMoved = await standBelow(parts, fitAgain);
  if (!isMoved) await standBeside(parts, fitAgain);
  if (body.classList.contains("beside")) growColumn(parts);
  else growRows(parts);
}
