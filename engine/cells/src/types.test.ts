import { readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { createTypeService } from "./";

const stat = (path: string) => statSync(path, { throwIfNoEntry: false });

test("a notebook may have more cells than there was room for at first", () => {
  const types = createTypeService({
    folder: import.meta.dirname,
    lib: createRequire(import.meta.url).resolve("typescript/lib/lib.es5.d.ts"),
    exists: (path) => stat(path)?.isFile() ?? false,
    isFolder: (path) => stat(path)?.isDirectory() ?? false,
    read: (path) => readFileSync(path, "utf8"),
    version: () => "1",
    realPath: (path) => realpathSync(path),
  });
  const diagnosticsOf = (cell: string) => types.diagnostics(types.add(cell));
  expect(diagnosticsOf("const first: number = 1;")).toEqual([]);
  for (let cell = 2; cell <= 70; cell++) {
    expect(diagnosticsOf(`const name${cell} = first;`)).toEqual([]);
  }
  expect(diagnosticsOf("const wrong: string = name70;")).toMatchObject([{ line: 1, column: 7 }]);
  expect(types.complete("name7", 5).names).toEqual(expect.arrayContaining(["name7", "name70"]));
});
