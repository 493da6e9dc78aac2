/** golden/format-1-class.json is a class as the version before wrote it. */
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Batch } from "./result";
import { openStore } from "./store";
import { upgradeResult } from "./upgradeResult";

const read = (...path: string[]) =>
  JSON.parse(readFileSync(join(__dirname, ...path), "utf8")) as Batch;
const old = read("golden", "format-1-class.json");
const oldResults = [...old.graded, ...old.notGraded];
const now = read("..", "reports", "golden", "class.json");
const results = [...now.graded, ...now.notGraded];

test("results of format 1 are read as if this version had written them", () => {
  // the texts are equal too, so the order of the fields stays
  expect(JSON.stringify(oldResults.map(upgradeResult))).toBe(JSON.stringify(results));
});

test("results of this version stay as they are", () => {
  expect(results.map(upgradeResult)).toEqual(results);
});

test("a folder of reports that the version before began is continued", async () => {
  const out = mkdtempSync(join(tmpdir(), "course-format-"));
  try {
    mkdirSync(join(out, "results"));
    for (const result of oldResults) {
      const kept = JSON.stringify({ place: __filename, result });
      writeFileSync(join(out, "results", `${result.id}.json`), kept);
    }
    writeFileSync(join(out, "results", "broken.json"), '{"place": "x", "result": {"lesson": 1}}');
    const store = await openStore(out, "small-course", () => undefined);
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    expect([...store.results()].sort(byId)).toEqual([...results].sort(byId));
    store.close();
  } finally {
    rmSync(out, { recursive: true });
  }
});
