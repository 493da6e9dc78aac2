import { existsSync, readFileSync, readdirSync, writeFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { displayed, toyCourse } from "../output.testing";
import { check, showSolution } from "./check";
import { progress } from "./progress";
import { withCode } from "./html";
import { earlierNote } from "./report";

let course: ReturnType<typeof toyCourse>;
beforeEach(() => {
  course = toyCourse();
  vi.stubEnv("COURSE_ROOT", course.root);
});
afterEach(() => {
  vi.unstubAllEnvs();
  course.remove();
});

const said = async (f: () => unknown) =>
  (await displayed(f)).map((d) => d.data["text/plain"]).join("\n");
const html = async (f: () => unknown) =>
  (await displayed(f)).map((d) => String(d.data["text/html"])).join("\n");
const saved = () =>
  JSON.parse(readFileSync(join(course.root, "my-course", "progress.json"), "utf8")) as {
    exercises: Record<string, Record<string, unknown>>;
  };
const answer = (f: (x: tf.Tensor) => unknown) =>
  Object.defineProperty(f, "name", { value: "twicePlusOne" });

test("a right answer passes, is recorded and moves the bars", async () => {
  const text = await said(() => check(answer((x) => tf.tidy(() => x.add(x).add(1)))));
  expect(text).toContain("✓ twicePlusOne: all 3 cases pass, 3 of 3 points.");
  expect(text).toContain("Lesson 01: 3 of 3 points, 1 of 1 exercise passed");
  expect(text).not.toContain("Hint");
  expect(saved().exercises.twicePlusOne).toMatchObject({
    earned: 3,
    of: 3,
    checks: 1,
    failed: 0,
    passed: true,
  });
  expect(await said(progress)).toContain("The course: 3 of 3 points");
});

test(
  "a failure says where, what the mistake looks like, and gives one hint for each try, then " +
    "the way on",
  async () => {
    const wrong = answer((x) => tf.tidy(() => x.square().add(1)));
    const first = await said(() => check(wrong));
    expect(first).toMatch(/✗ twicePlusOne: 3 of 3 cases fail, 0 of 3 points so far\./);
    expect(first).toMatch(
      /It fails on this case: x is a matrix\. The result: 0 of 6 values are right\. First difference at \[0, 0\]: expected .+, got .+\./,
    );
    expect(first).toContain("The argument: x = a tensor of shape [2, 3].");
    expect(first).toContain("This looks like a known mistake. x is squared, not doubled.");
    expect(first).toContain("Hint 1 of 3");
    expect(first).not.toContain("Hint 2");
    await said(() => check(wrong));
    const third = await html(() => check(wrong));
    expect(third.match(/<details/g)).toHaveLength(4); // three hints and the way on
    expect(third).toContain("Look at $2x$."); // maths is JupyterLab's
    expect(third).toContain("<code>mul</code>");
    expect(third).toContain("import { twicePlusOne } from &quot;solutions&quot;;");
    expect(saved().exercises.twicePlusOne).toMatchObject({ checks: 3, failed: 3 });
  },
);

test("a failure draws expected, yours and the difference, and carries what buttons need", async () => {
  const wrong = answer((x) => tf.tidy(() => x.square().add(1)));
  const [shown] = await displayed(() => check(wrong));
  for (const caption of ["expected", "yours", "yours − expected"]) {
    expect(shown!.data["text/html"]).toContain(`>${caption}</div><table aria-label="${caption}"`);
  }
  expect(shown!.data["text/html"]).not.toContain("<progress"); // its own function alone
  expect(shown!.data["text/plain"]).not.toContain("The course:");
  expect(shown!.data["application/vnd.course.check+json"]).toEqual({
    version: 1,
    name: "twicePlusOne",
    passed: false,
    hints: expect.arrayContaining([expect.any(String)]) as string[],
    shown: 1,
  });
  const [right] = await displayed(() => check(answer((x) => tf.tidy(() => x.mul(2).add(1)))));
  expect(right!.data["text/html"]).not.toContain("expected</div>");
  expect(right!.data["text/html"]).toContain("<progress");
  expect(right!.data["application/vnd.course.check+json"]).toMatchObject({ passed: true });
});

/** Adds exercises before and after the toy's own, and a lesson after it. */
function enlarge(): void {
  const file = join(course.root, "notebooks", "manifest.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as {
    lessons: { exercises: { name: string }[] }[];
  };
  const [toy] = manifest.lessons;
  const [own] = toy!.exercises;
  toy!.exercises = [{ ...own!, name: "before" }, own!, { ...own!, name: "after" }];
  manifest.lessons.push({ ...toy!, ...{ id: "02-more", title: "More" }, exercises: [] });
  writeFileSync(file, JSON.stringify(manifest));
}
const passes = (...names: string[]) => {
  const done = { earned: 3, of: 3, checks: 1, failed: 0, passed: true };
  const exercises = Object.fromEntries(names.map((name) => [name, done]));
  mkdirSync(join(course.root, "my-course"), { recursive: true });
  writeFileSync(join(course.root, "my-course", "progress.json"), JSON.stringify({ exercises }));
};
const right = () => answer((x) => tf.tidy(() => x.mul(2).add(1)));
const CHECK = "application/vnd.course.check+json";

test("a first pass is praised once, and leads to the next open exercise", async () => {
  enlarge();
  const [first] = await displayed(() => check(right()));
  expect(first!.data[CHECK]).toMatchObject({
    praise: "twicePlusOne: all 3 cases pass, 3 of 3 points.",
    next: { exercise: "after" },
  });
  for (const form of ["text/plain", "text/html"]) {
    expect(String(first!.data[form]).match(/all 3 cases/g)).toHaveLength(1); // one line says it
  }
  expect(first!.data["text/html"]).toContain(
    '<span class="course-next-step">Next exercise: <code>after</code>, further down.</span>',
  );
  passes("twicePlusOne", "after");
  const [again] = await displayed(() => check(right()));
  expect(again!.data[CHECK]).toMatchObject({ praise: undefined, next: { exercise: "before" } });
  expect(again!.data["text/plain"]).toContain("Next exercise: before, further up.");
});

test("the last pass gives the lesson's total and leads to the next lesson", async () => {
  enlarge();
  passes("before", "after");
  const [last] = await displayed(() => check(right()));
  expect(last!.data[CHECK]).toMatchObject({
    praise:
      "twicePlusOne: all 3 cases pass, 3 of 3 points. " +
      "You are through with A toy: all 3 exercises pass, 9 of 9 points.",
    next: { lesson: "02-more", title: "More" },
  });
  expect(last!.data["text/plain"]).toContain("Next lesson: More, in 02-more.ipynb.");
});

test("a first pass after a look at the solution says so, and asks for no tick", async () => {
  enlarge();
  await said(() => {
    showSolution("twicePlusOne");
  });
  const [first] = await displayed(() => check(right()));
  const praise =
    "twicePlusOne: all 3 cases pass, 3 of 3 points, after a look at the course's solution.";
  expect(first!.data[CHECK]).toMatchObject({ praise, seen: true, next: { exercise: "after" } });
  expect(first!.data["text/plain"]).toContain(`✓ ${praise}`);
});

test("a failed check and the last lesson lead nowhere", async () => {
  const [failed] = await displayed(() => check(answer((x) => tf.zerosLike(x))));
  expect(failed!.data["text/html"]).not.toContain("course-next");
  const [last] = await displayed(() => check(right()));
  expect(last!.data[CHECK]).toMatchObject({ praise: expect.stringContaining("3 of 3 points") });
  expect((last!.data[CHECK] as { next?: unknown }).next).toBeUndefined();
});

test("a right shape is never said to be wrong", async () => {
  const text = await said(() => check(answer((x) => tf.zerosLike(x))));
  expect(text).not.toMatch(/failed: shapes/);
  expect(text).toContain("values are right");
});

test("points earned in part stay when a later attempt is worse", async () => {
  const part = answer((x) => (x.rank === 2 ? tf.zeros([1]) : tf.tidy(() => x.mul(2).add(1))));
  expect(await said(() => check(part))).toContain("1.5 of 3 points so far");
  await said(() => check(answer(() => tf.zeros([1]))));
  expect(saved().exercises.twicePlusOne!.earned).toBe(1.5);
});

test("leaks are named and cost nothing", async () => {
  const text = await said(() => check(answer((x) => x.mul(2).add(1))));
  expect(text).toContain("3 of 3 points");
  expect(text).toContain("twicePlusOne leaves 1 tensor behind on each call");
  // while values are wrong, the first failure is what to mend
  const wrong = await said(() => check(answer((x) => x.mul(2).add(3))));
  expect(wrong).toContain("It fails on this case");
  expect(wrong).not.toContain("behind");
});

test("forbidden operations throw, however they are called, during the check only", async () => {
  const { softmax } = tf;
  const kernel = (x: tf.Tensor) =>
    tf.engine().runKernel("Softmax", { logits: x }, { dim: x.rank - 1 });
  for (const f of [(x: tf.Tensor) => x.softmax(), (x: tf.Tensor) => softmax(x), kernel]) {
    expect(await said(() => check(answer(f)))).toContain(
      "It uses TensorFlow.js's softmax, which is what this exercise builds",
    );
  }
  expect([...tf.softmax([1, 1]).dataSync()]).toEqual([0.5, 0.5]);
});

test("promises, NaN, wrong kinds of results", async () => {
  expect(await said(() => check(answer((x) => Promise.resolve(x.mul(2).add(1)))))).toContain(
    "It returns a promise",
  );
  expect(await said(() => check(answer((x) => x.mul(NaN))))).toContain("6 of 6 values are NaN");
  expect(await said(() => check(answer(() => undefined)))).toContain(
    "got nothing (is a return missing?)",
  );
});

const throwing = (message: string) =>
  answer(() => {
    throw new Error(message);
  });

test("a stub's report says that it isn't written and what to do, without cases or points", async () => {
  const stub = throwing("not written yet: twicePlusOne");
  const [shown] = await displayed(() => check(stub));
  expect(String(shown!.data["text/plain"]).split("\n").slice(0, 3)).toEqual([
    "twicePlusOne is not written yet.",
    "Put your code in place of the line that throws, run it, and check again.",
    expect.stringMatching(/^Hint 1 of 3: /),
  ]);
  // which the lab's extension gives a blue edge, since nothing is wrong yet
  expect(shown!.data["text/html"]).toMatch(
    /^<div class="course-not-written" style="[^"]*--jp-info-/,
  );
  const [wrong] = await displayed(() => check(answer(() => undefined)));
  expect(wrong!.data["text/html"]).not.toContain("course-not-written");
  for (const form of ["text/plain", "text/html"]) {
    expect(shown!.data[form]).not.toMatch(/\bcases?\b|\bfail|\.\d points|counts once|Checked in/);
  }
});

