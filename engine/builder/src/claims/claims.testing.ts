/** For tests of claims: a copy of the fixture course whose lesson has the text of the test. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fixtureCopy } from "../lesson/lesson.testing.js";
import { tryLessons } from "../lesson/lessons.js";
import type { Lesson } from "../lesson/model.js";

const HEAD = "---\ntitle: T\nquestion: Q?\nminutes: 5\n---\n\n";
/** Three losses of a run, and a figure. */
export const SETUP = `\`\`\`ts setup
import { show, table } from "course";
const losses = [3.2, 2.5, 1.875];
\`\`\`

`;

export interface ClaimCourse {
  root: string;
  read(): Lesson;
}

/** @param text what follows the head */
export function claimCourse(text: string, { results = {}, sources = "" } = {}): ClaimCourse {
  const root = fixtureCopy();
  const folder = join(root, "lessons-src", "01-insertion");
  writeFileSync(join(folder, "lesson.md"), HEAD + text);
  writeFileSync(join(folder, "results.json"), JSON.stringify(results));
  mkdirSync(join(root, "docs"), { recursive: true });
  if (sources) {
    const table = `| sentence | source |\n|---|---|\n${sources}`;
    writeFileSync(join(root, "docs", "claims.md"), `# Claims\n\n## 01 Insertion\n${table}\n`);
  }
  const read = () => {
    const { lessons, errors } = tryLessons(root, ["01-insertion"]);
    if (errors.length > 0) throw errors[0]!;
    return lessons[0]!;
  };
  return { root, read };
}
