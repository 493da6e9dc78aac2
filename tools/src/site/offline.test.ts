import { expect, it } from "vitest";
import { namedBy } from "./offline.js";

it("finds the files that a notebook names, by their names without an ending", () => {
  const notebooks = new Map([
    ["run/files/a.ipynb", 'readText("plays.txt"); await check("sort", sort)'],
    ["run/files/b.ipynb", 'const read = (n) => readNumbers(`letters-${n}`); "insertion-sort"'],
  ]);
  const paths = ["plays.txt.gz.bin", "reference/x/sort.safetensors", "letters-one.safetensors"];
  expect(namedBy(notebooks, paths)).toEqual({
    needs: { "run/files/a.ipynb": paths.slice(0, 2), "run/files/b.ipynb": [] },
    always: ["letters-one.safetensors"],
  });
});
