import {
  appendFileSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writePreviews } from "../previews/previews.js";
import { build } from "./build.js";
import { chooseLessons, readLessons } from "./lessons.js";
import { fixture, fixtureCopy } from "./lesson.testing.js";

const copies: string[] = [];
const copy = (): string => {
  const root = fixtureCopy();
  copies.push(root);
  return root;
};
afterAll(() => copies.forEach((root) => rmSync(root, { recursive: true })));
const notebooks = (root: string) =>
  Object.fromEntries(
    readdirSync(join(root, "notebooks")).map((f) => [
      f,
      readFileSync(join(root, "notebooks", f), "utf8"),
    ]),
  );
const lesson = (root: string, id: string) => join(root, "lessons-src", id, "lesson.md");

test("a second build gives the same bytes, in another folder too, and writes nothing", () => {
  const root = copy();
  rmSync(join(root, "notebooks"), { recursive: true });
  expect(build(root)).toEqual({
    changed: ["01-insertion.ipynb", "02-merging.ipynb", "manifest.json", "README.md"],
    problems: [],
    notes: [],
    lessons: 2,
  });
  expect(notebooks(root)).toEqual(notebooks(fixture));
  const written = statSync(join(root, "notebooks", "manifest.json")).mtimeMs;
  expect(build(root).changed).toEqual([]);
  expect(statSync(join(root, "notebooks", "manifest.json")).mtimeMs).toBe(written);
});

/** Writes fields into a copy's package.json. */
function describe(root: string, fields: object): void {
  const file = join(root, "package.json");
  const course = JSON.parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, JSON.stringify({ ...course, ...fields }));
}

test("parts of a course stand above their lessons, in the overview and in the manifest", () => {
  const root = copy();
  const parts = [
    { title: "One [by] one", from: "01" },
    { title: "All at once", from: "02" },
    { title: "Not written yet", from: "03" },
  ];
  describe(root, { parts, about: "You sort." });
  expect(build(root).changed).toEqual(["manifest.json", "README.md"]);
  const lines = notebooks(root)["README.md"]!.split("\n");
  const listed = lines.filter((line) => /^## |^\| \[/.test(line)).map((line) => line.slice(0, 12));
  expect(listed).toEqual(["## One \\[by\\", "| [01 Insert", "## All at on", "| [02 Mergin"]);
  expect(JSON.parse(notebooks(root)["manifest.json"]!)).toMatchObject({
    parts,
    about: "You sort.",
  });
});

test.each([
  ["a text", "Basics"],
  ["without a title", [{ from: "00" }]],
  [
    "not in order",
    [
      { title: "B", from: "02" },
      { title: "A", from: "01" },
    ],
  ],
  [
    "twice from one lesson",
    [
      { title: "A", from: "01" },
      { title: "B", from: "01" },
    ],
  ],
])("parts that are %s stop the build", (_, parts) => {
  const root = copy();
  describe(root, { parts });
  expect(() => build(root)).toThrow("package.json: expected parts as a list in the order");
});

test("Windows' line ends in lessons, solutions and notebooks change nothing", () => {
  const root = copy();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !/\.(md|ts|json|ipynb|svg)$/.test(file)) continue;
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("\n", "\r\n"));
  }
  expect(build(root, [], { check: true })).toEqual({
    changed: [],
    problems: [],
    notes: [],
    lessons: 2,
  });
  rmSync(join(root, "notebooks"), { recursive: true });
  build(root);
  expect(notebooks(root)).toEqual(notebooks(fixture));
});

test("check names what is stale and writes nothing", () => {
  const root = copy();
  appendFileSync(lesson(root, "02-merging"), "\nMore.\n");
  writeFileSync(join(root, "notebooks", "03-gone.ipynb"), "{}");
  const before = notebooks(root);
  expect(build(root, [], { check: true }).changed).toEqual([
    "02-merging.ipynb",
    "manifest.json",
    "03-gone.ipynb",
  ]);
  expect(notebooks(root)).toEqual(before);
});

test("a changed solution changes the notebook", () => {
  const root = copy();
  build(root);
  const source = join(root, "solutions", "src", "orders", "merge.ts");
  writeFileSync(
    source,
    readFileSync(source, "utf8").replace("Two sorted lists as one.", "Zips two sorted lists."),
  );
  expect(build(root).changed).toEqual(["02-merging.ipynb", "manifest.json"]);
});

