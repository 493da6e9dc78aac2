/**
 * The steps of each mode of npm test: what runs, what it needs of this machine, and what it leaves
 * out. Steps come in the order in which they should start, the longest first.
 */
import { readFileSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { root, run } from "../../../install/run.mjs";
import { changes } from "./changes.mjs";
import { lacking, node24 } from "./machine.mjs";
import { vitest } from "./vitest.mjs";

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

/** The folders of package.json's "layers". */
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const layers = scripts.layers.split(" ").slice(1);

/** What needs neither a compiled test nor a device. */
const FAST = [
  { name: "formatters", needs: ["formatters"], run: node([script("format.mjs"), "--check"]) },
  { name: "words and phrases", run: node([script("prose.mjs")]) },
  { name: "lint", run: node([bin("eslint", "bin", "eslint.js"), ".", "--max-warnings", "0"]) },
  {
    name: "type check of the tests",
    run: node([bin("typescript", "bin", "tsc"), "-p", "tsconfig.tests.json"]),
  },
  {
    name: "type check of the browser's scripts",
    run: node([bin("typescript", "bin", "tsc"), "-p", "tsconfig.browser.json"]),
  },
  {
    name: "type check of the service worker",
    run: node([bin("typescript", "bin", "tsc"), "-p", "tsconfig.worker.json"]),
  },
  {
    name: "layers",
    run: node([bin("dependency-cruiser", "bin", "dependency-cruise.mjs"), ...layers]),
  },
  { name: "notebooks are up to date", run: node([script("course.mjs"), "build", "--check"]) },
  { name: "claims are backed", run: node([script("course.mjs"), "claims"]) },
  { name: "the lab's extension is up to date", run: node([script("lab.mjs"), "--check"]) },
  { name: "reference tensors are the oracles'", run: node([script("oracles.mjs"), "--check"]) },
];

/** @param devices whether devices are installed, which must not change under their tests */
const unit = (devices, options = {}) => [
  {
    name: "what the lessons reach",
    waits: ["weights"],
    cores,
    run: tests("reach", ["reach"], options),
  },
  {
    name: "unit tests",
    waits: devices ? ["weights", "webgpu", "native"] : ["weights"],
    cores,
    run: tests("unit", ["unit", "unit-alone"], options),
  },
];

const SOLVE = "solved notebooks in the real kernel";
/** On what every student has, wasm. */
const solve = (lessons = []) => ({
  name: SOLVE,
  needs: ["jupyter"],
  waits: ["weights"],
  cores,
  run: node([script("course.mjs"), "solve", ...lessons, ...jobs], on("wasm")),
});
const prove = (exercises = []) => ({
  name: "exercises are proved",
  waits: ["sandbox", "mesa"],
  cores,
  run: node([script("course.mjs"), "prove", ...exercises, ...jobs]),
});

/** Real tests that run whole lessons, or a server of a class: steps of their own. */
const ON_NATIVE_LONG = ["engine/builder/src/solve/native.real.test.ts"];
const IN_BROWSER_LONG = ["engine/builder/src/site/solved.real.test.ts", "engine/cli/src/hub"];
const LONG = [...ON_NATIVE_LONG, ...IN_BROWSER_LONG];

const SITE = "engine/builder/src/site";

/** Real tests; the words of `waits` are all that a header of theirs may name. */
const REAL = [
  {
    name: "real tests: website",
    folders: [SITE],
    waits: ["lite", "sandbox", "chromium", "weights"],
    waitsForAll: ["firefox", "puppeteer"],
    after: [SOLVE], // pages show the figures of solved notebooks
  },
  {
    name: "real tests: slides, nbgrader, claims",
    folders: ["engine/builder/src"],
    except: [SITE],
    waits: ["jupyter", "nbgrader", "sandbox", "chromium", "weights"],
    waitsForAll: ["webgpu", "native"],
    after: [SOLVE], // slides show the figures of solved notebooks
  },
  {
    name: "real tests: kernel, JupyterLab, commands",
    folders: ["engine/kernel/src", "engine/cli/src"],
    waits: ["jupyter", "sandbox", "chromium", "weights"],
    waitsForAll: ["webgpu", "native"],
    afterForAll: [SOLVE], // the test of all figures opens solved notebooks
  },
  {
    name: "real tests: grader and class",
    folders: ["grader/src", "engine/classroom/src", "engine/ops/src"],
    waits: ["sandbox", "postgres", "chromium"],
    waitsForAll: ["mesa", "valkey"],
  },
  {
    name: "real tests: devices",
    folders: ["engine/course/src", "solutions/src"],
    waits: [],
    waitsForAll: ["sandbox", "mesa", "webgpu", "native", "weights"],
    allOnly: true,
  },
];
const reportOf = (name) => name.replace(/\W+/g, "-");
const realStep = (
  { name, folders, except = [], waits, waitsForAll, after = [], afterForAll = [] },
  level,
  files = folders,
  leftOut = [],
) => ({
  name,
  waits: level === "all" ? [...waits, ...waitsForAll] : waits,
  after: level === "all" ? [...after, ...afterForAll] : after,
  run: tests(reportOf(name), ["real"], {
    cores: 1,
    level,
    files,
    except: [...LONG, ...except, ...leftOut],
  }),
});

/** Components, and kernels that native ones take the place of. */
const ON_NATIVE = [
  "solutions/src",
  ...["elementwise", "matMul", "packed", "reduce"].map((name) => `engine/ops/src/wasm/${name}`),
];
/** What Node itself can break: modules of WASM, native ones, the grader's child, the kernel. */
const OF_NODE = [
  "engine/ops/src/wasm",
  ...["child", "sandbox", "shaders", "submission/guard", "submission/cheats"].map(
    (name) => `grader/src/${name}`,
  ),
  "engine/course/src/devices",
  "engine/kernel/src",
];

/** Not of Node: what a compiler makes, and files that change around kernels. */
const NOT_OF_NODE = [
  "engine/ops/src/wasm/build.real.test.ts",
  "engine/kernel/src/survives.real.test.ts",
];

/** Not of the device: whether answers vary over seeds. */
const NOT_OF_DEVICE = ["solutions/src/shared/tables.test.ts"];

/** The environment in which these lessons run, or all. */
const withLessons = (lessons) =>
  lessons ? { ...process.env, COURSE_LESSONS: lessons.join(",") } : process.env;
/** @param where what the step's name says of the place */
const wholeLessons = (where, report, waits, files) => (lessons) => ({
  name: `real tests: whole lessons ${where}`,
  waits: ["jupyter", "weights", ...waits],
  run: tests(report, ["real"], { cores: 1, files, env: withLessons(lessons) }),
});
const inBrowser = wholeLessons(
  "in a browser, JupyterHub",
  "real-long",
  ["lite", "hub", "chromium"],
  IN_BROWSER_LONG,
);
const onNative = wholeLessons("on native", "real-native", ["native"], ON_NATIVE_LONG);
const componentsOnNative = {
  name: "components on native",
  needs: ["native"],
  waits: ["weights"],
  cores,
  run: tests("native", ["unit", "reach"], {
    files: ON_NATIVE,
    except: NOT_OF_DEVICE,
    env: on("native"),
  }),
};
const underNode24 = {
  name: "what Node can break, under Node 24",
  needs: ["node24"],
  waits: ["sandbox", "mesa", "webgpu", "native"],
  run: tests("node24", ["unit", "unit-alone", "real"], {
    cores: 1,
    files: OF_NODE,
    except: NOT_OF_NODE,
    command: node24,
  }),
};
/** What repeats on another device, another Node or a whole class's server. */
const REPEATED = [inBrowser(), onNative(), componentsOnNative, underNode24];

const names = (steps) => steps.map(({ name }) => name);
const plainReal = REAL.filter(({ allOnly }) => !allOnly);
const HEAVIER = "real tests with a line “level: all”";

function quick() {
  const real = plainReal.map(({ name }) => name);
  const leftOut = [SOLVE, prove().name, ...real, HEAVIER, ...names(REPEATED)];
  return { steps: [...unit(false), ...FAST], leftOut };
}

function plain() {
  const real = plainReal.map((step) => realStep(step, "plain"));
  return {
    // whoever waits for solved notebooks comes as soon as they are there
    steps: [solve(), ...real, ...unit(false), prove(), ...FAST],
    leftOut: [HEAVIER, ...names(REPEATED)],
  };
}

/** @param leftOut files of real tests */
function everything(repeated, leftOut = []) {
  const real = REAL.map((step) => realStep(step, "all", step.folders, leftOut));
  return [solve(), ...real, ...unit(true), ...FAST, prove(), ...repeated];
}

const all = () => ({ steps: everything(REPEATED), leftOut: [] });

/** In ci, one lesson of so many runs there; on native it takes twice as long as in a browser. */
const BROWSER_EVERY = 2;
const NATIVE_EVERY = 8;
/** The numbers of all lessons. */
const lessonNumbers = () =>
  readdirSync(join(root, "lessons-src")).flatMap((id) => /^\d+/.exec(id) ?? []);

/** Real tests of another browser, and of lessons on a third device. */
const REPEATED_IN_REAL = [
  "engine/builder/src/site/firefox.real.test.ts",
  "engine/builder/src/solve/webgpu.real.test.ts",
];

/** As all, but fewer lessons run on a second device, and less is repeated. */
function ci() {
  const numbers = lessonNumbers();
  const browser = numbers.filter((_, i) => i % BROWSER_EVERY === 1);
  const native = numbers.filter((_, i) => i % NATIVE_EVERY === 0);
  const others = (some) => numbers.filter((number) => !some.includes(number)).join(", ");
  const leftOut = [
    `in a browser: lessons ${others(browser)}`,
    `on native: lessons ${others(native)}`,
    componentsOnNative.name,
    underNode24.name,
    ...REPEATED_IN_REAL,
  ];
  return { steps: everything([inBrowser(browser), onNative(native)], REPEATED_IN_REAL), leftOut };
}

/**
 * What the change since main can break: unit tests by the graph of imports; lessons and exercises
 * that it touches; all real tests of the packages that it touches, and of the packages that stand on
 * these what npm test runs.
 */
function changed() {
  const { base, touched, standing, lessons, exercises, everything } = changes();
  if (everything) {
    console.log("packages or settings of the compiler have changed: all that npm test runs");
    return plain();
  }
  const files = (step, packages) =>
    step.folders.filter((folder) => packages.some((name) => folder.startsWith(`${name}/`)));
  const real = REAL.flatMap((step) => {
    const [all, some] = [files(step, touched), files(step, standing)];
    const steps = [];
    if (all.length > 0) steps.push(realStep(step, "all", all));
    if (some.length > 0 && !step.allOnly) {
      const ofOthers = `${step.name}, of what stands on the change`;
      steps.push(realStep({ ...step, name: ofOthers }, "plain", some));
    }
    return steps;
  });
  const showsSolved = real.some(({ after }) => after.includes(SOLVE));
  const content = [
    ...(lessons.length > 0 || showsSolved ? [solve(showsSolved ? [] : lessons)] : []),
    ...(exercises.length > 0 ? [prove(exercises)] : []),
  ];
  const steps = [...content, ...real, ...unit(false, { since: base }), ...FAST];
  const without = names([solve(), ...plainReal, prove()]).filter((n) => !names(steps).includes(n));
  const leftOut = [
    "unit tests of files that import nothing that has changed",
    ...(lessons.length > 0 ? ["other lessons and exercises"] : []),
    ...without,
    ...names(REPEATED),
  ];
  return { steps, leftOut };
}

/** Word on the command line → its steps and what it leaves out. */
export const MODES = { plain, quick, all, ci, changed };
