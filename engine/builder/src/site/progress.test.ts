import { expect, test } from "vitest";
import { mergeProgress, readProgressText } from "./browser/progress";

const entry = (earned: number, at = "2026-01-01") => ({ earned, of: 4, checks: 1, failed: 0, at });

test("of each exercise the better result counts, of equal ones the later, wherever it was", () => {
  const here = { exercises: { a: entry(4), b: entry(1), c: entry(2), d: entry(0) } };
  const loaded = {
    exercises: { a: entry(3), b: entry(2), c: entry(2, "2026-02-01"), e: entry(1) },
  };
  const { exercises } = mergeProgress(here, loaded);
  expect(Object.entries(exercises).map(([name, { earned, at }]) => [name, earned, at])).toEqual([
    ["a", 4, "2026-01-01"],
    ["b", 2, "2026-01-01"],
    ["c", 2, "2026-02-01"],
    ["d", 0, "2026-01-01"],
    ["e", 1, "2026-01-01"],
  ]);
});

test("what isn't progress counts as none", () => {
  for (const text of [
    undefined,
    "",
    "{",
    "null",
    '{"exercises": null}',
    '{"exercises": {"a": 1}}',
  ]) {
    expect(readProgressText(text)).toEqual({ exercises: {} });
  }
});
