/** What the command line calls: `grade` and `prove`. `worker` and `mutate` have doors of their own. */
export * from "./grade";
export { prove, type Proof } from "./prove";
