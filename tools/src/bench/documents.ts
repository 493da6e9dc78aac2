/**
 * Notebooks and slides of all lessons, beside nbconvert, which turns the same solved notebooks into
 * slides in one batch.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { paths } from "grader";
import type { Row } from "./bench.js";
import { alternate, median, timeCommand } from "./measure.js";

export async function documents(root: string, peers: string): Promise<Row[]> {
  const solved = join(paths(root).local, "solved");
  const notebooks = readdirSync(solved)
    .filter((f) => f.endsWith(".ipynb"))
    .map((f) => join(solved, f));
  if (notebooks.length === 0) {
    throw new Error("bench documents: there are no solved notebooks; run npx course solve first");
  }
  const out = mkdtempSync(join(tmpdir(), "course-bench-"));
  const course = (...args: string[]) =>
    timeCommand(process.execPath, [join(root, "tools", "bin", "course.mjs"), ...args], root);
  const lessons = join(paths(root).lessons);
  const first = readdirSync(lessons).sort()[0]!;
  const file = join(lessons, first, "lesson.md");
  const text = readFileSync(file, "utf8");
  try {
    const nbconvert = () =>
      timeCommand(
        join(peers, "jupyter"),
        ["nbconvert", "--to", "slides", "--output-dir", out, ...notebooks],
        root,
      );
    const all = alternate(5, () => course("build") + course("slides", "--out", out), nbconvert);
    const one = alternate(
      3,
      () => {
        writeFileSync(file, `${text}\n<!-- touched ${performance.now()} -->\n`);
        return course("build", first);
      },
      () =>
        timeCommand(
          join(peers, "jupyter"),
          ["nbconvert", "--to", "slides", "--output-dir", out, notebooks[0]!],
          root,
        ),
    );
    const row = (what: string, { ours, peer }: typeof all): Row => ({
      what,
      ours: `${median(ours).toFixed(2)} s`,
      peer: `nbconvert ${median(peer).toFixed(2)} s`,
      ratio: median(peer) / median(ours),
    });
    return [
      row(`notebooks and slides of ${notebooks.length} lessons`, all),
      row("one changed lesson: its notebook", one),
    ];
  } finally {
    writeFileSync(file, text);
    course("build");
    rmSync(out, { recursive: true, force: true });
  }
}
