/**
 * The autograder. This door is what exercises and the check in a notebook use: the format, the
 * comparison, the judgment and the diagnosis, and where a course's files are. The other rooms have
 * doors of their own (`grader/batch`, `grader/sandbox`, …; see README.md), which load more.
 */
export * from "./exercise/call";
export { parameterNames } from "./exercise/caller";
export * from "./exercise/compare";
export * from "./exercise/content";
export * from "./exercise/diagnose";
export * from "./exercise/edits";
export * from "./exercise/exercise";
export * from "./exercise/guard";
export * from "./exercise/judge";
export * from "./exercise/limits";
export * from "./exercise/random";
export * from "./exercise/reference";
export * from "./exercise/released";
export { READ, recordRuns, WRITTEN, type Run } from "./exercise/runs";
export * from "./exercise/value";
export * from "./files/atomicWrite";
export * from "./files/manifest";
export * from "./files/paths";
export * from "./files/source";
