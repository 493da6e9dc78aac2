// needs: webgpu jupyter
// level: all
/**
 * Lessons run on WebGPU, which reads only with await: the shortest two, since an adapter of
 * software takes minutes for each.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { courseRoot } from "grader";
import { expect, test, vi } from "vitest";
import { solve } from "./solve";

test("solved notebooks on a forced WebGPU adapter", { timeout: 1_800_000 }, async () => {
  const into = mkdtempSync(join(tmpdir(), "solved-"));
  vi.stubEnv("COURSE_DEVICE", "webgpu");
  try {
    const solved = await solve(courseRoot(), ["00", "06"], { into });
    expect(solved.filter(({ failed }) => failed)).toEqual([]);
    expect(solved.length).toBeGreaterThan(0);
  } finally {
    vi.unstubAllEnvs();
    rmSync(into, { recursive: true, force: true });
  }
});
