// needs: python3
/**
 * The fallback sandbox, where namespaces are forbidden: it earns nothing for what tries to earn more
 * than it knows, and each layer by itself keeps the machine from it.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { courseRoot } from "../files/paths";
import { findProgram } from "./machine";
import { openSandbox } from "./sandbox";
import { seccompProgram } from "./seccomp";

vi.stubEnv("COURSE_SANDBOX", "fallback");
const folder = mkdtempSync(join(tmpdir(), "course-lockdown-"));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

// every submission of these files again, held by the fallback
await import("../submission/cheats.real.test");
await import("../submission/guard.real.test");

test("the grader says that it holds submissions by the second line of defense", async () => {
  const sandbox = await openSandbox(courseRoot());
  expect(sandbox.description).toMatch(/^Node's permissions, a filter of system calls/);
  sandbox.close();
});

const python = findProgram("python3");
const script = join(import.meta.dirname, "..", "..", "lockdown", "lockdown.py");
const filter = join(folder, "seccomp.bpf");
writeFileSync(filter, seccompProgram({ shared: true }));

/** Runs Python code behind the filter and the limits, without Node's permissions and Landlock. */
function behindFilter(code: string): string {
  const everything = JSON.stringify(["/"]);
  const limits = JSON.stringify({ FSIZE: 0, NOFILE: 64 });
  const { stdout, stderr } = spawnSync(
    python,
    ["-I", "-S", script, filter, limits, everything, "/usr/bin/python3", "-I", "-S", "-c", code],
    { encoding: "utf8" },
  );
  return stdout + stderr;
}

test.each([
  ["opens a socket", "import socket; socket.socket()"],
  ["starts a program", "import os; os.posix_spawn('/bin/true', ['true'], {})"],
  ["forks", "import os; os.fork()"],
  ["sends a signal", `import os; os.kill(${process.pid}, 9)`],
  ["writes a file", `open('${join(folder, "written")}', 'w')`],
  ["appends to a file", `open('${filter}', 'a')`],
  ["removes a file", `import os; os.unlink('${filter}')`],
  ["renames a file", `import os; os.rename('${filter}', '${filter}.gone')`],
  ["makes a folder", `import os; os.mkdir('${join(folder, "made")}')`],
  ["changes permissions", `import os; os.chmod('${filter}', 0o777)`],
  ["raises limits", "import resource as r; r.setrlimit(r.RLIMIT_NOFILE, (32, 32))"],
])("the filter refuses what %s", (_, code) => {
  expect(behindFilter(`print('runs')\n${code}\nprint('done')`)).toMatch(
    /^runs\n[^]*not (permitted|allowed)/i,
  );
  expect(existsSync(filter)).toBe(true);
});

test("the filter lets files be read", () => {
  expect(behindFilter(`print(len(open('${filter}', 'rb').read()))`)).toBe(
    `${readFileSync(filter).length}\n`,
  );
});
