import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { helpersPage } from "./helpersPage.js";

const root = mkdtempSync(join(tmpdir(), "course-helpers-"));
afterAll(() => rmSync(root, { recursive: true }));

function write(name: string, text: string): void {
  const file = join(root, name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
}

/** A package `course` of one file, which takes a name from another package. */
function writeCourse(says: string): void {
  write("engine/course/dist/index.d.ts", 'export { type Pile, sort } from "./sort";\n');
  write(
    "engine/course/dist/sort.d.ts",
    [
      "export interface Pile {\n    cards: number[];\n}",
      `/**\n * ${says} A second sentence.\n * @param pile what lies\n *   on the table\n */`,
      "export declare function sort(pile: Pile): Pile;",
      "export declare function sort(cards: number[]): number[];\n",
    ].join("\n"),
  );
  write("engine/course/src/sort.ts", "/** Orders: what comes first. And more. */\nexport {};\n");
}

test("without a compiled package course there is no page", () => {
  expect(helpersPage(root, undefined)).toBeUndefined();
});

test("each helper with its signatures, docstring and arguments, and a table in front", () => {
  writeCourse("Sorts a | b.");
  const page = helpersPage(root, undefined)!;
  expect(page).toContain("\n| [sort](#sort) | Sorts a \\| b |\n");
  expect(page).toContain("\n## Orders: what comes first\n");
  expect(page).toContain("```ts\nsort(pile: Pile): Pile\nsort(cards: number[]): number[]\n```");
  expect(page).toContain(
    "\n\nSorts a | b. A second sentence.\n\n- `pile`: what lies on the table\n",
  );
  expect(page).not.toContain("Pile\n\n###");
});

test("a page that is up to date stays as it is, and a changed docstring changes it", () => {
  writeCourse("Sorts.");
  const page = helpersPage(root, undefined)!;
  expect(helpersPage(root, page)).toBe(page);
  writeCourse("Sorts well.");
  expect(helpersPage(root, page)).toContain("Sorts well.");
});

test("names that another package exports are found behind its index", () => {
  writeCourse("Sorts.");
  write("engine/course/dist/index.d.ts", 'export { shuffle } from "cards";\n');
  write("cards/dist/index.d.ts", 'export * from "./deck";\n');
  write("cards/dist/deck.d.ts", "/** Mixes. */\nexport declare function shuffle(): void;\n");
  write("cards/src/deck.ts", "/** A deck of cards. */\n");
  const page = helpersPage(root, undefined)!;
  expect(page).toContain(
    "## A deck of cards\n\n### shuffle\n\n```ts\nshuffle(): void\n```\n\nMixes.",
  );
});
