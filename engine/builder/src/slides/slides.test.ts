import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findChromium } from "../chromium.js";
import { writeSlides } from "./slides.js";
import { fixtureLesson, fixtureNotebook, picture } from "./slides.testing.js";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "slides-"));
  await mkdir(join(root, "lesson"));
  await writeFile(join(root, "package.json"), '{"title":"The course"}');
  await writeFile(join(root, "lesson", "hill.svg"), picture);
});
afterEach(() => rm(root, { recursive: true }));

const lesson = () => fixtureLesson(join(root, "lesson"));
async function solve(notebook: string): Promise<void> {
  await mkdir(join(root, ".local", "solved"), { recursive: true });
  await writeFile(join(root, ".local", "solved", "99-fixture.ipynb"), notebook);
}

it("writes a file for each lesson into .local/slides or the folder that is asked for", async () => {
  const { written } = await writeSlides(root, [lesson()]);
  expect(written).toEqual([join(root, ".local", "slides", "99-fixture.html")]);
  expect(await readFile(written[0]!, "utf8")).toContain('<p class="course">The course</p>');
  const out = join(root, "a", "b");
  expect((await writeSlides(root, [lesson()], { out })).written).toEqual([
    join(out, "99-fixture.html"),
  ]);
});

it("says which lessons lack outputs and how to get them", async () => {
  expect((await writeSlides(root, [lesson()])).missingFigures).toEqual([
    "99-fixture: not solved yet, so 9 of its figures are empty frames; " +
      "run npx course solve 99-fixture",
  ]);
  await solve(JSON.stringify(fixtureNotebook()));
  expect((await writeSlides(root, [lesson()])).missingFigures).toEqual([
    "99-fixture: its solved notebook draws nothing in nowhere; " +
      "run npx course solve 99-fixture again",
  ]);
});

it("leaves out a slide that could only say how to install weights, and says so", async () => {
  const asks =
    "<figure><table><tbody><tr><td>npx course weights small</td></tr></tbody></table></figure>";
  const solved = fixtureNotebook() as { cells: { id: string; outputs: object[] }[] };
  for (const cell of solved.cells) {
    if (cell.id === "images") cell.outputs = [{ data: { "text/html": asks } }];
  }
  await solve(JSON.stringify(solved));
  const { written, missingFigures } = await writeSlides(root, [lesson()]);
  expect(missingFigures[0]).toMatch(/lesson\.md:1: this slide is left out, since .* weights/);
  const html = await readFile(written[0]!, "utf8");
  expect(html).not.toContain("Pictures with names");
  expect(html).toContain("Two views of one layer");
});

it("names a solved notebook that is broken", async () => {
  await solve('{"cells": [');
  await expect(writeSlides(root, [lesson()])).rejects.toThrow(
    /99-fixture\.ipynb is not a notebook: make it again with npx course solve 99-fixture/,
  );
});

it("names a missing picture with file and line", async () => {
  await rm(join(root, "lesson", "hill.svg"));
  await expect(writeSlides(root, [lesson()])).rejects.toThrow(
    /lesson\.md:1: the picture hill\.svg is missing/,
  );
});

it("finds Chromium by COURSE_CHROMIUM, then on the PATH, else says the remedy", async () => {
  const program = join(root, "chromium-browser");
  await writeFile(program, "", { mode: 0o755 });
  expect(findChromium({ PATH: root })).toBe(program);
  expect(findChromium({ PATH: "", COURSE_CHROMIUM: program })).toBe(program);
  expect(() => findChromium({ PATH: "" })).toThrow(/apt-get install chromium/);
  expect(() => findChromium({ COURSE_CHROMIUM: join(root, "none") })).toThrow(/is not a program/);
});
