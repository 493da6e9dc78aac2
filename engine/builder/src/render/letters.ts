/** Letters that have one color all through the course, in highlighted code. */
import { namesWithColor } from "views/letters";
import type { Notation } from "../lesson/parseHead.js";

/** highlight.js closes what it opens, one element in another. */
const PIECE = /<span class="([^"]*)">|<\/span>|[^<]+/g;
const NO_CODE = /^hljs-(comment|string|regexp)$/;
/** A name of one letter; neither a part of a longer one nor of an entity such as `&lt;`. */
const NAME = /(?<![\w$&#])[a-zA-Z](?![\w$])/g;

/** Calls back for each run of code outside of comments and strings; what it gives takes its place. */
function eachCode(html: string, change: (code: string) => string): string {
  const open: string[] = [];
  return html.replace(PIECE, (piece, name: string | undefined) => {
    if (name !== undefined) open.push(name);
    else if (piece === "</span>") open.pop();
    else if (!NO_CODE.test(open.at(-1) ?? "")) return change(piece);
    return piece;
  });
}

/** @param html code that highlight.js has highlighted */
export function colorLetters(html: string, colors: Notation): string {
  const names = new Set<string>();
  eachCode(html, (code) => {
    for (const [name] of code.matchAll(NAME)) names.add(name);
    return code;
  });
  const colored = namesWithColor(names, colors);
  if (colored.size === 0) return html;
  return eachCode(html, (code) =>
    code.replace(NAME, (name) => {
      const color = colored.get(name);
      return color ? `<span class="letter" style="--letter:${color}">${name}</span>` : name;
    }),
  );
}
