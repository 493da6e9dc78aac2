/** course class report and serve: the actions that draw pages. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openClass } from "classroom/dist/class.js";
import { lessonNamed } from "classroom/dist/lessons.js";
import { readReport } from "classroom/dist/report/report.js";
import { reportFile } from "./reportPage.js";

export interface PageOptions {
  lesson?: string | number;
  out?: string;
}

/** Writes a lesson's report, or those of all lessons, beside the gradebook. @returns exit code */
export async function reportCommand(
  root: string,
  folder: string,
  options: PageOptions,
): Promise<number> {
  const of = await openClass(root, folder);
  try {
    const { lesson: word, out } = options;
    const lessons = word === undefined ? of.lessons : [lessonNamed(of.lessons, word)];
    for (const lesson of lessons) {
      const report = await readReport(of, lesson);
      const file =
        out !== undefined && lessons.length === 1
          ? out
          : join(of.folder, "reports", `${lesson.id}-class.html`);
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, reportFile(report));
      console.log(`${file}: ${report.handedIn} hand-ins, ${report.pairs.length} similar pairs`);
    }
    return 0;
  } finally {
    await of.sql.close();
  }
}
