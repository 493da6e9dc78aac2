/**
 * Where a formula may break into lines. KaTeX ends a box after each relation and each operator, in
 * parentheses too; here boxes are made anew, so that a display breaks
 * - between its parts, which \quad and \qquad separate,
 * - within a part, before an operator, after a comma or words, before a relation that isn't the
 *   part's first, and after its first one where much stands to the left of it ("y =" stays with
 *   what follows),
 * and a formula within a line breaks where TeX's would: after a relation or an operator. Parentheses
 * don't break, but for long ones of a display, before an operator; what is wider than its place scrolls.
 */

/** A piece of KaTeX's HTML that never breaks, and its class, which says what it is: an operator, a relation. */
interface Atom {
  html: string;
  kind: string;
  strut: Strut;
}

/** What a box reaches above and below its baseline, in em. */
interface Strut {
  above: number;
  below: number;
}

/** Letters to the left of a relation that stay on its line with what follows. */
const MAX_SHORT_SIDE = 8;
/** Letters in a parenthesis that doesn't break. */
const MAX_UNBROKEN = 28;
/** In em; \quad's width, from which on a space separates parts. */
const PART_GAP = 1;

const OPENING = '<span class="katex-html" aria-hidden="true">';
const ROOM = /^<span class="mspace" style="margin-right:([\d.]+)em;?"><\/span>$/;

/** The elements next to each other in HTML that has no text between them. */
function siblings(html: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: tag, 1: end, 2: empty, index } of html.matchAll(/<(\/?)[^>]*?(\/?)>/g)) {
    if (end !== "") depth--;
    else if (empty === "") depth++;
    if (depth < 0) break;
    if (depth > 0) continue;
    found.push(html.slice(start, index + tag.length));
    start = index + tag.length;
  }
  return found;
}

/** What stands in an element that `siblings` has found. */
const innerOf = (element: string): string =>
  element.slice(element.indexOf(">") + 1, element.lastIndexOf("<"));

const textOf = (html: string): string => html.replace(/<[^>]*>|\u200b/g, "");

function readStrut(element: string): Strut {
  const [, height = "0"] = /height:([-\d.]+)em/.exec(element) ?? [];
  const [, align = "0"] = /vertical-align:([-\d.]+)em/.exec(element) ?? [];
  return { above: Number(height) + Number(align), below: -Number(align) };
}

/** The atoms of KaTeX's boxes; undefined where there is something else beside boxes. */
function readAtoms(boxes: string[]): Atom[] | undefined {
  if (!boxes.every((box) => box.startsWith('<span class="katex-base">'))) return undefined;
  return boxes.flatMap((box) => {
    const [strut, ...atoms] = siblings(innerOf(box));
    return atoms.map((html) => {
      const [, kind = ""] = /^<span class="([\w-]+)/.exec(html) ?? [];
      return { html, kind, strut: readStrut(strut!) };
    });
  });
}

/** How many parentheses an atom opens, less than 0 where it closes them; KaTeX joins "))" in one. */
function opened({ html, kind }: Atom): number {
  const text = textOf(html);
  const count = (sign: RegExp) => text.match(sign)?.length ?? 0;
  if (kind === "mopen") return Math.max(1, count(/[([{]/g));
  if (kind === "mclose") return -Math.max(1, count(/[)\]}]/g));
  // what \big makes is neither; a bar says nothing about its side
  return html.includes('"delimsizing') ? count(/^[([{]$/g) - count(/^[)\]}]/g) : 0;
}

/** How many parentheses are open around each atom; parentheses themselves stand outside of theirs. */
function depthsOf(atoms: Atom[]): number[] {
  let depth = 0;
  return atoms.map((atom) => {
    const change = opened(atom);
    if (change < 0) depth += change;
    const found = depth;
    if (change > 0) depth += change;
    return found;
  });
}

/** Lets a long parenthesis break as what is outside of it does; anything in a short one is deeper. */
function openLongOnes(atoms: Atom[], depths: number[]): number[] {
  const found = [...depths];
  for (let start = 0; start < atoms.length; start++) {
    if (depths[start] !== 0 || opened(atoms[start]!) <= 0) continue;
    const length = depths.slice(start + 1).findIndex((depth) => depth === 0);
    const inside = atoms.slice(start + 1, length < 0 ? undefined : start + 1 + length);
    if (textOf(inside.map(({ html }) => html).join("")).length <= MAX_UNBROKEN) continue;
    inside.forEach((_, i) => (found[start + 1 + i]! -= 1));
  }
  return found;
}

const round = (x: number): number => Math.round(x * 1e4) / 1e4;

