/**
 * Checks the cells of one notebook with TypeScript: writes a note under each cell that ran although
 * its types do not match, completes and explains names. A cell reaches the checker as plain data,
 * so the checker can work in another thread than the cells.
 */
import ts from "typescript";
import { parseCell, type Diagnostic } from "./compile";
import { enumerate, missingName, namesNote, repeats, typeNote } from "./errors";
import type { Explanation } from "./explain";
import { definitionOf, type Definition, type NotebookCell } from "./notebook";
import type { Completions, TypeService } from "./types";

export interface CheckerOptions {
  types: TypeService;
  /** What the notebook imports in its first cells, as source. */
  firstImports(): string;
  /** The cells of the notebook that runs; `sources` are those that have run. */
  findNotebook(sources: readonly string[]): readonly NotebookCell[] | undefined;
}

export interface Checker {
  /**
   * Adds a cell below the others, so that its names are known.
   * @returns what checks it: cells are checked in their order. It returns the content of the note,
   *   undefined where there is nothing to say
   */
  add(cell: ExecutedCell): () => object | undefined;
  /** Adds a cell whose note was shown before, so that it isn't checked again. */
  addChecked(cell: ExecutedCell): void;
  complete(code: string, position: number): Completions;
  explain(code: string, position: number): Explanation | undefined;
  /** Reads what the first cells will need. */
  warmUp(): void;
}

export function createChecker({ types, firstImports, findNotebook }: CheckerOptions): Checker {
  const sources: string[] = [];
  /** Until a cell has run, names are known as if the notebook's imports had. */
  const importsBefore = () => (sources.length === 0 ? `${firstImports()}\n` : "");

  function find(name: string, code: string): Definition | undefined {
    const cells = findNotebook(sources);
    return cells && definitionOf(name, cells, code);
  }

  function add(cell: ExecutedCell): string {
    sources.push(cell.code);
    return types.add(cell.code);
  }

  return {
    add(cell) {
      const file = add(cell);
      return () => {
        const diagnostics = types.diagnostics(file);
        types.removeNames(file, cell.unassigned);
        return noteOf(diagnostics, cell, (name) => find(name, cell.code));
      };
    },
    addChecked(cell) {
      types.removeNames(add(cell), cell.unassigned);
    },
    complete(code, position) {
      const first = importsBefore();
      const { start, end, names } = types.complete(first + code, first.length + position);
      return { start: start - first.length, end: end - first.length, names };
    },
    explain(code, position) {
      const first = importsBefore();
      return types.explain(first + code, first.length + position);
    },
    warmUp() {
      types.warmUp(firstImports());
    },
  };
}

/** A cell that has run. */
export interface ExecutedCell {
  code: string;
  /** Names to which it gave no value, since it ended early. */
  unassigned: readonly string[];
  /** All names that existed when it ended. */
  definedNames: readonly string[];
  /** The message of the error that the cell threw. */
  errorMessage?: string;
  /** Whether the student has stopped it. */
  isStopped: boolean;
}

/** Diagnostics that follow from an unknown type before them. */
const CONSEQUENCE = /implicitly has an? '?any/;

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text: string) => text.replace(/[&<>"]/g, (c) => ENTITIES[c]!);

/**
 * Says in one sentence which cells to run for missing names that the notebook defines, and lists
 * other diagnostics with their lines, and the arguments of a function that uses a name that isn't
 * defined.
 * @param find the cell that defines a name
 * @returns the content of the output; undefined if the types match
 */
export function noteOf(
  diagnostics: readonly Diagnostic[],
  { code, definedNames, errorMessage, isStopped }: ExecutedCell,
  find: (name: string) => Definition | undefined,
): object | undefined {
  if (isStopped) return undefined;
  const named = missingName(errorMessage ?? ""); // the cell's error reports the same
  const defined = new Set(definedNames);
  const shown: Diagnostic[] = [];
  const missing = new Map<string, Definition>();
  for (const diagnostic of diagnostics) {
    const name = missingName(diagnostic.message);
    // a name that exists was defined in a way that types do not see
    if (name !== undefined && (name === named || defined.has(name))) continue;
    if (repeats(diagnostic.message, errorMessage ?? "")) continue;
    const definition = name === undefined ? undefined : find(name);
    if (definition) missing.set(name!, definition);
    else shown.push(diagnostic);
  }
  // the error names this cell to run, which defines other missing names, too
  const known = missing.size > 0 && named !== undefined ? find(named)?.cell : undefined;
  const sentence = namesNote([...missing].filter(([, { cell }]) => cell !== known));
  const hints = shown.map((diagnostic) => argumentsNote(diagnostic, code));
  const isUnclear = named !== undefined || missing.size > 0;
  const news = shown.filter(({ message }) => !isUnclear || !CONSEQUENCE.test(message));
  const list = news.length > 0 ? typeNote(news, code, errorMessage !== undefined) : undefined;
  const sentences = [...new Set([sentence, ...hints])].filter((s) => s !== undefined);
  if (list === undefined && sentences.length === 0) return undefined;
  return noteOutput(list, sentences.length > 0 ? sentences.join(" ") : undefined);
}

/**
 * "scores is not defined; softmax's argument is x.", for a name that no cell above defines inside a
 * function with parameters. TypeScript may suggest a name itself.
 */
function argumentsNote({ message, line, column }: Diagnostic, code: string): string | undefined {
  const name = missingName(message);
  if (name === undefined || message.includes("Did you mean")) return undefined;
  const file = parseCell(code);
  const at = file.getPositionOfLineAndCharacter(line - 1, column - 1);
  const around = file.statements.find(
    (statement) => ts.isFunctionDeclaration(statement) && statement.pos <= at && at < statement.end,
  ) as ts.FunctionDeclaration | undefined;
  const parameters = (around?.parameters ?? []).flatMap((parameter) =>
    ts.isIdentifier(parameter.name) ? [parameter.name.text] : [],
  );
  if (!around?.name || parameters.length === 0) return undefined;
  const verb = parameters.length === 1 ? "argument is" : "arguments are";
  return `${name} is not defined; ${around.name.text}'s ${verb} ${enumerate(parameters)}.`;
}

function noteOutput(list: string | undefined, sentence: string | undefined): object {
  const [title, ...lines] = (list ?? "").split("\n");
  const summary = `<summary>${escape(title!)}</summary>`;
  const html = [
    ...(list ? [`<details open>${summary}<pre>${escape(lines.join("\n"))}</pre></details>`] : []),
    ...(sentence ? [`<p>${escape(sentence)}</p>`] : []),
  ];
  const text = [list, sentence].filter((part) => part !== undefined);
  return {
    data: { "text/plain": text.join("\n"), "text/html": html.join("\n") },
    metadata: { course: { note: "types" } },
    transient: {},
  };
}
