// needs: sandbox
/**
 * A kernel that was killed where the course's folder is read-only: the next one finds its record in the
 * student's folder. bubblewrap mounts the whole machine read-only except for that folder.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { courseRoot } from "grader/files";

const root = courseRoot();
const folder = mkdtempSync(join(tmpdir(), "course-crash-"));
const personal = join(folder, "course");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lifecycle = pathToFileURL(join(root, "engine", "kernel", "dist", "lifecycle.js")).href;

/** Opens the record of one connection file in a process that can write to `folder` alone. */
function openRecord(then: string): string {
  const program = `
    import { openCrashRecord } from ${JSON.stringify(lifecycle)};
    const record = openCrashRecord(${JSON.stringify(join(folder, "connection.json"))});
    ${then}`;
  const mounts = ["--ro-bind", "/", "/", "--dev-bind", "/dev", "/dev", "--proc", "/proc"];
  const node = [process.execPath, "--input-type=module", "-e", program];
  const { stdout, stderr } = spawnSync("bwrap", [...mounts, "--bind", folder, folder, ...node], {
    cwd: root,
    env: { ...process.env, COURSE_PERSONAL: personal },
    encoding: "utf8",
  });
  return stdout + stderr;
}

test("the next kernel reports the crash, and logs it in the student's folder", () => {
  const log = join(personal, ".local", "jupyter", "kernel.log");
  openRecord('record.cellStarted(3); process.kill(process.pid, "SIGKILL");');
  expect(existsSync(log)).toBe(false);
  const sentence =
    "The kernel before this one ended in cell 3: it was restarted or killed, or it crashed.";
  expect(openRecord("console.log(record.previousCrash);")).toContain(sentence);
  expect(readFileSync(log, "utf8")).toContain(sentence);
  expect(openRecord("console.log(record.previousCrash);").trim()).toBe("undefined");
});
