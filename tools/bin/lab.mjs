/**
 * npm run lab: builds the extension of JupyterLab from lab/ and views/ into
 * tools/jupyter/labextensions, which is committed, so that students need none of the builder's 500
 * packages. With --check it compares, and writes nothing. The builder is installed into .local/lab.
 */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "./bootstrap.mjs";
import { answer, main, npm, reason, root, run, Sentence, step } from "./run.mjs";
import { jupyterPython } from "./venv.mjs";

const SOURCE = join(root, "lab");
const FOLDER = join(root, ".local", "lab");
const BUILT = join(root, "tools", "jupyter", "labextensions", "foundation-models-lab");

async function install() {
  const lock = createHash("sha256").update(readFileSync(join(SOURCE, "package-lock.json")));
  const wanted = lock.digest("hex");
  const stamp = join(FOLDER, ".installed");
  mkdirSync(FOLDER, { recursive: true });
  for (const file of ["package.json", "package-lock.json", "tsconfig.json"]) {
    cpSync(join(SOURCE, file), join(FOLDER, file));
  }
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const [command, ...args] = npm();
  const options = ["ci", "--prefix", FOLDER, "--ignore-scripts", "--no-audit", "--no-fund"];
  const { code, output } = await step("JupyterLab's builder", command, [...args, ...options]);
  if (code !== 0) throw new Sentence(reason("JupyterLab's builder", output));
  writeFileSync(stamp, wanted);
}

/** Runs a script of the installed packages; its output is shown when it fails. */
async function node(...args) {
  const { code, output } = await run(process.execPath, args, { cwd: FOLDER });
  if (code !== 0) throw new Sentence(`${output.trim()}\nThe extension could not be built.`);
}

/** Builds into .local/lab/out. */
async function build() {
  const views = join(FOLDER, "node_modules", "views");
  for (const folder of [views, ...["src", "lib", "out"].map((name) => join(FOLDER, name))]) {
    rmSync(folder, { recursive: true, force: true });
  }
  cpSync(join(SOURCE, "src"), join(FOLDER, "src"), { recursive: true });
  for (const part of ["package.json", "dist"]) {
    cpSync(join(root, "views", part), join(views, part), { recursive: true });
  }
  const description = JSON.parse(readFileSync(join(SOURCE, "package.json"), "utf8"));
  description.jupyterlab.outputDir = "out";
  writeFileSync(join(FOLDER, "package.json"), JSON.stringify(description, null, 2));
  await node(join("node_modules", "typescript", "bin", "tsc"), "-p", ".");
  const place = "import jupyterlab, os; print(os.path.dirname(jupyterlab.__file__))";
  const lab = answer(await jupyterPython(), ["-c", place]);
  const core = join(lab, "staging", "package.json");
  const builder = join("node_modules", "@jupyter", "builder", "lib", "build-labextension.js");
  await node(builder, "--core-package-file", core, ".");
}

/** The files of a folder with their contents, as one text to compare. */
const contents = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name))
        .sort()
        .map((file) => `${file.slice(folder.length)}\n${readFileSync(file, "utf8")}`)
        .join("\n")
    : "";

await main(async () => {
  await compile();
  await install();
  await build();
  const out = join(FOLDER, "out");
  const same = contents(out) === contents(BUILT);
  if (process.argv.includes("--check")) {
    console.log(same ? "the extension is up to date" : "the extension is stale: npm run lab");
    return same ? 0 : 1;
  }
  if (!same) {
    rmSync(BUILT, { recursive: true, force: true });
    cpSync(out, BUILT, { recursive: true });
  }
  console.log(same ? "nothing changed" : "the extension was built");
  return 0;
});
