/**
 * Installs what the tests need of a machine where it is missing, while steps that can do without it
 * run already.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { answer, npm, reason, root, run, Sentence, step, windows } from "../../../install/run.mjs";
import { lockedPackages } from "../../../install/packages.mjs";
import { formatters, jupyterPython, litePython, nbgraderPython } from "../../../install/venv.mjs";

const course = join(root, "engine", "cli", "bin", "course.mjs");

/**
 * What this machine lacks: a word, which steps and real tests (in their line "// needs: …") name → a
 * sentence that says why.
 */
export const lacking = new Map();
/** The words of all parts whose installation has ended, well or not. */
export const known = new Set();
let onChange = () => undefined;
export const changed = (f) => (onChange = f);

/** Installs Debian's packages where this user may. */
async function installDebianPackages(packages) {
  if (packages.length === 0 || process.getuid?.() !== 0 || !answer("apt-get", ["--version"])) {
    return;
  }
  const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  await step("Debian's package lists", "apt-get", ["update"], options);
  const install = ["install", "-y", "--no-install-recommends", ...packages];
  await step(packages.join(", "), "apt-get", install, options);
}

const DRIVERS = "/usr/share/vulkan/icd.d";
/** Where Debian keeps PostgreSQL's programs, by version. */
const POSTGRESQL = "/usr/lib/postgresql";
/** Debian's package → the word in headers, a probe, and the message where it is missing. */
const PROGRAMS = {
  chromium: {
    word: "chromium",
    isInstalled: () =>
      process.env.COURSE_CHROMIUM ||
      ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].some((name) =>
        answer(name, ["--version"]),
      ),
    message:
      "Chromium is missing (Debian: apt-get install chromium; elsewhere set COURSE_CHROMIUM to " +
      "the path of Chromium or Chrome).",
  },
  "firefox-esr": {
    word: "firefox",
    isInstalled: () =>
      process.env.COURSE_FIREFOX ||
      ["firefox-esr", "firefox"].some((name) => answer(name, ["--version"])),
    message:
      "Firefox is missing (Debian: apt-get install firefox-esr; elsewhere set COURSE_FIREFOX to " +
      "its path).",
  },
  bubblewrap: {
    word: "sandbox",
    isInstalled: () => answer("bwrap", ["--version"]),
    message:
      "bubblewrap, the grader's sandbox, is missing (Linux only; Debian: apt-get install " +
      "bubblewrap).",
  },
  "valkey-server": {
    word: "valkey",
    isInstalled: () =>
      ["valkey-server", "redis-server"].some((name) => answer(name, ["--version"])),
    message: "The queue's server is missing (Debian: apt-get install valkey-server).",
  },
  postgresql: {
    word: "postgres",
    isInstalled: () =>
      answer("initdb", ["--version"]) ||
      (existsSync(POSTGRESQL) &&
        readdirSync(POSTGRESQL).some((v) => existsSync(join(POSTGRESQL, v, "bin", "initdb")))),
    message: "PostgreSQL's server is missing (Debian: apt-get install postgresql).",
  },
  "g++": { isInstalled: () => answer("g++", ["--version"]) }, // course setup native reports its absence
  // Vulkan on the processor, where there is no graphics card
  "mesa-vulkan-drivers": {
    word: "mesa",
    isInstalled: () =>
      existsSync(DRIVERS) && readdirSync(DRIVERS).some((name) => name.startsWith("lvp_icd")),
    message:
      "Mesa's software Vulkan driver is missing (Linux only; Debian: apt-get install " +
      "mesa-vulkan-drivers).",
  },
};

async function installPrograms() {
  await installDebianPackages(
    Object.keys(PROGRAMS).filter((name) => !PROGRAMS[name].isInstalled()),
  );
  for (const { word, isInstalled, message } of Object.values(PROGRAMS)) {
    if (word && !isInstalled()) lacking.set(word, message);
  }
}

