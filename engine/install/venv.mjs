/**
 * Python environments inside the project: JupyterLab's in .local/venv, the oracles' in
 * .local/oracles.
 */
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { delimiter, dirname, join } from "node:path";
import { answer, readOnly, reason, root, run, Sentence, step, windows } from "./run.mjs";
import { inTurn } from "./turn.mjs";

const local = (name) => join(root, ".local", name);
const pythonOf = (dir) =>
  join(dir, windows ? "Scripts" : "bin", windows ? "python.exe" : "python3");
const stampOf = (dir) => join(dir, ".installed");

/** Whether all users of this machine can reach a file: one in a home folder, they can't. */
export function isPublic(file) {
  const isOpen = (statSync(file).mode & 1) === 1;
  return isOpen && (dirname(file) === file || isPublic(dirname(file)));
}

/** Whether all users of this machine can run this Python. */
const isForAll = ([command, ...args]) =>
  isPublic(
    answer(command, [...args, "-c", "import os, sys; print(os.path.realpath(sys.executable))"]),
  );

/** Why none of the Pythons serves, each given by its version: what to do. */
function noPython({ hidden, incomplete, old }) {
  if (hidden) {
    return new Sentence(
      `Python ${hidden} lies in a folder that other users of this machine can't read, and their ` +
        "servers need it: set PYTHON to one that they can, such as /usr/bin/python3.",
    );
  }
  if (incomplete) {
    return new Sentence(
      `Python ${incomplete} lacks the modules venv and ensurepip: ` +
        "install them (Debian and Ubuntu: apt-get install python3-venv), then start again.",
    );
  }
  if (old) {
    return new Sentence(
      `Python 3.10 or newer is needed, this machine has ${old}: ` +
        "install a newer one (https://python.org), then start again.",
    );
  }
  return new Sentence(
    "Python 3.10 or newer is needed: install it (https://python.org; Debian and Ubuntu: " +
      "apt-get install python3-venv), then start again.",
  );
}

/**
 * A command line of a Python that can make an environment.
 * @param forAll for all users of this machine
 */
function hostPython(forAll = false) {
  const candidates = [
    [process.env.PYTHON ?? "python3"],
    ["python3"],
    ["python"],
    ["py", "-3"],
    ...[14, 13, 12, 11, 10].map((minor) => [`python3.${minor}`]),
    ...(forAll ? [["/usr/bin/python3"]] : []),
  ];
  let old;
  let incomplete;
  let hidden;
  for (const python of candidates) {
    const [command, ...args] = python;
    const version = answer(command, [
      ...args,
      "-c",
      "import sys; print('%d.%d' % sys.version_info[:2])",
    ]);
    if (!version) continue;
    const [major, minor] = version.split(".").map(Number);
    if (major < 3 || (major === 3 && minor < 10)) old ??= version;
    else if (forAll && !isForAll(python)) hidden ??= version;
    else if (answer(command, [...args, "-c", "import venv, ensurepip; print('yes')"])) {
      return python;
    } else incomplete ??= version;
  }
  throw noPython({ hidden, incomplete, old });
}

/** @throws where nothing can be installed, since the course's folder is read-only */
function expectWritable(what) {
  if (!readOnly()) return;
  throw new Sentence(
    `${what.replace(/ \(.*/, "")} is not installed with the course, whose folder is read-only ` +
      "for you: whoever may write there runs npm start once.",
  );
}

const isInstalled = (dir, wanted) =>
  existsSync(stampOf(dir)) && readFileSync(stampOf(dir), "utf8") === wanted;

