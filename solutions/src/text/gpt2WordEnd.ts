/**
 * GPT2_PATTERN by hand: its words lie end to end, so one number says where each of them ends. This
 * is four times as fast as the regular expression, which searches tables of all of Unicode at each
 * character.
 */
const SPACE = 0x20;
const APOSTROPHE = 0x27;
const WHITE = 1;
const LETTER = 2;
const NUMBER = 3;
const SIGN = 4;

const KINDS: [RegExp, number][] = [
  [/^\p{L}/u, LETTER],
  [/^\p{N}/u, NUMBER],
  [/^\p{White_Space}/u, WHITE],
  [/^[^]/u, SIGN],
];
const classify = (code: number): number =>
  KINDS.find(([pattern]) => pattern.test(String.fromCodePoint(code)))![1];

/** The kind of each code unit that is a whole character; 0 for surrogates, and until asked for. */
const kinds = new Uint8Array(0x10000);
/** The kinds of other code points that have been asked for. */
const beyond = new Map<number, number>();

function kindOf(code: number): number {
  const isCodeUnit = code < 0xd800 || (code > 0xdfff && code < 0x10000);
  const known = isCodeUnit ? kinds[code] : beyond.get(code);
  if (known) return known;
  const kind = classify(code);
  if (isCodeUnit) kinds[code] = kind;
  else beyond.set(code, kind);
  return kind;
}

/** Where the run of characters of this kind that continues at `at` ends. */
function runEnd(text: string, at: number, kind: number): number {
  for (;;) {
    while (at < text.length && kinds[text.charCodeAt(at)] === kind) at++;
    if (at === text.length) return at;
    const code = text.codePointAt(at)!;
    if (kindOf(code) !== kind) return at;
    at += code < 0x10000 ? 1 : 2;
  }
}

/** The length of 's, 't, 're, 've, 'm, 'll or 'd that begins at `at`, 0 where none does. */
function ending(text: string, at: number): number {
  const next = text.charAt(at + 1);
  if (next === "s" || next === "t" || next === "m" || next === "d") return 2;
  const two = text.slice(at + 1, at + 3);
  return two === "re" || two === "ve" || two === "ll" ? 3 : 0;
}

/** Where the word of GPT2_PATTERN that begins at `start` ends; `start` is inside the text. */
export function gpt2WordEnd(text: string, start: number): number {
  const unit = text.charCodeAt(start);
  if (unit === APOSTROPHE) {
    const length = ending(text, start);
    if (length > 0) return start + length;
  }
  // a word takes along one space before it
  const first = unit === SPACE && start + 1 < text.length ? start + 1 : start;
  const kind = kindOf(text.codePointAt(first)!);
  if (kind !== WHITE) return runEnd(text, first, kind);
  const end = runEnd(text, start, WHITE);
  // the last one is left to the word that follows
  return end === text.length || end === start + 1 ? end : end - 1;
}