test("a function that calls an unwritten one is not said to be unwritten itself", async () => {
  const text = await said(() => check(throwing("not written yet: other")));
  expect(text).toContain("✗ twicePlusOne: 3 of 3 cases fail");
  expect(text).toContain("not written yet: other");
  expect(text).not.toContain("twicePlusOne is not written yet");
});

test("a stub's line in one branch leaves the report of the other cases", async () => {
  const half = answer((x) => {
    if (x.rank === 2) return tf.tidy(() => x.mul(2).add(1));
    throw new Error("not written yet: twicePlusOne");
  });
  expect(await said(() => check(half))).toMatch(/cases? fail, 1\.5 of 3 points so far/);
});

const methods = { double: (x: tf.Tensor) => tf.tidy(() => x.mul(2).add(1)) };
const make = () => (x: tf.Tensor) => methods.double(x);
test.each([
  ["a method", methods.double],
  ["what a factory returned", make()],
  ["a bound function", methods.double.bind(undefined)],
  ["a proxy", new Proxy(make(), {})],
])("%s is checked by the name under which a cell holds it", async (_, fn) => {
  const shown = await displayed(() => check(fn), { other: fn, twicePlusOne: fn });
  expect(shown[0]!.data["text/plain"]).toContain("✓ twicePlusOne: all 3 cases pass");
});

