/**
 * npm test: installs what is missing, then checks everything, side by side where there are cores. A
 * failing step does not hide the later ones. What cannot run on this machine is named at the end,
 * and is a failure where CI=true. The very last line is "N passed, N failed".
 * npm test -- quick: what an author asks for after each change; it names what it leaves out.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { bootstrap } from "./bootstrap.mjs";
import { root, run, Sentence } from "../../install/run.mjs";
import { changed, known, lacking, node24, prepare } from "./test/machine.mjs";
import { heading, notRun, rows, summary } from "./test/report.mjs";
import { runSteps } from "./test/schedule.mjs";
import { vitest } from "./test/vitest.mjs";

const start = Date.now();
// steps run side by side and fill the cores; the tests of threads say how many they want
process.env.COURSE_THREADS ??= "1";
const words = process.argv.slice(2);
const quick = words.includes("quick");

const bin = (...names) => join(root, "node_modules", ...names);
const script = (name) => join(root, "engine", "cli", "bin", name);
const node =
  (args, env = process.env) =>
  async (onOutput) =>
    (await run(process.execPath, args, { env, onOutput })).code;
/** The environment in which the course computes on this device. */
const on = (device) => ({ ...process.env, COURSE_DEVICE: device });
/** Two steps that can use several cores share them. */
const cores = Math.max(1, Math.floor(availableParallelism() / 2));
const jobs = ["--jobs", String(cores)];
const tests = (report, projects, options) => (onOutput) =>
  vitest(report, projects, { cores, lacking, onOutput, ...options });

/** A device that is being installed must not change under the tests of devices. */
const QUIET = quick ? ["weights"] : ["weights", "webgpu", "native"];
/** The folders of package.json's "layers". */
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const layers = scripts.layers.split(" ").slice(1);

/** An author's loop, the longest first. */
const QUICK = [
  {
    name: "what the lessons reach",
    waits: ["weights"],
    cores,
    run: tests("reach", ["reach"]),
  },
  { name: "formatters", needs: ["formatters"], run: node([script("format.mjs"), "--check"]) },
  { name: "words and phrases", run: node([script("prose.mjs")]) },
  { name: "lint", run: node([bin("eslint", "bin", "eslint.js"), ".", "--max-warnings", "0"]) },
  {
    name: "type check of the tests",
    run: node([bin("typescript", "bin", "tsc"), "-p", "tsconfig.tests.json"]),
  },
  {
    name: "layers",
    run: node([bin("dependency-cruiser", "bin", "dependency-cruise.mjs"), ...layers]),
  },
  { name: "notebooks are up to date", run: node([script("course.mjs"), "build", "--check"]) },
  { name: "the lab's extension is up to date", run: node([script("lab.mjs"), "--check"]) },
  { name: "reference tensors are the oracles'", run: node([script("oracles.mjs"), "--check"]) },
  { name: "unit tests", waits: QUIET, cores, run: tests("unit", ["unit", "unit-alone"]) },
];

/** Components, and kernels that native ones take the place of. */
const ON_NATIVE = [
  "solutions/src",
  ...["elementwise", "matMul", "packed", "reduce"].map((name) => `engine/ops/src/wasm/${name}`),
];

/** What Node itself can break: modules of WASM, native ones, the grader's child, the kernel. */
const OF_NODE = [
  "engine/ops/src/wasm",
  "grader/src",
  "engine/course/src/devices/device",
  "engine/course/src/devices/operations",
  "engine/course/src/devices/tensorflow",
  "engine/course/src/devices/native",
  "engine/kernel/src",
];
/** Real tests that start Jupyter, its kernels or a browser. */
const OF_JUPYTER = ["engine/builder/src", "engine/cli/src", "engine/kernel/src"];
/** Those of them that run whole lessons, or a server of a class: a step of their own. */
const LONG = [
  "engine/builder/src/solve/native.real.test.ts",
  "engine/builder/src/site/solved.real.test.ts",
  "engine/cli/src/hub",
];

/** What waits for kernels and browsers most of its time, one after the other. */
const LAB = [
  {
    name: "solved notebooks in the real kernel",
    needs: ["jupyter"],
    waits: ["weights"],
    cores,
    run: node([script("course.mjs"), "solve", ...jobs], on("wasm")), // what every student has
  },
  {
    name: "real tests: kernel, JupyterLab, slides",
    waits: [
      ...["jupyter", "nbgrader", "lite", "sandbox", "chromium", "firefox", "puppeteer"],
      ...["webgpu", "native", "weights"],
    ],
    after: ["solved notebooks in the real kernel"], // slides show their figures
    run: tests("real-lab", ["real"], { cores: 1, files: OF_JUPYTER, except: LONG }),
  },
];
const OTHERS = [
  {
    name: "real tests: whole lessons elsewhere, JupyterHub",
    waits: ["jupyter", "lite", "hub", "chromium", "native", "weights"],
    run: tests("real-long", ["real"], { cores: 1, files: LONG }),
  },
  {
    name: "exercises are proved",
    waits: ["sandbox", "mesa"],
    cores,
    run: node([script("course.mjs"), "prove", ...jobs]),
  },
  {
    name: "real tests: grader, class and devices",
    waits: ["sandbox", "mesa", "webgpu", "native", "valkey", "s3", "postgres", "chromium"],
    run: tests("real", ["real"], { cores: 1, except: OF_JUPYTER }),
  },
  {
    name: "components on native",
    needs: ["native"],
    waits: ["weights"],
    cores,
    run: tests("native", ["unit", "reach"], { files: ON_NATIVE, env: on("native") }),
  },
  {
    name: "what Node can break, under Node 24",
    needs: ["node24"],
    waits: ["sandbox", "mesa", "webgpu", "native"],
    run: tests("node24", ["unit", "unit-alone", "real"], {
      cores: 1,
      files: OF_NODE,
      command: node24,
    }),
  },
];

const steps = quick ? QUICK : [...LAB, ...QUICK, ...OTHERS];

async function compiled() {
  const name = "packages and compiler";
  const seconds = () => (Date.now() - start) / 1000;
  heading(name);
  try {
    const unknown = words.find((word) => word !== "quick");
    if (unknown) throw new Sentence(`npm test: expected quick or nothing, got ${unknown}.`);
    await bootstrap();
    rows.push({ name, seconds: seconds(), passed: 1, failed: 0 });
    return true;
  } catch (e) {
    console.error(e instanceof Sentence ? e.message : e);
    rows.push({ name, seconds: seconds(), passed: 0, failed: 1 });
    return existsSync(bin("vitest"));
  }
}

/** What a step prints can be read while it runs: .local/test/unit-tests.log. */
const logOf = (name) => join(root, ".local", "test", `${name.replace(/\W+/g, "-")}.log`);
const record = (name, text) => appendFileSync(logOf(name), text);
function clearLogs() {
  mkdirSync(join(root, ".local", "test"), { recursive: true });
  for (const { name } of steps) rmSync(logOf(name), { force: true });
}

async function main() {
  if (!(await compiled())) return;
  prepare(new Set(steps.flatMap(({ needs = [], waits = [] }) => [...needs, ...waits])));
  clearLogs();
  await runSteps(steps, { known, changed, lacking, record });
  if (!quick && lacking.has("mesa")) {
    notRun.push(`proofs of exercises in WGSL: ${lacking.get("mesa")}`);
  }
  const left = [...LAB, ...OTHERS].map(({ name }) => name);
  if (quick) console.log(`\nLeft out by quick: ${left.join("; ")}.`);
}

await main();
process.exitCode = summary(start);