test("the notebook of a lesson that is gone goes too", () => {
  const root = copy();
  rmSync(join(root, "lessons-src", "02-merging"), { recursive: true });
  writeFileSync(
    lesson(root, "01-insertion"),
    readFileSync(lesson(root, "01-insertion"), "utf8").replace(
      "[the next lesson](../02-merging/lesson.md#merging)",
      "the next lesson",
    ),
  );
  expect(build(root).changed).toContain("02-merging.ipynb");
  expect(existsSync(join(root, "notebooks", "02-merging.ipynb"))).toBe(false);
});

test("a lesson with problems keeps its last notebook and does not keep the others", () => {
  const root = copy();
  appendFileSync(lesson(root, "01-insertion"), "\n$\\nope$\n");
  appendFileSync(lesson(root, "02-merging"), "\nMore.\n");
  const before = notebooks(root);
  const { changed, problems } = build(root);
  expect(changed).toEqual(["02-merging.ipynb", "manifest.json"]);
  expect(problems).toEqual([
    expect.stringMatching(/^lessons-src\/01-insertion\/lesson\.md:\d+: KaTeX cannot read/),
  ]);
  expect(notebooks(root)["01-insertion.ipynb"]).toBe(before["01-insertion.ipynb"]);
  expect(JSON.parse(notebooks(root)["manifest.json"]!).lessons).toHaveLength(2);
});

test("one lesson alone leaves the rest of the manifest as it is", () => {
  const root = copy();
  appendFileSync(lesson(root, "02-merging"), "\nMore.\n");
  expect(build(root, ["01"])).toEqual({ changed: [], problems: [], notes: [], lessons: 1 });
  expect(build(root, ["02-merging"]).changed).toEqual(["02-merging.ipynb", "manifest.json"]);
});

test("an exercise belongs to one lesson", () => {
  const root = copy();
  const text = readFileSync(lesson(root, "02-merging"), "utf8");
  writeFileSync(
    lesson(root, "02-merging"),
    text
      .replace("exercise merge", "exercise insert")
      .replace("[byNumber, Order]", "[byNumber, merge, requireFinite]"),
  );
  expect(build(root).problems).toEqual([
    expect.stringMatching(
      /^lessons-src\/02-merging\/lesson\.md:15: insert is already an exercise of 01-insertion: list it in uses here/,
    ),
  ]);
});

test("a damaged cache and a damaged manifest are made again", () => {
  const root = copy();
  build(root);
  for (const file of [
    join(root, ".local", "cache", "syntax.json"),
    join(root, "notebooks", "manifest.json"),
  ]) {
    writeFileSync(file, "{");
  }
  expect(build(root)).toEqual({ changed: ["manifest.json"], problems: [], notes: [], lessons: 2 });
});

test("lessons by number or name", () => {
  expect(chooseLessons(fixture, ["02", "01-insertion", "02-merging"])).toEqual([
    "01-insertion",
    "02-merging",
  ]);
  expect(() => chooseLessons(fixture, ["03"])).toThrow(
    "there is no lesson 03: choose from 01-insertion, 02-merging",
  );
  expect(readLessons(fixture, ["02"]).map((l) => l.title)).toEqual(["Merging"]);
});

test("a component that the course doesn't have is named, with those that it has", () => {
  const root = copy();
  const file = lesson(root, "02-merging");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("[comparing, merging]", "[comparing, shuffling]"));
  expect(build(root).problems).toEqual([
    "lessons-src/02-merging/lesson.md:5: the course has no component shuffling: " +
      "package.json lists comparing, merging; correct the word, or add it there",
  ]);
});

test("a notebook ends with links to its neighbors, also when it alone is built", () => {
  const root = copy();
  const first = lesson(root, "01-insertion");
  writeFileSync(
    first,
    readFileSync(first, "utf8").replace("title: Insertion", "title: In [order]"),
  );
  expect(build(root, ["02"]).changed).toContain("02-merging.ipynb");
  const { cells } = JSON.parse(
    readFileSync(join(root, "notebooks", "02-merging.ipynb"), "utf8"),
  ) as { cells: { id: string; source: string[] }[] };
  expect(cells.at(-1)!.id).toBe("lesson-end");
  expect(cells.at(-1)!.source.join("")).toBe(
    "This was the last lesson.\n\n" +
      "[Previous: 01 In \\[order\\]](01-insertion.ipynb) · [All lessons](README.md)",
  );
});

test("a preview of older code is left out and named, and no build fails for it", () => {
  const root = copy();
  const previews = { "a-cell": { code: "0", figures: [] } };
  writePreviews(join(root, "lessons-src", "01-insertion"), previews);
  const { changed, problems, notes } = build(root);
  expect([changed, problems]).toEqual([[], []]);
  expect(notes).toEqual([
    "01-insertion: 1 preview of older code left out (a-cell): " +
      "npx course solve 01-insertion --update draws them again",
  ]);
});
