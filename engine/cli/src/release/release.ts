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
import { lessonsByPart, type PartLessons } from "views/courseParts";
import {
  builtPage,
  helpersPage,
  lessonIds,
  overview,
  plural,
  readTextPages,
  type TextPage,
} from "builder";
import { privateGroups } from "builder/private";
import { recordedCheck } from "./checks.js";
import { declarationFiles, engineFiles } from "./engine.js";
import { type Files, readRelease, type Release, writeRelease, type WriteReport } from "./folder.js";
import { bundleSolutions, type SolutionsBundle } from "./solutions.js";

/**
 * The ids of the lessons that are named: "06", "06-attention", or a range "00-06".
 * @throws for a name without a lesson
 */
export function lessonsNamed(names: string[], { lessons }: Manifest): string[] {
  const ids = lessons.map(({ id }) => id);
  const chosen = names.flatMap((name) => {
    const [, first, last] = /^(\d+)-(\d+)$/.exec(name) ?? [];
    if (!first) return lessonNamed(name, ids);
    const numbers = ids.map((id) => Number(id.split("-")[0]));
    const found = ids.filter((_, i) => numbers[i]! >= Number(first) && numbers[i]! <= Number(last));
    return found.length > 0 ? found : lessonNamed(name, ids);
  });
  return ids.filter((id) => chosen.includes(id));
}

/** What a release doesn't have: installed there, or a student's. */
const NOT_RELEASED = "node_modules/\n.local/\nmy-course/\n.ipynb_checkpoints/\n";

const text = (lines: string) => Buffer.from(lines);

function notebookFiles(root: string, manifest: Manifest): Files {
  const { notebooks } = paths(root);
  const files: Files = new Map();
  for (const { id } of manifest.lessons) {
    files.set(`notebooks/${id}.ipynb`, readFileSync(join(notebooks, `${id}.ipynb`)));
  }
  const helpers = helpersPage(root, undefined);
  if (helpers !== undefined) files.set("notebooks/helpers.md", text(helpers));
  const pages = publicPages(root, manifest);
  for (const page of pages) files.set(`notebooks/${page.name}.md`, text(builtPage(page)));
  files.set(
    "notebooks/README.md",
    text(overview(manifest, { helpers: helpers !== undefined, pages })),
  );
  files.set("notebooks/manifest.json", text(`${JSON.stringify(manifest, undefined, 1)}\n`));
  return files;
}

/** The course's pages of text; a link to a lesson that the release doesn't have becomes its words. */
function publicPages(root: string, { lessons }: Manifest): TextPage[] {
  const released = new Set(lessons.map(({ id }) => `${id}.ipynb`));
  return readTextPages(root, lessonIds(root)).map((page) => ({
    ...page,
    markdown: page.markdown.replace(
      /\[([^\]\n]*)\]\(([\w-]+\.ipynb)[^)\n]*\)/g,
      (link, words: string, file: string) => (released.has(file) ? link : words),
    ),
  }));
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

/** A release's first page, for students. */
const readme = ({ course, parts, lessons }: Manifest): string =>
  `# ${course}

A course in executable TypeScript notebooks. Each lesson builds one component of a foundation model: you write it, a check says at once whether it is right, and the lesson then runs your function on real data.

## Start
\`\`\`
npm start    # installs what is missing, then opens the course in JupyterLab on your machine
\`\`\`

You need [Node](https://nodejs.org) 20.19 or newer and Python 3.10 or newer (for JupyterLab itself). The first start takes a minute or two and needs a network; later ones take seconds. Stop with Ctrl+C.

Your notebooks and your progress live in \`my-course/\`. When your instructor gives you a newer version, put it over this folder and run \`npm start\` again: it merges into your notebooks cell by cell, and what you wrote stays. Hand in the notebook file of a lesson.

\`npx course doctor\` says which device computes, and how to get a faster one.

## Lessons
${lessonsByPart(lessons, parts).map(lessonList).join("\n\n")}
`;

