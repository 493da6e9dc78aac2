/**
 * The version that a report carries: the course's, and a hash of everything that a lesson's points
 * depend on. The same version, seed and file give the same points again.
 */
import { createHash, type Hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { loadContent, type Content } from "../exercise/content";
import type { LessonEntry, Manifest } from "../files/manifest";
import { paths } from "../files/paths";
import { referenceFile } from "../exercise/reference";

const DIGITS = 12;
const digits = (hash: Hash) => hash.digest("hex").slice(0, DIGITS);
const BUILT = join(__dirname, "..", "..", "dist");

function addFile(hash: Hash, root: string, file: string): void {
  hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
}

/** The grader's own code, that of its op kernels and what it takes from cells, as built. */
function addEngine(hash: Hash): void {
  const ops = dirname(require.resolve("ops/package.json"));
  for (const folder of [BUILT, join(ops, "dist"), join(ops, "wasm")]) {
    const names = readdirSync(folder, { recursive: true }).map(String);
    for (const name of names.filter((n) => /\.(js|wasm)$/.test(n)).sort()) {
      addFile(hash, folder, join(folder, name));
    }
  }
  hash.update(readFileSync(require.resolve("cells/declaredTwice")));
  hash.update(readFileSync(require.resolve("@tensorflow/tfjs-core/package.json")));
}

const REQUIRED = /require\("(\.[^"]+)"\)/g;

/** A built file and all files that it needs, by their relative requires. */
function closure(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file) || !existsSync(file)) return found;
  found.add(file);
  for (const [, path] of readFileSync(file, "utf8").matchAll(REQUIRED)) {
    const plain = join(dirname(file), path!);
    const named = [plain, `${plain}.js`, join(plain, "index.js")].filter((f) => f.endsWith(".js"));
    for (const one of named) closure(one, found);
  }
  return found;
}

/** Spec, solution and what they need, as built; their sources, from which mutants are made. */
function contentFiles(root: string, { name, folder: group, source }: Content): string[] {
  const { solutionsDist, references } = paths(root);
  const built = join(solutionsDist, group, name);
  const needed = [...closure(`${built}.exercise.js`), ...closure(`${built}.js`)];
  const reference = referenceFile(references, name);
  return [source, ...needed, ...(reference === undefined ? [] : [reference])];
}

/** What `import … from "solutions"` may give a submission. */
function givenFiles(root: string, { uses }: LessonEntry): string[] {
  const { solutionsDist } = paths(root);
  if (!existsSync(solutionsDist)) return [];
  const names = readdirSync(solutionsDist, { recursive: true }).map(String);
  const named = names.filter((n) => uses.some((use) => n.endsWith(join("/", `${use}.js`))));
  return named.flatMap((n) => [...closure(join(solutionsDist, n))]);
}

/** @returns the version of each lesson, computed when it is first asked for */
export function versions(root: string, course: string): (lesson: LessonEntry) => string {
  const engine = createHash("sha256");
  addEngine(engine);
  const engineHash = engine.digest("hex");
  const known = new Map<string, string>();
  const compute = (lesson: LessonEntry) => {
    const hash = createHash("sha256").update(engineHash).update(JSON.stringify(lesson));
    const contents = lesson.exercises.map(({ name }) => loadContent(root, name));
    const files = contents.flatMap((content) => contentFiles(root, content));
    for (const file of [...new Set([...files, ...givenFiles(root, lesson)])].sort()) {
      addFile(hash, root, file);
    }
    return `${course}+${digits(hash)}`;
  };
  return (lesson) => {
    const version = known.get(lesson.id) ?? compute(lesson);
    known.set(lesson.id, version);
    return version;
  };
}

export interface CourseVersion {
  /** Where it is the same, any submission gets the same grade. */
  version: string;
  /** By the lesson's id. */
  lessons: ReadonlyMap<string, string>;
}

/** The versions of all lessons, as they are on the disk now. */
export function courseVersion(root: string, { version, lessons }: Manifest): CourseVersion {
  const versionOf = versions(root, version);
  const of = new Map(lessons.map((lesson) => [lesson.id, versionOf(lesson)]));
  const hash = createHash("sha256").update(JSON.stringify([...of]));
  return { version: `${version}+${digits(hash)}`, lessons: of };
}
