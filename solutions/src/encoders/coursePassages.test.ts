import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { coursePassages } from "./coursePassages";

test("by hand: the first long paragraph under a heading, without marks", () => {
  const folder = mkdtempSync(join(tmpdir(), "passages-"));
  const cell = (source: string, role = "text") => ({
    cell_type: "markdown",
    source: [source],
    metadata: { course: { role } },
  });
  const long =
    "Attention **mixes** tokens, as [lesson 06](../x.ipynb) shows in `code` and in pictures " +
    "that take a whole page of text.";
  writeFileSync(
    join(folder, "01-a.ipynb"),
    JSON.stringify({
      cells: [
        cell(`## One *idea*\n\nShort.\n\n${long}`),
        cell("No heading."),
        cell(`## Work\n\n${long}`, "exercise"),
        cell(`## Sources\n\n${long}`),
        cell(`## Exercise: f\n\n${long}`),
      ],
    }),
  );
  expect(coursePassages(folder)).toEqual([
    {
      lesson: "01-a",
      heading: "One idea",
      text:
        "Attention mixes tokens, as lesson 06 shows in code and in pictures that take a whole " +
        "page of text.",
    },
  ]);
  rmSync(folder, { recursive: true });
});

test("the course has some for each lesson", () => {
  const lessons = new Set(coursePassages().map((p) => p.lesson));
  expect([...lessons].slice(0, 2)).toEqual(["00-orientation", "01-text"]);
  expect(coursePassages().length).toBeGreaterThan(5 * lessons.size);
});
