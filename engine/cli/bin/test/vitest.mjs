/** Runs tests by vitest and counts them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root, run, workspaces } from "../../../install/run.mjs";
import { failures, notRun, onLaterAttempt } from "./report.mjs";

const firstLine = (text) => (text ?? "").trim().split("\n")[0];

/**
 * What a real test's first lines say.
 * - `// needs: chromium sandbox jupyter`: what it can't run without.
 * - `// level: all`: npm test leaves it out, npm test -- all runs it.
 * - `// level: all, but for: a reader's way`: npm test runs only its tests whose names begin so;
 *   `// level: plain, but for: one; another`: npm test leaves those out.
 * @returns pattern: of the names that npm test runs, where it runs a part of the file
 */
export function readHeader(text) {
  const needs = /^\/\/ needs: (.*)$/m.exec(text)?.[1].split(" ") ?? [];
  const [, level = "plain", list] =
    /^\/\/ level: (all|plain)(?:, but for: (.*))?$/m.exec(text) ?? [];
  const names = list?.split("; ").map(escapeRegExp).join("|");
  const pattern = names && (level === "all" ? `^(${names})` : `^(?!${names})`);
  return { needs, level, pattern };
}

/** The real tests of all packages, with their headers. */
export function realTests() {
  return workspaces
    .map((name) => `${name}/src`)
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true })
        .map((name) => `${folder}/${String(name).replaceAll("\\", "/")}`)
        .filter((file) => file.endsWith(".real.test.ts")),
    )
    .map((file) => ({ file, ...readHeader(readFileSync(join(root, file), "utf8")) }));
}

const escapeRegExp = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What vitest's report says; a file that cannot be loaded counts as a failed test. */
function readReport(report, code, isFiltered) {
  const found = { passed: 0, failed: 1, failures: [], notRun: [], files: [] };
  if (!existsSync(report)) return found;
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  let unloaded = 0;
  for (const { name, status, message, assertionResults } of testResults) {
    const file = relative(root, name);
    for (const { fullName, status, failureMessages } of assertionResults) {
      if (status === "failed") {
        found.failures.push(`${file}: ${fullName.trim()}: ${firstLine(failureMessages?.[0])}`);
      } else if (status !== "passed" && !isFiltered) found.notRun.push(`${file}: ${fullName}`);
    }
    if (status === "failed" && assertionResults.length === 0) {
      found.failures.push(`${file}: ${firstLine(message)}`);
      unloaded++;
    }
    const ran = assertionResults.filter((test) => !isFiltered || test.status !== "skipped");
    if (status === "failed") found.files.push({ file, tests: ran });
  }
  const failed = Math.max(numFailedTests + unloaded, code === 0 ? 0 : 1);
  return { ...found, passed: numPassedTests, failed };
}

/**
 * Runs vitest's projects: all of their tests, or those whose path holds one of `files`, and none of
 * the files and folders of `except`.
 * @param report the name of its report in .local/test
 * @param options.level which real tests run: those of "plain", or "all"
 * @param options.since a commit: only tests of what has changed since, by the graph of imports
 */
export async function vitest(report, projects, options) {
  const { files = [], except = [], level = "all", lacking = new Map() } = options;
  const isChosen = (file) =>
    (files.length === 0 || files.some((part) => file.includes(part))) &&
    !except.some((path) => file === path || file.startsWith(`${path}/`));
  const real = projects.includes("real") ? realTests().filter(({ file }) => isChosen(file)) : [];
  const excluded = except.flatMap((path) => [path, `${path}/**`]);
  const partial = [];
  let runnable = 0;
  for (const test of real) {
    const reasons = test.needs.filter((word) => lacking.has(word)).map((word) => lacking.get(word));
    if (level === "plain" && test.level === "all" && !test.pattern) excluded.push(test.file);
    else if (reasons.length > 0) {
      notRun.push(`${test.file}: ${reasons.join(" ")}`);
      excluded.push(test.file);
    } else if (level === "plain" && test.pattern) {
      partial.push(test);
      excluded.push(test.file);
    } else runnable++;
  }
  const outcomes = [];
  if (!projects.every((name) => name === "real") || runnable > 0) {
    outcomes.push(await runOnce(report, projects, { ...options, files, excluded }));
  }
  for (const { file, pattern } of partial) {
    const name = `${report}-${file.replace(/\W+/g, "-")}`;
    outcomes.push(
      await runOnce(name, ["real"], { ...options, files: [file], excluded: [], pattern }),
    );
  }
  for (const outcome of outcomes) {
    failures.push(...outcome.failures);
    notRun.push(...outcome.notRun);
  }
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  return { passed: sum("passed"), failed: sum("failed") };
}

