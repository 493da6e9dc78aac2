/**
 * Edits of a source, matched without regard to what a formatter decides: white space, and the comma
 * after the last element of a list.
 */

/** What a formatter may change between two tokens. */
const LAYOUT = /\s+|,(?=\s*[)\]}])/g;
const WORD = /[\w$]/;

/** The text without its layout, and for each of its characters the place where it stood. */
interface Folded {
  text: string;
  places: number[];
}

/** Keeps one space where two words would run together, and none elsewhere. */
function fold(source: string): Folded {
  const places: number[] = [];
  let text = "";
  const keep = (from: number, to: number) => {
    for (let i = from; i < to; i++) places.push(i);
    text += source.slice(from, to);
  };
  let end = 0;
  for (const { 0: layout, index } of source.matchAll(LAYOUT)) {
    keep(end, index);
    end = index + layout.length;
    const separates = WORD.test(text.at(-1) ?? "") && WORD.test(source[end] ?? "");
    if (separates) {
      text += " ";
      places.push(index);
    }
  }
  keep(end, source.length);
  return { text, places };
}

/** Where a piece of code stands in a folded source, as ranges of the source. */
function findAll({ text, places }: Folded, piece: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  if (piece === "") return found;
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) {
    found.push({ start: places[at]!, end: places[at + piece.length - 1]! + 1 });
  }
  return found;
}

/** A source without what a formatter decides: two of the same meaning to it fold alike. */
export const folded = (source: string): string => fold(source).text;

/** Whether a piece of code stands exactly once in a source. */
export const matchesOnce = (source: string, piece: string): boolean =>
  findAll(fold(source), folded(piece)).length === 1;

/**
 * Applies edits one after another. White space and a last comma are ignored while matching, so a
 * formatter cannot break an edit.
 * @param edits pairs of what stands in the source and what takes its place, word for word
 * @param name of the function, for the message
 * @throws unless each edit matches exactly once
 */
export function applyEdits(
  source: string,
  edits: [from: string, to: string][],
  name: string,
): string {
  return edits.reduce((text, [from, to]) => {
    const found = findAll(fold(text), fold(from).text);
    const [place] = found;
    if (!place || found.length > 1) {
      throw new Error(
        `${name}: a mutant's edit must match once, ${JSON.stringify(from)} stands ` +
          `${found.length} times in ` +
          "the solution",
      );
    }
    return text.slice(0, place.start) + to + text.slice(place.end);
  }, source);
}
