import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writePages } from "kernel/studentPages";
import { afterEach, beforeEach, expect, test } from "vitest";
import { build } from "./build.js";
import { fixtureCopy } from "./lesson.testing.js";

let root: string;
beforeEach(() => {
  root = fixtureCopy();
  mkdirSync(join(root, "lessons-src", "pages"));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (name: string, text: string) =>
  writeFileSync(join(root, "lessons-src", "pages", name), text);
const built = (name: string) => readFileSync(join(root, "notebooks", name), "utf8");
const AFTER = "# What comes [after]\n\nSee [merging](02-merging.ipynb#moves).\n";

test("a page stands beside the notebooks; the overview and the last lesson lead to it", () => {
  write("after.md", AFTER);
  expect(build(root)).toMatchObject({
    changed: ["02-merging.ipynb", "manifest.json", "README.md", "after.md"],
    problems: [],
  });
  expect(built("after.md")).toContain(AFTER);
  expect(built("README.md")).toContain("[What comes \\[after\\]](after.md)");
  const { cells } = JSON.parse(built("02-merging.ipynb")) as { cells: { source: string[] }[] };
  const last = cells.at(-1)!.source.join("");
  expect(last).toContain("**[Next: What comes \\[after\\]](after.md)**");
  expect(last).not.toContain("last lesson");
  expect(build(root, [], { check: true }).changed).toEqual([]);
});

test("a student gets it, and the home page lists it before the course's documents", () => {
  write("after.md", AFTER);
  build(root);
  const personal = mkdtempSync(join(tmpdir(), "course-text-pages-"));
  writeFileSync(join(root, "docs", "guide.md"), "# A guide\n");
  writePages(root, { personal });
  const course = readFileSync(join(personal, "course.json"), "utf8");
  const { pages } = JSON.parse(course) as { pages: { path: string; title: string }[] };
  expect(pages[0]).toEqual({ path: "after.md", title: "What comes [after]" });
  expect(pages.map(({ path }) => path)).toContain("docs/guide.md");
  expect(readFileSync(join(personal, "after.md"), "utf8")).toContain("(02-merging.ipynb#moves)");
  rmSync(personal, { recursive: true });
});

test("a page that was taken away goes from the notebooks; one that isn't a build's stays", () => {
  write("after.md", AFTER);
  build(root);
  writeFileSync(join(root, "notebooks", "mine.md"), "# Mine\n");
  rmSync(join(root, "lessons-src", "pages", "after.md"));
  expect(build(root).changed).toEqual([
    "02-merging.ipynb",
    "manifest.json",
    "README.md",
    "after.md",
  ]);
  expect(existsSync(join(root, "notebooks", "after.md"))).toBe(false);
  expect(existsSync(join(root, "notebooks", "mine.md"))).toBe(true);
});

test("each fault of a page is named with its line, and the page as it was built stays", () => {
  write("after.md", AFTER);
  build(root);
  write("after.md", "After\n\n[x](03-heap.ipynb), [y](other.md), [z](helpers.md)\n");
  write("README.md", "# Read me\n");
  const { problems } = build(root);
  expect(problems).toEqual([
    "lessons-src/pages/README.md:1: a build writes README.md itself: choose another name",
  ]);
  rmSync(join(root, "lessons-src", "pages", "README.md"));
  expect(build(root).problems).toEqual([
    'lessons-src/pages/after.md:1: begin the page with its title, "# What comes after"',
    "lessons-src/pages/after.md:3: the course has no 03-heap.ipynb: link to a lesson's notebook or to a page beside it",
    "lessons-src/pages/after.md:3: the course has no other.md: link to a lesson's notebook or to a page beside it",
  ]);
  expect(built("after.md")).toContain(AFTER);
});
