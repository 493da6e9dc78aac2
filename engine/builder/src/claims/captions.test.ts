import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lessonIds } from "../lesson/lessons";
import { blocksOf, type Block } from "../lesson/markdown";
import { captionsOf, cellsIn, readCaptions } from "./captions";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** The captions that match, of a lesson's figures; cells that say no such thing aren't parsed. */
function captionsIn(blocks: Block[], pattern: RegExp): string[] {
  const cells = cellsIn(blocks);
  const suspects = cells.filter((cell) => pattern.test(cell));
  if (suspects.length === 0) return [];
  const reader = readCaptions(cells, "…");
  const captions = suspects.flatMap((cell) => captionsOf(cell, 0, reader));
  return captions.map(({ markdown }) => markdown).filter((caption) => pattern.test(caption));
}

/** Names of the exercises in a lesson's text. */
const exercisesIn = (text: string) =>
  [...text.matchAll(/^:{3,} exercise (\w+)/gm)].map(([, name]) => name!);

test("captions hold for the course's version of a function, too: none calls it the reader's", () => {
  const all = lessonIds(root).map((id) => {
    const text = readFileSync(join(root, "lessons-src", id, "lesson.md"), "utf8");
    return { id, text, exercises: exercisesIn(text) };
  });
  const names = all.flatMap(({ exercises }) => exercises);
  const claims = new RegExp(`\\byour (${["functions?", ...names].join("|")})\\b`, "i");
  const found = all.flatMap(({ id, text }) => {
    const blocks = blocksOf(text, () => undefined);
    return captionsIn(blocks, claims).map((caption) => `${id}: ${caption}`);
  });
  expect(names.length).toBeGreaterThan(0);
  expect(found).toEqual([]);
});
