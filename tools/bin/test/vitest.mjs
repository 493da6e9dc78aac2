/** Runs tests by vitest and counts them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { root, run, workspaces } from "../run.mjs";
import { failures, notRun } from "./report.mjs";

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

/** The counts of vitest's report; a file that cannot be loaded counts as a failed test. */
function count(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  let unloaded = 0;
  for (const { name, status, message, assertionResults } of testResults) {
    const file = relative(root, name);
    for (const { fullName, status, failureMessages } of assertionResults) {
      if (status === "failed") {
        failures.push(`${file}: ${fullName.trim()}: ${firstLine(failureMessages?.[0])}`);
      } else if (status !== "passed") notRun.push(`${file}: ${fullName}`);
    }
    if (status === "failed" && assertionResults.length === 0) {
      failures.push(`${file}: ${firstLine(message)}`);
      unloaded++;
    }
  }
  const failed = Math.max(numFailedTests + unloaded, code === 0 ? 0 : 1);
  return { passed: numPassedTests, failed };
}

/**
 * Runs vitest's projects: all of their tests, or those whose path holds one of `files`, and none in
 * the folders of `except`.
 * @param report the name of its report in .local/test
 */
export async function vitest(
  report,
  projects,
  { files = [], except = [], lacking = new Map(), cores = 1, command, env, onOutput },
) {
  const folder = join(root, ".local", "test");
  const json = join(folder, `${report}.json`);
  rmSync(json, { force: true });
  mkdirSync(folder, { recursive: true });
  const real = projects.includes("real") ? unrunnable(lacking) : [];
  const isAsked = (file) =>
    (files.length === 0 || files.some((part) => file.includes(part))) &&
    !except.some((folder) => file.startsWith(`${folder}/`));
  for (const { file, why } of real) if (isAsked(file)) notRun.push(`${file}: ${why}`);
  const { code } = await run(
    command ?? process.execPath,
    [
      join(root, "node_modules", "vitest", "vitest.mjs"),
      "run",
      ...files,
      ...projects.flatMap((name) => ["--project", name]),
      `--maxWorkers=${cores}`,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${json}`,
      ...[...except.map((folder) => `${folder}/**`), ...real.map(({ file }) => file)].flatMap(
        (pattern) => ["--exclude", pattern],
      ),
    ],
    { env, onOutput },
  );
  return count(json, code);
}
