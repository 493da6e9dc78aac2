/**
 * npm run lab: builds the extension of JupyterLab from engine/lab and engine/views into
 * engine/lab/jupyter/labextensions, which is committed, so that students need none of the builder's 500
 * packages. With --check it says whether what is committed was built from these sources, and builds
 * nothing. The builder is installed into .local/lab.
 */
import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "./bootstrap.mjs";
import { lockedPackages } from "../../install/packages.mjs";
import { answer, main, root, run, Sentence } from "../../install/run.mjs";
import { jupyterPython } from "../../install/venv.mjs";

const SOURCE = join(root, "engine", "lab");
const FOLDER = join(root, ".local", "lab");
const BUILT = join(root, "engine", "lab", "jupyter", "labextensions", "foundation-models-lab");

/** What of the course's packages the extension contains: a folder, or single files, of their sources. */
const PACKAGES = { views: ["src"], cells: ["src/guess.ts", "src/needed.ts"] };

/** Runs a script of the installed packages; its output is shown when it fails. */
async function node(...args) {
  const { code, output } = await run(process.execPath, args, { cwd: FOLDER });
  if (code !== 0) throw new Sentence(`${output.trim()}\nThe extension could not be built.`);
}

/** Builds into .local/lab/out. */
async function build() {
  const packages = Object.keys(PACKAGES).map((name) => join("node_modules", name));
  for (const name of [...packages, "src", "schema", "lib", "out"]) {
    rmSync(join(FOLDER, name), { recursive: true, force: true });
  }
  for (const part of ["src", "schema", "tsconfig.json"]) {
    cpSync(join(SOURCE, part), join(FOLDER, part), { recursive: true });
  }
  for (const name of Object.keys(PACKAGES)) {
    for (const part of ["package.json", "dist"]) {
      const to = join(FOLDER, "node_modules", name, part);
      cpSync(join(root, "engine", name, part), to, { recursive: true });
    }
  }
  const description = JSON.parse(readFileSync(join(SOURCE, "package.json"), "utf8"));
  description.jupyterlab.outputDir = "out";
  description.jupyterlab.sharedPackages = sharedPackages(description.dependencies);
  writeFileSync(join(FOLDER, "package.json"), JSON.stringify(description, null, 2));
  await node(join("node_modules", "typescript", "bin", "tsc"), "-p", ".");
  const place = "import jupyterlab, os; print(os.path.dirname(jupyterlab.__file__))";
  const lab = answer(await jupyterPython(), ["-c", place]);
  const core = join(lab, "staging", "package.json");
  const builder = join("node_modules", "@jupyter", "builder", "lib", "build-labextension.js");
  await node(builder, "--core-package-file", core, ".");
}

/**
 * What of JupyterLab serves the extension: the versions that its package.json names. The builder
 * would ask for those with which it builds, and JupyterLite's are older.
 */
const sharedPackages = (dependencies) =>
  Object.fromEntries(
    Object.entries(dependencies)
      .filter(([name]) => name.startsWith("@jupyterlab/"))
      .map(([name, requiredVersion]) => [name, { requiredVersion }]),
  );

/** The files of a folder with their contents, as one text; that of a file. */
const contents = (folder) => (folder.endsWith(".ts") ? source(folder) : contentsOfFolder(folder));
const contentsOfFolder = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((file) => `${file.slice(folder.length).replaceAll("\\", "/")}\n${source(file)}`)
    .join("\n");
const source = (file) => readFileSync(file, "utf8").replaceAll("\r\n", "\n");

/**
 * What the extension is built from, as a hash; the built bytes hold numbers that depend on the
 * folder of the course.
 */
function hashOfSources() {
  const folders = [join(SOURCE, "src"), join(SOURCE, "schema")];
  const packages = Object.entries(PACKAGES).flatMap(([name, paths]) =>
    paths.map((path) => join(root, "engine", name, path)),
  );
  const parts = [...folders, ...packages].map(contents);
  const files = ["package.json", "package-lock.json"].map((name) => source(join(SOURCE, name)));
  return createHash("sha256")
    .update([...parts, ...files].join("\n"))
    .digest("hex");
}

await main(async () => {
  const stamp = join(BUILT, "sources.sha256");
  const hash = hashOfSources();
  const isCurrent = existsSync(stamp) && source(stamp).trim() === hash;
  if (process.argv.includes("--check")) {
    console.log(isCurrent ? "the extension is up to date" : "the extension is stale: npm run lab");
    return isCurrent ? 0 : 1;
  }
  if (isCurrent) return void console.log("nothing changed");
  await compile();
  await lockedPackages("lab", SOURCE, "JupyterLab's builder");
  await build();
  rmSync(BUILT, { recursive: true, force: true });
  cpSync(join(FOLDER, "out"), BUILT, { recursive: true });
  writeFileSync(stamp, `${hash}\n`);
  console.log("the extension was built");
});
