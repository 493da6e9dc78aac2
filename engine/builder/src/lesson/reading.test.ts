/** What a student's notebook reads like, from its first cell to its last, in every lesson. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lessonIds } from "./lessons";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

interface Cell {
  id: string;
  cell_type: string;
  source: string | string[];
  metadata: { jupyter?: { source_hidden?: boolean }; course?: { role?: string } };
}

const notebooks = lessonIds(root).map((id) => {
  const text = readFileSync(join(root, "notebooks", `${id}.ipynb`), "utf8");
  return { id, cells: (JSON.parse(text) as { cells: Cell[] }).cells };
});
const sourceOf = ({ source }: Cell) => [source].flat().join("");

/** Parts of a text cell that aren't sentences: code, hints, what the builder lists. */
const NO_SENTENCES = /```[\s\S]*?```|<details>[\s\S]*?<\/details>|\*\*You may use\*\*[\s\S]*/g;
const LIST_ITEM = /^(?:- |\d+\. )(.*(?:\n {2}.*)*)/gm;
const WHOLE = /[.?!:;)][*"”]*$/;

test("what a list of a slide says is a sentence in the notebook, too", () => {
  const found = notebooks.flatMap(({ id, cells }) =>
    cells
      .filter((cell) => cell.cell_type === "markdown" && !sourceOf(cell).startsWith("## Sources"))
      .flatMap((cell) => [...sourceOf(cell).replace(NO_SENTENCES, "").matchAll(LIST_ITEM)])
      .map(([, item]) => item!.trimEnd())
      .filter((item) => !WHOLE.test(item))
      .map((item) => `${id}: ${item}`),
  );
  expect(found).toEqual([]);
});

const MAX_LINES_IN_A_BLOCK = 24;
const GIVEN_ROLES = new Set(["exercise", "given"]);

test("open cells have a blank line before a reader loses their place", () => {
  const found = notebooks.flatMap(({ id, cells }) =>
    cells
      .filter(({ cell_type, metadata }) => {
        const isOpen = cell_type === "code" && metadata.jupyter?.source_hidden !== true;
        return isOpen && !GIVEN_ROLES.has(metadata.course?.role ?? "");
      })
      .flatMap((cell) => {
        const lines = sourceOf(cell)
          .split(/\n\s*\n/)
          .map((block) => block.split("\n").length);
        const longest = Math.max(...lines);
        return longest > MAX_LINES_IN_A_BLOCK ? [`${id}#${cell.id}: ${longest} lines`] : [];
      }),
  );
  expect(found).toEqual([]);
});
