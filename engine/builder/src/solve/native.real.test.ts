// needs: native jupyter
// level: all
/** All lessons run on the native CPU. */
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
    const solved = await solve(courseRoot(), [], { into });
    expect(solved.filter(({ failed }) => failed)).toEqual([]);
    expect(solved.length).toBeGreaterThan(0);
  } finally {
    vi.unstubAllEnvs();
    rmSync(into, { recursive: true, force: true });
  }
});
