/**
 * Writes all reports of a batch into a folder: each file aside first, then renamed, so that nobody
 * ever reads half of one.
 */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Batch } from "../batch";
import { classTable } from "./csv";
import { gradescope } from "./gradescope";
import { studentPage } from "./html";
import { junit } from "./junit";

/** File name → text. */
export function reportFiles(batch: Batch): Map<string, string> {
  const json = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`;
  return new Map([
    ["class.csv", classTable(batch)],
    ["class.json", json(batch)],
    ["junit.xml", junit(batch)],
    ...batch.graded.flatMap((g): [string, string][] => [
      [`${g.id}.html`, studentPage(batch, g)],
      [join("gradescope", g.id, "results.json"), json(gradescope(batch, g))],
    ]),
  ]);
}

export function writeReports(out: string, batch: Batch): void {
  for (const [name, text] of reportFiles(batch)) {
    const file = join(out, name);
    const aside = `${file}.part`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(aside, text);
    renameSync(aside, file);
  }
}
