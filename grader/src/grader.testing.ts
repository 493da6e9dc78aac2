/**
 * For tests only: makes a small course of three exercises in a folder of its own, and notebooks that
 * students hand in for it.
 */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { Manifest } from "./files/manifest";
import { courseRoot, paths } from "./files/paths";

const IMPORT = 'import * as tf from "@tensorflow/tfjs-core";\n';
/**
 * Name → the function as a student would write it. standardize calls centre, and may not use
 * tf.moments.
 */
export const RIGHT = {
  centre: "function centre(x: tf.Tensor): tf.Tensor {\n  return x.sub(x.mean(-1, true));\n}",
  double: "function double(x: tf.Tensor): tf.Tensor {\n  return x.mul(2);\n}",
  standardize:
    "function standardize(x: tf.Tensor): tf.Tensor {\n  if (x.rank === 0) throw new " +
    'Error("standardize: expected x with an axis");\n  const c = centre(x);\n  return ' +
    "c.div(c.square().mean(-1, true).sqrt());\n}",
};
export type Name = keyof typeof RIGHT;
const NAMES = Object.keys(RIGHT) as Name[];
export const stub = (name: Name): string =>
  RIGHT[name].replace(/\{\n[\s\S]*\}$/, `{\n  throw new Error("not written yet: ${name}");\n}`);
export const POINTS = 4;

const SOLUTIONS: Record<string, string> = {
  centre: `${IMPORT}export ${RIGHT.centre}\n`,
  double: `${IMPORT}export ${RIGHT.double}\n`,
  standardize: `${IMPORT}import { centre } from "./centre";\nexport ${RIGHT.standardize}\n`,
  helper:
    "/** A function that notebooks may import. */\nexport const helper = (): " +
    "number => 7;\nexport interface Options { eps: number }\n",
};
const MUTANTS: Record<Name, [from: string, to: string, message: string][]> = {
  centre: [
    ["x.mean(-1, true)", "x.mean()", "The mean is over everything."],
    ["x.sub(x.mean(-1, true))", "x.add(x.mean(-1, true))", "The mean is added."],
    ["x.sub(x.mean(-1, true))", "x.sub(1)", "One is subtracted."],
  ],
  double: [
    ["mul(2)", "mul(3)", "This is three times x."],
    ["mul(2)", "add(2)", "Two is added."],
    ["mul(2)", "square()", "This is the square."],
  ],
  standardize: [
    ["c.div(", "x.div(", "x is divided in place of the centered x."],
    [".sqrt()", "", "The root is missing."],
    ["c.square().mean(-1, true)", "c.square().sum(-1, true)", "The sum is not divided."],
  ],
};

const ERRORS_CASE = `
    { group: "errors", title: "x is a scalar", throws: "x",
      args: [{ shape: [], dtype: "float32", data: new Float32Array(1) }] },`;

const mutantsOf = (name: Name) =>
  JSON.stringify(MUTANTS[name].map(([from, to, message]) => ({ edits: [[from, to]], message })));

const only = (name: Name, one: Name, text: string) => (name === one ? text : "");

const exercise = (name: Name) => `export default {
  cases: (random) => [
    { group: "values", title: "x is a matrix", args: [random.normal([3, 4], 2, 1)] },
    { group: "shapes", title: "x is a vector", args: [random.normal([5], 2, 1)] },
    { group: "gradient", title: "x is differentiated", args: [random.normal([2, 3])], wrt: ["0"] },
    ${only(name, "standardize", ERRORS_CASE)}
  ],
  mutants: ${mutantsOf(name)},
  ${only(name, "standardize", 'forbid: ["moments"],')}
};
`;

export interface HandedIn {
  id?: string;
  role?: string;
  grade?: string;
  type?: string;
  source: string;
}

/** The notebook as shipped, cell by cell; replace, drop, move or add what a student would. */
export function shippedCells(written: Partial<Record<Name, string>> = RIGHT): HandedIn[] {
  return [
    { id: "title", role: "text", type: "markdown", source: "# Small" },
    {
      id: "setup",
      role: "setup",
      source:
        `${IMPORT}import { helper } from "solutions";\nimport { check, show, steps } from ` +
        `"course";`,
    },
    { id: "demo", role: "demo", source: 'throw new Error("a shipped demo does not run");' },
    ...NAMES.flatMap((name): HandedIn[] => [
      { id: name, role: "exercise", grade: name, source: written[name] ?? stub(name) },
      {
        id: `${name}-check`,
        role: "check",
        grade: `${name}-check`,
        source: `await check(${name});`,
      },
    ]),
    { id: "why", role: "written", grade: "why", type: "markdown", source: "Because." },
  ];
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);

export const notebook = (cells: HandedIn[]): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map(({ id, role, grade, type = "code", source }, i) => ({
      id: id ?? `new-${i}`,
      cell_type: type,
      source,
      metadata: {
        ...(role ? { course: { role } } : {}),
        ...(grade ? { nbgrader: { grade_id: grade, schema_version: 3 } } : {}),
      },
      ...(type === "code" ? { outputs: [], execution_count: null } : {}),
    })),
  });

/** Cells in a later lesson, which has the same exercises under ids of its own. */
export const inLesson = (lesson: number, cells: HandedIn[]): HandedIn[] =>
  cells.map((c) => (c.grade && lesson > 0 ? { ...c, grade: `${c.grade}-${lesson}` } : c));

function smallLesson(lesson: number): Manifest["lessons"][number] {
  const gradeId = (name: string) => (lesson > 0 ? `${name}-${lesson}` : name);
  const exercise = { points: POINTS, difficulty: 1, minutes: 5, hints: ["think"] };
  return {
    id: `${String(lesson).padStart(2, "0")}-small`,
    title: lesson > 0 ? `Small ${lesson}` : "Small",
    question: "How small?",
    minutes: 5,
    components: ["small"],
    uses: ["helper", "Options"],
    exercises: NAMES.map((name) => ({ name, ...exercise, gradeId: gradeId(name) })),
    written: [{ name: "why", points: 2, gradeId: gradeId("why") }],
    cells: Object.fromEntries(shippedCells({}).map((c) => [c.id!, hash(c.source)])),
  };
}

const manifestOf = (lessons: number): Manifest => ({
  course: "small-course",
  version: "1.2.3",
  components: ["small"],
  lessons: Array.from({ length: lessons }, (_, i) => smallLesson(i)),
});
export const smallManifest = manifestOf(1);

/** Writes the course, compiled, where Node finds tfjs from. */
export function makeSmallCourse(lessons = 1): { root: string; remove(): void } {
  mkdirSync(paths(courseRoot()).local, { recursive: true });
  const root = mkdtempSync(join(paths(courseRoot()).local, "small-course-"));
  const to = paths(root);
  const write = (file: string, text: string) => {
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, text);
  };
  const compiled = (text: string) =>
    ts.transpileModule(text, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    }).outputText;
  const both = (name: string, text: string) => {
    write(join(to.solutions, "src", "basics", `${name}.ts`), text);
    write(join(to.solutionsDist, "basics", `${name}.js`), compiled(text));
  };
  for (const [name, text] of Object.entries(SOLUTIONS)) both(name, text);
  for (const name of NAMES) both(`${name}.exercise`, exercise(name));
  const manifest = manifestOf(lessons);
  write(to.manifest, JSON.stringify(manifest));
  for (const [i, { id }] of manifest.lessons.entries()) {
    write(join(to.notebooks, `${id}.ipynb`), notebook(inLesson(i, shippedCells({}))));
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
