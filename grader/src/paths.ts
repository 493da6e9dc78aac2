/** Where things lie in a course: the one place that knows its folders. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The nearest folder upward that holds lessons-src and package.json; COURSE_ROOT overrides it. */
export function courseRoot(from = process.cwd()): string {
  if (process.env.COURSE_ROOT) return process.env.COURSE_ROOT;
  for (let dir = from; ; dir = dirname(dir)) {
    if (existsSync(join(dir, "lessons-src")) && existsSync(join(dir, "package.json"))) return dir;
    if (dirname(dir) === dir) {
      throw new Error(
        `no course found in ${from} or above it: start from the course's folder or set COURSE_ROOT`,
      );
    }
  }
}

export const paths = (root: string) => ({
  lessons: join(root, "lessons-src"),
  solutions: join(root, "solutions"),
  solutionsDist: join(root, "solutions", "dist"),
  notebooks: join(root, "notebooks"),
  manifest: join(root, "notebooks", "manifest.json"),
  data: join(root, "data"),
  references: join(root, "data", "reference"),
  /**
   * The student's personal copies and progress; ignored by git. COURSE_PERSONAL overrides it, so
   * that tests and solving touch no student's.
   */
  personal: process.env.COURSE_PERSONAL ?? join(root, "my-course"),
  /** Everything installed or cached; ignored by git, safe to delete. */
  local: join(root, ".local"),
  /** WebGPU for Node, where `course setup webgpu` has installed it. */
  dawn: join(root, ".local", "webgpu", "node_modules", "webgpu", "index.js"),
});
