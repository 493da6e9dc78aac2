/** The course that a command works on. */
import { courseRoot } from "grader/files";

/** The course around, or with --private the one that it makes with an instructor's lessons. */
export async function chosenRoot({ private: folder }: { private?: unknown }): Promise<string> {
  if (folder === undefined) return courseRoot();
  const { withPrivate } = await import("builder/private");
  // parts of the command, and what it starts, look for the course by themselves
  return (process.env.COURSE_ROOT = withPrivate(courseRoot(), String(folder)));
}
