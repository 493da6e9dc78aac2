/** A block of lines in a cell, which the builder names by its first and last line. */
export interface Lines {
  first: string;
  last: string;
  lines: number;
}
export interface Range {
  from: number;
  to: number;
}

/** Reads a block of lines from untrusted metadata; [] where it is malformed. */
export function linesOf(value: unknown): Lines[] {
  if (typeof value !== "object" || value === null) return [];
  const { first, last, lines } = value as Record<string, unknown>;
  const isLines = typeof first === "string" && typeof last === "string" && Number.isInteger(lines);
  return isLines ? [{ first, last, lines: lines as number }] : [];
}

/** Where a text has these lines, without their indentation; undefined where an edit changed them. */
export function rangeOf(text: string, { first, last, lines }: Lines): Range | undefined {
  const all = text.split("\n");
  const at = all.findIndex((line, i) => line === first && all[i + lines - 1] === last);
  if (at < 0 || lines < 2) return undefined;
  const start = all.slice(0, at).join("\n").length + (at > 0 ? 1 : 0);
  const length = all.slice(at, at + lines).join("\n").length;
  return { from: start + Math.max(0, first.search(/\S/)), to: start + length };
}

/** The smallest single replacement that turns `before` into `next`. */
export function editOf(before: string, next: string): Range & { text: string } {
  const most = Math.min(before.length, next.length);
  let start = 0;
  while (start < most && before[start] === next[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === next.at(-1 - end)) end++;
  return { from: start, to: before.length - end, text: next.slice(start, next.length - end) };
}
