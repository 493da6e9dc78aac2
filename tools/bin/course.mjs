#!/usr/bin/env node
/** The command `course`: starts the compiled tools, or says what is missing. */
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

const at = (path) => new URL(path, import.meta.url);
const built = ["../dist/cli.js", "../../grader/dist/index.js", "../../node_modules/typescript/package.json"];
if (built.every((path) => existsSync(fileURLToPath(at(path))))) {
  module.enableCompileCache?.(); // Node 22 and later: half of a short command's time is compiling
  await import(at(built[0]).href);
} else {
  console.error("The course is not set up yet: run npm start (a student) or npm run build (an author), then try again.");
  process.exitCode = 1;
}
