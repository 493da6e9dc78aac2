/** What a hover is about, and what it says. */
const WORD = /[\w$]/;
const MAX_HOVER_LENGTH = 600;

/** The name at a position of a line; undefined where there is none. */
export function nameAt(line: string, at: number): [from: number, to: number] | undefined {
  let from = at;
  let to = at;
  while (from > 0 && WORD.test(line[from - 1]!)) from--;
  while (to < line.length && WORD.test(line[to]!)) to++;
  return from < to && !/^\d/.test(line[from]!) ? [from, to] : undefined;
}

/** What the kernel says, cut to its signature and the first sentence after it. */
export function shortOf(text: string): { signature: string; sentence: string } {
  const [signature = "", ...rest] = text.split("\n\n");
  const documentation = rest.join("\n\n").replace(/^@[^]*|\n@[^]*/, "");
  const paragraph = documentation
    .split(/\n\s*\n/)[0]!
    .replace(/\s+/g, " ")
    .trim();
  const sentence = /^.*?[.!?](?=\s+\p{Lu}|$)/u.exec(paragraph)?.[0] ?? paragraph;
  return {
    signature: signature.slice(0, MAX_HOVER_LENGTH),
    sentence: sentence.slice(0, MAX_HOVER_LENGTH),
  };
}
