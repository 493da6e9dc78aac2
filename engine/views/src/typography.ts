/**
 * How texts of figures and lessons break into lines: a number keeps its unit, and a long caption has a
 * title. Notebook, pages and slides call these where they show a text, so that data and claims keep
 * the text as it was written.
 */

const UNITS = [
  ...["%", "‰", "°", "°C"],
  ...["Å", "Å²", "Å³", "nm", "µm", "μm", "mm", "cm", "m", "km"],
  ...["ns", "µs", "μs", "ms", "s", "min", "h"],
  ...["bit", "bits", "byte", "bytes", "nat", "nats", "px"],
  ...["B", "kB", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "GB/s"],
  ...["Hz", "kHz", "MHz", "GHz", "FLOP", "FLOPs", "GFLOP", "TFLOP", "GFLOP/s", "TFLOP/s"],
  ...["Da", "kDa", "kJ", "kcal", "eV"],
];
const UNIT = [...UNITS].sort((a, b) => b.length - a.length).join("|");

const BEFORE_UNIT = new RegExp(`(\\d) (?=(?:${UNIT})(?![\\p{L}\\p{N}]))`, "gu");
const AROUND_ERROR = /(\d(?: ?%)?) ± (?=\d)/g;
const AROUND_POWER = /(\d) × (?=10[⁻⁰¹²³⁴-⁹])/g;

/** A text whose numbers stay on one line with their units, errors and powers of ten: 5 %, 3.8 ± 0.2 Å. */
export const joinUnits = (text: string): string =>
  text
    .replace(AROUND_ERROR, "$1\u00a0±\u00a0")
    .replace(AROUND_POWER, "$1\u00a0×\u00a0")
    .replace(BEFORE_UNIT, "$1\u00a0");

/** Letters of one line of a column. */
const LINE_LENGTH = 90;
/** A shorter beginning, such as "Top: a.", says little alone. */
const MIN_TITLE_LENGTH = 16;

/** Where a sentence ends and another begins. */
const SENTENCE_END = /[.?!][”"]?(?=\s+[\p{Lu}“"[])/gu;

/** Whether all parentheses that a text opens are closed. */
const isClosed = (text: string) => text.split("(").length === text.split(")").length;

/** Where the sentences of a text end, its own end included, as far as what stands before is whole. */
const sentenceEnds = (text: string): number[] =>
  [...[...text.matchAll(SENTENCE_END)].map((end) => end.index + end[0].length), text.length].filter(
    (end) => isClosed(text.slice(0, end)),
  );

/**
 * A caption of more than a line in two parts: its first sentence as the title, however long, and the
 * rest, which is empty for a caption of one line or one sentence.
 */
export function titleAndRest(caption: string): { title: string; rest: string } {
  const first = sentenceEnds(caption).find((end) => end >= MIN_TITLE_LENGTH);
  const end = caption.length > LINE_LENGTH ? (first ?? caption.length) : caption.length;
  return { title: caption.slice(0, end), rest: caption.slice(end).trim() };
}

/** Above a figure with inputs, so that inputs and picture are seen together. */
const MAX_LINES_ABOVE = 2;

/** About how many lines a caption takes with its title and its rest. */
function linesOf(caption: string): number {
  const { title, rest } = titleAndRest(caption);
  return Math.ceil(title.length / LINE_LENGTH) + Math.ceil(rest.length / LINE_LENGTH);
}

/**
 * The caption of a figure with inputs: above it as many whole sentences as fit in two lines, at least
 * one, and below it the others, so that inputs and picture are seen together.
 */
export function titleAndTask(caption: string): { above: string; below: string } {
  const ends = sentenceEnds(caption);
  const fitting = ends.filter((end) => linesOf(caption.slice(0, end)) <= MAX_LINES_ABOVE);
  const end = fitting.at(-1) ?? ends[0] ?? caption.length;
  return { above: caption.slice(0, end), below: caption.slice(end).trim() };
}