/** A box that stays on one line, as high as KaTeX's boxes that its atoms come from. */
function boxOf(atoms: Atom[]): string {
  const above = Math.max(...atoms.map(({ strut }) => strut.above));
  const below = Math.max(...atoms.map(({ strut }) => strut.below));
  const align = below === 0 ? "" : `vertical-align:${round(-below)}em;`;
  const strut = `<span class="katex-strut" style="height:${round(above + below)}em;${align}"></span>`;
  return `<span class="katex-base">${strut}${atoms.map(({ html }) => html).join("")}</span>`;
}

/** Atoms in groups, of which a new one begins wherever `starts` says so. */
function groupsOf(atoms: Atom[], starts: (i: number) => boolean): Atom[][] {
  const groups: Atom[][] = [];
  atoms.forEach((atom, i) => {
    if (i === 0 || starts(i)) groups.push([]);
    groups.at(-1)!.push(atom);
  });
  return groups;
}

/** The last atom before another that isn't space. */
function before(atoms: Atom[], i: number): { at: number; atom: Atom } | undefined {
  for (let at = i - 1; at >= 0; at--) {
    if (atoms[at]!.kind !== "mspace") return { at, atom: atoms[at]! };
  }
  return undefined;
}

/** The boxes of a display's part. */
function linesOfPart(part: Atom[]): string[] {
  const depths = depthsOf(part);
  const operatorDepths = openLongOnes(part, depths);
  const first = part.findIndex(({ kind }, i) => kind === "mrel" && depths[i] === 0);
  const leftSide = part.slice(0, Math.max(0, first));
  const isLong = textOf(leftSide.map(({ html }) => html).join("")).length > MAX_SHORT_SIDE;
  const starts = (i: number): boolean => {
    const { kind } = part[i]!;
    const left = before(part, i);
    if (!left || kind === "mspace") return false;
    if (kind === "mbin") return operatorDepths[i] === 0;
    if (depths[i] !== 0) return false;
    if (left.atom.kind === "mrel") return left.at === first && isLong;
    if (kind === "mrel") return i !== first;
    return left.atom.kind === "mpunct" || textOf(left.atom.html).endsWith("\u00a0");
  };
  return groupsOf(part, starts).map(boxOf);
}

/** The parts of a display, and the space between them in em. */
function partsOf(atoms: Atom[]): { parts: Atom[][]; gap: number } {
  const parts: Atom[][] = [[]];
  let gap = 0;
  const depths = depthsOf(atoms);
  for (const [i, atom] of atoms.entries()) {
    const width = Number(ROOM.exec(atom.html)?.[1] ?? 0);
    if (depths[i]! > 0 || width < PART_GAP) {
      parts.at(-1)!.push(atom);
      continue;
    }
    gap = Math.max(gap, width);
    if (parts.at(-1)!.length > 0) parts.push([]);
  }
  return { parts: parts.filter((part) => part.length > 0), gap };
}

/** The boxes of a formula within a line. */
function inlineBoxes(atoms: Atom[]): string[] {
  const depths = depthsOf(atoms);
  const starts = (i: number): boolean => {
    const left = before(atoms, i);
    if (!left || depths[i] !== 0 || atoms[i]!.kind === "mspace") return false;
    return left.atom.kind === "mrel" || left.atom.kind === "mbin";
  };
  return groupsOf(atoms, starts).map(boxOf);
}

/** Replaces the boxes of rendered math; anything but boxes stays as it is. */
function replaceBoxes(html: string, change: (atoms: Atom[]) => string): string {
  const at = html.indexOf(OPENING);
  if (at < 0) return html;
  const start = at + OPENING.length;
  const boxes = siblings(html.slice(start));
  const atoms = readAtoms(boxes);
  if (!atoms || atoms.length === 0) return html;
  return html.slice(0, start) + change(atoms) + html.slice(start + boxes.join("").length);
}

/** @param html a display that KaTeX has rendered; its parts get the class `formula-part` */
export const breakDisplay = (html: string): string =>
  replaceBoxes(html, (atoms) => {
    const { parts, gap } = partsOf(atoms);
    const style = gap > 0 ? ` style="--gap:${gap}em"` : "";
    const shown = parts.map(
      (part) => `<span class="formula-part">${linesOfPart(part).join("")}</span>`,
    );
    return `<span class="formula-parts"${style}>${shown.join("")}</span>`;
  });

/** @param html a formula within a line that KaTeX has rendered */
export const breakInline = (html: string): string =>
  replaceBoxes(html, (atoms) => inlineBoxes(atoms).join(""));
