/** Two processes that install into one folder: engine/install/turn.mjs, plain JavaScript. */
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";

const turn = new URL("../../install/turn.mjs", import.meta.url).href;

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "turn-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A program that writes "name in" and "name out" 300 ms apart, during its turn. */
const installs = (folder: string, name: string) => `
  import { appendFileSync } from "node:fs";
  import { setTimeout as sleep } from "node:timers/promises";
  import { inTurn } from ${JSON.stringify(turn)};
  const write = (text) => appendFileSync(${JSON.stringify(join(folder, "log"))}, text + "\\n");
  await inTurn(${JSON.stringify(join(folder, "venv"))}, "JupyterLab", async () => {
    write("${name} in");
    await sleep(300);
    write("${name} out");
  });`;

const run = (program: string) =>
  promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]);

test("two processes never install at the same time, and the one that waits says so", async () => {
  const folder = emptyFolder();
  const printed = await Promise.all(["a", "b"].map((name) => run(installs(folder, name))));
  const lines = readFileSync(join(folder, "log"), "utf8").trim().split("\n");
  const [first] = lines[0]!.split(" ");
  const other = first === "a" ? "b" : "a";
  expect(lines).toEqual([`${first} in`, `${first} out`, `${other} in`, `${other} out`]);
  expect(printed.map(({ stdout }) => stdout).join("")).toBe(
    "JupyterLab: another process installs it here; waiting until it is done …\n",
  );
  expect(existsSync(join(folder, "venv.turn"))).toBe(false);
});

test("a process that was killed during its turn holds nobody up", async () => {
  const folder = emptyFolder();
  const killed = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"]);
  writeFileSync(join(folder, "venv.turn"), String(killed.pid));
  killed.kill("SIGKILL");
  await new Promise((done) => killed.once("close", done));
  const { stdout } = await run(installs(folder, "a"));
  expect(readFileSync(join(folder, "log"), "utf8")).toBe("a in\na out\n");
  expect(stdout).toBe("");
});

test("an installation that fails gives its turn back", async () => {
  const folder = emptyFolder();
  const fails = `
    import { inTurn } from ${JSON.stringify(turn)};
    await inTurn(${JSON.stringify(join(folder, "venv"))}, "JupyterLab", async () => {
      throw new Error("no network");
    }).catch((e) => console.log(e.message));`;
  expect((await run(fails)).stdout).toBe("no network\n");
  expect(existsSync(join(folder, "venv.turn"))).toBe(false);
});
