/**
 * What course, tools and the specs of the solutions use of the grader; the sandbox and the reports
 * are imported by their files.
 */
export * from "./call";
export { parameterNames } from "./caller";
export * from "./compare";
export * from "./content";
export * from "./diagnose";
export * from "./exercise";
export * from "./guard";
export * from "./judge";
export * from "./limits";
export * from "./manifest";
export * from "./paths";
export * from "./random";
export * from "./reference";
export { READ, recordRuns, WRITTEN, type Run } from "./runs";
export * from "./source";
export * from "./value";
