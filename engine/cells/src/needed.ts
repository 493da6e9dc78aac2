/** Which cells of a notebook a cell needs, by the names that they define. Runs in pages, too. */

const DECLARATION =
  /^(?:export )?(?:declare )?(?:async )?(?:abstract )?(?:function\*?|class|enum|interface|type) +([\w$]+)/gm;
const IMPORT = /^import +(?:type +)?([^;"]*?) +from/gm;
const VARIABLES = /^(?:export )?(?:declare )?(?:const|let|var) +/gm;
/** Comments, texts and, behind the sign before it, a regular expression. */
const LITERAL =
  /\/\/.*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:\\.|\$\{(?:[^`{}]|`[^`]*`|\{[^{}]*\})*\}|[^`\\])*`|([(,=:[!&|?{};]\s*)\/(?:[^\\/\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//g;

/** The names that a cell defines or imports at its top level, which begins lines. */
export function definedNames(source: string): Set<string> {
  const code = source.replace(LITERAL, (found, before?: string) =>
    /^\/[/*]/.test(found) ? "" : `${before ?? ""}""`,
  );
  return new Set([
    ...[...code.matchAll(DECLARATION)].map(([, name]) => name!),
    ...[...code.matchAll(IMPORT)].flatMap(([, names]) => namesIn(names!)),
    ...[...code.matchAll(VARIABLES)].flatMap(({ 0: { length }, index }) =>
      declarators(code, index + length).flatMap(namesIn),
    ),
  ]);
}

/** The names in a pattern or an import: of `std: deviation = 1` and `x as deviation` the last one. */
const namesIn = (pattern: string): string[] =>
  pattern.split(/[,{}[\]]/).flatMap((part) => /([\w$]+)\s*$/.exec(part.split("=")[0]!)?.[1] ?? []);

/** What `const`, `let` or `var` declares from an index on: names and patterns, `a` and `{ b, c }`. */
function declarators(code: string, start: number): string[] {
  const found: string[] = [];
  const open: string[] = []; // brackets around what is read
  let from: number | undefined = start; // where the name of a declarator begins
  for (let i = start; ; i++) {
    const sign = code[i] ?? ";";
    const isEnd =
      (sign === ";" && open.every((bracket) => bracket === "<")) ||
      (sign === "\n" && open.length === 0 && endsAt(code, i));
    if (from !== undefined && open.length === 0 && (isEnd || "=:,".includes(sign))) {
      found.push(code.slice(from, i));
      from = undefined;
    }
    if (isEnd || i >= code.length) return found;
    if (open.length === 0 && sign === ",") from = i + 1;
    trackBrackets(open, code, i);
  }
}

/** Adds a bracket that opens, or removes it where it closes; `<` opens before a type, not in `a < b`. */
function trackBrackets(open: string[], code: string, i: number): void {
  const sign = code[i] ?? "";
  if ("([{".includes(sign) || (sign === "<" && /[\w{[(\n]/.test(code[i + 1] ?? ""))) {
    open.push(sign);
  } else if (sign === ">" && open.at(-1) === "<" && code[i - 1] !== "=") {
    open.pop();
  } else if (")]}".includes(sign)) {
    while (open.pop() === "<"); // it was a comparison
  }
}

/** Whether a statement without a semicolon ends with this line. */
const endsAt = (code: string, lineEnd: number): boolean =>
  !/[,=+\-*/%&|?:<>!~^.]\s*$/.test(code.slice(0, lineEnd).slice(-80)) &&
  !/^\s*[,=+\-*/%&|?:<>.)]/.test(code.slice(lineEnd, lineEnd + 80));

interface RunnableCell {
  source: string;
  hasRun: boolean;
}

/**
 * The cells to run before a cell: those that define what it uses, and what they use in turn, as far
 * as they haven't run. Of several definitions of a name, the last one before its use counts.
 * @param cells the notebook's code cells in order
 * @param at the index of the cell
 * @param name a name that it missed
 * @returns indexes in order; [] if a name is given and no earlier cell defines it
 */
export const cellsNeeded = (cells: readonly RunnableCell[], at: number, name?: string): number[] =>
  neededIn(cells)(at, name);

/** The same for whoever asks about many cells of a notebook: its names are looked up once. */
export function neededIn(cells: readonly RunnableCell[]): (at: number, name?: string) => number[] {
  const defined = cells.map(({ source }) => definedNames(source));
  const definerOf = (used: string, before: number) =>
    defined.findLastIndex((names, i) => i < before && names.has(used));
  const visit = (index: number, needed: Set<number>) => {
    const used = new Set(cells[index]!.source.match(/[A-Za-z_$][\w$]*/g));
    for (const word of used) {
      if (defined[index]!.has(word)) continue;
      const definer = definerOf(word, index);
      if (definer < 0 || cells[definer]!.hasRun || needed.has(definer)) continue;
      needed.add(definer);
      visit(definer, needed);
    }
  };
  return (at, name) => {
    if (name !== undefined && definerOf(name, at) < 0) return [];
    const needed = new Set<number>();
    visit(at, needed);
    return [...needed].sort((a, b) => a - b);
  };
}
