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

/** A program that writes "name in" and, once its standard input ends, "name out", during its turn. */
const installs = (folder: string, name: string) => `
  import { appendFileSync } from "node:fs";
  import { text } from "node:stream/consumers";
  import { inTurn } from ${JSON.stringify(turn)};
  const write = (line) => appendFileSync(${JSON.stringify(join(folder, "log"))}, line + "\\n");
  await inTurn(${JSON.stringify(join(folder, "venv"))}, "JupyterLab", async () => {
    write("${name} in");
    await text(process.stdin);
    write("${name} out");
  });`;

const run = (program: string) => {
  const ran = promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]);
  return Object.assign(ran, { input: ran.child.stdin!, output: ran.child.stdout! });
};

const WAITS = "JupyterLab: another process installs it here; waiting until it is done …\n";
const PATIENCE = { timeout: 60_000 };

test("two processes never install at the same time, and the one that waits says so", async () => {
  const folder = emptyFolder();
  const log = join(folder, "log");
  const first = run(installs(folder, "a"));
  await expect.poll(() => existsSync(log), PATIENCE).toBe(true);
  const second = run(installs(folder, "b"));
  second.input.end();
  await new Promise((said) => second.output.once("data", said));
  expect(readFileSync(log, "utf8")).toBe("a in\n");
  first.input.end();
  expect((await second).stdout).toBe(WAITS);
  expect((await first).stdout).toBe("");
  expect(readFileSync(log, "utf8")).toBe("a in\na out\nb in\nb out\n");
  expect(existsSync(join(folder, "venv.turn"))).toBe(false);
}, 120_000);

test("a process that was killed during its turn holds nobody up", async () => {
  const folder = emptyFolder();
  const killed = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"]);
  writeFileSync(join(folder, "venv.turn"), String(killed.pid));
  killed.kill("SIGKILL");
  await new Promise((done) => killed.once("close", done));
  const installing = run(installs(folder, "a"));
  installing.input.end();
  const { stdout } = await installing;
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