test("a bound function is known by its name", async () => {
  const bound = answer((x) => tf.tidy(() => x.add(x).add(1))).bind(undefined);
  expect(await said(() => check(bound))).toContain("✓ twicePlusOne: all 3 cases pass");
});

test("what is no answer gets one sentence", async () => {
  await expect(check(undefined as never)).rejects.toThrow("check: expected the function itself");
  await expect(check("twicePlusOne" as never)).rejects.toThrow("got the string twicePlusOne");
  await expect(
    check(
      (
        () => () =>
          1
      )(),
    ),
  ).rejects.toThrow("has no name");
  await expect(
    check(function twiceplus() {
      return 1;
    }),
  ).rejects.toThrow("did you mean twicePlusOne?");
  await expect(
    check(function other() {
      return 1;
    }),
  ).rejects.toThrow("no exercise is called other");
  expect(() => {
    showSolution("other");
  }).toThrow("showSolution: no exercise is called other");
});

test("the solution is shown and the exercise marked as seen", async () => {
  const [shown] = await displayed(() => {
    showSolution("twicePlusOne");
  });
  expect(shown!.data["text/markdown"]).toMatch(/^```typescript\n\/\*\* 2x.*add\(1\)/s);
  expect(saved().exercises.twicePlusOne).toMatchObject({ seen: true, of: 3, earned: 0 });
  expect(await said(progress)).toContain("0 of 1 exercise passed, 1 solution seen");
  const report = await said(() => check(answer((x) => tf.tidy(() => x.mul(2).add(1)))));
  expect(report).toMatch(/Lesson 01: 3 of 3 points, 1 of 1 exercise passed$/m); // fits on a line
});

test("the solution is shown as it goes into the cell", async () => {
  const [shown] = await displayed(() => {
    showSolution("twicePlusOne");
  });
  expect(shown!.data["text/plain"]).toBe(
    "/** 2x + 1 */\nfunction twicePlusOne(x: tf.Tensor): tf.Tensor {\n" +
      "  return tf.tidy(() => x.mul(2).add(1));\n}",
  );
});

test("a lesson with questions only is listed, without a bar", async () => {
  const file = join(course.root, "notebooks", "manifest.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as { lessons: object[] };
  const written = [
    { name: "why", points: 4, gradeId: "why" },
    { name: "report", points: 20, gradeId: "report" },
  ];
  const capstone = { id: "02-end", title: "The end", uses: [], exercises: [], written, cells: {} };
  manifest.lessons.push(capstone);
  writeFileSync(file, JSON.stringify(manifest));
  expect(await said(progress)).toMatch(/The course: 0 of 3 points.*\n2 lessons not begun$/);
  const table = await html(progress);
  expect(table).toContain("Lesson 02: The end");
  expect(table).toContain("2 questions, 24 points, marked by hand");
  expect(table.match(/<progress/g)).toHaveLength(2); // lesson 01 and the course
});

test("a broken progress file is kept aside, and the check goes on", async () => {
  const folder = join(course.root, "my-course");
  mkdirSync(folder);
  writeFileSync(join(folder, "progress.json"), '{ "exercises": { "twicePl');
  const text = await said(() => check(answer((x) => tf.tidy(() => x.mul(2).add(1)))));
  expect(text).toContain("my-course/progress.json could not be read; it was kept as");
  const aside = readdirSync(folder).find((f) => f.startsWith("progress.broken-"));
  expect(readFileSync(join(folder, aside!), "utf8")).toBe('{ "exercises": { "twicePl');
  expect(saved().exercises.twicePlusOne).toMatchObject({ passed: true });
});

test("progress that cannot be written does not cost the check", async () => {
  writeFileSync(join(course.root, "my-course"), "a file where the folder should be");
  const text = await said(() => check(answer((x) => tf.tidy(() => x.mul(2).add(1)))));
  expect(text).toContain("all 3 cases pass");
  expect(text).toContain("Your progress could not be saved");
  expect(existsSync(join(course.root, "my-course", "progress.json"))).toBe(false);
});

test("the course's own version is not counted as the student's", async () => {
  const { twicePlusOne } = createRequire(import.meta.url)(
    join(course.root, "solutions", "dist", "toy", "twicePlusOne.js"),
  ) as Record<string, (x: tf.Tensor) => unknown>;
  const text = await said(() => check(answer(twicePlusOne!)));
  expect(text).toContain("This is the course's twicePlusOne, not yours, so nothing counts.");
  expect(existsSync(join(course.root, "my-course", "progress.json"))).toBe(false);
});

test("a check that fails says when the grade may be above it", () => {
  const code = "function scores(x) { return softmax(x).mul(softmax2(x)); }";
  expect(earlierNote("scores", code, ["layerNorm"])).toBeUndefined();
  expect(earlierNote("scores", code, ["soft", "softmax"])).toBe(
    "scores calls softmax, and that hasn't passed here yet. The grader also runs scores with the " +
      "course's softmax, and the better result counts: so your grade can be above these points.",
  );
});

test.each([
  ["softmax: 2 of 3 cases fail.", "<code>softmax</code>: 2 of 3 cases fail."],
  ["It throws: keyz is not defined.", "It throws: <code>keyz</code> is not defined."],
  ["Line 2 throws it: return a < b;", "Line 2 throws it: <code>return a &lt; b;</code>"],
  ["The arguments: keys = 5, x = 1.", "The arguments: <code>keys</code> = 5, <code>x</code> = 1."],
  ["Your splitHeads reads lDDT of mRNA.", "Your <code>splitHeads</code> reads lDDT of mRNA."],
  ["not points: tf.tidy(() => …) helps", "not points: <code>tf.tidy(() =&gt; …)</code> helps"],
  ["Use `mul` <here>.", "Use <code>mul</code> &lt;here&gt;."],
])("names and code in a report are in code type: %s", (sentence, html) => {
  expect(withCode(sentence, ["softmax"])).toBe(html);
});
