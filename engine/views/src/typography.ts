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

/** A text whose numbers stay on one line with their units and errors: 5 %, 3.8 ± 0.2 Å. */
export const joinUnits = (text: string): string =>
  text.replace(AROUND_ERROR, "$1\u00a0±\u00a0").replace(BEFORE_UNIT, "$1\u00a0");

/** Letters: about two lines of a column. */
const MAX_TITLE_LENGTH = 150;
/** A shorter beginning, such as "Top:", says little alone. */
const MIN_TITLE_LENGTH = 16;

/** Where a sentence ends and another begins; where a part of a sentence does. */
const SENTENCE_END = /[.?!](?=\s+[\p{Lu}“"])/gu;
const PART_END = /[:;](?=\s)/gu;

/** Whether all parentheses that a text opens are closed. */
const isClosed = (text: string) => text.split("(").length === text.split(")").length;

/** The beginning of a text up to the first of these ends, if it can stand as a title. */
function beginning(text: string, end: RegExp): string | undefined {
  const beginnings = [...text.matchAll(end)].map(({ index }) => text.slice(0, index + 1));
  const first = beginnings.find((part) => part.length >= MIN_TITLE_LENGTH && isClosed(part));
  return first !== undefined && first.length <= MAX_TITLE_LENGTH ? first : undefined;
}

/**
 * A caption of more than about two lines in two parts: its first sentence as the title, or what stands
 * before its first colon or semicolon where that sentence is too long, and the rest, which is empty
 * for a short caption and for one that can't be divided.
 */
export function titleAndRest(caption: string): { title: string; rest: string } {
  const isLong = caption.length > MAX_TITLE_LENGTH;
  const cut = beginning(caption, SENTENCE_END) ?? beginning(caption, PART_END);
  const title = isLong && cut !== undefined ? cut : caption;
  return { title, rest: caption.slice(title.length).trim() };
}

/** Letters: about two lines above a figure with inputs. */
const MAX_ABOVE_LENGTH = 170;

/**
 * The caption of a figure with inputs: above it as many whole sentences as fit in two lines, at least
 * one, and below it the others, so that inputs and picture are seen together.
 */
export function titleAndTask(caption: string): { above: string; below: string } {
  const ends = [...caption.matchAll(SENTENCE_END)].map(({ index }) => index + 1);
  const closed = [...ends, caption.length].filter((end) => isClosed(caption.slice(0, end)));
  const fitting = closed.filter((end) => end <= MAX_ABOVE_LENGTH);
  const end = fitting.at(-1) ?? closed[0] ?? caption.length;
  return { above: caption.slice(0, end), below: caption.slice(end).trim() };
}
