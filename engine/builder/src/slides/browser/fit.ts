/**
 * Shares a slide between title, text and figures: text gets smaller where figures would get too
 * little of the slide or where it doesn't fit, code and formulas where their lines are too long, and
 * tables grow or shrink to the room that they have.
 */

const SLIDE_AREA = 1280 * 720;
/** Pixels; sizes of text differ by steps, so that few are in use. */
const SIZE_STEP = 2;
const MIN_FIGURE_SHARE = 0.5;
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

/** The part of a formula's box that scrolls where its line is too long. */
const linesOf = (formula: HTMLElement) =>
  formula.querySelector<HTMLElement>(".katex-display") ?? formula;

/** Formulas of a text alone stand on one line, unless that makes them too small. */
function fitFormula(formula: HTMLElement): void {
  if (fitWidth(formula, MIN_FORMULA_SIZE, linesOf(formula))) return;
  formula.style.fontSize = "";
  formula.classList.add("breaks");
}

/** Pixels; formulas beside little text are as large as a line and this part of the height allow. */
const MAX_FORMULA_SIZE = 60;
const MAX_FORMULAS_HEIGHT = 0.7;

/** Makes the formulas of text alone larger, all by as much, while the slide has room for them. */
function growFormulas(body: HTMLElement, text: HTMLElement, formulas: HTMLElement[]): void {
  if (formulas.length === 0 || formulas.some((formula) => formula.matches(".breaks"))) return;
  const own = formulas.map(({ style }) => style.fontSize);
  const isOneLine = (lines: HTMLElement) => lines.scrollWidth <= lines.clientWidth;
  const least = Math.min(...formulas.map(typeSize));
  for (let size = MAX_FORMULA_SIZE; size > least; size -= SIZE_STEP) {
    for (const formula of formulas) formula.style.fontSize = `${size}px`;
    const isLow = text.offsetHeight <= MAX_FORMULAS_HEIGHT * innerHeight(body);
    if (isLow && formulas.map(linesOf).every(isOneLine)) return;
  }
  formulas.forEach((formula, i) => (formula.style.fontSize = own[i]!));
}

/** Pixels; smaller tables are worse than names on two lines. */
const MIN_TABLE_SIZE = 30;

/** Cells of a table alone stand on one line each, unless that makes them too small. */
function fitTable(table: HTMLElement): void {
  const column = table.parentElement!;
  table.style.fontSize = "";
  const own = typeSize(table);
  table.style.whiteSpace = "nowrap";
  for (let size = own; size >= MIN_TABLE_SIZE; size--) {
    table.style.fontSize = `${size}px`;
    if (table.offsetWidth <= column.clientWidth) return;
  }
  table.style.whiteSpace = "";
  table.style.fontSize = "";
}

/** Pixels; code is as large as text alone where its lines allow. */
const MAX_CODE_SIZE = 42;

/** Makes code as large as its longest line and the slide's height allow. */
function fitCode(code: HTMLElement, body: HTMLElement, text: HTMLElement): void {
  for (let size = MAX_CODE_SIZE; size >= MIN_CODE_SIZE; size--) {
    code.style.fontSize = `${size}px`;
    if (code.scrollWidth <= code.clientWidth && !overflows(text, body)) return;
  }
}

/** Makes texts smaller until they fit, but not smaller than MIN_TEXT_SIZE. */
function shrink(texts: HTMLElement[], fits: () => boolean): void {
  let size = Math.min(...texts.map(typeSize));
  while (!fits() && size > MIN_TEXT_SIZE) {
    size = Math.max(MIN_TEXT_SIZE, size - SIZE_STEP);
    for (const text of texts) text.style.fontSize = `${size}px`;
  }
}

/** What stands between the paragraphs of text alone, as a multiple of its usual height. */
const AIR = { least: 0.7, usual: 1, most: 1.9, step: 0.1 };
/** The part of the height that text alone may take with more than the usual air. */
const MAX_AIRY_HEIGHT = 0.9;

/** Spreads the paragraphs of text alone over the height that they leave. */
function spread(body: HTMLElement, text: HTMLElement): void {
  const heightFor = (air: number) => (air > AIR.usual ? MAX_AIRY_HEIGHT : 1) * innerHeight(body);
  for (let air = AIR.most; air >= AIR.least; air -= AIR.step) {
    text.style.setProperty("--air", air.toFixed(1));
    if (text.offsetHeight <= heightFor(air)) return;
  }
}

/** Text alone that takes less of the height stands at its middle. */
const MAX_LOW_TEXT = 0.85;

function fitAlone(body: HTMLElement, text: HTMLElement): void {
  const all = (selector: string) => [...text.querySelectorAll<HTMLElement>(selector)];
  all(".formula").forEach(fitFormula);
  text.style.setProperty("--air", String(AIR.least));
  shrink([text], () => {
    all("table").forEach(fitTable);
    return !overflows(text, body);
  });
  growFormulas(body, text, all(".formula"));
  for (const code of all("pre")) fitCode(code, body, text);
  spread(body, text);
  body.classList.toggle("low", text.offsetHeight < MAX_LOW_TEXT * innerHeight(body));
}

function fitText(body: HTMLElement): void {
  const figures = body.querySelector<HTMLElement>(":scope > .figures");
  const texts = [...body.querySelectorAll<HTMLElement>(":scope > .text")];
  if (texts.length === 0) return;
  if (figures === null) return fitAlone(body, texts[0]!);
  const fits = () =>
    shareOf(figures) >= MIN_FIGURE_SHARE && !texts.some((text) => overflows(text, body));
  shrink(texts, fits);
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
const MAX_ROW_PADDING = 100;
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

/** Captions have up to so many lines; longer ones are set smaller, with those beside them. */
const MAX_CAPTION_LINES = 2;
const LONG_CAPTION_SIZE = 22;
/** Of captions, in letters' sizes. */
const LINE_HEIGHT = 1.35;

function fitCaptions(row: HTMLElement): void {
  const captions = [...row.querySelectorAll<HTMLElement>(":scope > figure > figcaption")];
  const isLong = (caption: HTMLElement) =>
    caption.offsetHeight > (MAX_CAPTION_LINES + 0.5) * LINE_HEIGHT * typeSize(caption);
  if (!captions.some(isLong)) return;
  for (const caption of captions) caption.style.fontSize = `${LONG_CAPTION_SIZE}px`;
}

/** Fits all slides, once their fonts are there. */
export async function fitSlides(): Promise<void> {
  await document.fonts.ready;
  for (const row of document.querySelectorAll<HTMLElement>(".figures")) fitCaptions(row);
  for (const body of document.querySelectorAll<HTMLElement>(".body")) fitText(body);
  for (const output of document.querySelectorAll<HTMLElement>(".output")) fitOutput(output);
}
