/**
 * npm test: installs what is missing, then checks, side by side where there are cores. A failing
 * step does not hide the later ones. What cannot run on this machine is named at the end, and is a
 * failure where CI=true. The very last line is "N passed, N failed".
 * - npm test -- quick: what an author asks for after each change
 * - npm test: before a pull request
 * - npm test -- all: before a release, and every night
 * - npm test -- ci: all in an hour and a half on two cores, with fewer repeats on other devices
 * - npm test -- changed: what the change since main can break
 * Each names what it leaves out.
 */
import { appendFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bootstrap } from "./bootstrap.mjs";
import { root, Sentence } from "../../install/run.mjs";
import { changed, known, lacking, prepare } from "./test/machine.mjs";
import { heading, notRun, rows, summary } from "./test/report.mjs";
import { runSteps } from "./test/schedule.mjs";
import { MODES } from "./test/steps.mjs";

const start = Date.now();
// steps run side by side and fill the cores; the tests of threads say how many they want
process.env.COURSE_THREADS ??= "1";
const words = process.argv.slice(2);
const mode = words[0] ?? "plain";

async function compiled() {
  const name = "packages and compiler";
  const seconds = () => (Date.now() - start) / 1000;
  heading(name);
  try {
    if (words.length > 1 || !Object.hasOwn(MODES, mode)) {
      const got = words.join(" ");
      throw new Sentence(`npm test: expected quick, all, ci, changed or nothing, got ${got}.`);
    }
    await bootstrap({ everything: true });
    rows.push({ name, seconds: seconds(), passed: 1, failed: 0 });
    return true;
  } catch (e) {
    console.error(e instanceof Sentence ? e.message : e);
    rows.push({ name, seconds: seconds(), passed: 0, failed: 1 });
    return Object.hasOwn(MODES, mode) && existsSync(join(root, "node_modules", "vitest"));
  }
}

/** What a step prints can be read while it runs: .local/test/unit-tests.log. */
const logOf = (name) => join(root, ".local", "test", `${name.replace(/\W+/g, "-")}.log`);
const record = (name, text) => appendFileSync(logOf(name), text);
function clearLogs(steps) {
  mkdirSync(join(root, ".local", "test"), { recursive: true });
  for (const { name } of steps) rmSync(logOf(name), { force: true });
}

async function main() {
  if (!(await compiled())) return;
  const { steps, leftOut } = MODES[mode]();
  prepare(new Set(steps.flatMap(({ needs = [], waits = [] }) => [...needs, ...waits])));
  clearLogs(steps);
  await runSteps(steps, { known, changed, lacking, record });
  if (steps.some(({ waits }) => waits?.includes("mesa")) && lacking.has("mesa")) {
    notRun.push(`proofs of exercises in WGSL: ${lacking.get("mesa")}`);
  }
  if (leftOut.length > 0) {
    console.log(
      `\nLeft out by npm test${words.length > 0 ? ` -- ${mode}` : ""}: ${leftOut.join("; ")}.`,
    );
  }
}

try {
  await main();
} catch (e) {
  console.error(e instanceof Sentence ? e.message : e);
  rows.push({ name: "npm test", seconds: 0, passed: 0, failed: 1 });
}
process.exitCode = summary(start);
