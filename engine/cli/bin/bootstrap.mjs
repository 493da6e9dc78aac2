/**
 * Makes a fresh clone usable: checks Node, installs the npm packages, compiles, builds the
 * notebooks. Does nothing that is done already.
 */
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import {
  npm,
  readOnly,
  reason,
  released,
  root,
  run,
  Sentence,
  step,
  workspaces,
} from "../../install/run.mjs";
import { inTurn } from "../../install/turn.mjs";

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Sentence(
      `Node.js 20.19 or newer is needed, this is ${process.versions.node}: ` +
        "install a newer one (https://nodejs.org), then start again.",
    );
  }
}

const packages = (file) =>
  existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : {};

/** The packages that a student needs; npm installs their dependencies with them. */
const STUDENT_PACKAGES = ["engine/kernel", "solutions"];

/**
 * The entries of a lock file that a student needs: the dependencies of the whole course and of
 * STUDENT_PACKAGES, and theirs, without those for development.
 */
export function studentEntries(lock) {
  const find = (from, name) => {
    for (let folder = from; ; folder = folder.replace(/(^|\/)(node_modules\/)?[^/]*$/, "")) {
      const path = `${folder && `${folder}/`}node_modules/${name}`;
      if (lock[path] || !folder) return lock[path] && path;
    }
  };
  const found = new Set();
  const add = (path) => {
    if (!path || found.has(path)) return;
    found.add(path);
    const entry = lock[path];
    if (entry.link) return add(entry.resolved);
    const names = Object.keys({ ...entry.dependencies, ...entry.optionalDependencies });
    for (const name of names) add(find(path, name));
  };
  Object.keys(lock[""].dependencies ?? {}).forEach((name) => add(find("", name)));
  for (const [path, { link, resolved }] of Object.entries(lock)) {
    if (link && STUDENT_PACKAGES.includes(resolved)) add(path);
  }
  return Object.fromEntries([...found].map((path) => [path, lock[path]]));
}

/**
 * Whether node_modules holds what the lock file asks for: for a student, or everything. npm writes
 * node_modules/.package-lock.json last, so an interrupted installation counts as none. Optional
 * packages may be missing, unless they are another system's (a folder shared with Windows).
 */
export function installed({ everything = false, at = root } = {}) {
  const lock = packages(join(at, "package-lock.json"));
  const have = packages(join(at, "node_modules", ".package-lock.json"));
  const fits = (list, name) => !list || list.includes(name);
  return Object.entries(everything ? lock : studentEntries(lock)).every(
    ([path, { version, link, optional, os, cpu, libc }]) => {
      if (!path.includes("node_modules/")) return true;
      // a package of ours that is newer than the installation
      if (link) return existsSync(join(at, path));
      const mayMiss =
        optional && (!os || libc || !fits(os, process.platform) || !fits(cpu, process.arch));
      return mayMiss || have[path]?.version === version;
    },
  );
}

/** Whether all packages were installed here once, in whatever version; updates then keep all. */
const hadEverything = () => existsSync(join(root, "node_modules", "builder"));

/** Installs what is missing; one process at a time. */
async function installPackages(everything) {
  if (installed({ everything })) return;
  await inTurn(join(root, ".local", "npm"), "npm packages", () => runNpm(everything));
}

async function runNpm(everything) {
  if (installed({ everything })) return; // by the process that was before this one
  if (everything && installed()) {
    console.log("npm start leaves out packages for authors and instructors: they come now.");
  }
  const [command, ...args] = npm();
  const forStudents = [
    "--omit=dev",
    "--include-workspace-root",
    ...STUDENT_PACKAGES.flatMap((name) => ["--workspace", name]),
  ];
  // nothing of ours needs an install script: zeromq and esbuild carry their binaries
  const { code, output } = await step("npm packages", command, [
    ...args,
    "ci",
    ...(everything ? [] : forStudents),
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=http",
  ]);
  if (code !== 0) throw new Sentence(reason("The npm packages", output));
}

/** Our packages that are compiled. */
const compiledPackages = (at) => workspaces.filter((name) => existsSync(join(at, name, "src")));

/** The endings of files that tsc writes. */
const OUTPUT = /\.(js|d\.ts)(\.map)?$/;

/**
 * Compiled files whose source is gone. tsc leaves them there, and a solution that has moved would be
 * found twice.
 */
export function orphans(at = root) {
  return workspaces.flatMap((name) => {
    const dist = join(at, name, "dist");
    if (!existsSync(dist)) return [];
    const sources = join(at, name, "src");
    const hasSource = (file) => {
      const source = join(sources, file.replace(OUTPUT, ""));
      return [".ts", ".mts", ".js", ".d.ts"].some((ending) => existsSync(source + ending));
    };
    return readdirSync(dist, { recursive: true })
      .map(String)
      .filter((file) => OUTPUT.test(file) && !hasSource(file))
      .map((file) => join(dist, file));
  });
}

