import Ajv from "ajv-draft-04";
import { KERNEL_INFO } from "cells";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readLessons } from "./lessons.js";
import { hashOf } from "../hash.js";
import { shippedCells, solvedNotebook, studentNotebook } from "./notebook.js";
import { HEAD, SETUP, fixture, parse } from "./lesson.testing.js";

interface Cell {
  id: string;
  cell_type: string;
  source: string[];
  metadata: {
    course: { role: string; hash: string };
    nbgrader?: Record<string, unknown>;
    editable?: boolean;
  };
  attachments?: object;
}
const read = (text: string) => JSON.parse(text) as { cells: Cell[] };
const schema = JSON.parse(
  readFileSync(new URL("../../schemas/nbformat.v4.5.schema.json", import.meta.url), "utf8"),
) as object;
const isNotebook = new Ajv({ strict: false }).compile(schema);
const lessons = readLessons(fixture);

test.each(lessons)("$id: student and solved notebook are valid by nbformat's schema", (lesson) => {
  for (const text of [studentNotebook(lesson), solvedNotebook(lesson)]) {
    isNotebook(JSON.parse(text));
    expect(isNotebook.errors).toBe(null);
  }
});

test("a notebook names its language as the kernel does, so that opening one doesn't change it", () => {
  const { metadata } = JSON.parse(studentNotebook(lessons[0]!)) as { metadata: object };
  expect(metadata).toMatchObject({ language_info: KERNEL_INFO.language_info });
});

// golden files: COURSE_ROOT=engine/builder/fixtures/sorting npx course build, and vitest -u for the solved
// ones
test.each(lessons)("$id: as in the golden files", async (lesson) => {
  expect(studentNotebook(lesson)).toBe(
    readFileSync(join(fixture, "notebooks", `${lesson.id}.ipynb`), "utf8"),
  );
  await expect(solvedNotebook(lesson)).toMatchFileSnapshot(
    join(fixture, "golden", `${lesson.id}.solved.ipynb`),
  );
});

test.each(lessons)("$id: slides as in the golden file", async ({ id, slides }) => {
  await expect(`${JSON.stringify(slides, undefined, 1)}\n`).toMatchFileSnapshot(
    join(fixture, "golden", `${id}.slides.json`),
  );
});

test("only definition cells differ between the two notebooks, and their marks do not", () => {
  const [lesson] = lessons;
  const student = read(studentNotebook(lesson!)).cells;
  const solved = read(solvedNotebook(lesson!)).cells;
  expect(solved.map((c) => c.metadata)).toEqual(student.map((c) => c.metadata));
  expect(
    student.filter((c, i) => c.source.join("") !== solved[i]!.source.join("")).map((c) => c.id),
  ).toEqual(["insert"]);
});

test("hashes are those of the sources as they stand in the student notebook, pictures included", () => {
  for (const lesson of lessons) {
    const cells = read(studentNotebook(lesson)).cells;
    expect(Object.fromEntries(cells.map((c) => [c.id, hashOf(c.source.join(""))]))).toEqual(
      shippedCells(lesson),
    );
    for (const c of cells) expect(c.metadata.course.hash).toBe(hashOf(c.source.join("")));
  }
});

test(
  "a drawing stands in the text, since JupyterLab shows no SVG that is attached, and says its " +
    "size",
  () => {
    const cells = read(studentNotebook(lessons[0]!)).cells;
    const drawn = cells.flatMap((c) => [
      ...c.source.join("").matchAll(/\]\(data:image\/svg\+xml;base64,([\w+/=]+)\)/g),
    ]);
    expect(drawn.length).toBeGreaterThan(0);
    for (const [, data] of drawn) {
      expect(Buffer.from(data!, "base64").toString("utf8")).toMatch(/<svg[^>]*\swidth="\d+"/);
    }
    expect(cells.filter((c) => c.attachments)).toEqual([]);
  },
);

test("a stub keeps what stands above // yours and what is given, and nothing of the answer", () => {
  const source = read(studentNotebook(lessons[0]!))
    .cells.find((c) => c.id === "insert")!
    .source.join("");
  expect(source).toContain('requireFinite("insert"');
  expect(source).toContain("interface Place { index: number }");
  expect(source).not.toMatch(/findLastIndex|after|export|\/\/ (yours|given)/);
  expect(source.trimEnd().endsWith('throw new Error("not written yet: insert");\n}')).toBe(true);
});

test("an exercise's text and its check are locked, its definition isn't", () => {
  const locked = read(studentNotebook(lessons[0]!))
    .cells.filter((c) => c.metadata.editable === false)
    .map((c) => c.id);
  expect(locked).toEqual(["insert-task", "insert-check"]);
});

test("nbgrader's cells: definition, locked check with the points, answer marked by hand", () => {
  const marks = Object.fromEntries(
    read(studentNotebook(lessons[0]!)).cells.flatMap((c) =>
      c.metadata.nbgrader ? [[c.id, c.metadata.nbgrader]] : [],
    ),
  );
  const common = { schema_version: 3, task: false };
  expect(marks).toEqual({
    insert: { ...common, grade_id: "insert", grade: false, solution: true, locked: false },
    "insert-check": {
      ...common,
      grade_id: "insert-check",
      grade: true,
      solution: false,
      locked: true,
      points: 2,
    },
    "why-square": {
      ...common,
      grade_id: "why-square",
      grade: true,
      solution: true,
      locked: false,
      points: 1,
    },
  });
});

test("the first setup cell imports what uses names and what checks need, unless the lesson does", () => {
  const setup = (uses: string, code: string) => {
    const lesson = parse(
      `${HEAD.replace("[requireFinite]", uses)}\`\`\`ts setup\n${code}\n\`\`\`\n\`\`\`ts ` +
        `setup\nconst one = 1;\n\`\`\`\n`,
    );
    return lesson.cells.map((c) => (c.kind === "code" ? c.code.split("\n") : []));
  };
  expect(setup("[limit, merge]", "const zero = 0;")).toEqual([
    [
      'import { limit, merge } from "solutions";',
      'import { check, progress, showSolution } from "course";',
      "const zero = 0;",
    ],
    ["const one = 1;"],
  ]);
  expect(setup("[]", 'import { check, progress, showSolution } from "course";')[0]).toEqual([
    'import { check, progress, showSolution } from "course";',
  ]);
});

test("text that looks like code or JSON survives", () => {
  const odd = 'A "quote", a \\ backslash, `</details>`, \u2028 and 😀.';
  expect(read(studentNotebook(parse(`${HEAD}${SETUP}\n${odd}\n`))).cells.at(-2)!.source).toEqual([
    odd,
  ]);
});
