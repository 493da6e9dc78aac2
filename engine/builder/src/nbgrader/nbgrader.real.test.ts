// needs: nbgrader sandbox
/**
 * A small class in the real nbgrader: source versions, release, autograde, export and validate. The
 * points are compared with those of `course grade`. Cells that only show something are left out,
 * since they take most of the time.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { courseRoot } from "grader";
import { afterAll, expect, test } from "vitest";
import { jupyterEnv } from "kernel";

interface Cell {
  id: string;
  source: string | string[];
  metadata: {
    course: { role: string };
    nbgrader?: { solution: boolean; checksum?: string; points?: number };
  };
  outputs: { output_type: string; data?: Record<string, string[]>; evalue?: string }[];
}
interface Notebook {
  cells: Cell[];
}

const LESSON = "00-orientation";
const root = courseRoot();
const elsewhere = mkdtempSync(join(tmpdir(), "nbgrader-"));
const folder = join(elsewhere, "class");
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

mkdirSync(join(elsewhere, "home"));

const { nbgraderPython } = (await import(
  new URL("../../../install/venv.mjs", import.meta.url).href
)) as {
  nbgraderPython(): Promise<string>;
};
const python = await nbgraderPython();
/** A lecturer's machine, where nothing but the class's settings points to the course. */
const env: NodeJS.ProcessEnv = {
  ...process.env,
  HOME: join(elsewhere, "home"),
  PATH: [dirname(python), dirname(process.execPath), process.env.PATH].join(delimiter),
  COURSE_DEVICE: "wasm",
};
for (const name of Object.keys(jupyterEnv(root, python))) {
  if (/^(JUPYTER|IPYTHON|COURSE_(ROOT|PERSONAL))/.test(name)) env[name] = undefined;
}

function nbgrader(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(python, ["-m", "nbgrader", ...args], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  expect(`${args.join(" ")}: ${status}\n${status === 0 ? "" : stderr}`).toBe(
    `${args.join(" ")}: 0\n`,
  );
  return stdout;
}
const course = (...args: string[]) =>
  execFileSync(process.execPath, [join(root, "engine", "cli", "bin", "course.mjs"), ...args], {
    env: { ...process.env, COURSE_ROOT: root },
    encoding: "utf8",
  });

const fileIn = (...names: string[]) => join(folder, ...names, LESSON, `${LESSON}.ipynb`);
const read = (file: string) => JSON.parse(readFileSync(file, "utf8")) as Notebook;
function write(file: string, notebook: Notebook): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(notebook));
}
const textOf = ({ source }: Cell) => [source].flat().join("");
const cellOf = ({ cells }: Notebook, id: string) => cells.find((cell) => cell.id === id)!;

type Edits = Record<string, (answer: string) => string>;

/** The released notebook with the source's answers in it, edited. */
function submit(student: string, released: Notebook, source: Notebook, edits: Edits): void {
  const cells = released.cells.map((cell) => {
    const edit = edits[cell.id];
    return edit ? { ...cell, source: edit(textOf(cellOf(source, cell.id))) } : cell;
  });
  write(fileIn("submitted", student), { ...released, cells });
}

const KEPT = new Set(["setup", "given", "exercise", "check", "written"]);
const right = (answer: string) => answer;
/** Wrong for tensors of rank three, and it warns, which is no failure. */
const wrongShapes = (answer: string) =>
  answer.replace(
    "// BEGIN SOLUTION",
    "if (ids.rank > 1) return tf.zeros([...ids.shape, depth]); console.warn('careful');",
  );
const roots = (answer: string) => answer.replace(".square().sum(-1)", ".square().sum(-1).sqrt()");

/** Student → exercise → points, as `course grade` sees them. */
function ourGrades(): Record<string, Record<string, number>> {
  const out = join(elsewhere, "grades");
  course("grade", join(folder, "submitted"), "--out", out);
  const { graded } = JSON.parse(readFileSync(join(out, "class.json"), "utf8")) as {
    graded: { file: string; exercises: { name: string; points: number }[] }[];
  };
  return Object.fromEntries(
    graded.map(({ file, exercises }) => [
      file.split("/").find((part) => part in STUDENTS)!,
      Object.fromEntries(exercises.map(({ name, points }) => [name, points])),
    ]),
  );
}

const STUDENTS: Record<string, Edits> = {
  stub: {},
  right: {
    toRows: right,
    softmax: right,
    oneHot: right,
    pairwiseDistances: right,
    "which-split": () => "By time.",
  },
  partly: { softmax: (a) => `${a}\nconst x = ;`, oneHot: wrongShapes, pairwiseDistances: roots },
};

/** What nbgrader's database holds: student → cell → points, null where somebody has to mark it. */
function theirGrades(): Record<string, Record<string, number | null>> {
  const program = `
import json
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as gradebook:
    print(json.dumps({
        submission.student.id: {
            grade.name: None if grade.needs_manual_grade else grade.auto_score
            for notebook in submission.notebooks for grade in notebook.grades
        }
        for submission in gradebook.assignment_submissions("${LESSON}")
    }))
`;
  const said = execFileSync(python, ["-W", "ignore", "-c", program], {
    cwd: folder,
    encoding: "utf8",
  });
  return JSON.parse(said) as Record<string, Record<string, number | null>>;
}

test("a class's way through nbgrader: release, autograde, export, validate", () => {
  course("nbgrader", folder, "00");
  const all = read(fileIn("source"));
  const source = { ...all, cells: all.cells.filter((c) => KEPT.has(c.metadata.course.role)) };
  write(fileIn("source"), source);

  nbgrader("generate_assignment", LESSON);
  const released = read(fileIn("release"));
  const shipped = read(join(root, "notebooks", `${LESSON}.ipynb`));
  for (const cell of released.cells) {
    expect(textOf(cell)).toBe(textOf(cellOf(shipped, cell.id)));
  }

  for (const [student, edits] of Object.entries(STUDENTS)) {
    submit(student, released, source, edits);
  }
  nbgrader("autograde", LESSON);
  const ours = ourGrades();
  const theirs = theirGrades();
  for (const student of Object.keys(STUDENTS)) {
    for (const [name, points] of Object.entries(ours[student]!)) {
      expect(theirs[student]![`${name}-check`], `${student}: ${name}`).toBeCloseTo(points, 6);
    }
  }
  expect(ours.right).toEqual({ toRows: 1, softmax: 3, oneHot: 2, pairwiseDistances: 3 });
  expect(ours.stub).toEqual({ toRows: 0, softmax: 0, oneHot: 0, pairwiseDistances: 0 });
  expect(ours.partly!.oneHot).toBeCloseTo(10 / 7, 6);
  // an answer in words waits for somebody, the question as it was is worth nothing
  expect([theirs.right!["which-split"], theirs.stub!["which-split"]]).toEqual([null, 0]);

  nbgrader("export");
  const rows = readFileSync(join(folder, "grades.csv"), "utf8").trim().split("\n");
  const scoreOf = (student: string) =>
    rows.find((row) => row.includes(`,${student},`))!.split(",")[9];
  expect([scoreOf("right"), scoreOf("stub")]).toEqual(["9.0", "0.0"]);
  expect(Number(scoreOf("partly"))).toBeCloseTo(10 / 7, 6);

  const validated = nbgrader("validate", fileIn("submitted", "stub"));
  expect(validated).toContain("VALIDATION FAILED ON 5 CELL(S)!");
  expect(validated).toContain("softmax earns 0 of 3 points. Not written yet.");
  expect(nbgrader("validate", fileIn("submitted", "right"))).toContain("Success!");
}, 900_000);
