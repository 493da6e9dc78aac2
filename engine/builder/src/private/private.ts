/**
 * Private lessons: an instructor's folder outside of the repository with `lessons-src`,
 * `solutions/src` and `data/reference` as the course has them. `--private FOLDER` puts both together
 * in FOLDER/course, a course like any other, which every command can take as its root.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { readSource } from "grader/files";
import ts from "typescript";
import { type CombinedFolder, type Contents, writeCombined } from "./write.js";

/** Folders that take files from both; the course's other folders are linked. */
const CONTENT_FOLDERS = ["lessons-src", "solutions", "data/reference"];
/** What each course creates or installs for itself. */
const PER_COURSE = ["data", "notebooks", "node_modules", ".local", ".git", "my-course"];
/** Installations in .local that both courses share. */
const SHARED_INSTALLS = ["venv", "native", "cuda", "webgpu", "weights", "grader"];
/** Files that nothing needs where solutions are used. */
const EXCLUDED = /(^|\/)node_modules\/|\.(test|testing)\.|\.(map|tsbuildinfo)$/;

/** The private folders of solutions/src, in the course that was put together. */
const GROUPS_FILE = "solutions/private.json";

const slashes = (path: string) => path.replaceAll("\\", "/");

/** All files of a folder by their paths in it; empty where there is none. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true }).map(String);
  return names.filter((name) => statSync(join(folder, name)).isFile()).map(slashes);
}

const foldersIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory())
    : [];

/** The course's content, and files beside folders that are linked. */
function courseContents(root: string): Contents {
  const paths = CONTENT_FOLDERS.flatMap((folder) =>
    filesIn(join(root, folder)).map((name) => `${folder}/${name}`),
  );
  const beside = [
    ...readdirSync(root).filter((name) => !PER_COURSE.includes(name)),
    ...readdirSync(join(root, "data")).map((name) => `data/${name}`),
  ].filter((path) => statSync(join(root, path)).isFile());
  const all = [...paths.filter((path) => !EXCLUDED.test(path)), ...beside];
  return new Map(all.map((path) => [path, { from: join(root, path) }]));
}

/** A private lesson takes the place of the course's of the same name. */
function addLessons(contents: Contents, folder: string): void {
  const lessons = join(folder, "lessons-src");
  for (const id of foldersIn(lessons)) {
    for (const path of [...contents.keys()]) {
      if (path.startsWith(`lessons-src/${id}/`)) contents.delete(path);
    }
    for (const name of filesIn(join(lessons, id))) {
      contents.set(`lessons-src/${id}/${name}`, { from: join(lessons, id, name) });
    }
  }
}

/** @throws where the course has a function or reference of this name */
function checkUnused(contents: Contents, path: string): void {
  const name = basename(path);
  const isNamed = (other: string) => basename(other) === name && other.startsWith("solutions/src/");
  const taken = name === "index.ts" ? contents.has(path) : [...contents.keys()].some(isNamed);
  if (!taken && !contents.has(path)) return;
  throw new Error(`private ${path}: the course has a file of this name; choose another one`);
}

function addReferences(contents: Contents, folder: string): void {
  for (const name of filesIn(join(folder, "data", "reference"))) {
    const path = `data/reference/${name}`;
    if (!name.endsWith(".safetensors")) continue;
    checkUnused(contents, path);
    contents.set(path, { from: join(folder, path) });
  }
}

function addCompiled(contents: Contents, path: string, source: string, file: string): void {
  const { js, declarations } = compile(source, file);
  const built = path.replace(/^solutions\/src\/(.*)\.ts$/, "solutions/dist/$1");
  contents.set(`${built}.js`, { text: js });
  contents.set(`${built}.d.ts`, { text: declarations });
}

