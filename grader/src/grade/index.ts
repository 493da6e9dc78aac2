/** The grader proper: for tools and for anyone who grades from a program. */
export * from "./batch";
export { NoSandbox } from "./sandbox";
export { gradeCommand, proveCommand } from "./command";
export { prove, type Proof } from "./prove";
