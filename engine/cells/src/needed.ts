/** Which cells of a notebook a cell needs, by the names that they define. Runs in pages, too. */

const DECLARATION =
  /^(?:export )?(?:declare )?(?:async )?(?:abstract )?(?:function\*?|class|enum|interface|type|const|let|var) +([\w$]+)/gm;
/** A declaration's pattern, or what an import names. */
const PATTERN = /^(?:const|let|var) +([{[][^=]*?) *=|^import +(?:type +)?([^;"]*?) +from/gm;

/** The names that a cell defines or imports at its top level, which begins lines. */
export function definedNames(source: string): Set<string> {
  const declared = [...source.matchAll(DECLARATION)].map(([, name]) => name!);
  const inPatterns = [...source.matchAll(PATTERN)].flatMap(([, pattern, imported]) =>
    (pattern ?? imported ?? "").split(/[,{}[\]]/).map((part) => /([\w$]+)\s*$/.exec(part)?.[1]),
  );
  return new Set([...declared, ...inPatterns.filter((name) => name !== undefined)]);
}

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
