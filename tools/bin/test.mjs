/**
 * npm test: installs what is missing, then checks everything. A failing step does not hide the
 * later ones. What cannot run on this machine is named at the end, and is a failure where CI=true.
 * The very last line is "N passed, N failed".
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { bootstrap } from "./bootstrap.mjs";
import { answer, npm, reason, root, run, Sentence, step, windows, workspaces } from "./run.mjs";
import { jupyterPython } from "./venv.mjs";

const local = (...names) => join(root, ".local", ...names);
const bin = (...names) => join(root, "node_modules", ...names);
const course = join(root, "tools", "bin", "course.mjs");

/** One row for each step: its name, seconds, and how many tests passed and failed. */
const rows = [];
/**
 * What this machine lacks: a word that real tests name in their line "// needs: …" → a sentence.
 */
const lacking = new Map();
/** Steps and test files that did not run, with the reason. */
const notRun = [];
/** Tests that failed, with the first line of why. */
const failures = [];

const heading = (name) => console.log(`\n── ${name} ${"─".repeat(Math.max(3, 76 - name.length))}`);

/** Runs a step. f gives an exit code or the counts of a test run; an error counts as a failure. */
async function check(name, f, needs = []) {
  const why = needs.filter((word) => lacking.has(word)).map((word) => lacking.get(word));
  if (why.length > 0) return void notRun.push(`${name}: ${why.join(" ")}`);
  heading(name);
  const start = Date.now();
  let counts;
  try {
    const result = await f();
    counts =
      typeof result === "object"
        ? result
        : { passed: result === 0 ? 1 : 0, failed: result === 0 ? 0 : 1 };
  } catch (e) {
    console.error(e instanceof Sentence ? e.message : e);
    counts = { passed: 0, failed: 1 };
  }
  rows.push({ name, seconds: (Date.now() - start) / 1000, ...counts });
  return counts.failed === 0;
}

const node = async (args, command = process.execPath, env = process.env) =>
  (await run(command, args, { inherit: true, env })).code;
/** The environment in which the course computes on this device. */
const on = (device) => ({ ...process.env, COURSE_DEVICE: device });

/**
 * Runs a vitest project, or the tests of one folder, and counts its tests; a file that cannot be
 * loaded counts as a failed test.
 */
async function vitest(
  project,
  { folder, exclude = [], command = process.execPath, env = process.env } = {},
) {
  const report = local("test", `${project}.json`);
  rmSync(report, { force: true });
  mkdirSync(local("test"), { recursive: true });
  const code = await node(
    [
      bin("vitest", "vitest.mjs"),
      "run",
      ...(folder ? [folder] : []),
      "--project",
      project,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...exclude.flatMap((file) => ["--exclude", file]),
    ],
    command,
    env,
  );
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  for (const { name, status, message, assertionResults } of testResults) {
    const file = relative(root, name);
    const firstLine = (text) => (text ?? "").trim().split("\n")[0];
    for (const { fullName, status, failureMessages } of assertionResults) {
      if (status === "failed") {
        failures.push(`${file}: ${fullName.trim()}: ${firstLine(failureMessages?.[0])}`);
      } else if (status !== "passed") notRun.push(`${file}: ${fullName}`);
    }
    if (status === "failed" && assertionResults.length === 0) {
      failures.push(`${file}: ${firstLine(message)}`);
    }
  }
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  ).length;
  return {
    passed: numPassedTests,
    failed: Math.max(numFailedTests + unloaded, code === 0 ? 0 : 1),
  };
}

/**
 * Real tests whose line "// needs: chromium sandbox jupyter" names something that this machine
 * lacks.
 */
function unrunnable() {
  const files = workspaces.flatMap((name) =>
    readdirSync(join(root, name, "src"), { recursive: true }).map(
      (file) => `${name}/src/${String(file).replaceAll("\\", "/")}`,
    ),
  );
  return files.filter((file) => {
    if (!file.endsWith(".real.test.ts")) return false;
    const needs =
      /^\/\/ needs: (.*)$/m.exec(readFileSync(join(root, file), "utf8"))?.[1].split(" ") ?? [];
    const why = needs.filter((word) => lacking.has(word)).map((word) => lacking.get(word));
    if (why.length > 0) notRun.push(`${file}: ${why.join(" ")}`);
    return why.length > 0;
  });
}

/** Installs Debian's packages where this user may. */
async function debian(packages) {
  if (packages.length === 0 || process.getuid?.() !== 0 || !answer("apt-get", ["--version"])) {
    return;
  }
  const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  await step("Debian's package lists", "apt-get", ["update"], options);
  await step(
    packages.join(", "),
    "apt-get",
    ["install", "-y", "--no-install-recommends", ...packages],
    options,
  );
}

/**
 * Chromium, bubblewrap, a C++ compiler and Mesa's Vulkan driver, which computes on the processor
 * where there is no graphics card.
 */
