/** `course release` and `course publish`: the folder that students get. */
import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { loadContent } from "grader";
import {
  isRelease,
  lessonNamed,
  type LessonEntry,
  type Manifest,
  paths,
  readManifest,
} from "grader/files";
import { registerWasmKernels } from "ops";
import { helpersPage, overview, plural } from "builder";
import { privateGroups } from "builder/private";
import { recordedCheck } from "./checks.js";
import { declarationFiles, engineFiles } from "./engine.js";
import { readRelease, writeRelease, type Files, type Release, type Written } from "./folder.js";
import { offeredSolutions } from "./offered.js";
import { readme } from "./readme.js";

/**
 * The lessons that words name: "06", "06-attention", or a range "00-06".
 * @throws for a word that names none
 */
export function lessonsNamed(words: string[], { lessons }: Manifest): string[] {
  const ids = lessons.map(({ id }) => id);
  const chosen = words.flatMap((word) => {
    const [, first, last] = /^(\d+)-(\d+)$/.exec(word) ?? [];
    if (!first) return lessonNamed(word, ids);
    const numbers = ids.map((id) => Number(id.split("-")[0]));
    const found = ids.filter((_, i) => numbers[i]! >= Number(first) && numbers[i]! <= Number(last));
    return found.length > 0 ? found : lessonNamed(word, ids);
  });
  return ids.filter((id) => chosen.includes(id));
}

const text = (lines: string) => Buffer.from(lines);

function notebookFiles(root: string, manifest: Manifest): Files {
  const { notebooks } = paths(root);
  const files: Files = new Map();
  for (const { id } of manifest.lessons) {
    files.set(`notebooks/${id}.ipynb`, readFileSync(join(notebooks, `${id}.ipynb`)));
  }
  const helpers = helpersPage(root, undefined);
  if (helpers !== undefined) files.set("notebooks/helpers.md", text(helpers));
  files.set("notebooks/README.md", text(overview(manifest, helpers !== undefined)));
  files.set("notebooks/manifest.json", text(`${JSON.stringify(manifest, undefined, 1)}\n`));
  return files;
}

/** The sources that showSolution shows. */
function publishedFiles(root: string, lessons: LessonEntry[]): Files {
  const exercises = lessons.flatMap((lesson) => lesson.exercises);
  return new Map(
    exercises.map(({ name }) => {
      const { folder: group, source } = loadContent(root, name);
      return [`solutions/src/${group}/${name}.ts`, readFileSync(source)];
    }),
  );
}

async function checkFiles(root: string, lessons: LessonEntry[]): Promise<Files> {
  registerWasmKernels({ missing: true });
  await tf.setBackend("wasm"); // a score's device: students' devices are compared with it
  const files: Files = new Map();
  for (const { name } of lessons.flatMap((lesson) => lesson.exercises)) {
    files.set(`solutions/checks/${name}.check.gz`, await recordedCheck(root, name));
  }
  return files;
}

/** Signatures and docstrings; of private exercises, those of the lessons in the release. */
function shownDeclarations(root: string, exercises: string[], offered: string[]): Files {
  const isShown = (group: string) =>
    offered.some((file) => file.startsWith(`${group}/`)) ||
    exercises.some((name) => existsSync(join(paths(root).solutionsDist, group, `${name}.js`)));
  const secret = privateGroups(root).filter((group) => !isShown(group));
  const isSecret = (path: string) => secret.some((g) => path.startsWith(`solutions/dist/${g}/`));
  return new Map([...declarationFiles(root)].filter(([path]) => !isSecret(path)));
}

interface Made {
  files: Files;
  /** Exercises whose compiled code lessons import. */
  compiled: string[];
}

