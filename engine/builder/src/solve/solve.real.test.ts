// needs: jupyter
/** A run of a notebook does not outlive whoever waits for it. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { courseRoot } from "grader";
import { expect, test, vi } from "vitest";
import { findJupyter, jupyterEnv } from "kernel";

const alive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test("killing the one who waits ends the run and its kernel, in the middle of a cell", async () => {
  const root = courseRoot();
  const aside = mkdtempSync(join(tmpdir(), "endless-"));
  const said = join(aside, "pid");
  const source = [
    `require("fs").writeFileSync(${JSON.stringify(said)}, String(process.pid));\n`,
    "await new Promise(() => {});",
  ];
  const cell = {
    cell_type: "code",
    id: "endless",
    metadata: {},
    outputs: [],
    execution_count: null,
    source,
  };
  writeFileSync(
    join(aside, "in.ipynb"),
    JSON.stringify({
      cells: [cell],
      metadata: {
        kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" },
      },
      nbformat: 4,
      nbformat_minor: 5,
    }),
  );
  const python = await findJupyter();
  const run = [
    join(root, "engine", "lab", "jupyter", "execute.py"),
    join(aside, "in.ipynb"),
    join(aside, "out.ipynb"),
  ];
  const waits =
    `require("node:child_process").spawn(${JSON.stringify(python)}, ${JSON.stringify(run)}); ` +
    "setInterval(() => {}, 1000);";
  const parent = spawn(process.execPath, ["-e", waits], {
    cwd: root,
    env: jupyterEnv(root, python),
    stdio: "ignore",
  });
  try {
    await vi.waitFor(
      () => {
        expect(existsSync(said) && readFileSync(said, "utf8")).toMatch(/^\d+$/);
      },
      { timeout: 200_000, interval: 200 },
    );
    const kernel = Number(readFileSync(said, "utf8"));
    expect(alive(kernel)).toBe(true);
    parent.kill("SIGKILL");
    await vi.waitFor(
      () => {
        expect(alive(kernel)).toBe(false);
      },
      { timeout: 60_000, interval: 200 },
    );
    await setTimeout(500);
    expect(existsSync(join(aside, "out.ipynb"))).toBe(false);
  } finally {
    parent.kill("SIGKILL");
    rmSync(aside, { recursive: true, force: true });
  }
});
