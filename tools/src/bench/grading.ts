/**
 * Submissions a minute, beside nbgrader's autograde. Ours grades copies of the solved notebook with
 * the most exercises, none of which is about cost, since such an exercise takes seconds by design;
 * nbgrader grades a notebook of ten small NumPy exercises with one assertion each, which is less
 * work than ours does for each of its exercises.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadContent, paths, random, readManifest, type LessonEntry } from "grader";
import type { Row } from "./bench.js";
import { median, timeCommand } from "./measure.js";

const OURS = 120;
const PEER = 12;
const ROUNDS = 3;

interface Cell {
  cell_type: string;
  id: string;
  source: string | string[];
  metadata: object;
}

/** Ten exercises in nbgrader's own format; `solved` fills them in. */
function peerNotebook(solved: boolean): string {
  const grade = (id: string, test: boolean) => ({
    nbgrader: {
      grade: test,
      grade_id: id,
      locked: test,
      points: test ? 1 : 0,
      schema_version: 3,
      solution: !test,
      task: false,
    },
  });
  const code = (id: string, source: string, metadata: object = {}) => ({
    cell_type: "code",
    id,
    source,
    metadata,
    outputs: [],
    execution_count: null,
  });
  const cells: Cell[] = [code("imports", "import numpy as np")];
  for (let n = 0; n < 10; n++) {
    const answer = solved
      ? `    e = np.exp(x - x.max(-1, keepdims=True))\n    return e / e.sum(-1, keepdims=True) ` +
        `+ ${n}`
      : "    raise NotImplementedError()";
    cells.push(
      code(
        `f${n}`,
        `def f${n}(x):\n    ### BEGIN SOLUTION\n${answer}\n    ### END SOLUTION`,
        grade(`f${n}`, false),
      ),
    );
    cells.push(
      code(
        `t${n}`,
        `x = np.random.default_rng(${n}).normal(size=(4, 16))\nassert np.allclose(f${n}(x), ` +
          `np.exp(x) / np.exp(x).sum(-1, keepdims=True) + ${n})`,
        grade(`t${n}`, true),
      ),
    );
  }
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "python3", display_name: "Python 3", language: "python" } },
    cells,
  });
}

function peerCourse(folder: string, peers: string): () => number {
  const write = (path: string[], text: string) => {
    mkdirSync(join(folder, ...path.slice(0, -1)), { recursive: true });
    writeFileSync(join(folder, ...path), text);
  };
  write(["nbgrader_config.py"], 'c = get_config()\nc.CourseDirectory.course_id = "bench"\n');
  write(["source", "ps1", "ps1.ipynb"], peerNotebook(true));
  timeCommand(join(peers, "nbgrader"), ["generate_assignment", "ps1", "--force"], folder);
  for (let s = 0; s < PEER; s++) {
    write(["submitted", `student${s}`, "ps1", "ps1.ipynb"], peerNotebook(true));
  }
  return () => timeCommand(join(peers, "nbgrader"), ["autograde", "ps1", "--force"], folder);
}

/** Whether an exercise of the lesson has cases of group cost or runs a kernel. */
function asksForCost(root: string, lesson: LessonEntry): boolean {
  return lesson.exercises.some(({ name }) => {
    const { exercise } = loadContent(root, name);
    return (
      exercise.kernel !== undefined ||
      exercise.cases(random(1)).some(({ group }) => group === "cost")
    );
  });
}

export async function grading(root: string, peers: string): Promise<Row[]> {
  const lesson = readManifest(root)
    .lessons.filter((l) => !asksForCost(root, l))
    .sort((a, b) => b.exercises.length - a.exercises.length)[0]!;
  const solved = JSON.parse(
    readFileSync(join(paths(root).local, "solved", `${lesson.id}.ipynb`), "utf8"),
  ) as { cells: Cell[] };
  const names = new Set(lesson.exercises.map((e) => e.gradeId));
  const folder = mkdtempSync(join(tmpdir(), "course-bench-"));
  try {
    const submissions = join(folder, "submissions");
    mkdirSync(submissions);
    for (let s = 0; s < OURS; s++) {
      // a comment of each student's own in each answer, so that no cache of sources can help
      const cells = solved.cells.map((c) =>
        names.has((c.metadata as { nbgrader?: { grade_id?: string } }).nbgrader?.grade_id ?? "")
          ? { ...c, outputs: [], source: `${[c.source].flat().join("")}\n// student ${s}` }
          : c,
      );
      writeFileSync(join(submissions, `student${s}.ipynb`), JSON.stringify({ ...solved, cells }));
    }
    const peer = peerCourse(join(folder, "peer"), peers);
    const out = join(folder, "grades");
    const command = [join(root, "tools", "bin", "course.mjs"), "grade", submissions, "--out", out];
    const ours = () => {
      rmSync(out, { recursive: true, force: true }); // what is graded is not graded again
      return timeCommand(process.execPath, command, root);
    };
    const times: { ours: number[]; peer: number[] } = { ours: [], peer: [] };
    for (let round = 0; round < ROUNDS; round++) {
      times.ours.push(ours());
      times.peer.push(peer());
    }
    const rate = { ours: (60 * OURS) / median(times.ours), peer: (60 * PEER) / median(times.peer) };
    return [
      {
        what: `submissions a minute (${lesson.id}, ${lesson.exercises.length} exercises)`,
        ours: rate.ours.toFixed(0),
        peer: `nbgrader ${rate.peer.toFixed(0)}`,
        ratio: rate.ours / rate.peer,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
