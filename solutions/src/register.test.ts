/**
 * register.js stands in grader too: components need tfjs alone, so they can't take the grader's or
 * that of ops, and the grader stands below them, so it can't take theirs.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { courseRoot } from "grader";
import { expect, test } from "vitest";

test.each(["register.js", "register.d.ts"])("%s is the grader's, word for word", (name) => {
  const textOf = (folder: string) => readFileSync(join(courseRoot(), folder, "src", name), "utf8");
  expect(textOf("solutions")).toBe(textOf("grader"));
});