/** Removes orphans, and the folders that are empty then. */
export function removeOrphans(at = root) {
  for (const file of orphans(at)) {
    rmSync(file);
    let folder = dirname(file);
    while (readdirSync(folder).length === 0) {
      rmdirSync(folder);
      folder = dirname(folder);
    }
  }
}

/** Whether a package's sources are newer than its compiled files, or gone. */
export function stale(at = root) {
  if (orphans(at).length > 0) return true;
  return compiledPackages(at).some((name) => {
    const compiled = join(at, name, "dist", ".tsbuildinfo");
    const sources = join(at, name, "src");
    if (!existsSync(compiled)) return true;
    const { mtimeMs } = statSync(compiled);
    return readdirSync(sources, { recursive: true }).some(
      (file) => /(?<!\.test)\.ts$/.test(file) && statSync(join(sources, file)).mtimeMs > mtimeMs,
    );
  });
}

/**
 * tfjs-core's chained methods and gradients exist as ES modules that Node cannot load (imports
 * without file endings), and its CommonJS file has neither. So register.js of grader and solutions
 * is bundled into dist; the bundle's operations use the engine that tfjs-core keeps in a global.
 */
async function bundleRegister() {
  const { version } = JSON.parse(
    readFileSync(join(root, "node_modules", "@tensorflow", "tfjs-core", "package.json"), "utf8"),
  );
  for (const name of ["grader", "solutions"]) {
    const source = join(root, name, "src", "register");
    const out = join(root, name, "dist", "register");
    const hash = createHash("sha256")
      .update(readFileSync(`${source}.js`))
      .digest("hex");
    const made = `tfjs-core ${version} and register.js ${hash.slice(0, 8)}`;
    const mark = `/* of ${made}, by engine/cli/bin/bootstrap.mjs */`;
    copyFileSync(`${source}.d.ts`, `${out}.d.ts`);
    if (existsSync(`${out}.js`) && readFileSync(`${out}.js`, "utf8").startsWith(mark)) continue;
    const { build } = await import("esbuild");
    // first, since it makes the engine that the bundle finds
    const banner = { js: `${mark}\nrequire("@tensorflow/tfjs-core");` };
    await build({
      entryPoints: [`${source}.js`],
      outfile: `${out}.new`,
      bundle: true,
      minify: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      legalComments: "none",
      banner,
      logLevel: "error",
    });
    renameSync(`${out}.new`, `${out}.js`);
  }
}

/** Whether the last compilation checked no types, since packages were missing. */
function isUnchecked() {
  const file = join(root, "engine", "cli", "dist", ".tsbuildinfo");
  return existsSync(file) && readFileSync(file, "utf8").includes('"noCheck":true');
}

/**
 * Compiles what has changed. Where only a student's packages are installed, types aren't checked,
 * since some are missing; the first compilation after the others are there checks everything.
 */
export async function compile() {
  removeOrphans();
  const everything = installed({ everything: true });
  const { code, output } = await run(process.execPath, [
    join(root, "node_modules", "typescript", "bin", "tsc"),
    "-b",
    ...(everything ? [] : ["--noCheck"]),
    ...(everything && isUnchecked() ? ["--force"] : []),
  ]);
  if (code !== 0) {
    throw new Sentence(
      /ENOSPC/.test(output)
        ? reason("The compiled course", output)
        : `${output}The course does not compile: mend the lines above, or fetch the course again.`,
    );
  }
  await bundleRegister();
}

/**
 * From a fresh clone to compiled packages.
 * @param everything also what only authors and instructors need
 */
export async function bootstrap({ everything = false } = {}) {
  checkNode();
  if (readOnly()) {
    const isThere = existsSync(join(root, "engine", "cli", "dist", "cli.js"));
    if (isThere && (!everything || installed({ everything }))) return;
    throw new Sentence(
      isThere
        ? "This needs packages that npm start leaves out, and the course's folder is read-only for " +
            "you: whoever may write there runs npm run build once."
        : "The course is not set up yet, and its folder is read-only for you: " +
            "whoever may write there runs npm start once.",
    );
  }
  await installPackages(everything || (!released && hadEverything()));
  if (!released) await compile();
}

/** Writes the notebooks that are stale. */
export async function buildNotebooks() {
  const { code } = await run(
    process.execPath,
    [join(root, "engine", "cli", "bin", "course.mjs"), "build"],
    { inherit: true },
  );
  if (code !== 0) {
    throw new Sentence("The notebooks could not be built; the lines above say where.");
  }
}
