// needs: sandbox
// level: all
/**
 * The answers to the exercises of the lessons, each written in an unusual way: all earn all of
 * their points. The lessons left out have exercises that take long by design.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadContent } from "../exercise/content";
import { readManifest, type LessonEntry } from "../files/manifest";
import { courseRoot, paths } from "../files/paths";
import { readSource } from "../files/source";
import { gradeBatch } from "../batch/batch";
import type { Batch } from "../batch/result";

const LESSONS = ["00", "01", "02", "03", "05", "06", "10", "14"];

/** Rebuilds the lists and records of a result; tensors and functions stay. */
const REBUILD = `
function rebuild(v, list, record) {
  const inside = (w) => rebuild(w, list, record);
  if (Array.isArray(v)) return list(v.map(inside));
  if (typeof v !== "object" || v === null || Object.getPrototypeOf(v) !== Object.prototype) return v;
  return record(Object.fromEntries(Object.entries(v).map(([key, w]) => [key, inside(w)])));
}
function later(v, change) { return v instanceof Promise ? v.then(change) : change(v); }
class Box { #held; constructor(held) { this.#held = held; for (const key of Object.keys(held))
  Object.defineProperty(this, key, { enumerable: true, get: () => this.#held[key] }); }
  toString() { return "a box"; } }
class Fields { constructor(held) { Object.assign(this, held); } size = () => 1; }
const numbers = (l) => (l.length > 0 && l.every((n) => typeof n === "number") ? new Float64Array(l) : l);
`;
const changed = (list: string, record: string) =>
  `(...args) => later(inner(...args), (v) => rebuild(v, ${list}, ${record}))`;

/** Style → an expression in which `inner` is the answer. */
const STYLES: Record<string, string> = {
  "a closure": "inner",
  "frozen results": changed("Object.freeze", "Object.freeze"),
  "results with getters": changed("(l) => l", "(r) => new Box(r)"),
  "objects of a class": changed("(l) => l", "(r) => new Fields(r)"),
  "typed arrays": changed("numbers", "(r) => r"),
  "a proxy": "new Proxy(inner, {})",
  bound: "inner.bind(undefined)",
  "Reflect.apply": "function () { return Reflect.apply(inner, this, arguments); }",
  "a generator within": "(...args) => (function* () { yield inner(...args); })().next().value",
  "a static method": "(class { static call(...args) { return inner(...args); } }).call",
  "console output": "(...args) => { console.log(args, String(inner)); return inner(...args); }",
};
const NAMES = Object.keys(STYLES);

function answer(name: string, style: string): string {
  const text = readSource(loadContent(courseRoot(), name).source);
  const body = text.replace(/^import[\s\S]*?;\n/gm, "").replace(/^export /gm, "");
  return `const ${name} = ((inner) => ${STYLES[style]})((() => {\n${body}\nreturn ${name};\n})());`;
}

interface Cell {
  cell_type: string;
  source: string | string[];
  metadata: { nbgrader?: { grade_id?: string } };
}

function written({ id, exercises }: LessonEntry, offset: number): string {
  const file = join(paths(courseRoot()).notebooks, `${id}.ipynb`);
  const notebook = JSON.parse(readFileSync(file, "utf8")) as { cells: Cell[] };
  for (const cell of notebook.cells) {
    const i = exercises.findIndex((e) => e.gradeId === cell.metadata.nbgrader?.grade_id);
    if (i >= 0) cell.source = answer(exercises[i]!.name, NAMES[(i + offset) % NAMES.length]!);
  }
  const helpers = { id: "styles", cell_type: "code", source: REBUILD, metadata: {}, outputs: [] };
  const at = notebook.cells.findIndex((c) => c.cell_type === "code") + 1;
  notebook.cells.splice(at, 0, helpers);
  return JSON.stringify(notebook);
}

const lessons = readManifest(courseRoot()).lessons.filter(({ id }) =>
  LESSONS.includes(id.slice(0, 2)),
);
const asked = lessons.flatMap(({ id, exercises }, offset) =>
  exercises.map(({ name, points }, i) => {
    const style = NAMES[(i + 3 * offset) % NAMES.length]!;
    return { id, name, points, style };
  }),
);

/**
 * crossEntropy runs in one child with dropout, which may not use tf.dropout. With a rate of 0 it
 * changes nothing.
 */
function usesWhatAnotherMayNot(lesson: LessonEntry): string {
  const notebook = JSON.parse(written(lesson, 0)) as { cells: Cell[] };
  const cell = notebook.cells.find((c) => String(c.source).startsWith("const crossEntropy ="))!;
  const uses = "((inner) => (x, ...rest) => inner(x.rank > 0 ? tf.dropout(x, 0) : x, ...rest))";
  cell.source = String(cell.source).replace(/\(\(inner\) => .*?\)\(\(\) =>/, `${uses}(() =>`);
  return JSON.stringify(notebook);
}

let batch: Batch;
const folder = mkdtempSync(join(tmpdir(), "course-styles-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  for (const [offset, lesson] of lessons.entries()) {
    writeFileSync(join(folder, `${lesson.id}.ipynb`), written(lesson, 3 * offset));
  }
  const blocks = lessons.find(({ id }) => id.startsWith("05"))!;
  writeFileSync(join(folder, "other.ipynb"), usesWhatAnotherMayNot(blocks));
  batch = await gradeBatch(courseRoot(), [folder], { seed: 3 });
}, 600_000);

test("what one exercise may not use, another in the same child may", () => {
  const graded = batch.graded.find((g) => g.id === "other")!;
  expect(graded.points).toBe(graded.maxPoints);
  const report = graded.exercises.find((e) => e.name === "crossEntropy");
  expect(report).toMatchObject({ with: "own", failures: [] });
});

test.each(asked)("$name with $style", ({ id, name, points }) => {
  const graded = batch.graded.find((g) => g.id === id);
  const report = graded?.exercises.find((e) => e.name === name);
  expect(report).toMatchObject({ points, failures: [] });
});
