/** Many submissions, and what is kept of each on disk. */
export * from "./batch";
export * from "./inputs";
export * from "./progress";
export * from "./result";
export * from "./store";
export { upgradeResult } from "./upgradeResult";
export * from "./version";
