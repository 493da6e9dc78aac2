/** Texts that look alike, told apart in words. */

/** Characters that show nothing or pass for others, written out where a text is quoted. */
const UNSEEN =
  // eslint-disable-next-line no-control-regex -- these are the ones to show
  /[\u0000-\u001F\u007F-\u00A0\u00AD\u061C\u115F\u1160\u1680\u180E\u2000-\u200F\u2028-\u202F\u205F-\u206F\u3000\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|\u034F|\p{Variation_Selector}|\p{Cn}|\p{Co}|\p{Cs}/gu;

/** Common ones by name. */
const NAMES: Record<string, string> = {
  "\t": "a tab",
  "\n": "a line feed",
  "\r": "a carriage return",
  " ": "a space",
  "\u00A0": "a no-break space",
  "\u00AD": "a soft hyphen",
  "\u200B": "a zero-width space",
  "\u200C": "a zero-width non-joiner",
  "\u200D": "a zero-width joiner",
  "\uFEFF": "a byte-order mark",
  "\uFFFD": "the replacement character",
};

const codePoint = (char: string) =>
  `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;

/** In quotes, with everything that cannot be seen written as its code point. */
export const quoted = (text: string): string =>
  `"${text.replace(UNSEEN, (char) => {
    if (char === "\n") return "\\n";
    if (char === "\r") return "\\r";
    if (char === "\t") return "\\t";
    return `\\u{${char.codePointAt(0)!.toString(16).toUpperCase()}}`;
  })}"`;

/** a, U+0061; a byte-order mark, U+FEFF */
function characterText(char: string | undefined): string {
  if (char === undefined) return "the end of the text";
  const name = NAMES[char] ?? (quoted(char) === `"${char}"` ? `"${char}"` : "a character");
  return `${name} (${codePoint(char)})`;
}

/** What a text has at one of its ends and another has not. */
function extraOf(has: string, lacks: string): string | undefined {
  if (has.startsWith(lacks)) return endText(has.slice(lacks.length), "at the end");
  if (has.endsWith(lacks)) return endText(has.slice(0, has.length - lacks.length), "at the start");
  return undefined;
}

function endText(extra: string, where: string): string {
  const [char, ...more] = extra;
  if (more.length === 0) return `${characterText(char)} ${where}`;
  return `${quoted(shortened(extra, 0))} ${where}`;
}

const LINES: [name: string, end: string][] = [
  ["CRLF", "\r\n"],
  ["CR", "\r"],
  ["LF", "\n"],
];
const lineEnds = (text: string) => LINES.find(([, end]) => text.includes(end))?.[0];
const withLf = (text: string) => text.replace(/\r\n?/g, "\n");

/** A difference that a reader of both texts would not see. */
function hiddenDifference(want: string, got: string): string | undefined {
  if (withLf(want) === withLf(got)) {
    return `its lines end with ${lineEnds(got)} instead of ${lineEnds(want)}`;
  }
  for (const form of ["NFC", "NFD"]) {
    if (want.normalize(form) !== want && want.normalize(form) === got) {
      return `it is normalized (${form}), which changes the code points of letters with accents`;
    }
  }
  if (want.normalize("NFC") === got.normalize("NFC")) {
    return "letters with accents are made of other code points (NFC and NFD differ)";
  }
  if (want.normalize("NFKC") === got.normalize("NFKC")) {
    return "it has other forms of the same letters (NFKC makes them equal)";
  }
  if (want.toLowerCase() === got.toLowerCase()) return "it differs in upper and lower case";
  return undefined;
}

const LONGEST = 40;

/** At most 40 characters around a place, with dots where something is left out. */
export function shortened(text: string, at: number): string {
  const chars = [...text];
  if (chars.length <= LONGEST) return text;
  const start = Math.max(0, Math.min(at - LONGEST / 2, chars.length - LONGEST));
  const end = start + LONGEST;
  const dots = (is: boolean) => (is ? "…" : "");
  return dots(start > 0) + chars.slice(start, end).join("") + dots(end < chars.length);
}

/**
 * How two different texts differ, as the end of a sentence: `expected "abc", got "abd". They first
 * differ at character 2: …`.
 */
export function textDifference(want: string, got: string): string {
  const [a, b] = [[...want], [...got]];
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const both = `expected ${quoted(shortened(want, at))}, got ${quoted(shortened(got, at))}.`;
  const more = extraOf(got, want);
  if (more !== undefined) return `${both} It has ${more}, which should not be there.`;
  const less = extraOf(want, got);
  if (less !== undefined) return `${both} It lacks ${less}.`;
  const hidden = hiddenDifference(want, got);
  const sentence = hidden === undefined ? "" : ` The letters are alike: ${hidden}.`;
  const where = `At character ${at + 1}, expected ${characterText(a[at])}, got`;
  return `${both}${sentence} ${where} ${characterText(b[at])}.`;
}
