/**
 * Shares a slide between title, text and figures: text gets smaller where figures would get too
 * little of the slide or where it doesn't fit, code and formulas where their lines are too long, and
 * tables grow or shrink to the room that they have.
 */

const SLIDE_AREA = 1280 * 720;
const MIN_FIGURE_SHARE = 0.55;
/** Pixels; smaller text can't be read from the last row. */
const MIN_TEXT_SIZE = 20;

/** The part of the slide that its figures take. The box may be scaled, as the slide itself is. */
const shareOf = ({ offsetWidth, offsetHeight }: HTMLElement) =>
  (offsetWidth * offsetHeight) / SLIDE_AREA;

/** The height that a body has for what stands in it. */
export function innerHeight(body: HTMLElement): number {
  const { paddingTop, paddingBottom } = getComputedStyle(body);
  return body.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom);
}

/** Whether a text is higher than its slide's body or holds something wider than its column. */
export const overflows = (text: HTMLElement, body: HTMLElement) =>
  text.offsetHeight > innerHeight(body) || text.scrollWidth > text.clientWidth;

/** Pixels; smaller code and formulas can't be read from the last row. */
const MIN_CODE_SIZE = 20;
const MIN_FORMULA_SIZE = 30;

/** Makes an element small enough for the longest line of `lines`, and says whether it is. */
function fitWidth(box: HTMLElement, least: number, lines = box): boolean {
  let size = typeSize(box);
  while (lines.scrollWidth > lines.clientWidth && size > least) {
    size--;
    box.style.fontSize = `${size}px`;
  }
  return lines.scrollWidth <= lines.clientWidth;
}

/** Formulas of a text alone stand on one line, unless that makes them too small. */
function fitFormula(formula: HTMLElement): void {
  const lines = formula.querySelector<HTMLElement>(".katex-display") ?? formula;
  if (fitWidth(formula, MIN_FORMULA_SIZE, lines)) return;
  formula.style.fontSize = "";
  formula.classList.add("breaks");
}

/** Pixels; sizes of text alone on its slide, and the part of the height that it may take. */
const ALONE_SIZES = [46, 50];
const STATEMENT_SIZES = [60];
const MAX_ALONE_HEIGHT = 0.86;

/** Text alone is larger where that adds no lines and leaves some of the slide's height free. */
function growAlone(body: HTMLElement, text: HTMLElement): void {
  const sizes = body.classList.contains("statement") ? STATEMENT_SIZES : ALONE_SIZES;
  const own = typeSize(text);
  const heightInLetters = text.offsetHeight / own;
  let largest = text.style.fontSize;
  for (const size of sizes.filter((size) => size > own)) {
    text.style.fontSize = `${size}px`;
    const isHigh = text.offsetHeight > MAX_ALONE_HEIGHT * innerHeight(body);
    const hasMoreLines = text.offsetHeight / size > heightInLetters + 0.5;
    if (isHigh || hasMoreLines || overflows(text, body)) break;
    largest = text.style.fontSize;
  }
  text.style.fontSize = largest;
}

/** Pixels; smaller tables are worse than names on two lines. */
const MIN_TABLE_SIZE = 30;

/** Cells of a table alone stand on one line each, unless that makes them too small. */
function fitTable(table: HTMLElement): void {
  const column = table.parentElement!;
  const own = typeSize(table);
  table.style.whiteSpace = "nowrap";
  for (let size = own; size >= MIN_TABLE_SIZE; size--) {
    table.style.fontSize = `${size}px`;
    if (table.offsetWidth <= column.clientWidth) return;
  }
  table.style.whiteSpace = "";
  table.style.fontSize = "";
}

