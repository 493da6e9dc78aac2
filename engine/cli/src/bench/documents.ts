/**
 * Notebooks and slides of all lessons, compared with nbconvert, which turns the same solved
 * notebooks into slides in one batch.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lessonIds } from "builder";
import { paths } from "grader";
import { alternate, median, type Pair, type Row, solvedNotebooks, timeCommand } from "./measure.js";

export async function documents(root: string, peers: string): Promise<Row[]> {
  const { lessons: lessonsFolder } = paths(root);
  const lessons = lessonIds(root);
  const out = mkdtempSync(join(tmpdir(), "course-bench-"));
  const program = join(root, "engine", "cli", "bin", "course.mjs");
  const course = (...args: string[]) => timeCommand(process.execPath, [program, ...args], root);
  const notebooks = solvedNotebooks(root, lessons);
  const nbconvert = (files: string[]) => {
    const args = ["nbconvert", "--to", "slides", "--output-dir", out, ...files];
    return timeCommand(join(peers, "jupyter"), args, root);
  };

  const first = lessons[0]!;
  const file = join(lessonsFolder, first, "lesson.md");
  const text = readFileSync(file, "utf8");
  const buildAll = () => course("build") + course("slides", "--out", out);
  const buildChanged = () => {
    writeFileSync(file, `${text}\n<!-- touched ${performance.now()} -->\n`);
    return course("build", first);
  };
  try {
    const all = alternate(5, buildAll, () => nbconvert(notebooks));
    const one = alternate(3, buildChanged, () => nbconvert(notebooks.slice(0, 1)));
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

function row(what: string, { ours, peer }: Pair): Row {
  return {
    what,
    ours: `${median(ours).toFixed(2)} s`,
    peer: `nbconvert ${median(peer).toFixed(2)} s`,
    ratio: median(peer) / median(ours),
  };
}
