/** Ours, as a cell of the browser's kernel: it does the works in `benchmarkWorks`, and prints. */
import { ours } from "./ours.mjs";
import { measureAll } from "./works.mjs";

console.log(JSON.stringify(await measureAll(ours, globalThis.benchmarkWorks)));
