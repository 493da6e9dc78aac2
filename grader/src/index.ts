/**
 * The autograder. This door is what exercises and the check in a notebook use: the format, the
 * comparison, the judgment and the diagnosis, and where a course's files are. The other rooms have
 * doors of their own (`grader/batch`, `grader/sandbox`, …; see README.md), which load more.
 */
export * from "./exercise/exercise"; // the format
export * from "./exercise/value"; // plain data
export * from "./exercise/random";
export * from "./exercise/tensors"; // values to tensors and back
export * from "./exercise/content"; // loads an exercise by its name
export * from "./exercise/reference";
export * from "./exercise/safetensors";
export * from "./exercise/edits";
export {
  parameterNames,
  runCase,
  thrownText,
  type CaseOutcome,
  type CaseRequest,
} from "./exercise/call";
export type { RunCases } from "./exercise/call";
export * from "./exercise/guard"; // forbids functions of tfjs
export { costOf, READ, readsTooMuch, recordRuns, within, WRITTEN } from "./exercise/cost";
export type { CostRule, Limits, OpRun } from "./exercise/cost";
export * from "./exercise/compare";
export * from "./exercise/judge";
export * from "./exercise/diagnose";
export * from "./files/atomicWrite";
export * from "./files/manifest";
export * from "./files/paths";
export * from "./files/source";