async function installPrograms() {
  const chromium = () =>
    process.env.COURSE_CHROMIUM ||
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].some((name) =>
      answer(name, ["--version"]),
    );
  const bubblewrap = () => answer("bwrap", ["--version"]);
  const drivers = "/usr/share/vulkan/icd.d";
  const mesa = () =>
    existsSync(drivers) && readdirSync(drivers).some((name) => name.startsWith("lvp_icd"));
  await debian([
    ...(chromium() ? [] : ["chromium"]),
    ...(bubblewrap() ? [] : ["bubblewrap"]),
    ...(answer("g++", ["--version"]) ? [] : ["g++"]),
    ...(mesa() ? [] : ["mesa-vulkan-drivers"]),
  ]);
  if (!chromium()) {
    lacking.set(
      "chromium",
      "Chromium is missing (Debian: apt-get install chromium; " +
        "elsewhere set COURSE_CHROMIUM to the path of Chromium or Chrome).",
    );
  }
  if (!bubblewrap()) {
    lacking.set(
      "sandbox",
      "bubblewrap, the grader's sandbox, is missing (Linux only; Debian: " +
        "apt-get install bubblewrap).",
    );
  }
  if (!mesa()) {
    lacking.set(
      "mesa",
      "Mesa's software Vulkan driver is missing (Linux only; Debian: " +
        "apt-get install mesa-vulkan-drivers).",
    );
  }
}

/** Dawn, and any adapter. */
async function installWebgpu() {
  if ((await run(process.execPath, [course, "setup", "webgpu"], { inherit: true })).code !== 0) {
    lacking.set("mesa", "WebGPU could not be set up.");
  }
  const { code, output } = await run(process.execPath, [
    "-e",
    'require("course").chooseDevice("webgpu").then(() => process.exit(0), (e) => { ' +
      "console.log(e.message); process.exit(1); })",
  ]);
  if (code !== 0) lacking.set("webgpu", output.trim().split("\n").at(-1));
}

/** TensorFlow, built where npm's own binary does not come; what it lacks it says itself. */
async function installNative() {
  const { code, output } = await run(process.execPath, [course, "setup", "native"]);
  if (code !== 0) {
    lacking.set(
      "native",
      `The device native could not be set up. ${output.trim().split("\n").at(-1)}`,
    );
  }
  console.log(output.trim());
}

/**
 * Node 24 from the npm registry, for a second run of the unit tests. Gives the path of its program.
 */
async function installNode24() {
  const name = `node-${windows ? "win" : process.platform}-${process.arch}`;
  const dir = local("node24");
  const program = join(dir, "node_modules", name, "bin", windows ? "node.exe" : "node");
  if (existsSync(program)) return program;
  const [command, ...args] = npm();
  rmSync(`${dir}.part`, { recursive: true, force: true });
  mkdirSync(`${dir}.part`, { recursive: true });
  const { code, output } = await step("Node 24", command, [
    ...args,
    "install",
    "--prefix",
    `${dir}.part`,
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    `${name}@24`,
  ]);
  if (code !== 0) return void lacking.set("node24", reason("Node 24", output));
  renameSync(`${dir}.part`, dir);
  return program;
}

async function prepare() {
  await jupyterPython().catch((e) => lacking.set("jupyter", e.message));
  await installPrograms();
  await installWebgpu();
  await installNative();
  for (const name of ["minilm", "antiberty", "smollm2"]) {
    if ((await run(process.execPath, [course, "weights", name], { inherit: true })).code !== 0) {
      lacking.set("weights", `The weights ${name} could not be installed.`);
    }
  }
  return installNode24();
}

function summary(start) {
  heading("Summary");
  for (const { name, seconds, passed, failed } of rows) {
    console.log(
      `${failed > 0 ? "✗" : "✓"} ${name.padEnd(42)} ${seconds.toFixed(1).padStart(7)} s   ` +
        `${String(passed).padStart(5)} passed ${failed > 0 ? ` ${failed} failed` : ""}`,
    );
  }
  failures.forEach((line) => console.log(`✗ ${line}`));
  notRun.forEach((line) => console.log(`– did not run: ${line}`));
  const isCI = process.env.CI === "true";
  const minutes = (Date.now() - start) / 60_000;
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  const failed = sum("failed") + (isCI ? notRun.length : 0);
  console.log(
    `${minutes.toFixed(1)} ` +
      `minutes${isCI && notRun.length > 0 ? "; what did not run counts as failed here, since CI=true" : ""}\n`,
  );
  console.log(`${sum("passed")} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

const start = Date.now();
const compiled = await check("packages and compiler", async () => {
  await bootstrap();
  return 0;
});
if (compiled || existsSync(bin("vitest"))) {
  heading("what the tests need");
  const node24 = await prepare();
  await check("type check of the tests", () =>
    node([bin("typescript", "bin", "tsc"), "-p", "tsconfig.tests.json"]),
  );
  await check("lint", () => node([bin("eslint", "bin", "eslint.js"), ".", "--max-warnings", "0"]));
  await check("layers", () =>
    node([
      bin("dependency-cruiser", "bin", "dependency-cruise.mjs"),
      "--config",
      ".dependency-cruiser.cjs",
      "cells/src",
      "grader/src",
      "course/src",
      "solutions/src",
      "tools/src",
    ]),
  );
  await check("notebooks are up to date", () => node([course, "build", "--check"]));
  await check("reference tensors are the oracles'", () =>
    node([join(root, "tools", "bin", "oracles.mjs"), "--check"]),
  );
  await check("unit tests", () => vitest("unit"));
  await check("exercises are proved", () => node([course, "prove"]));
  if (lacking.has("mesa")) notRun.push(`proofs of exercises in WGSL: ${lacking.get("mesa")}`);
  await check(
    "solved notebooks in the real kernel",
    () => node([course, "solve"], process.execPath, on("wasm")),
    ["jupyter"],
  ); // what every student has
  await check("real tests", () => vitest("real", { exclude: unrunnable() }));
  await check(
    "unit tests of the components on native",
    () => vitest("unit", { folder: "solutions/src", env: on("native") }),
    ["native"],
  );
  await check("unit tests under Node 24", () => vitest("unit", { command: node24 }), ["node24"]);
}
summary(start);
