#!/usr/bin/env node
/**
 * The command `course`: starts the compiled tools, compiled again where their sources have changed,
 * or says what is missing.
 */
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";
import { bootstrap, compile, installed, stale } from "./bootstrap.mjs";
import { main, readOnly, released } from "../../install/run.mjs";

const at = (path) => new URL(path, import.meta.url);
const built = [
  "../dist/cli.js",
  "../../../grader/dist/index.js",
  "../../../node_modules/typescript/package.json",
];
/** Commands that need only a student's packages; others install the rest first. */
const STUDENT_COMMANDS = ["doctor", "setup", "copies", "weights"];
const isForStudents = (args) =>
  released ||
  !args[0] ||
  args[0].startsWith("-") ||
  args.includes("--help") ||
  (STUDENT_COMMANDS.includes(args[0]) && !args.some((arg) => arg.startsWith("--private")));

await main(async () => {
  if (!built.every((path) => existsSync(fileURLToPath(at(path))))) {
    throw new Error(
      "The course is not set up yet: run npm start (a student) or npm run build (an author), " +
        "then try again.",
    );
  }
  if (!isForStudents(process.argv.slice(2)) && !installed({ everything: true })) {
    await bootstrap({ everything: true });
  }
  // so that the command proves, solves and grades what the sources say
  if (!readOnly() && !released && stale()) await compile();
  module.enableCompileCache?.(); // Node 22 and later: half of a short command's time is compiling
  await import(at(built[0]).href);
  return process.exitCode;
});