/** Installs Dawn and looks for an adapter. */
async function installWebgpu() {
  const { code, output } = await run(process.execPath, [course, "setup", "webgpu"]);
  console.log(output.trim());
  if (code !== 0) lacking.set("mesa", "WebGPU could not be set up.");
  const tried = await run(process.execPath, [
    "-e",
    'require("course").chooseDevice("webgpu").then(() => process.exit(0), (e) => { ' +
      "console.log(e.message); process.exit(1); })",
  ]);
  if (tried.code !== 0) lacking.set("webgpu", tried.output.trim().split("\n").at(-1));
}

/** Compiles the native op kernels, whose command reports what is missing. */
async function installNative() {
  const { code, output } = await run(process.execPath, [course, "setup", "native"]);
  if (code !== 0) {
    const why = output.trim().split("\n").at(-1);
    lacking.set("native", `The device native could not be set up. ${why}`);
  }
  console.log(output.trim());
}

/** Installs JupyterHub, whose servers run as users of their own. */
async function installHub() {
  if (process.platform !== "linux" || process.getuid() !== 0) {
    throw new Sentence("A JupyterHub of the course is tested on Linux and as root only.");
  }
  const { code, output } = await run(process.execPath, [course, "setup", "hub"]);
  console.log(output.trim());
  if (code !== 0) throw new Sentence(output.trim().split("\n").at(-1));
}

async function installWeights() {
  for (const name of ["minilm", "antiberty", "smollm2", "esm2"]) {
    const { code, output } = await run(process.execPath, [course, "weights", name]);
    if (output.trim()) console.log(output.trim());
    if (code !== 0) lacking.set("weights", `The weights ${name} could not be installed.`);
  }
}

/** Installs Puppeteer, which drives Firefox. */
const installPuppeteer = () =>
  lockedPackages(
    "firefox",
    join(root, "engine", "install", "pinned", "firefox"),
    "what drives Firefox in tests",
  );

const node24Folder = join(root, ".local", "node24");
const node24Package = `node-${windows ? "win" : process.platform}-${process.arch}`;
/** Node 24's program. */
export const node24 = join(
  ...[node24Folder, "node_modules", node24Package],
  ...["bin", windows ? "node.exe" : "node"],
);

/** Node 24 from the npm registry, for a second run of what Node can break. */
async function installNode24() {
  if (existsSync(node24)) return;
  const [command, ...args] = npm();
  const part = `${node24Folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const options = ["--ignore-scripts", "--no-audit", "--no-fund"];
  const install = ["install", "--prefix", part, ...options, `${node24Package}@24`];
  const { code, output } = await step("Node 24", command, [...args, ...install]);
  if (code !== 0) throw new Sentence(reason("Node 24", output));
  renameSync(part, node24Folder);
}

/** Two queues that run side by side, each in its order. A part whose installation throws is lacking. */
const QUEUES = [
  [
    [["formatters"], formatters],
    [["weights"], installWeights],
    [["jupyter"], jupyterPython],
    [["nbgrader"], nbgraderPython],
    [["lite"], litePython],
    [["hub"], installHub],
    [["node24"], installNode24],
    [["puppeteer"], installPuppeteer],
  ],
  [
    [["chromium", "firefox", "sandbox", "valkey", "postgres"], installPrograms],
    [["mesa", "webgpu"], installWebgpu],
    [["native"], installNative],
  ],
];

async function installInOrder(queue) {
  for (const [words, install] of queue) {
    try {
      await install();
    } catch (e) {
      const message = e instanceof Sentence ? e.message : String(e.stack);
      for (const word of words) lacking.set(word, message);
    }
    for (const word of words) known.add(word);
    onChange();
  }
}

/** Starts to install what these words name. Steps learn of each word as it becomes known. */
export function prepare(words) {
  for (const queue of QUEUES) {
    void installInOrder(queue.filter(([has]) => has.some((word) => words.has(word))));
  }
}
