import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { copyNotebook, writeWeights } from "./files";

test("weights that may only be installed are no part of a site", () => {
  const root = mkdtempSync(join(tmpdir(), "course-weights-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const name of ["free", "kept"]) {
    mkdirSync(join(root, ".local", "weights", name), { recursive: true });
    writeFileSync(join(root, ".local", "weights", name, "model.safetensors"), name);
  }
  mkdirSync(join(root, "data"));
  writeFileSync(join(root, "data", "weights.json"), '{"free": {}, "kept": {"localOnly": true}}');
  const listed = (weights: boolean) => {
    writeWeights(root, join(root, "out"), weights);
    return Object.keys(
      JSON.parse(readFileSync(join(root, "out", "weights.json"), "utf8")) as object,
    );
  };
  expect(listed(true)).toEqual([".local/weights/free/model.safetensors"]);
  expect(listed(false)).toEqual([]);
});

test("a kernel gets notebooks without what they show, which it would load for nothing", () => {
  const root = mkdtempSync(join(tmpdir(), "course-files-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const cells = [
    { cell_type: "markdown", source: "Text." },
    { cell_type: "code", source: "show();", outputs: [{ data: { "text/plain": "a figure" } }] },
  ];
  writeFileSync(join(root, "01.ipynb"), JSON.stringify({ cells }));
  const bytes = copyNotebook(join(root, "01.ipynb"), join(root, "out", "01.ipynb"));
  const text = readFileSync(join(root, "out", "01.ipynb"), "utf8");
  expect(JSON.parse(text)).toEqual({ cells: [cells[0], { ...cells[1], outputs: [] }] });
  expect(bytes).toBe(text.length);
});
