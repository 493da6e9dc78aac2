/** What a change can break: packages, lessons and exercises, by the paths of the changed files. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { answer, root, Sentence, workspaces } from "../../../install/run.mjs";

/** The commit at which this branch left main. */
function mergeBase() {
  for (const branch of ["origin/main", "main"]) {
    const base = answer("git", ["merge-base", "HEAD", branch]);
    if (base) return base;
  }
  throw new Sentence(
    "npm test -- changed compares with origin/main or main, and finds neither here: " +
      "run npm test, or git fetch origin main first.",
  );
}

/** Files that have changed since main, uncommitted and new ones included. */
export function changedFiles() {
  const base = mergeBase();
  const lists = [
    answer("git", ["diff", "--name-only", base]),
    answer("git", ["ls-files", "--others", "--exclude-standard"]),
  ];
  const files = lists.flatMap((list) => (list ?? "").split("\n")).filter((file) => file !== "");
  return { base, files: [...new Set(files)] };
}

/** The packages by folder, each with the folders of those that it stands on. */
function readPackages() {
  const packages = workspaces.map((folder) => ({
    folder,
    ...JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")),
  }));
  const folders = new Map(packages.map(({ name, folder }) => [name, folder]));
  return new Map(
    packages.map(({ folder, dependencies, devDependencies }) => [
      folder,
      Object.keys({ ...dependencies, ...devDependencies }).flatMap(
        (name) => folders.get(name) ?? [],
      ),
    ]),
  );
}

/** All that stand on one of these packages, directly or not, themselves left out. */
export function dependents(touched, packages) {
  const found = new Set(touched);
  for (const folder of found) {
    for (const [other, needed] of packages) if (needed.includes(folder)) found.add(other);
  }
  return [...found].filter((folder) => !touched.includes(folder));
}

const EXERCISE = /^(?:solutions\/src|data\/oracles|data\/reference)\/(?:.*\/)?([^/.]+)\.[^/]+$/;

/**
 * @param files changed files
 * @param options.packages packages by folder, with the folders of those that they stand on
 * @param options.lessons ids of lessons → their text
 * @param options.exercises the names of all exercises
 * @returns touched: packages that have changed; standing: those that stand on them; lessons: to be
 *   solved; exercises: to be proved; everything: whether a change may concern all tests
 */
export function affected(files, { packages, lessons, exercises }) {
  const touched = [...packages.keys()].filter((folder) =>
    files.some((file) => file.startsWith(`${folder}/`)),
  );
  const names = files.flatMap((file) => EXERCISE.exec(file)?.[1] ?? []);
  const changed = [...new Set(names)].filter((name) => exercises.includes(name));
  const isTouched = ([id, text]) =>
    files.some((file) => file.startsWith(`lessons-src/${id}/`)) ||
    changed.some((name) => new RegExp(`\\b${name}\\b`).test(text));
  return {
    touched,
    standing: dependents(touched, packages),
    lessons: [...lessons].filter(isTouched).map(([id]) => id),
    exercises: changed,
    everything: files.some((file) =>
      /^(package(-lock)?\.json|tsconfig[^/]*|vitest\.config\.mts)$/.test(file),
    ),
  };
}

/** `affected` for this folder and its changes. */
export function changes() {
  const { base, files } = changedFiles();
  const source = join(root, "lessons-src");
  const ids = readdirSync(source).filter((id) => existsSync(join(source, id, "lesson.md")));
  const lessons = new Map(
    ids.map((id) => [id, readFileSync(join(source, id, "lesson.md"), "utf8")]),
  );
  const exercises = readdirSync(join(root, "solutions", "src"), { recursive: true }).flatMap(
    (file) => /([^/\\]+)\.exercise\.ts$/.exec(String(file))?.[1] ?? [],
  );
  return { base, ...affected(files, { packages: readPackages(), lessons, exercises }) };
}
