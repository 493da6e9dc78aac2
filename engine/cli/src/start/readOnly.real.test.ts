// needs: sandbox jupyter
// level: all
/**
 * One installation that its users cannot change, and a folder for each of them: bubblewrap mounts
 * the whole machine read-only except for that folder.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { readManifest } from "grader/files";

const root = join(import.meta.dirname, "..", "..", "..", "..");
const own = mkdtempSync(join(tmpdir(), "course-own-"));
const personal = join(own, "course");
const home = join(own, "home");
mkdirSync(home);
afterAll(() => rmSync(own, { recursive: true, force: true }));

const ENCLOSED = ["--ro-bind", "/", "/", "--dev-bind", "/dev", "/dev", "--proc", "/proc"];
const enclosed = (command: string[]) => [
  ...ENCLOSED,
  ...["--bind", own, own, "--die-with-parent", process.execPath, ...command],
];
const env: NodeJS.ProcessEnv = {
  ...process.env,
  ...{ HOME: home, TMPDIR: own, COURSE_PERSONAL: personal, BROWSER: "none", PORT: "" },
};

/** Runs Node on a read-only machine; gives all that it says. */
function node(command: string[], more: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync("bwrap", enclosed(command), {
    cwd: root,
    env: { ...env, ...more },
    encoding: "utf8",
  });
  return { status, text: stdout + stderr };
}
const bin = (name: string) => join(root, "engine", "cli", "bin", name);

/** Starts the course and waits until it is open. */
async function start(): Promise<{ child: ChildProcess; text: string }> {
  const child = spawn("bwrap", enclosed([bin("start.mjs")]), { cwd: root, env, detached: true });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  while (child.exitCode === null && !text.includes("Stop with Ctrl+C.")) await sleep(50);
  return { child, text };
}

test("npm start opens, with copies and Jupyter's files in the personal folder", async () => {
  const { child, text } = await start();
  try {
    expect(text).toContain(`Your notebooks are in ${personal}.`);
    const { lessons } = readManifest(root);
    expect(readdirSync(personal)).toEqual(
      expect.arrayContaining(lessons.map(({ id }) => `${id}.ipynb`)),
    );
    expect(readdirSync(join(personal, ".local", "jupyter"))).toContain("runtime");
  } finally {
    process.kill(-child.pid!, "SIGKILL"); // its group: the server too
  }
});

test("without a personal folder, one sentence says what to do", () => {
  const { status, text } = node([bin("start.mjs")], { COURSE_PERSONAL: undefined });
  expect(status).toBe(1);
  expect(text.trim()).toBe(
    `${join(root, "my-course")} cannot be written: set COURSE_PERSONAL to a folder of your own, ` +
      "where your notebooks, your progress and the course's caches go",
  );
});

/** Runs a notebook as JupyterLab would; execute.py ends with its standard input. */
const EXECUTE = `
  const { findJupyter, jupyterEnv } = await import("./engine/kernel/dist/jupyter.js");
  const { spawn } = await import("node:child_process");
  const python = await findJupyter();
  spawn(python, ["engine/lab/jupyter/execute.py", ...process.argv.slice(1)], {
    env: jupyterEnv(process.cwd(), python),
    stdio: ["pipe", "inherit", "inherit"],
  }).on("close", (code) => process.exit(code));`;

test("a kernel runs, and progress is kept", () => {
  const { name } = readManifest(root).lessons.flatMap((lesson) => lesson.exercises)[0]!;
  const code = `import { progress, showSolution } from "course";\nshowSolution("${name}");\nprogress();`;
  const cell = { id: "a", cell_type: "code", source: code, metadata: {}, outputs: [] };
  const kernelspec = { name: "tslab", display_name: "TypeScript", language: "typescript" };
  const notebook = {
    ...{ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec } },
    cells: [{ ...cell, execution_count: null }],
  };
  const [input, output] = [join(own, "in.ipynb"), join(own, "out.ipynb")];
  writeFileSync(input, JSON.stringify(notebook));
  const { status, text } = node(["--input-type=module", "-e", EXECUTE, input, output]);
  expect({ status, text }).toMatchObject({ status: 0 });
  expect(readFileSync(output, "utf8")).toContain(name);
  const kept = JSON.parse(readFileSync(join(personal, "progress.json"), "utf8")) as object;
  expect(kept).toMatchObject({ exercises: { [name]: { seen: true } } });
});

test("doctor, build --check and grade work", () => {
  const course = bin("course.mjs");
  expect(node([course, "doctor"]).text).toContain("→");
  expect(node([course, "build", "--check"])).toMatchObject({ status: 0 });
  const { id } = readManifest(root).lessons.find(({ exercises }) => exercises.length > 0)!;
  const submission = join(root, "notebooks", `${id}.ipynb`);
  const out = join(own, "grades");
  // a sandbox in a sandbox is not to be had everywhere
  const graded = node([course, "grade", submission, "--out", out, "--seed", "1", "--trusted"]);
  expect(graded.text).toContain("1 submission graded");
  expect(graded.status).toBe(0);
});
