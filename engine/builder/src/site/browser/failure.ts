/**
 * What an answer's failure says on a page: one sentence, and the line with the place marked. Read
 * from the content of a Jupyter `error` message, as engine/cells writes it.
 */

/** A line of the reader's code, and the place in it that is wrong. */
export interface Place {
  /** From 1 on. */
  line: number;
  /** From 1 on. */
  column: number;
  /** Of what is wrong, in characters; 0 where the line as a whole is meant. */
  length: number;
}

export interface ReadFailure {
  sentence: string;
  place?: Place;
}

/** The compiler's messages that have plainer words; what they are about may stand in quotes. */
const REASONS: readonly (readonly [message: RegExp, words: string])[] = [
  [/^'(.+)' expected\.$/, "“$1” is missing"],
  [/^Expression expected\.$/, "a value is missing"],
  [/^Expression or comma expected\.$/, "a value is missing"],
  [/^Type expected\.$/, "a type is missing"],
  [/^(?:Identifier|Property assignment|Variable declaration|Parameter declaration) expected\.$/, "a name is missing"], // prettier-ignore
  [/^Declaration or statement expected\.$/, "nothing is open that this could close"],
  [/^Unterminated string literal\.$/, "the quote at the end of this text is missing"],
  [/^Unterminated template literal\.$/, "the “`” at the end of this text is missing"],
  [/^Invalid character\.$/, "this character can’t stand in code"],
  [/^Unexpected keyword or identifier\.$/, "this word can’t stand here"],
];

/** @param message of TypeScript, about code that it can't read */
export function syntaxReason(message: string): string {
  for (const [pattern, words] of REASONS) {
    if (pattern.test(message)) return message.replace(pattern, words);
  }
  return `TypeScript says: ${message.replace(/\.$/, "")}`;
}

const SYNTAX_ERROR = /^line (\d+):(\d+): ([^\n]*)/;
/** The marks below a line: as many as what is wrong has characters. */
const MARKS = /\| +(\^+)/;
/** A frame of a cell, in its own lines. */
const FRAME = /cell-\d+, line (\d+):(\d+)/;

/**
 * @param name the function that the answer defines
 * @param traceback without a terminal's colors
 */
export function readFailure(
  name: string,
  { ename, evalue }: { ename: string; evalue: string },
  traceback: string,
): ReadFailure {
  const [, line, column, message = ""] = SYNTAX_ERROR.exec(evalue) ?? [];
  if (ename === "SyntaxError" && line !== undefined) {
    const length = MARKS.exec(traceback)?.[1]!.length ?? 1;
    return {
      sentence: `${name} can’t run yet: in line ${line}, ${syntaxReason(message)}.`,
      place: { line: Number(line), column: Number(column), length },
    };
  }
  const [, thrownIn, thrownAt] = FRAME.exec(traceback) ?? [];
  const [first = ename] = evalue.split("\n");
  const says = first.replace(/[.!?]$/, "");
  if (thrownIn === undefined) return { sentence: `The cell of ${name} fails: ${says}.` };
  return {
    sentence: `The cell of ${name} fails in line ${thrownIn}: ${says}.`,
    place: { line: Number(thrownIn), column: Number(thrownAt), length: 0 },
  };
}

/** The parts of a line: before the place, the place itself, and after it. */
export function partsOfLine(
  text: string,
  { column, length }: Place,
): [before: string, wrong: string, after: string] {
  const from = Math.min(column - 1, text.length);
  const to = Math.min(from + length, text.length);
  return [text.slice(0, from), text.slice(from, to), text.slice(to)];
}

/** A part of a note: text, or a line of code with a place. */
export type NotePart = string | { text: string; place: Place };

const CODE_LINE = /^ *(\d+) \| (.*)$/;
const MARK_LINE = /^ *\| ( *)(\^+)$/;
const POSITION = /^line (\d+):\d+: /;

/**
 * The kernel's note about types that don't match, in its parts; undefined for other text.
 * @param text with lines of code, and marks below them as a terminal shows them
 */
export function readNote(text: string): NotePart[] | undefined {
  const lines = text.trimEnd().split("\n");
  const parts: NotePart[] = [];
  for (let i = 0; i < lines.length; i++) {
    const [, line, code] = CODE_LINE.exec(lines[i]!) ?? [];
    const [, before, marks] = MARK_LINE.exec(lines[i + 1] ?? "") ?? [];
    if (line === undefined || marks === undefined) {
      parts.push(lines[i]!.replace(POSITION, "Line $1: "));
      continue;
    }
    const place = { line: Number(line), column: before!.length + 1, length: marks.length };
    parts.push({ text: code!, place });
    i++; // the marks' own line
  }
  return parts.some((part) => typeof part !== "string") ? parts : undefined;
}

export function drawNote(parts: NotePart[]): HTMLElement {
  const note = document.createElement("div");
  note.className = "type-note";
  for (const part of parts) {
    if (typeof part !== "string") {
      note.append(drawLine(part.text, part.place));
      continue;
    }
    const line = document.createElement("p");
    line.textContent = part.trim();
    note.append(line);
  }
  return note;
}

/** A report of the failure, beside the look that a check's report has. @param answer its code */
export function drawFailure({ sentence, place }: ReadFailure, answer: string): HTMLElement {
  const report = document.createElement("div");
  report.className = "failure";
  const says = document.createElement("p");
  const head = document.createElement("strong");
  head.textContent = `✗ ${sentence}`;
  says.append(head);
  report.append(says);
  if (place) report.append(drawLine(answer.split("\n")[place.line - 1] ?? "", place));
  return report;
}

/** The line with its number and the place marked; a place behind its end is a mark alone. */
function drawLine(text: string, place: Place): HTMLElement {
  const block = document.createElement("pre");
  block.className = "place-line";
  const code = document.createElement("code");
  const [before, wrong, after] = partsOfLine(text, place);
  const number = document.createElement("span");
  number.className = "line-number";
  number.textContent = String(place.line);
  const mark = document.createElement("mark");
  mark.textContent = wrong === "" ? "\u00a0" : wrong;
  code.append(before.trimStart(), ...(place.length > 0 ? [mark] : []), after.trimEnd());
  block.append(number, code);
  return block;
}
