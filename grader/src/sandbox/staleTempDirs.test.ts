import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeTempDir, removeStaleTempDirs } from "./staleTempDirs";
import { tryLock } from "./lock";

/** Only there are children enclosed, and folders left. */
const onLinux = test.runIf(process.platform === "linux");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "course-leftovers-"));
  vi.stubEnv("TMPDIR", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A folder as a grader makes it, made an hour ago. */
function graderFolder(name: string): string {
  const made = join(folder, `course-grader-${name}`);
  mkdirSync(made);
  writeFileSync(join(made, "lock"), "");
  const hourAgo = Date.now() / 1000 - 3600;
  utimesSync(made, hourAgo, hourAgo);
  return made;
}

onLinux("a lock tells the folder of a running grader, whatever its process is called", async () => {
  const [left, held] = [graderFolder("left"), graderFolder("held")];
  // as a grader in another container holds it: no process number says so
  const other = spawn("flock", [join(held, "lock"), "-c", "echo locked; read line"]);
  await once(other.stdout, "data");
  const own = makeTempDir();
  removeStaleTempDirs();
  expect([left, held, own.folder].map((f) => existsSync(f))).toEqual([false, true, true]);
  other.stdin.end("\n");
  await once(other, "close");
  removeStaleTempDirs();
  expect(existsSync(held)).toBe(false);
  own.remove();
  expect(existsSync(own.folder)).toBe(false);
});

onLinux("a folder that has just been made may be about to get its lock", () => {
  const fresh = join(folder, "course-grader-fresh");
  mkdirSync(fresh);
  removeStaleTempDirs();
  expect(existsSync(fresh)).toBe(true);
});

onLinux("a lock is held once, and free when it is released", () => {
  const file = join(folder, "lock");
  const lock = tryLock(file);
  expect(tryLock(file)).toBeUndefined();
  lock!.release();
  const again = tryLock(file);
  expect(again).toBeDefined();
  again!.release();
});
