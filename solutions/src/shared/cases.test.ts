/** What no case of an exercise may have, and what types don't find. */
import { courseRoot, expectKnownFields, loadContent, random, readManifest } from "grader";
import { expect, test } from "vitest";
import "./shared.testing";

const names = readManifest(courseRoot()).lessons.flatMap(({ exercises }) =>
  exercises.map(({ name }) => name),
);
test("no case has a field without effect", () => {
  let checked = 0;
  for (const name of names) {
    for (const c of loadContent(courseRoot(), name).exercise.cases(random(1))) {
      expectKnownFields(name, c);
      checked++;
    }
  }
  expect(checked).toBeGreaterThan(names.length);
});

test("no case's title counts one thing as several", () => {
  for (const name of names) {
    const { exercise, references } = loadContent(courseRoot(), name);
    for (const { title } of [...references, ...exercise.cases(random(1))]) {
      expect(title, name).not.toMatch(/(?:^|, )1 [a-z]+s\b/);
    }
  }
});