function fitText(body: HTMLElement): void {
  for (const formula of body.querySelectorAll<HTMLElement>(".only-text .formula")) {
    fitFormula(formula);
  }
  const figures = body.querySelector<HTMLElement>(":scope > .figures");
  const texts = [...body.querySelectorAll<HTMLElement>(":scope > .text")];
  if (texts.length === 0) return;
  let size = Math.min(...texts.map((text) => parseFloat(getComputedStyle(text).fontSize)));
  const isTooLarge = () =>
    (figures !== null && shareOf(figures) < MIN_FIGURE_SHARE) ||
    texts.some((text) => overflows(text, body));
  while (isTooLarge() && size > MIN_TEXT_SIZE) {
    size--;
    for (const text of texts) text.style.fontSize = `${size}px`;
  }
  if (figures === null && texts.length === 1) growAlone(body, texts[0]!);
  for (const table of body.querySelectorAll<HTMLElement>(".only-text table")) fitTable(table);
  for (const code of body.querySelectorAll<HTMLElement>("pre")) fitWidth(code, MIN_CODE_SIZE);
}

/** A table is shown at most this much larger than text, rows of words this much, both at least this. */
const MAX_OUTPUT_ZOOM = 1.375;
const MAX_WORDS_ZOOM = 1.75;
const MIN_OUTPUT_ZOOM = 0.625;
const ZOOM_STEP = 0.125;

export const typeSize = (node: HTMLElement) => parseFloat(getComputedStyle(node).fontSize);

/** The zoom with which a table has the size of its slide's text, where there is any. */
function maxZoom(output: HTMLElement): number {
  const table = output.querySelector<HTMLElement>("table");
  if (!table) return MAX_WORDS_ZOOM;
  const text = output.closest(".body")?.querySelector<HTMLElement>(":scope > .text");
  return text ? Math.min(MAX_OUTPUT_ZOOM, typeSize(text) / typeSize(table)) : MAX_OUTPUT_ZOOM;
}

/** The number of lines in which a row of words stands. */
function lineCount(row: Element): number {
  const tops = [...row.querySelectorAll(":scope > span")].map((word) =>
    Math.round(word.getBoundingClientRect().top),
  );
  return new Set(tops).size;
}

/** The rows of words of an output that stand on one line, as one below the other is compared. */
function singleLines(output: HTMLElement): Element[] {
  output.style.zoom = String(MIN_OUTPUT_ZOOM);
  return [...output.querySelectorAll(":scope > div")].filter((row) => lineCount(row) === 1);
}

/** Above and below a row of a table, in hundredths of its letters' size. */
const MAX_ROW_PADDING = 75;
const MIN_ROW_PADDING = 20;
const ROW_PADDING_STEP = 5;

/** Makes what is drawn as HTML as large as its figure, whose size stays, and as its slide's text. */
export function fitOutput(output: HTMLElement): void {
  const figure = output.closest<HTMLElement>("figure")!;
  const row = figure.parentElement!;
  output.classList.remove("whole-names");
  const { offsetHeight: height } = row;
  const single = singleLines(output);
  const fits = () =>
    row.offsetHeight <= height &&
    row.scrollHeight <= row.clientHeight &&
    figure.scrollWidth <= figure.clientWidth &&
    single.every((words) => lineCount(words) === 1);
  for (let zoom = maxZoom(output); zoom >= MIN_OUTPUT_ZOOM; zoom -= ZOOM_STEP) {
    output.style.zoom = String(zoom);
    if (fits()) break;
  }
  output.classList.add("whole-names");
  if (!fits()) output.classList.remove("whole-names");
  for (let padding = MAX_ROW_PADDING; padding >= MIN_ROW_PADDING; padding -= ROW_PADDING_STEP) {
    output.style.setProperty("--row-padding", `${padding / 100}em`);
    if (fits()) return;
  }
}

/** Pixels; a caption of several lines takes less of its figure's height. */
const LONG_CAPTION_SIZE = 21;

function fitCaption(caption: HTMLElement): void {
  const isLong = caption.offsetHeight > 2 * typeSize(caption);
  if (isLong) caption.style.fontSize = `${LONG_CAPTION_SIZE}px`;
}

/** Fits all slides, once their fonts are there. */
export async function fitSlides(): Promise<void> {
  await document.fonts.ready;
  for (const caption of document.querySelectorAll<HTMLElement>("figure > figcaption")) {
    fitCaption(caption);
  }
  for (const body of document.querySelectorAll<HTMLElement>(".body")) fitText(body);
  for (const output of document.querySelectorAll<HTMLElement>(".output")) fitOutput(output);
}
