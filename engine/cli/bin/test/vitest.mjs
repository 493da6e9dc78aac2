/** Runs tests by vitest and counts them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { root, run, workspaces } from "../../../install/run.mjs";
import { failures, notRun, onSecondAttempt } from "./report.mjs";

const firstLine = (text) => (text ?? "").trim().split("\n")[0];

/**
 * The real tests whose line "// needs: chromium sandbox jupyter" names something that this machine
 * lacks, each with what that is.
 */
function unrunnable(lacking) {
  const files = workspaces.flatMap((name) =>
    readdirSync(join(root, name, "src"), { recursive: true }).map(
      (file) => `${name}/src/${String(file).replaceAll("\\", "/")}`,
    ),
  );
  return files
    .filter((file) => file.endsWith(".real.test.ts"))
    .map((file) => {
      const line = /^\/\/ needs: (.*)$/m.exec(readFileSync(join(root, file), "utf8"));
      const needs = line?.[1].split(" ") ?? [];
      const why = needs.filter((word) => lacking.has(word)).map((word) => lacking.get(word));
      return { file, why: why.join(" ") };
    })
    .filter(({ why }) => why !== "");
}

/** What vitest's report says; a file that cannot be loaded counts as a failed test. */
function read(report, code) {
  const found = { passed: 0, failed: 1, failures: [], notRun: [], files: [] };
  if (!existsSync(report)) return found;
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  let unloaded = 0;
  for (const { name, status, message, assertionResults } of testResults) {
    const file = relative(root, name);
    for (const { fullName, status, failureMessages } of assertionResults) {
      if (status === "failed") {
        found.failures.push(`${file}: ${fullName.trim()}: ${firstLine(failureMessages?.[0])}`);
      } else if (status !== "passed") found.notRun.push(`${file}: ${fullName}`);
    }
    if (status === "failed" && assertionResults.length === 0) {
      found.failures.push(`${file}: ${firstLine(message)}`);
      unloaded++;
    }
    const passed = assertionResults.filter((test) => test.status === "passed").length;
    if (status === "failed") found.files.push({ file, passed, tests: assertionResults.length });
  }
  const failed = Math.max(numFailedTests + unloaded, code === 0 ? 0 : 1);
  return { ...found, passed: numPassedTests, failed };
}

/**
 * Runs vitest's projects: all of their tests, or those whose path holds one of `files`, and none of
 * the files and folders of `except`.
 * @param report the name of its report in .local/test
 */
export async function vitest(
  report,
  projects,
  { files = [], except = [], lacking = new Map(), cores = 1, command, env, onOutput },
) {
  const folder = join(root, ".local", "test");
  mkdirSync(folder, { recursive: true });
  const real = projects.includes("real") ? unrunnable(lacking) : [];
  const isAsked = (file) =>
    (files.length === 0 || files.some((part) => file.includes(part))) &&
    !except.some((path) => file === path || file.startsWith(`${path}/`));
  for (const { file, why } of real) if (isAsked(file)) notRun.push(`${file}: ${why}`);
  const excluded = [
    ...except.flatMap((path) => [path, `${path}/**`]),
    ...real.map(({ file }) => file),
  ];
  const attempt = async (name, files) => {
    const json = join(folder, `${name}.json`);
    rmSync(json, { force: true });
    const args = [
      join(root, "node_modules", "vitest", "vitest.mjs"),
      "run",
      ...files,
      ...projects.flatMap((project) => ["--project", project]),
      `--maxWorkers=${cores}`,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${json}`,
      ...excluded.flatMap((pattern) => ["--exclude", pattern]),
    ];
    const { code } = await run(command ?? process.execPath, args, { env, onOutput });
    return read(json, code);
  };

  const first = await attempt(report, files);
  const outcome = projects.includes("real") ? await again(first, report, attempt) : first;
  failures.push(...outcome.failures);
  notRun.push(...outcome.notRun);
  return { passed: outcome.passed, failed: outcome.failed };
}

/** More failed files than this are no accident. */
const MOST_AGAIN = 3;

/**
 * A browser or a kernel on a busy machine can fail a test that nothing is wrong with: files of real
 * tests that failed run once more. What passes then is counted, and named in the summary.
 */
async function again(first, report, attempt) {
  const files = first.files.map(({ file }) => file);
  const isReal = files.every((file) => file.endsWith(".real.test.ts"));
  if (files.length === 0 || files.length > MOST_AGAIN || !isReal) return first;
  const second = await attempt(`${report}-again`, files);
  const sum = (key) => first.files.reduce((total, file) => total + file[key], 0);
  if (second.failed > 0 || second.passed < Math.max(1, sum("tests"))) return first;
  onSecondAttempt.push(...first.failures);
  const isOther = (line) => !files.some((file) => line.startsWith(`${file}: `));
  return {
    passed: first.passed - sum("passed") + second.passed,
    failed: 0,
    failures: [],
    notRun: [...first.notRun.filter(isOther), ...second.notRun],
  };
}