/** Adds each private folder of solutions, compiled, and exports it beside the course's. */
function addSolutions(contents: Contents, root: string, folder: string): void {
  const sources = join(folder, "solutions", "src");
  const groups = foldersIn(sources);
  for (const group of groups) {
    if (!existsSync(join(sources, group, "index.ts"))) {
      throw new Error(`${join(sources, group)} has no index.ts: export its functions there`);
    }
    for (const name of filesIn(join(sources, group))) {
      const path = `solutions/src/${group}/${name}`;
      if (EXCLUDED.test(path)) continue;
      const file = join(folder, path);
      checkUnused(contents, path);
      contents.set(path, { from: file });
      if (/(?<!\.d)\.ts$/.test(name)) addCompiled(contents, path, readSource(file), file);
    }
  }
  contents.set(GROUPS_FILE, { text: `${JSON.stringify(groups)}\n` });
  const index = "solutions/src/index.ts";
  const exported = groups.map((group) => `export * from "./${group}";\n`);
  const text = readSource(join(root, index)) + exported.join("");
  contents.set(index, { text });
  addCompiled(contents, index, text, index);
}

/** The folders of solutions/src that are private; none in the course itself. */
export function privateGroups(root: string): string[] {
  const file = join(root, GROUPS_FILE);
  return existsSync(file) ? (JSON.parse(readSource(file)) as string[]) : [];
}

/** Folders that the course and this one have in common, by their paths. */
function sharedLinks(root: string, home: string): Map<string, string> {
  const links = new Map<string, string>();
  const link = (path: string) => links.set(path, join(root, path));
  const data = foldersIn(join(root, "data")).map((name) => `data/${name}`);
  const isShared = (path: string) => ![...CONTENT_FOLDERS, ...PER_COURSE].includes(path);
  [...foldersIn(root), ...data].filter(isShared).forEach(link);
  foldersIn(join(root, "node_modules")).forEach((name) => link(`node_modules/${name}`));
  // the notebooks' `solutions` are those that were put together
  links.set("node_modules/solutions", join(home, "solutions"));
  SHARED_INSTALLS.map((name) => `.local/${name}`)
    .filter((path) => existsSync(join(root, path)))
    .forEach(link);
  return links;
}

/** @throws where the folder can't be one of private lessons */
function checkFolder(root: string, folder: string): void {
  if (foldersIn(join(folder, "lessons-src")).length === 0) {
    throw new Error(
      `--private: ${folder} holds no lessons: expected lessons-src/<lesson>/lesson.md`,
    );
  }
  if (!slashes(relative(root, folder)).startsWith("..")) {
    throw new Error(
      `--private: ${folder} is in the course's own folder, where private lessons could be ` +
        "published with it: move it out",
    );
  }
  if (!existsSync(join(root, "solutions", "dist", "index.js"))) {
    throw new Error("--private: the course is not built; npm run build does that");
  }
}

/**
 * Brings FOLDER/course up to date with the course and with the private lessons.
 * @returns the root of the course that holds both
 */
export function withPrivate(root: string, privateFolder: string): string {
  const folder = resolve(privateFolder);
  checkFolder(root, folder);
  const contents = courseContents(root);
  addLessons(contents, folder);
  addReferences(contents, folder);
  addSolutions(contents, root, folder);
  const home = join(folder, "course");
  const combined: CombinedFolder = { contents, links: sharedLinks(root, home) };
  writeCombined(home, combined, CONTENT_FOLDERS);
  return home;
}

// Compiling private solutions as the course's own are built: CommonJS and declarations

const compilerOptions: ts.CompilerOptions = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ES2022,
  esModuleInterop: true,
};

export interface Compiled {
  js: string;
  /** Signatures and docstrings. */
  declarations: string;
}

/**
 * Compiles one file by itself; types are not checked.
 * @throws with file and line for what isn't TypeScript
 */
export function compile(source: string, fileName: string): Compiled {
  const { outputText, diagnostics = [] } = ts.transpileModule(source, {
    compilerOptions,
    fileName,
    reportDiagnostics: true,
  });
  const [wrong] = diagnostics;
  if (wrong) {
    const { line } = wrong.file!.getLineAndCharacterOfPosition(wrong.start ?? 0);
    const says = ts.flattenDiagnosticMessageText(wrong.messageText, " ");
    throw new Error(`${fileName}:${line + 1}: ${says}`);
  }
  const declarations = ts.transpileDeclaration(source, {
    compilerOptions: { ...compilerOptions, declaration: true },
    fileName,
  });
  return { js: outputText, declarations: declarations.outputText };
}
