/** One notebook: read, run, judged and diagnosed. */
export * from "./notebook";
export * from "./grade";
export { NOT_WRITTEN } from "./judge";
