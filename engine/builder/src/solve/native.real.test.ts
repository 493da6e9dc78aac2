// needs: native jupyter
// level: all
/** All lessons run on the native CPU; COURSE_LESSONS=06,07 runs some. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { courseRoot } from "grader";
import { expect, test, vi } from "vitest";
import { solve } from "./solve";

test("solved notebooks on the native CPU", { timeout: 1_800_000 }, async () => {
  const into = mkdtempSync(join(tmpdir(), "solved-"));
  vi.stubEnv("COURSE_DEVICE", "native");
  try {
    const wanted = process.env.COURSE_LESSONS?.split(",") ?? [];
    const solved = await solve(courseRoot(), wanted, { into });
    expect(solved.filter(({ failed }) => failed)).toEqual([]);
    expect(solved.length).toBeGreaterThan(0);
  } finally {
    vi.unstubAllEnvs();
    rmSync(into, { recursive: true, force: true });
  }
});