function lessonList({ title, lessons }: PartLessons<LessonEntry>): string {
  const lines = lessons.map(
    ({ id, title, question }) =>
      `- [${id.split("-")[0]} ${title}](notebooks/${id}.ipynb): ${question}`,
  );
  return [...(title === undefined ? [] : [`### ${title}`, ""]), ...lines].join("\n");
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

/**
 * Signatures and docstrings of all solutions; of private ones, those of the lessons in the release.
 * @param bundled built files whose code the release holds
 */
function publicDeclarations(root: string, exercises: string[], bundled: string[]): Files {
  const isReleased = (group: string) =>
    bundled.some((file) => file.startsWith(`${group}/`)) ||
    exercises.some((name) => existsSync(join(paths(root).solutionsDist, group, `${name}.js`)));
  const hidden = privateGroups(root).filter((group) => !isReleased(group));
  const isHidden = (path: string) => hidden.some((g) => path.startsWith(`solutions/dist/${g}/`));
  return new Map([...declarationFiles(root)].filter(([path]) => !isHidden(path)));
}

/** Which answers a release withholds. */
type Withholding = Pick<Release, "published" | "standalone">;

/** Exercises that the lessons ask, whose solutions aren't published and that no lesson is lent. */
function withheldExercises(
  lessons: LessonEntry[],
  { published, standalone }: Withholding,
): string[] {
  const lent = standalone ? lessons.flatMap(({ uses }) => uses) : [];
  return lessons
    .filter(({ id }) => !published.includes(id))
    .flatMap(({ exercises }) => exercises.map(({ name }) => name))
    .filter((name) => !lent.includes(name));
}

async function solutionsBundle(
  root: string,
  lessons: LessonEntry[],
  withholding: Withholding,
): Promise<SolutionsBundle> {
  const uses = lessons.flatMap((lesson) => lesson.uses);
  return bundleSolutions(root, uses, withheldExercises(lessons, withholding));
}

const bundleFiles = ({ texts }: SolutionsBundle): Files =>
  new Map(Object.entries(texts).map(([path, code]) => [`solutions/dist/${path}`, text(code)]));

async function releaseFiles(
  root: string,
  manifest: Manifest,
  withholding: Withholding,
): Promise<Files> {
  const { lessons } = manifest;
  const { published } = withholding;
  const bundle = await solutionsBundle(root, lessons, withholding);
  const names = lessons.flatMap(({ exercises }) => exercises.map(({ name }) => name));
  const publishedLessons = lessons.filter(({ id }) => published.includes(id));
  return new Map([
    ...engineFiles(root),
    ...publicDeclarations(root, names, bundle.files),
    ...bundleFiles(bundle),
    ...notebookFiles(root, manifest),
    ...(await checkFiles(root, lessons)),
    ...publishedFiles(root, publishedLessons),
    ["README.md", text(readme(manifest))],
    [".gitignore", text(NOT_RELEASED)],
    [".dockerignore", text(NOT_RELEASED)],
  ]);
}

/** @throws where the course is a release itself, or the folder holds the course */
function checkTarget(root: string, folder: string): void {
  if (isRelease(root)) throw new Error("release: this folder is a release already");
  const path = relative(folder, root);
  if (path === "" || !path.startsWith("..")) {
    throw new Error(`release: ${folder} holds the course itself: name another folder`);
  }
}

const withLessons = (manifest: Manifest, ids: string[]): Manifest => ({
  ...manifest,
  lessons: manifest.lessons.filter(({ id }) => ids.includes(id)),
});

function printReport(folder: string, { changed, removed, kept }: WriteReport): void {
  const removedText = removed > 0 ? `, ${plural(removed, "file")} removed` : "";
  console.log(`${folder}: ${plural(changed, "file")} written${removedText}.`);
  for (const file of kept) console.log(`Somebody had changed a file; it is kept as ${file}.`);
}

/** The values of an option that may be repeated, each a list with commas. */
const listOf = (option: unknown): string[] =>
  option === undefined ? [] : [option].flat().flatMap((value) => String(value).split(","));

/** A sentence for each lesson whose experiments need answers that students write in other lessons. */
function dependencies(lessons: LessonEntry[], withholding: Withholding): string[] {
  const withheld = withheldExercises(lessons, withholding);
  return lessons.flatMap(({ id, uses }) => {
    const needed = lessons
      .filter((other) => other.id !== id)
      .filter(({ exercises }) =>
        exercises.some(({ name }) => withheld.includes(name) && uses.includes(name)),
      )
      .map((other) => other.id);
    if (needed.length === 0) return [];
    return [
      `${id} uses the student's own answers of ${needed.join(", ")}, until you publish these ` +
        "or release with --standalone.",
    ];
  });
}

/** Writes or renews the release in a folder. @returns the exit code */
export async function releaseCommand(
  root: string,
  target: string,
  options: { lessons?: unknown; standalone?: boolean },
): Promise<number> {
  const folder = resolve(target);
  checkTarget(root, folder);
  const before = readRelease(folder);
  const course = readManifest(root);
  const names = listOf(options.lessons);
  const chosen = names.length > 0 ? lessonsNamed(names, course) : undefined;
  const added = chosen ?? before?.lessons ?? course.lessons.map(({ id }) => id);
  const manifest = withLessons(course, [...(before?.lessons ?? []), ...added]);
  const lessons = manifest.lessons.map(({ id }) => id);
  const published = (before?.published ?? []).filter((id) => lessons.includes(id));
  const standalone = options.standalone ?? before?.standalone ?? false;
  const files = await releaseFiles(root, manifest, { published, standalone });
  const release = { version: course.version, lessons, published, standalone };
  printReport(folder, writeRelease(folder, release, files, before?.files));
  console.log(
    `It holds ${plural(lessons.length, "lesson")}, solutions of ${published.length} published.`,
  );
  for (const line of dependencies(manifest.lessons, release)) console.log(line);
  return 0;
}

/** Adds the solutions of lessons to a release. @returns the exit code */
export async function publishCommand(
  root: string,
  lesson: string,
  target: string,
): Promise<number> {
  const folder = resolve(target);
  const before: Release | undefined = readRelease(folder);
  if (!before) throw new Error(`publish: ${folder} holds no release: npx course release makes one`);
  const manifest = readManifest(root);
  const chosen = lessonsNamed([lesson], manifest);
  const missing = chosen.filter((id) => !before.lessons.includes(id));
  if (missing.length > 0) {
    throw new Error(`publish: the release does not hold ${missing.join(", ")}`);
  }
  const published = before.lessons.filter((id) => [...before.published, ...chosen].includes(id));
  const { lessons } = withLessons(manifest, before.lessons);
  const added = new Map([
    ...publishedFiles(root, withLessons(manifest, chosen).lessons),
    ...bundleFiles(await solutionsBundle(root, lessons, { ...before, published })),
  ]);
  const others = Object.keys(before.files).filter((path) => !added.has(path));
  const release = { ...before, published };
  printReport(folder, writeRelease(folder, release, added, before.files, others));
  console.log(`showSolution now shows the solutions of ${published.join(", ")}.`);
  return 0;
}