/** A line in which vitest says how a file of real tests ended. */
const FILE_ENDED = /^\s*[✓❯].*\.real\.test\.ts \(\d+ tests?.*$/;

/** Says at once how each file ended, since a step's output is printed when the step ends. */
function telling(onOutput) {
  let rest = "";
  return (text) => {
    onOutput(text);
    const lines = (rest + stripVTControlCharacters(text)).split("\n");
    rest = lines.pop();
    for (const line of lines) if (FILE_ENDED.test(line)) console.log(`  ${line.trim()}`);
  };
}

/** Starts vitest, and again for real tests that failed. */
async function runOnce(report, projects, { cores = 1, command, env, onOutput, ...options }) {
  const folder = join(root, ".local", "test");
  mkdirSync(folder, { recursive: true });
  const attempt = async (name, files, pattern) => {
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
      ...options.excluded.flatMap((pattern) => ["--exclude", pattern]),
      ...(pattern ? ["-t", pattern] : []),
      ...(options.since ? [`--changed=${options.since}`, "--passWithNoTests"] : []),
    ];
    const { code } = await run(command ?? process.execPath, args, {
      env,
      onOutput: telling(onOutput),
    });
    return readReport(json, code, pattern !== undefined);
  };
  const first = await attempt(report, options.files, options.pattern);
  if (options.pattern && first.passed + first.failed === 0) {
    const failure = `${options.files[0]}: no test has the name that its line "level" says`;
    return { ...first, failed: 1, failures: [failure] };
  }
  if (!projects.includes("real")) return first;
  return runAgain(first, (files, pattern) =>
    attempt(`${report}-again`, files, pattern ?? options.pattern),
  );
}

/** More failed files than this are no accident. */
const MAX_FILES_AGAIN = 3;

/**
 * The tests that should run once more, from files that failed.
 * @returns names: those that failed, or undefined if a file failed outside of its tests, so that
 *   all tests of these files run again
 */
export function testsToRepeat(files) {
  const named = files.map(({ tests }) => tests.filter(({ status }) => status === "failed"));
  const isOutside = named.some((tests) => tests.length === 0);
  return {
    files: files.map(({ file }) => file),
    names: isOutside ? undefined : named.flat().map(({ fullName }) => fullName.trim()),
  };
}

/**
 * A browser or a kernel on a busy machine can fail a test that nothing is wrong with: real tests
 * that failed run again, up to `more` times. What passes then is counted, and named in the summary.
 */
async function runAgain(first, attempt, more = 2) {
  const { files, names } = testsToRepeat(first.files);
  const isReal = files.every((file) => file.endsWith(".real.test.ts"));
  if (more === 0 || files.length === 0 || files.length > MAX_FILES_AGAIN || !isReal) return first;
  first.failures.forEach((line) => console.log(`  again: ${line}`));
  const pattern = names && `^(${names.map(escapeRegExp).join("|")})$`;
  const second = await runAgain(await attempt(files, pattern), attempt, more - 1);
  const before = first.files.flatMap(({ tests }) => tests);
  const counted = before.filter(({ status }) => (names ? status === "failed" : true));
  if (second.failed > 0 || second.passed < Math.max(1, counted.length)) return first;
  onLaterAttempt.push(...first.failures.filter((line) => !onLaterAttempt.includes(line)));
  const passedBefore = counted.filter(({ status }) => status === "passed").length;
  const isOther = (line) => !files.some((file) => line.startsWith(`${file}: `));
  return {
    passed: first.passed - passedBefore + second.passed,
    failed: 0,
    failures: [],
    notRun: names ? first.notRun : [...first.notRun.filter(isOther), ...second.notRun],
  };
}
