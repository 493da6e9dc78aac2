// needs: jupyter
// level: all
/**
 * The kernelspec that `course setup kernel` installs, seen by the real Jupyter, and a kernel
 * started from it elsewhere.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { courseRoot } from "grader";
import { afterAll, expect, test } from "vitest";
import { findJupyter } from "./jupyter";

const root = courseRoot();
const elsewhere = mkdtempSync(join(tmpdir(), "elsewhere-"));
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

const home = join(elsewhere, "home");
/** Another person's machine: nothing in the environment points to the course. */
const env: NodeJS.ProcessEnv = { ...process.env, HOME: home, COURSE_DEVICE: "cpu" };
for (const name of ["COURSE_ROOT", "JUPYTER_PATH", "JUPYTER_DATA_DIR", "XDG_DATA_HOME"]) {
  env[name] = undefined;
}

function run(command: string, args: string[], more: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: elsewhere,
    env: { ...env, ...more },
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}
const setup = (...args: string[]) =>
  run(
    process.execPath,
    [join(root, "engine", "cli", "bin", "course.mjs"), "setup", "kernel", ...args],
    {
      COURSE_ROOT: root,
    },
  );

/** What Jupyter knows: name → folder. */
function kernels(
  python: string,
  more: NodeJS.ProcessEnv = {},
): Record<string, { resource_dir: string }> {
  const { output } = run(python, ["-m", "jupyter", "kernelspec", "list", "--json"], more);
  return (
    JSON.parse(output.slice(output.indexOf("{"))) as {
      kernelspecs: Record<string, { resource_dir: string }>;
    }
  ).kernelspecs;
}

const cell = (id: string, source: string) => ({
  cell_type: "code",
  id,
  metadata: {},
  outputs: [],
  execution_count: null,
  source,
});

function runsNotebook(python: string, more: NodeJS.ProcessEnv = {}): void {
  const cells = [
    cell("a", 'import { check } from "course";\nconst kind = typeof check;'),
    cell("b", "kind"),
  ];
  const metadata = {
    kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" },
  };
  writeFileSync(
    join(elsewhere, "in.ipynb"),
    JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }),
  );
  const args = [join(root, "engine", "lab", "jupyter", "execute.py"), "in.ipynb", "out.ipynb"];
  const { status, stdout, stderr } = spawnSync(python, args, {
    cwd: elsewhere,
    env: { ...env, ...more },
    encoding: "utf8",
    stdio: [process.stdin, "pipe", "pipe"],
  });
  expect({ status, stdout, stderr }).toMatchObject({ status: 0, stdout: "" });
  const made = JSON.parse(readFileSync(join(elsewhere, "out.ipynb"), "utf8")) as {
    cells: { outputs: { text: string[] }[] }[];
  };
  expect(made.cells[1]!.outputs[0]!.text).toEqual(["function\n"]);
  rmSync(join(elsewhere, "out.ipynb"));
}

test("for a user: Jupyter lists it, a notebook elsewhere runs, and it goes away again", async () => {
  const python = await findJupyter();
  expect(kernels(python).tslab).toBeUndefined();
  expect(setup("--user")).toMatchObject({ status: 0 });
  expect(setup()).toMatchObject({ status: 0 }); // again, after an update
  expect(kernels(python).tslab!.resource_dir.startsWith(home)).toBe(true);
  runsNotebook(python);
  expect(setup("--remove")).toMatchObject({ status: 0 });
  expect(kernels(python).tslab).toBeUndefined();
  expect(setup("--remove")).toMatchObject({ status: 1 });
});

test("for an environment, and another program's kernel is left alone", async () => {
  const python = await findJupyter();
  const prefix = join(elsewhere, "prefix");
  expect(setup("--prefix", prefix)).toMatchObject({ status: 0 });
  const more = { JUPYTER_PATH: join(prefix, "share", "jupyter") };
  expect(kernels(python, more).tslab!.resource_dir.startsWith(prefix)).toBe(true);
  runsNotebook(python, more);

  const spec = join(prefix, "share", "jupyter", "kernels", "tslab", "kernel.json");
  writeFileSync(
    spec,
    JSON.stringify({ argv: ["tslab"], display_name: "other", language: "typescript" }),
  );
  expect(setup("--prefix", prefix)).toMatchObject({
    status: 1,
    output: expect.stringMatching(/^Another program's kernel has this name/) as string,
  });
  expect(setup("--prefix", prefix, "--remove")).toMatchObject({ status: 1 });
  expect(existsSync(spec)).toBe(true);
  expect(setup("--prefix", prefix, "--user")).toMatchObject({ status: 1 });
});
