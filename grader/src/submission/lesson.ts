/**
 * A lesson made ready for a batch: cases with expected values, computed once, and the reference
 * functions that submissions may meet, as texts that the child can load, with only the files they
 * need, tfjs left out.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { loadContent, type Content } from "../exercise/content";
import type { ReferenceCase } from "../exercise/exercise";
import { expectedOf } from "../exercise/judge";
import { random } from "../exercise/random";
import type { ExerciseEntry, LessonEntry } from "../files/manifest";
import { paths } from "../files/paths";

export interface Bundle {
  /** The text of a CommonJS module. */
  code: string;
  /** Files under solutions/src that it holds code of: "blocks/layerNorm.ts". */
  files: string[];
}

const isSource = (name: string) =>
  name.endsWith(".ts") && name !== "index.ts" && !/\.(test|exercise|d)\.ts$/.test(name);

function sources(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((e) => e.isFile() && isSource(e.name));
  return files.map((e) => join(e.parentPath, e.name));
}

/**
 * Where a value of this name is exported from; undefined for types, which vanish when code runs.
 */
function fileOf(name: string, files: string[]): string | undefined {
  const kinds = "function\\*?|const|let|class|enum";
  const exported = new RegExp(`^export (async )?(${kinds}) ${name}\\b`, "m");
  const likely = files.filter((file) => basename(file) === `${name}.ts`);
  return [...likely, ...files].find((file) => exported.test(readFileSync(file, "utf8")));
}

interface Source {
  contents: string;
  resolveDir: string;
  sourcefile?: string;
}

async function bundle(source: Source, folder: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { loader: "ts", ...source },
    absWorkingDir: folder,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "es2022",
    external: ["@tensorflow/*"],
    // tells functions of the course that they run beside a submission
    define: { GRADES_SUBMISSION: "true" },
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const [output] = Object.values(metafile.outputs);
  const held = Object.entries(output!.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path.replaceAll("\\", "/"));
  return { code: outputFiles[0]!.text, files: held.filter((path) => path !== "<stdin>") };
}

/**
 * Bundles functions by name, several into one; names of which solutions export no value, such as
 * types, are left out.
 */
export function bundler(root: string): (names: string[]) => Promise<Bundle> {
  const folder = join(paths(root).solutions, "src");
  const files = existsSync(folder) ? sources(folder) : [];
  const made = new Map<string, Promise<Bundle>>();
  return (names) => {
    const lines = names.flatMap((name) => {
      const file = fileOf(name, files);
      return file === undefined ? [] : [`export { ${name} } from ${JSON.stringify(file)};`];
    });
    const contents = lines.join("\n");
    let found = made.get(contents);
    if (!found) made.set(contents, (found = bundle({ contents, resolveDir: folder }, folder)));
    return found;
  };
}

/** A version of a function's file that is not on disk: a mutant. */
export const bundleEdited = (root: string, file: string, contents: string): Promise<Bundle> =>
  bundle(
    { contents, resolveDir: dirname(file), sourcefile: file },
    join(paths(root).solutions, "src"),
  );

export interface PreparedExercise {
  entry: Pick<ExerciseEntry, "name" | "points">;
  content: Content;
  /**
   * Reference tensors first, then fresh inputs with the reference solution's answers; cost last,
   * since it may lose the child.
   */
  cases: ReferenceCase[];
  /** Reference functions for the exercises before it, without any whose bundle holds this exercise's own file. */
  earlier: ReferenceFunction[];
}
export interface ReferenceFunction extends Bundle {
  name: string;
}
export interface PreparedLesson {
  id: string;
  exercises: PreparedExercise[];
  /** What `import … from "solutions"` gives. */
  solutions: Bundle;
}

/** An exercise's own seed, so that its inputs do not depend on the exercises beside it. */
export const seedFor = (seed: number, name: string): number =>
  createHash("sha256").update(`${seed} ${name}`).digest().readUInt32LE();

/** Needs a device (tf.setBackend) and solutions as built. */
export async function prepareExercise(
  content: Content,
  points: number,
  seed: number,
  earlier: ReferenceFunction[],
): Promise<PreparedExercise> {
  const fresh = await expectedOf(
    content,
    content.exercise.cases(random(seedFor(seed, content.name))),
  );
  const own = `${content.folder}/${content.name}.ts`;
  return {
    entry: { name: content.name, points },
    content,
    cases: [...content.references, ...fresh].sort(
      (a, b) => Number(a.group === "cost") - Number(b.group === "cost"),
    ),
    earlier: earlier.filter((b) => !b.files.includes(own)),
  };
}

export async function prepareLesson(
  root: string,
  lesson: LessonEntry,
  seed: number,
  bundle: (names: string[]) => Promise<Bundle>,
): Promise<PreparedLesson> {
  const exercises: PreparedExercise[] = [];
  const earlier: ReferenceFunction[] = [];
  for (const { name, points } of lesson.exercises) {
    exercises.push(await prepareExercise(loadContent(root, name), points, seed, earlier));
    earlier.push({ name, ...(await bundle([name])) });
  }
  return { id: lesson.id, exercises, solutions: await bundle(lesson.uses) };
}
