// needs: native
// level: all
/**
 * course setup native, also where something is missing: one sentence, and everything as it was.
 * Needs what npm run build compiles.
 */
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { courseRoot, paths } from "grader";
import { afterAll, beforeEach, expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/course.mjs", import.meta.url));

mkdirSync(join(paths(courseRoot()).local, "test"), { recursive: true });
const root = mkdtempSync(join(paths(courseRoot()).local, "test", "setup-"));
const local = join(root, ".local");
beforeEach(() => mkdirSync(local, { recursive: true }));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The real path of a program, since a shim that chooses versions needs a whole PATH. */
const real = (command: string, ...args: string[]) =>
  spawnSync(command, args, { encoding: "utf8" }).stdout.trim();
const PROGRAMS: Record<string, string> = {
  node: process.execPath,
  "g++": real("which", "g++"),
  sh: "/bin/sh",
};

/** A folder for PATH that holds only these programs. */
function only(...names: string[]): string {
  const folder = mkdtempSync(join(root, "bin-"));
  for (const name of names) symlinkSync(PROGRAMS[name]!, join(folder, name));
  return folder;
}

const env = (changed: NodeJS.ProcessEnv) => ({
  ...process.env,
  COURSE_ROOT: root,
  COURSE_DEBUG: "",
  CXX: undefined,
  ...changed,
});
function setup(changed: NodeJS.ProcessEnv) {
  const { status, stderr } = spawnSync(process.execPath, [bin, "setup", "native"], {
    env: env(changed),
    encoding: "utf8",
  });
  return { status, err: stderr.trim(), left: readdirSync(local) };
}

test("no compiler: the sentence names the package that brings it", () => {
  expect(setup({ PATH: only("node", "sh") })).toEqual({
    status: 1,
    left: [],
    err: expect.stringMatching(
      /^A C\+\+ compiler is missing: .*apt-get install g\+\+.* Nothing was changed\.$/,
    ),
  });
});

test("a compiler that fails, or that makes what does not run, changes nothing", () => {
  const fake = (script: string) => {
    const folder = only("node", "sh");
    writeFileSync(join(folder, "g++"), `#!/bin/sh\n[ "$1" = --version ] && exit 0\n${script}\n`);
    chmodSync(join(folder, "g++"), 0o755);
    return setup({ PATH: folder, CXX: undefined });
  };
  expect(fake("echo 'error: what is C++17?' >&2; exit 1")).toEqual({
    status: 1,
    left: [],
    err: expect.stringMatching(/must know C\+\+17 .*\. Nothing was changed\.$/),
  });
  expect(fake('while [ "$1" != -o ]; do shift; done; echo nonsense > "$2"')).toEqual({
    status: 1,
    left: [],
    err: expect.stringMatching(
      /^The kernels were compiled, but do not work here: .* Nothing was changed\.$/,
    ),
  });
});

/** Starts it and sends the signal while it compiles. */
async function interrupt(signal: NodeJS.Signals): Promise<string> {
  const child = spawn(process.execPath, [bin, "setup", "native"], { env: env({}), detached: true });
  let output = "";
  let sent = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += String(chunk);
      if (sent || !/kernels/.test(output)) return;
      sent = true;
      // killed with all that it started, or they go on writing
      process.kill(signal === "SIGKILL" ? -child.pid! : child.pid!, signal);
    });
  }
  await new Promise((done) => child.on("close", done));
  return output;
}

test("stopped half-way it cleans up; killed half-way, the next run does and compiles", async () => {
  expect(await interrupt("SIGTERM")).toMatch(/It was stopped\. Nothing was changed\.\s*$/);
  expect(readdirSync(local)).toEqual([]);
  await interrupt("SIGKILL");
  expect(readdirSync(local)).toEqual([expect.stringMatching(/^native\.part-\d+$/)]);
  expect(setup({})).toEqual({ status: 0, err: expect.anything(), left: ["native"] });
});

test("what is there and works stays; what is damaged is made again", () => {
  const again = () =>
    spawnSync(process.execPath, [bin, "setup", "native"], { env: env({}), encoding: "utf8" });
  expect(again().stdout).toMatch(
    /^Native kernels are set up already: C\+\+ on vectors of \d+ bits/,
  );
  writeFileSync(join(local, "native", "installed.json"), "{}");
  expect(again().stdout).toMatch(/Native kernels are set up: C\+\+/);
});
