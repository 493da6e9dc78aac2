// needs: sandbox
// level: all
/**
 * The answers to the exercises of all lessons, each written in an unusual way: all earn all of their
 * points. Left out are kernels, whose answer is a text.
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
  "a constant exported again": "inner",
  "frozen results": changed("Object.freeze", "Object.freeze"),
  "results with getters": changed("(l) => l", "(r) => new Box(r)"),
  "objects of a class": changed("(l) => l", "(r) => new Fields(r)"),
  "typed arrays": changed("numbers", "(r) => r"),
  "a proxy": "new Proxy(inner, {})",
  bound: "inner.bind(undefined)",
  "Reflect.apply": "function () { return Reflect.apply(inner, this, arguments); }",
  "a generator within": "(...args) => (function* () { yield inner(...args); })().next().value",
  "a static method": "(class { static call(...args) { return inner(...args); } }).call",
  "a bound static method":
    "((K) => K.call.bind(K))(class { static #held = inner; static call(...args) { " +
    "return this.#held(...args); } })",
  "an arrow function": "(...args) => inner(...args)",
  "a function expression": "function another(...args) { return inner(...args); }",
  "default parameters": "(first, second = undefined, ...rest) => inner(first, second, ...rest)",
  "destructured arguments": "(...[first, ...rest]) => inner(first, ...rest)",
  "types beside it": "inner as Answer<any[]>",
  "console output": "(...args) => { console.log(args, String(inner)); return inner(...args); }",
};
const NAMES = Object.keys(STYLES);

/** What stands above an answer. */
const ABOVE: Record<string, string> = {
  "types beside it": `type Answer<A extends unknown[]> = (...args: A) => unknown;
interface Holder { answer: Answer<any[]> }
declare function elsewhere(holder: Holder): void;
declare const nowhere: Holder;
`,
};

function answer(name: string, style: string): string {
  const text = readSource(loadContent(courseRoot(), name).source);
  const body = text.replace(/^import[\s\S]*?;\n/gm, "").replace(/^export /gm, "");
  const held = `((inner) => ${STYLES[style]})((() => {\n${body}\nreturn ${name};\n})())`;
  if (style === "a constant exported again") {
    return `const ${name}Held = ${held};\nexport const ${name} = ${name}Held;`;
  }
  return `${ABOVE[style] ?? ""}const ${name} = ${held};`;
}

interface Cell {
  cell_type: string;
  source: string | string[];
  metadata: { nbgrader?: { grade_id?: string } };
}

const ALL = readManifest(courseRoot()).lessons;
/** The answers that are written, in the order of the lessons and with a style for each. */
const asked = ALL.flatMap(({ id, exercises }) => exercises.map((e) => ({ ...e, id })))
  .filter(({ name }) => !loadContent(courseRoot(), name).exercise.shader)
  .map((e, i) => ({ ...e, style: NAMES[i % NAMES.length]! }));

function written({ id }: LessonEntry): string {
  const file = join(paths(courseRoot()).notebooks, `${id}.ipynb`);
  const notebook = JSON.parse(readFileSync(file, "utf8")) as { cells: Cell[] };
  for (const cell of notebook.cells) {
    const found = asked.find((e) => e.gradeId === cell.metadata.nbgrader?.grade_id);
    if (found) cell.source = answer(found.name, found.style);
  }
  const helpers = { id: "styles", cell_type: "code", source: REBUILD, metadata: {}, outputs: [] };
  const at = notebook.cells.findIndex((c) => c.cell_type === "code") + 1;
  notebook.cells.splice(at, 0, helpers);
  return JSON.stringify(notebook);
}

/**
 * crossEntropy runs in one child with dropout, which may not use tf.dropout. With a rate of 0 it
 * changes nothing.
 */
function usesWhatAnotherMayNot(lesson: LessonEntry): string {
  const notebook = JSON.parse(written(lesson)) as { cells: Cell[] };
  const cell = notebook.cells.find((c) => String(c.source).startsWith("const crossEntropy ="))!;
  const uses = "((inner) => (x, ...rest) => inner(x.rank > 0 ? tf.dropout(x, 0) : x, ...rest))";
  cell.source = String(cell.source).replace(/\(\(inner\) => .*?\)\(\(\) =>/, `${uses}(() =>`);
  return JSON.stringify(notebook);
}

let batch: Batch;
const folder = mkdtempSync(join(tmpdir(), "course-styles-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  for (const lesson of ALL) writeFileSync(join(folder, `${lesson.id}.ipynb`), written(lesson));
  const blocks = ALL.find(({ id }) => id.startsWith("05"))!;
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
