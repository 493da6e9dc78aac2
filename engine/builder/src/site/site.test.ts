import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readCourse } from "../lesson/lessons.js";
import { fixture, fixtureCopy } from "../lesson/lesson.testing.js";
import { readCover, readSiteLessons } from "./source.js";
import type { Site } from "./model.js";
import { pages } from "./pages.js";
import { basePath, writeSite } from "./site.js";

const golden = (name: string) => join(fixture, "golden", name);
const solvedAt = (root: string, id: string) => join(root, ".local", "solved", `${id}.ipynb`);
const chart = {
  output_type: "display_data",
  data: {
    "application/vnd.plotly.v1+json": { data: [{ type: "bar", y: [0, 0.25, 1] }], layout: {} },
    "text/plain": "figure: Moves grow with the square.",
  },
  metadata: {},
};

interface Cells {
  cells: { id: string; outputs?: object[] }[];
}

/** The fixture course, solved as far as pages can tell. */
function solvedCourse(): string {
  const root = fixtureCopy();
  mkdirSync(join(root, ".local", "solved"), { recursive: true });
  for (const id of ["01-insertion", "02-merging"]) {
    const solved = JSON.parse(readFileSync(golden(`${id}.solved.ipynb`), "utf8")) as Cells;
    const drawing = solved.cells.find((cell) => cell.id === "moves");
    if (drawing) drawing.outputs = [chart];
    writeFileSync(solvedAt(root, id), JSON.stringify(solved));
  }
  return root;
}

let root: string;
beforeAll(() => {
  root = solvedCourse();
  writeFileSync(
    join(root, "lessons-src", "site.md"),
    "---\nfigure: 01-insertion#moves\nfoot: Text and code free.\n---\n" +
      "Sorting, *card by card*.\n\n## Install\n\nShuffle.\n",
  );
});
afterAll(() => rmSync(root, { recursive: true }));

const site = (more: Partial<Site> = {}): Site => ({
  course: readCourse(root),
  lessons: readSiteLessons(root),
  cover: readCover(join(root, "lessons-src")),
  base: "/sorting/",
  solutions: false,
  canRun: false,
  asset: (name) => name,
  ...more,
});
const page = (name: string, more: Partial<Site> = {}) =>
  pages(site(more)).files.get(name) as string;

it("writes the landing page, lessons and search as the golden files have them", async () => {
  const { files, sections } = pages(site());
  for (const name of ["index", "01-insertion", "02-merging"]) {
    await expect(files.get(`${name}.html`)).toMatchFileSnapshot(golden(`site-${name}.html`));
  }
  await expect(`${JSON.stringify(sections, undefined, 1)}\n`).toMatchFileSnapshot(
    golden("site-search.json"),
  );
  expect([...files.keys()].sort()).toEqual([
    ...["01-insertion.html", "02-merging.html", "404.html"],
    ...["figures/01-insertion/moves-1.json", "index.html", "pictures/01-insertion/cards.svg"],
  ]);
});

it("has links to run a lesson only where the site has notebooks that run", () => {
  expect(page("index.html") + page("01-insertion.html")).not.toContain("run/");
  const run = 'href="run/lab/index.html?path=01-insertion.ipynb"';
  expect(page("index.html", { canRun: true })).toContain(run);
  expect(page("01-insertion.html", { canRun: true })).toContain(run);
});

it("shows the answers of exercises only when it is told to", () => {
  const { lesson } = site().lessons[0]!;
  const exercise = lesson.cells.find((cell) => cell.kind === "exercise")!;
  const answer = exercise.solution
    .split("\n")
    .filter((line) => !exercise.stub.includes(line.trim()));
  const text = (html: string) =>
    html
      .replace(/<[^>]*>/g, "")
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">");
  expect(answer.length).toBeGreaterThan(0);
  const without = [...pages(site()).files.values()].map((content) => text(content.toString()));
  for (const line of answer) expect(without.join("\n")).not.toContain(line.trim());
  const withAnswer = text(page("01-insertion.html", { solutions: true }));
  for (const line of answer) expect(withAnswer).toContain(line.trim());
});

it("has a page for addresses that aren't there, which works at any of them", () => {
  const html = page("404.html");
  const addresses = [...html.matchAll(/(?:href|src|data-\w+)="([^"]*)"/g)].map(([, to]) => to!);
  const local = addresses.filter((to) => !to.startsWith("#"));
  expect(local.filter((to) => !to.startsWith("/sorting/"))).toEqual([]);
});

it("writes the whole site at once, and says how many pages", async () => {
  const out = join(root, "out");
  const report = await writeSite(root, { out, base: "sorting", run: false });
  expect(report).toMatchObject({ folder: out, base: "/sorting/", pages: 4, missingFigures: [] });
  expect(readdirSync(out).sort()).toEqual([
    ...[".nojekyll", "01-insertion.html", "02-merging.html", "404.html", "assets"],
    ...["course-site.json", "figures", "index.html", "pictures", "search.json"],
    ...["service-worker.js", "slides"],
  ]);
  expect(readdirSync(join(out, "slides"))).toContain("01-insertion.html");
});

it("names every lesson that isn't solved in one sentence, and writes nothing", async () => {
  const bare = fixtureCopy();
  const out = join(bare, "out");
  await expect(writeSite(bare, { out, run: false })).rejects.toThrow(
    "01-insertion, 02-merging are not solved yet, and pages show what solved notebooks drew: " +
      "run npx course solve, then try again",
  );
  expect(existsSync(out)).toBe(false);
  rmSync(bare, { recursive: true });
});

it("names a solved notebook that was cut off", () => {
  const other = solvedCourse();
  writeFileSync(solvedAt(other, "02-merging"), '{"cells": [');
  expect(() => readSiteLessons(other)).toThrow(
    /02-merging\.ipynb is not a notebook: make it again with npx course solve 02-merging --again/,
  );
  rmSync(other, { recursive: true });
});

it("takes a path in any spelling, and refuses what isn't one", () => {
  expect(["", "/", "course", "/a/b/", "//a"].map(basePath)).toEqual([
    ...["/", "/", "/course/", "/a/b/", "/a/"],
  ]);
  for (const odd of ["https://a.example/b", "a b", '"><script>', "../x y"]) {
    expect(() => basePath(odd)).toThrow(/--base: expected a path such as \/course\/, got /);
  }
});

it("says what is wrong with the words of the landing page", () => {
  const folder = join(root, "words");
  mkdirSync(folder);
  const read = (text: string) => {
    writeFileSync(join(folder, "site.md"), text);
    return () => readCover(folder);
  };
  expect(read("Sorting.")).toThrow("lessons-src/site.md:1: the head is missing");
  expect(read("---\nfigure: [1]\n---\nS.")).toThrow("figure and foot are texts");
  expect(read("---\nfigure: moves\n---\nS.")).toThrow(
    "the figure moves is not a lesson and a cell",
  );
  expect(read("---\nfoot: F\n---\nLead.")()).toEqual({ lead: "Lead.", sections: "", foot: "F" });
  const cover = { lead: "", sections: "", foot: "", figure: { lesson: "01-insertion", cell: "x" } };
  expect(() => page("index.html", { cover })).toThrow("01-insertion#x draws nothing");
});
