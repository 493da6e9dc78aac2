/**
 * `course nbgrader`: a class's folder for nbgrader, with lessons as source versions and the
 * settings that they need.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { chooseLessons, tryLessons } from "../lesson/lessons.js";
import { sourceNotebook } from "./source.js";

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
