import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fixtureCopy } from "./lesson.testing";
import { rewriteLinks, writePages } from "kernel/studentPages";

let root: string;
let personal: string;
beforeEach(() => {
  root = fixtureCopy();
  personal = mkdtempSync(join(tmpdir(), "course-pages-"));
  vi.stubEnv("COURSE_PERSONAL", personal);
  write("README.md", "# Sorting\n\nRead [this](docs/guide.md#two) and [that](LICENSE).\n");
  write(
    "docs/guide.md",
    "# A guide\n\n![drawn](plan.png) [first](../notebooks/01-insertion.ipynb)\n",
  );
  write("docs/plan.png", "png");
});
afterEach(() => {
  vi.unstubAllEnvs();
  for (const folder of [root, personal]) rmSync(folder, { recursive: true });
});

function write(name: string, text: string): void {
  mkdirSync(join(root, name, ".."), { recursive: true });
  writeFileSync(join(root, name), text);
}
const read = (name: string) => readFileSync(join(personal, name), "utf8");

test("the student's folder gets the overview, the pages with links that lead on, and course.json", () => {
  writePages(root);
  expect(read("README.md")).toContain("(01-insertion.ipynb)");
  expect(read("docs/about.md")).toContain("Read [this](guide.md#two) and that.");
  expect(read("docs/guide.md")).toContain("![drawn](plan.png) [first](../01-insertion.ipynb)");
  expect(read("docs/plan.png")).toBe("png");
  const { course, lessons, pages } = JSON.parse(read("course.json")) as {
    course: string;
    lessons: { exercises: object[]; cells?: object }[];
    pages: object[];
  };
  expect(course).toBe("Sorting");
  expect(lessons[0]!.exercises).toEqual([{ name: "insert", points: 2, gradeId: "insert" }]);
  expect(lessons[0]!.cells).toBeUndefined();
  expect(pages).toContainEqual({ path: "docs/about.md", title: "About this course" });
  expect(pages).toContainEqual({ path: "docs/guide.md", title: "A guide", staff: true });
});

test("a page of the student's own stays, ours is brought up to date", () => {
  writePages(root);
  writeFileSync(join(personal, "README.md"), "# Mine\n");
  write("docs/guide.md", "# A better guide\n");
  writePages(root);
  expect(read("README.md")).toBe("# Mine\n");
  expect(read("docs/guide.md")).toContain("# A better guide");
});

test("a second time nothing is written", () => {
  writePages(root);
  const before = read("course.json");
  writePages(root);
  expect(read("course.json")).toBe(before);
  expect(existsSync(join(personal, "course.json.part"))).toBe(false);
});

test("links in code, of the web, and within the page stay as they are", () => {
  const places = new Map([["a.md", "docs/a.md"]]);
  for (const text of ["`[a](b.md)`", "```\n[a](b.md)\n```", "[a](https://b.org)", "[a](#b)"]) {
    expect(rewriteLinks(text, "docs/a.md", "a.md", places)).toBe(text);
  }
});