async function releaseFiles(root: string, manifest: Manifest, published: string[]): Promise<Made> {
  const { lessons } = manifest;
  const offered = await offeredSolutions(
    root,
    lessons.flatMap(({ uses }) => uses),
  );
  const names = lessons.flatMap(({ exercises }) => exercises.map(({ name }) => name));
  const open = lessons.filter(({ id }) => published.includes(id));
  const files: Files = new Map([
    ...engineFiles(root),
    ...shownDeclarations(root, names, offered.files),
    ["solutions/dist/index.js", text(offered.code)],
    ...notebookFiles(root, manifest),
    ...(await checkFiles(root, lessons)),
    ...publishedFiles(root, open),
    ["README.md", text(readme(manifest))],
    [".gitignore", text("node_modules/\n.local/\nmy-course/\n.ipynb_checkpoints/\n")],
  ]);
  const holds = (name: string) => offered.files.some((file) => file.endsWith(`/${name}.js`));
  return { files, compiled: names.filter(holds) };
}

/** @throws where the folder can't be one of students */
function checkPlace(root: string, folder: string): void {
  if (isRelease(root)) throw new Error("release: this folder is a release already");
  const way = relative(folder, root);
  if (way === "" || !way.startsWith("..")) {
    throw new Error(`release: ${folder} holds the course itself: name another folder`);
  }
}

const only = (manifest: Manifest, ids: string[]): Manifest => ({
  ...manifest,
  lessons: manifest.lessons.filter(({ id }) => ids.includes(id)),
});

function report(folder: string, { changed, removed, kept }: Written): string[] {
  const gone = removed > 0 ? `, ${plural(removed, "file")} removed` : "";
  return [
    `${folder}: ${plural(changed, "file")} written${gone}.`,
    ...kept.map((file) => `Somebody had changed a file; it is kept as ${file}.`),
  ];
}

const words = (given: unknown): string[] =>
  given === undefined ? [] : [given].flat().flatMap((word) => String(word).split(","));

/** Writes or renews the release in a folder. @returns the exit code */
export async function releaseCommand(
  root: string,
  place: string,
  options: { lessons?: unknown },
): Promise<number> {
  const folder = resolve(place);
  checkPlace(root, folder);
  const before = readRelease(folder);
  const whole = readManifest(root);
  const asked = words(options.lessons);
  const chosen = asked.length > 0 ? lessonsNamed(asked, whole) : undefined;
  const all = chosen ?? before?.lessons ?? whole.lessons.map(({ id }) => id);
  const manifest = only(whole, [...(before?.lessons ?? []), ...all]);
  const lessons = manifest.lessons.map(({ id }) => id);
  const published = (before?.published ?? []).filter((id) => lessons.includes(id));
  const { files, compiled } = await releaseFiles(root, manifest, published);
  const release = { version: whole.version, lessons, published };
  report(folder, writeRelease(folder, release, files, before?.files)).forEach((line) =>
    console.log(line),
  );
  console.log(
    `It holds ${plural(lessons.length, "lesson")}, solutions of ${published.length} published.`,
  );
  if (compiled.length > 0) {
    console.log(
      `Of ${plural(compiled.length, "exercise")}, compiled code is in it, since lessons import ` +
        `them: ${compiled.join(", ")}. Release lessons one after another to show less.`,
    );
  }
  return 0;
}

/** Adds the solutions of lessons to a release. @returns the exit code */
export function publishCommand(root: string, lesson: string, place: string): number {
  const folder = resolve(place);
  const before: Release | undefined = readRelease(folder);
  if (!before) throw new Error(`publish: ${folder} holds no release: npx course release makes one`);
  const manifest = readManifest(root);
  const chosen = lessonsNamed([lesson], manifest);
  const lacking = chosen.filter((id) => !before.lessons.includes(id));
  if (lacking.length > 0) {
    throw new Error(`publish: the release does not hold ${lacking.join(", ")}`);
  }
  const added = publishedFiles(root, only(manifest, chosen).lessons);
  const others = Object.keys(before.files).filter((path) => !added.has(path));
  const published = before.lessons.filter((id) => [...before.published, ...chosen].includes(id));
  const written = writeRelease(folder, { ...before, published }, added, before.files, others);
  report(folder, written).forEach((line) => console.log(line));
  console.log(`showSolution now shows the solutions of ${published.join(", ")}.`);
  return 0;
}
