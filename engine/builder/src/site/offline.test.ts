import { expect, it } from "vitest";
import { filesByNotebook } from "./offline.js";

it("finds the files that a notebook names, by their names without an ending", () => {
  const notebooks = new Map([
    ["run/files/a.ipynb", 'readText("plays.txt"); await check("sort", sort)'],
    ["run/files/b.ipynb", 'const read = (n) => readNumbers(`letters-${n}`); "insertion-sort"'],
  ]);
  const [plays, sort, letters, other] = [
    ...["data/plays.txt.gz.bin", "data/reference/x/sort.safetensors"],
    ...["data/letters-one-1.safetensors", "data/merges.json"],
  ] as [string, string, string, string];
  expect(filesByNotebook(notebooks, [plays, sort, letters, other])).toEqual({
    needs: { "run/files/a.ipynb": [plays, sort], "run/files/b.ipynb": [letters] },
    always: [other],
  });
});
