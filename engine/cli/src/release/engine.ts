/** Which files of the engine, of the data and of npm's packages a release or an autograder holds. */
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Files } from "./folder.js";

/** Folders and files that are copied whole, where they exist. */
const COPIED = [
  "LICENSE",
  "CITATION.cff",
  ".nvmrc",
  "data",
  ...["jupyterhub_config.py", "student_server.py", "student_spawner.py", "hub.Dockerfile"].map(
    (name) => `deploy/${name}`,
  ),
  "grader/dist",
  "engine/cells/dist",
  "engine/course/dist",
  "engine/install",
  "engine/kernel/dist",
  "engine/kernel/jupyter",
  "engine/kernel/launch.mjs",
  "engine/lab/jupyter",
  "engine/ops/dist",
  "engine/ops/native",
  "engine/ops/wasm",
  "engine/views/dist",
  "engine/cli/bin",
  "engine/cli/dist/cli.js",
  "engine/cli/dist/devices",
  "engine/cli/dist/hub",
  "engine/cli/dist/start",
];

/** Files that only authors need. */
const AUTHORS_ONLY = [
  /^data\/(oracles|training)\//,
  /^grader\/dist\/mutate\//,
  /^engine\/cli\/bin\/(test|build\.mjs$|lab\.mjs$|oracles\.mjs$|prose|format\.mjs$|test\.mjs$)/,
  /(^|\/)(__pycache__|node_modules)\//,
  /\.(map|tsbuildinfo)$/,
];

/** Files that show more than the visible cases, or serve grading alone. */
const INSTRUCTORS_ONLY = [/^data\/reference\//, /^grader\/dist\/reports\//];

/** Files that a machine that grades needs, too. */
const FOR_GRADING = [
  ...["grader/lockdown", "solutions/src", "solutions/dist", "notebooks/manifest.json"],
  ...["engine/cli/dist/gradescope/autograder.js"],
];

/** All files of a folder, by their paths from the root. */
function filesIn(root: string, path: string): string[] {
  const at = join(root, path);
  if (!existsSync(at)) return [];
  if (statSync(at).isFile()) return [path];
  return readdirSync(at, { withFileTypes: true })
    .flatMap((entry) => filesIn(root, `${path}/${entry.name}`))
    .sort();
}

const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`);

interface Package {
  dev?: boolean;
  devDependencies?: object;
  [member: string]: unknown;
}

const withoutDev = ({ devDependencies: _, ...rest }: Package): Package => rest;

/** The lock file without packages that only development needs. */
function lockWithoutDev(root: string): Buffer {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, Package>;
  };
  const kept = Object.entries(lock.packages).filter(([, { dev }]) => !dev);
  const packages = Object.fromEntries(kept.map(([path, entry]) => [path, withoutDev(entry)]));
  return json({ ...lock, packages });
}

function packagesOf(root: string): Files {
  const read = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8")) as Package;
  const { workspaces, ...whole } = read("package.json");
  const own = {
    ...withoutDev(whole),
    workspaces,
    scripts: { start: "node engine/cli/bin/start.mjs" },
  };
  const files: Files = new Map([
    ["package.json", json(own)],
    ["package-lock.json", lockWithoutDev(root)],
  ]);
  for (const name of workspaces as string[]) {
    const path = `${name}/package.json`;
    if (existsSync(join(root, path))) files.set(path, json(withoutDev(read(path))));
  }
  return files;
}

function copyFiles(root: string, names: string[], excluded: RegExp[]): Files {
  const files = packagesOf(root);
  for (const path of names.flatMap((name) => filesIn(root, name))) {
    if (excluded.some((pattern) => pattern.test(path))) continue;
    files.set(path, readFileSync(join(root, path)));
  }
  return files;
}

/** The engine, compiled, and the data that lessons read. */
export const engineFiles = (root: string): Files =>
  copyFiles(root, COPIED, [...AUTHORS_ONLY, ...INSTRUCTORS_ONLY]);

/** The compiled course for a machine that only grades. */
export const gradingFiles = (root: string): Files =>
  copyFiles(
    root,
    [...COPIED, ...FOR_GRADING],
    [...AUTHORS_ONLY, /\.test\.[jt]s$/, /^engine\/lab\/jupyter\//],
  );

/** Declarations of the solutions: signatures and docstrings, without bodies. */
export function declarationFiles(root: string): Files {
  const isOffered = (path: string) => path.endsWith(".d.ts") && !/\.exercise\.d\.ts$/.test(path);
  const names = filesIn(root, "solutions/dist").filter(isOffered);
  const all = [...names, "solutions/dist/register.js"].filter((path) =>
    existsSync(join(root, path)),
  );
  return new Map(all.map((path) => [path, readFileSync(join(root, path))]));
}
