/**
 * A formula as plain text, for places without markup such as search results: "softmax(QKᵀ/√d)V",
 * "p_i = e^(s_i)/∑_j e^(s_j)". It is read from KaTeX's MathML.
 */
import katex from "katex";

/** What stands for a formula that a line of text can't show, such as a matrix. */
const UNREADABLE = "…";

/** An element of MathML, or a text. */
interface Node {
  name: string;
  children: (Node | string)[];
}

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', nbsp: " " };
const decoded = (text: string): string =>
  text.replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity);

/** Reads elements and texts; KaTeX closes what it opens. */
function parse(mathml: string): Node {
  const root: Node = { name: "root", children: [] };
  const open = [root];
  for (const [piece, end, name, empty] of mathml.matchAll(/<(\/?)([\w-]+)[^>]*?(\/?)>|[^<]+/g)) {
    if (name === undefined) open.at(-1)!.children.push(decoded(piece));
    else if (end === "/") open.pop();
    else {
      const made: Node = { name, children: [] };
      open.at(-1)!.children.push(made);
      if (empty === "") open.push(made);
    }
  }
  return root;
}

const POWERS: Record<string, string> = {
  ...{ "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷" },
  ...{ "8": "⁸", "9": "⁹", "−": "⁻", "⊤": "ᵀ", "′": "′" },
};
const ACCENTS: Record<string, string> = { "^": "\u0302", "~": "\u0303", ˉ: "\u0304" };
const RELATION = /^[=<>≤≥≈≠∼←→∈⇒⇔⟺≡∝≪≫:]$/;
/** Signs that KaTeX writes to mean "the function of", and empty space. */
const INVISIBLE = /[\u2061\u200b\u2062]/g;

class NotReadable extends Error {}

/** Whether a text needs no parentheses as a part of a larger one. */
const isSimple = (text: string): boolean => /^(√?[\p{L}\p{N}.,]+|[∞∅*]|\(.*\))$/u.test(text);
const grouped = (text: string): string => (isSimple(text) ? text : `(${text})`);

function powerOf(text: string): string {
  const signs = [...text].map((sign) => POWERS[sign]);
  return signs.includes(undefined) ? `^${grouped(text)}` : signs.join("");
}

/** What stands in an index or a power, without spaces around its signs. */
const tight = (text: string): string => text.replace(/ ([=<>≤≥≈≠→]) |(,) /g, "$1$2").trim();

/** Children next to each other, with a space where two names would become one. */
function row(children: Node["children"]): string {
  let text = "";
  for (const child of children) {
    const next = textOf(child);
    const isName = typeof child !== "string" && /^.*?\p{L}{2,}/u.test(next) && child.name === "mi";
    const touches = /[\p{L}\p{N}]$/u.test(text) && /^[\p{L}\p{N}]/u.test(next);
    const follows = /[_^][\p{L}\p{N}]+$|\p{L}{2,}$|[_^]\([^)]*\)$/u.test(text);
    const apart = touches && (isName || follows);
    text += (apart || (/^∑_.*\)$/.test(text) && next !== "") ? " " : "") + next;
  }
  return text;
}

function textOf(node: Node | string): string {
  if (typeof node === "string") return node.replace(INVISIBLE, "");
  const { name, children } = node;
  const [first = "", second = "", third = ""] = children;
  const part = (child: Node | string) => textOf(child);
  switch (name) {
    case "annotation":
      return "";
    case "mo": {
      const sign = row(children);
      if (sign === ",") return ", ";
      return RELATION.test(sign) ? ` ${sign} ` : sign;
    }
    case "msub":
      return part(first) + `_${grouped(tight(part(second)))}`;
    case "msup":
      return part(first) + powerOf(tight(part(second)));
    case "msubsup":
      return `${part(first)}_${grouped(tight(part(second)))}${powerOf(tight(part(third)))}`;
    case "msqrt":
      return `√${grouped(row(children))}`;
    case "mfrac":
      return `${grouped(part(first))}/${grouped(part(second))}`;
    case "mover": {
      const accent = ACCENTS[part(second)];
      const base = part(first);
      if (accent === undefined || [...base].length !== 1) throw new NotReadable();
      return (base + accent).normalize("NFC");
    }
    case "munder":
    case "munderover":
    case "mtable":
    case "mroot":
      throw new NotReadable();
    default:
      return row(children);
  }
}

/** A formula as plain text; "…" for one that a line can't show. */
export function mathToText(tex: string): string {
  const rendered = katex.renderToString(tex, { output: "mathml", strict: "ignore" });
  try {
    return textOf(parse(rendered)).replace(/\s+/g, " ").trim();
  } catch (error) {
    if (error instanceof NotReadable) return UNREADABLE;
    throw error;
  }
}
