/**
 * `course nbgrader`: writes a class's folder for nbgrader: its settings, and each lesson as a source
 * version, which is the solved notebook with marks around the answers.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { namesOf, parseSource, textOf } from "course/definition";
import { chooseLessons, tryLessons } from "../lesson/lessons.js";
import type { ExerciseCell, Lesson } from "../lesson/model.js";
import { answeredNotebook } from "../lesson/notebook.js";

export interface NbgraderOptions {
  /** Also writes over files that somebody changed. */
  force?: boolean;
}

/** The class's own settings; those of the course are read where they lie. */
function settings(root: string): string {
  const file = join(root, "engine", "builder", "nbgrader", "nbgrader_config.py");
  return `# The class's settings for nbgrader. The course's own come first.
c = get_config()
load_subconfig(${JSON.stringify(file)})

# the name under which notebooks are released and collected
c.CourseDirectory.course_id = "foundation-models"
`;
}

/**
 * Writes the folder. A file that is there and says something else stays, unless forced.
 * @param words the lessons, "06" or "06-attention"; all when empty
 * @returns the exit code
 */
export function nbgraderCommand(
  root: string,
  folder: string,
  words: string[],
  { force = false }: NbgraderOptions,
): number {
  const out = resolve(folder);
  const { lessons, errors } = tryLessons(root, chooseLessons(root, words));
  errors.forEach((e) => console.error(e.message));
  const files = new Map([[join(out, "nbgrader_config.py"), settings(root)]]);
  for (const lesson of lessons) {
    files.set(join(out, "source", lesson.id, `${lesson.id}.ipynb`), sourceNotebook(lesson));
  }
  for (const [file, text] of files) write(file, text, force);
  const example = lessons[0]?.id ?? "LESSON";
  console.log(`Next, in ${out}: nbgrader generate_assignment ${example}`);
  return errors.length > 0 ? 1 : 0;
}

function write(file: string, text: string, force: boolean): void {
  const shown = relative(process.cwd(), file);
  const before = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  if (before === text) return;
  if (before !== undefined && !force) {
    console.log(`${shown} differs and stays as it is (--force replaces it)`);
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(shown);
}

// Source versions. `nbgrader generate_assignment` removes what stands between the marks, and what it
// releases is the student's notebook, cell by cell.

const BEGIN = "// BEGIN SOLUTION";
const END = "// END SOLUTION";

const sourceNotebook = (lesson: Lesson): string => answeredNotebook(lesson, markedSolution);

type Statement = ReturnType<typeof parseSource>["statements"][number];

/**
 * The solution with marks around what the stub lacks. In the function, a line that throws takes the
 * answer's place. A helper's marks stand at the left margin, and an empty line goes with it.
 */
export function markedSolution({ name, stub, solution }: ExerciseCell): string {
  const isOwn = (s: Statement) => namesOf(s).includes(name);
  const given = parseSource(stub).statements.map((s) => textOf(s));
  const ownStub = textOf(parseSource(stub).statements.findLast(isOwn)!);
  let text = "";
  let started = false;
  for (const statement of parseSource(solution).statements) {
    const code = textOf(statement);
    const isHelper = !isOwn(statement) && !given.includes(code);
    if (isHelper) {
      text += started ? `\n${BEGIN}\n\n${code}\n${END}` : `${BEGIN}\n${code}\n\n${END}\n`;
      continue;
    }
    if (started) text += "\n\n";
    text += given.includes(code) ? code : markedBody(code, ownStub);
    started = true;
  }
  return text;
}

/** How many lines from the start are the same in both. */
function sameLines(a: string[], b: string[]): number {
  const different = a.findIndex((line, i) => line !== b[i]);
  return different < 0 ? a.length : different;
}

/** The function with marks around the lines that the stub lacks. */
function markedBody(code: string, stub: string): string {
  const [lines, others] = [code.split("\n"), stub.split("\n")];
  const first = sameLines(others, lines);
  const last = lines.length - sameLines(others.slice(first).reverse(), lines.toReversed());
  const margin = /^ */.exec(others[first]!)![0];
  const answer = [margin + BEGIN, ...lines.slice(first, last), margin + END];
  return [...lines.slice(0, first), ...answer, ...lines.slice(last)].join("\n");
}