/** Makes an environment by `venv`, a command line, and installs what the requirements list. */
async function install([command, ...args], python, requirements, what) {
  const made = await run(command, args);
  if (made.code !== 0) {
    throw new Sentence(`${made.output.trim()}\n${reason("The Python environment", made.output)}`);
  }
  const quiet = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"];
  const pip = ["-m", "pip", "install", ...quiet, "-r", requirements];
  const { code, output } = await step(what, python, pip);
  if (code !== 0) throw new Sentence(reason(what.replace(/ \(.*/, ""), output));
}

/** Puts the former environment back where an interruption left the new one half made. */
function putBack(dir, former) {
  if (existsSync(stampOf(dir)) || !existsSync(stampOf(former))) return;
  rmSync(dir, { recursive: true, force: true });
  renameSync(former, dir);
}

/**
 * A Python environment with what a requirements file lists, made when it is missing or the file has
 * changed. The stamp is written last, so an interrupted installation is repeated; when a change
 * cannot be installed, the former environment is put back. Of two processes one makes it, and the
 * other waits.
 * @param name the folder in .local
 * @param forAll whether all users of this machine must be able to run it
 * @returns the path of its Python
 */
export async function environment(name, requirements, what, { forAll = false } = {}) {
  const dir = local(name);
  const former = `${dir}.former`;
  const python = pythonOf(dir);
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, requirements)))
    .digest("hex");
  const isThere = () => existsSync(python) && isInstalled(dir, wanted);
  if (isThere()) return python;
  expectWritable(what);
  await inTurn(dir, what.replace(/ \(.*/, ""), async () => {
    putBack(dir, former);
    if (isThere()) return;
    rmSync(former, { recursive: true, force: true });
    if (existsSync(stampOf(dir))) renameSync(dir, former);
    else rmSync(dir, { recursive: true, force: true });
    try {
      await install([...hostPython(forAll), "-m", "venv", dir], python, requirements, what);
      writeFileSync(`${stampOf(dir)}.part`, wanted);
      renameSync(`${stampOf(dir)}.part`, stampOf(dir));
    } catch (e) {
      rmSync(dir, { recursive: true, force: true });
      if (existsSync(former)) renameSync(former, dir);
      throw e;
    }
    rmSync(former, { recursive: true, force: true });
  });
  return python;
}

/**
 * The Python behind a jupyter-lab on the PATH, or one on the PATH itself, that has JupyterLab 4.
 */
function otherJupyter() {
  const scripts = (process.env.PATH ?? "")
    .split(delimiter)
    .map((dir) => join(dir, windows ? "jupyter-lab.exe" : "jupyter-lab"))
    .filter((file) => existsSync(file));
  const behind = scripts.flatMap((file) => {
    if (windows) {
      return [join(dirname(file), "python.exe"), join(dirname(file), "..", "python.exe")];
    }
    return /^#!\s*(\S*python\S*)/.exec(readFileSync(file, "latin1"))?.[1] ?? [];
  });
  return [pythonOf(local("venv")), ...behind, "python3", "python"].find(
    (python) =>
      Number(
        answer(python, ["-c", "import jupyterlab; print(jupyterlab.__version__.split('.')[0])"]),
      ) >= 4,
  );
}

/**
 * The Python that runs JupyterLab: our own environment; where that cannot be made, any with
 * JupyterLab 4 or newer.
 */
export async function jupyterPython() {
  try {
    return await environment(
      "venv",
      join("engine", "lab", "jupyter", "requirements.txt"),
      "JupyterLab (about 250 MB)",
    );
  } catch (e) {
    if (!(e instanceof Sentence)) throw e;
    const python = otherJupyter();
    if (!python) {
      throw new Sentence(`${e.message}\nA JupyterLab 4 or newer on the PATH would serve too.`);
    }
    console.log(`${e.message}\nGoing on with the JupyterLab of ${python}.`);
    if (!answer(python, ["-c", "import plotly; print('yes')"])) {
      console.log("It lacks the renderer of the course's figures: pip install plotly adds it.");
    }
    return python;
  }
}

/** The Python that has Ruff and clang-format beside it. */
export const formatters = () =>
  environment(
    "format",
    join("engine", "install", "pinned", "format", "requirements.txt"),
    "Ruff and clang-format",
  );

/** The Python that has nbgrader, for the test of what it makes of our notebooks. */
export const nbgraderPython = () =>
  environment(
    "nbgrader",
    join("engine", "builder", "nbgrader", "requirements.txt"),
    "nbgrader (about 330 MB)",
  );

/** The Python that has JupyterLite, for the notebooks of a website. */
export const litePython = () =>
  environment(
    "lite",
    join("engine", "install", "pinned", "site", "requirements.txt"),
    "JupyterLite (about 130 MB)",
  );

/** The Python that has JupyterHub, for a server of a class. */
export const hubPython = () =>
  environment(
    "hub",
    join("engine", "install", "pinned", "hub", "requirements.txt"),
    "JupyterHub (about 390 MB)",
    {
      forAll: true,
    },
  );
