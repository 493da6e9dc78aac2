/**
 * Edits of source text, as mutants make them. Matching ignores what a formatter decides: white space,
 * and the comma after the last element of a list.
 */

/** What a formatter may put between two tokens. */
const LAYOUT = /\s+|,(?=\s*[)\]}])/g;
const WORD = /[\w$]/;

/** Source text without its layout, and the original position of each character. */
interface NormalizedSource {
  text: string;
  positions: number[];
}

/** Removes the layout, but keeps one space where two words would run together. */
function normalize(source: string): NormalizedSource {
  const positions: number[] = [];
  let text = "";
  const keep = (from: number, to: number) => {
    for (let i = from; i < to; i++) positions.push(i);
    text += source.slice(from, to);
  };
  let end = 0;
  for (const { 0: layout, index } of source.matchAll(LAYOUT)) {
    keep(end, index);
    end = index + layout.length;
    const separates = WORD.test(text.at(-1) ?? "") && WORD.test(source[end] ?? "");
    if (separates) {
      text += " ";
      positions.push(index);
    }
  }
  keep(end, source.length);
  return { text, positions };
}

/** Finds a normalized piece of code; returns ranges of the original source. */
function findAll(
  { text, positions }: NormalizedSource,
  piece: string,
): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  if (piece === "") return found;
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) {
    found.push({ start: positions[at]!, end: positions[at + piece.length - 1]! + 1 });
  }
  return found;
}

/** Source text without its layout: equal for two sources that a formatter makes equal. */
export const normalizeLayout = (source: string): string => normalize(source).text;

/** Whether a piece of code occurs exactly once in a source. */
export const matchesOnce = (source: string, piece: string): boolean =>
  findAll(normalize(source), normalizeLayout(piece)).length === 1;

/**
 * Applies edits one after another. Matching ignores white space and trailing commas, so a formatter
 * can't break an edit.
 * @param edits pairs of text in the source and its replacement
 * @param name of the function, for the error message
 * @throws unless each edit matches exactly once
 */
export function applyEdits(
  source: string,
  edits: [from: string, to: string][],
  name: string,
): string {
  return edits.reduce((text, [from, to]) => {
    const found = findAll(normalize(text), normalize(from).text);
    const [range] = found;
    if (!range || found.length > 1) {
      throw new Error(
        `${name}: a mutant's edit must match once, ${JSON.stringify(from)} stands ` +
          `${found.length} times in the solution`,
      );
    }
    return text.slice(0, range.start) + to + text.slice(range.end);
  }, source);
}
