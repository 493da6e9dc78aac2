/**
 * The functions that a release withholds, since it asks for them as exercises and their solutions
 * aren't published: the student's own answers take their place. `course release` bundles this file
 * into the release, as solutions/dist/ownAnswers.js.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { courseRoot, type CellMark, paths, readManifest } from "grader/files";
import { hashOf, type Notebook, type NotebookCell, sourceOf } from "grader/merge";
import ts from "typescript";

type AnyFunction = (...args: unknown[]) => unknown;

/** Where an answer is written. */
interface Exercise {
  /** The lesson's id. */
  lesson: string;
  /** The student's copy of the lesson's notebook. */
  file: string;
  /** The hash of the exercise's cell as shipped, by the id of the cell. */
  shipped: Record<string, string>;
}

/** What the answers of a notebook define. */
interface Answers {
  /** When the notebook was saved, in milliseconds. */
  savedAt: number;
  functions: Record<string, unknown>;
  /** Exercises whose cells don't compile → the compiler's message. */
  broken: Map<string, string>;
}

const exercises = new Map<string, Exercise>();
const answers = new Map<string, Answers>();

function findExercise(name: string): Exercise {
  const known = exercises.get(name);
  if (known) return known;
  const root = courseRoot();
  const lesson = readManifest(root).lessons.find((entry) =>
    entry.exercises.some((exercise) => exercise.name === name),
  );
  if (!lesson) throw new Error(`${name} is not part of this release`);
  const exercise = {
    lesson: lesson.id,
    file: join(paths(root).personal, `${lesson.id}.ipynb`),
    shipped: lesson.cells,
  };
  exercises.set(name, exercise);
  return exercise;
}

const markOf = ({ metadata }: NotebookCell) => metadata.course as CellMark | undefined;

const DEFINING_ROLES = ["setup", "given", "exercise"];

/** Statements that define something; a call below a function may do anything. */
const isDefinition = (statement: ts.Statement) => !ts.isExpressionStatement(statement);

/** The cells' definitions as one program; an import that several cells have counts once. */
function programOf(cells: NotebookCell[]): { code: string; names: string[] } {
  const statements = new Set<string>();
  const names: string[] = [];
  for (const cell of cells) {
    const text = sourceOf(cell);
    const tree = ts.createSourceFile("cell.ts", text, ts.ScriptTarget.ES2022, true);
    for (const statement of tree.statements.filter(isDefinition)) {
      statements.add(statement.getText());
      if (ts.isFunctionDeclaration(statement) && statement.name) names.push(statement.name.text);
    }
    const { role, name } = markOf(cell)!;
    if (role === "exercise" && name !== undefined) names.push(name);
  }
  return { code: [...statements].join("\n"), names: [...new Set(names)] };
}

const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ES2022,
  esModuleInterop: true,
};

/** Why a cell doesn't compile, if so. */
function problemOf(cell: NotebookCell): string | undefined {
  const { diagnostics } = ts.transpileModule(sourceOf(cell), {
    compilerOptions: OPTIONS,
    reportDiagnostics: true,
  });
  const [first] = diagnostics ?? [];
  return first && ts.flattenDiagnosticMessageText(first.messageText, " ");
}

/** Runs a program and returns what it defines under these names. */
function evaluate(code: string, names: string[]): Record<string, unknown> {
  const { outputText } = ts.transpileModule(code, { compilerOptions: OPTIONS });
  const values = names.map((name) => `${name}: typeof ${name} === "undefined" ? void 0 : ${name}`);
  const program = new Function("require", "exports", `${outputText}\nreturn {${values.join()}};`);
  const load = createRequire(join(courseRoot(), "package.json"));
  return program(load, {}) as Record<string, unknown>;
}

function readAnswers({ file, shipped }: Exercise, savedAt: number): Answers {
  const { cells } = JSON.parse(readFileSync(file, "utf8")) as Notebook;
  const isWritten = (cell: NotebookCell) =>
    markOf(cell)?.role !== "exercise" || shipped[cell.id] !== hashOf(cell);
  const broken = new Map<string, string>();
  const usable = cells.filter((cell) => {
    const mark = markOf(cell);
    if (!DEFINING_ROLES.includes(mark?.role ?? "") || !isWritten(cell)) return false;
    const problem = problemOf(cell);
    if (problem !== undefined && mark?.name !== undefined) broken.set(mark.name, problem);
    return problem === undefined;
  });
  const { code, names } = programOf(usable);
  return { savedAt, functions: evaluate(code, names), broken };
}

/**
 * The student's own function, as the notebook was saved last.
 * @throws where the notebook doesn't hold it
 */
export function ownAnswer(name: string): AnyFunction {
  const exercise = findExercise(name);
  const { lesson, file } = exercise;
  const savedAt = existsSync(file) ? statSync(file).mtimeMs : 0;
  let found = answers.get(file);
  if (savedAt > 0 && found?.savedAt !== savedAt) {
    found = readAnswers(exercise, savedAt);
    answers.set(file, found);
  }
  const own = found?.functions[name];
  if (typeof own === "function") return own as AnyFunction;
  const problem = found?.broken.get(name);
  if (problem !== undefined) {
    throw new Error(`${name} in ${lesson}.ipynb, which is used here, doesn't compile: ${problem}`);
  }
  throw new Error(
    `${name} is an exercise of lesson ${lesson}, whose solution is not published: write it in ` +
      `${lesson}.ipynb and save the notebook, and it is used here`,
  );
}
