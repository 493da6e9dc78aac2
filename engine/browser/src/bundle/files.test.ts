import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeWeights } from "./files";

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
