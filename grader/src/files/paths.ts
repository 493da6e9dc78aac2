/** Where things lie in a course: the one place that knows its folders. */
import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The list of what a release holds, which makes a folder one. */
export const releaseFile = (root: string): string => join(root, "release.json");

/** Whether the folder is what students get: no solutions, nothing to build or grade. */
export const isRelease = (root: string): boolean => existsSync(releaseFile(root));

const isCourse = (folder: string) =>
  existsSync(join(folder, "package.json")) &&
  (existsSync(join(folder, "lessons-src")) || isRelease(folder));

/**
 * The nearest folder upward that holds package.json and lessons-src, or a release's list;
 * COURSE_ROOT overrides it.
 */
export function courseRoot(from = process.cwd()): string {
  if (process.env.COURSE_ROOT) return process.env.COURSE_ROOT;
  for (let dir = from; ; dir = dirname(dir)) {
    if (isCourse(dir)) return dir;
    if (dirname(dir) === dir) {
      throw new Error(
        `no course found in ${from} or above it: start from the course's folder or set COURSE_ROOT`,
      );
    }
  }
}

/** Whether a folder is there and this user may not write to it. */
function isReadOnly(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return false;
  } catch (e) {
    return ["EACCES", "EPERM", "EROFS"].includes((e as NodeJS.ErrnoException).code ?? "");
  }
}

export function paths(root: string) {
  const personal = resolve(root, process.env.COURSE_PERSONAL ?? "my-course");
  const local = join(root, ".local");
  const written = isReadOnly(root) ? join(personal, ".local") : local;
  const installed = (name: string) => join(existsSync(join(local, name)) ? local : written, name);
  return {
    lessons: join(root, "lessons-src"),
    solutions: join(root, "solutions"),
    solutionsDist: join(root, "solutions", "dist"),
    notebooks: join(root, "notebooks"),
    manifest: join(root, "notebooks", "manifest.json"),
    data: join(root, "data"),
    references: join(root, "data", "reference"),
    /** The student's copies and progress; ignored by git. COURSE_PERSONAL names another folder. */
    personal,
    /** What was installed with the course; ignored by git, safe to delete. */
    local,
    /**
     * Where this user's caches, Jupyter's files and later installations go: `local` again, but a
     * folder in `personal` where one read-only course serves many.
     */
    written,
    /** The place of an installed folder, such as "webgpu": the course's, else this user's own. */
    installed,
    /** WebGPU for Node, where `course setup webgpu` has installed it. */
    dawn: join(installed("webgpu"), "node_modules", "webgpu", "index.js"),
  };
}

/** The folder itself, or the nearest one above it that exists. */
const nearest = (folder: string): string =>
  existsSync(folder) ? folder : nearest(dirname(folder));

/**
 * Makes a folder that this user will write to.
 * @throws with the remedy where that is not allowed
 */
export function makeFolder(folder: string): string {
  if (isReadOnly(nearest(folder))) {
    throw new Error(
      `${folder} cannot be written: set COURSE_PERSONAL to a folder of your own, ` +
        "where your notebooks, your progress and the course's caches go",
    );
  }
  mkdirSync(folder, { recursive: true });
  return folder;
}
