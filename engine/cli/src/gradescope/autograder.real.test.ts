// needs: sandbox
// level: all
/**
 * The autograder's archive, unpacked where Gradescope unpacks it, in a machine of the same shape:
 * /autograder, the system, nothing else, and the fallback sandbox, since containers forbid namespaces.
 */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { courseRoot } from "grader";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readLessons, solvedNotebook } from "builder";
import { autograderArchive } from "./archive";

const root = courseRoot();
const folder = mkdtempSync(join(tmpdir(), "course-autograder-"));
const source = join(folder, "source");
const submission = join(folder, "submission");
const results = join(folder, "results");
const NAME = "00-orientation.ipynb";

beforeAll(() => {
  const archive = unzipSync(autograderArchive(root, { lesson: "00-orientation", seed: 3 }));
  for (const [path, bytes] of Object.entries(archive)) {
    const file = join(source, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  copyFileSync(join(source, "run_autograder"), join(folder, "run_autograder"));
  // what setup.sh installs by npm ci
  symlinkSync(join(root, "node_modules"), join(source, "course", "node_modules"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const readOnly = (path: string) => ["--ro-bind", path, path];
/** A root folder with the system, the course's packages and /autograder. */
const MACHINE = [
  ...["--tmpfs", "/tmp"], // first, since the course may lie in it
  ...["/usr", "/etc", root, dirname(dirname(process.execPath))].flatMap(readOnly),
  ...["bin", "lib", "lib64"].flatMap((name) => ["--symlink", `usr/${name}`, `/${name}`]),
  ...["--proc", "/proc", "--dev", "/dev", "--bind", folder, "/autograder"],
  ...[
    "--unshare-pid",
    "--die-with-parent",
    ...(process.getuid?.() === 0 ? ["--cap-add", "ALL"] : []),
  ],
];

interface Results {
  score: number;
  output: string;
  tests: { name: string; score?: number; max_score: number; visibility: string; output: string }[];
}

/** Runs run_autograder on what was handed in. */
function run(files: Record<string, string>): Results {
  for (const place of [submission, results]) {
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place);
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(submission, name), text);
  const { stdout, stderr } = spawnSync(
    "bwrap",
    [...MACHINE, "bash", "/autograder/run_autograder"],
    {
      encoding: "utf8",
      env: { PATH: process.env.PATH, COURSE_SANDBOX: "fallback" },
    },
  );
  try {
    return JSON.parse(readFileSync(join(results, "results.json"), "utf8")) as Results;
  } catch {
    throw new Error(`no results: ${stdout}${stderr}`);
  }
}

const stub = readFileSync(join(root, "notebooks", NAME), "utf8");
const scores = ({ tests }: Results) =>
  tests.filter((one) => one.score !== undefined).map(({ name, score }) => [name, score]);

test("the solved notebook gets all points, each test with its own and visible", () => {
  const [lesson] = readLessons(root).filter(({ id }) => NAME.startsWith(id));
  const done = run({ [NAME]: solvedNotebook(lesson!) });
  for (const one of done.tests.filter(({ score }) => score !== undefined)) {
    expect(one).toMatchObject({ score: one.max_score, visibility: "visible" });
  }
  expect(done.score).toBeGreaterThan(0);
});

test("the stub gets none", () => {
  const done = run({ [NAME]: stub });
  expect(done.score).toBe(0);
  expect(scores(done).every(([, score]) => score === 0)).toBe(true);
});

test("a hostile notebook finds no seed, writes no results and gets nothing", () => {
  const notebook = JSON.parse(stub) as { cells: { cell_type: string; source: unknown }[] };
  const [cell] = notebook.cells.filter(({ cell_type }) => cell_type === "code");
  const fs = '(process as any).getBuiltinModule?.("fs")';
  cell!.source =
    `for (const f of ["/autograder/source/course/gradescope.json", "/etc/passwd"]) ` +
    `try { (globalThis as any).stolen = ${fs}.readFileSync(f, "utf8"); } catch {}\n` +
    `try { ${fs}.writeFileSync("/autograder/results/results.json", "{}"); } catch {}\n` +
    "function softmax() { throw new Error(`stolen: ${(globalThis as any).stolen}`); }";
  const done = run({ [NAME]: JSON.stringify(notebook) });
  expect(done.score).toBe(0);
  expect(JSON.stringify(done)).not.toMatch(/root:|"?seed"?: ?3\b.*lesson/);
});

test("without the notebook, a sentence says which one is missing", () => {
  const done = run({ "essay.txt": "words" });
  expect(done).toMatchObject({ score: 0, tests: [] });
  expect(done.output).toContain(`There is no notebook to grade: hand in ${NAME}.`);
  expect(run({ "06.ipynb": stub.replaceAll("00-orientation", "06-attention") }).score).toBe(0);
});
