/** The grader proper: for tools and for anyone who grades from a program. */
export * from "./batch";
export type { Batch, Graded, NotGraded } from "./result";
export { NoSandbox } from "./sandbox";
export { gradeCommand, proveCommand } from "./command";
export { prove, type Proof } from "./prove";
