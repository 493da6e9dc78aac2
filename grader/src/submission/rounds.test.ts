/** Which exercises run again together, and which alone. */
import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import type { ChildProcess } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { CaseOutcome } from "../exercise/call";
import type { Content } from "../exercise/content";
import type { Value } from "../exercise/value";
import type { Submission } from "./notebook";
import { pack, unpack } from "../exercise/frames";
import { SEAL_BYTES, type JobExercise, type Job } from "../sandbox/job";
import type { ReferenceFunction, PreparedExercise, PreparedLesson } from "./lesson";
import { gradeSubmission } from "./grade";

const RIGHT: CaseOutcome = { value: 1 };
const WRONG: CaseOutcome = { value: 0 };
const THROWS: CaseOutcome = { error: "x.map is not a function" };

const references = (name: string): ReferenceFunction => ({ name, code: "", files: [] });

/** @param mistake what its one mutant gives */
function exercise(
  name: string,
  earlier: string[],
  { forbid = [], mistake }: { forbid?: string[]; mistake?: number } = {},
): PreparedExercise {
  const exercise = { cases: () => [], mutants: [], forbid };
  const mutants = mistake === undefined ? [] : [{ fn: () => mistake, message: "known" }];
  return {
    entry: { name, points: 4 },
    content: { name, exercise, mutants: () => mutants } as unknown as Content,
    cases: [{ group: "values", title: "one", args: [], expected: 1, atol: 0 }],
    earlier: earlier.map(references),
  };
}

/** What the function gives when it runs at this place of its child. */
type Answer = (asked: JobExercise, place: number) => CaseOutcome;

/** A child that says what the functions give, once it has its job. */
function childOf(answer: Answer, jobs: Job[]): ChildProcess {
  const [stdin, results] = [new PassThrough(), new PassThrough()];
  const child = Object.assign(new EventEmitter(), {
    stdin,
    stdio: [null, null, null, results],
    kill: () => true,
  });
  const parts: Buffer[] = [];
  stdin.on("data", (part: Buffer) => parts.push(part));
  stdin.on("end", () => {
    const received = Buffer.concat(parts);
    const seal = received.subarray(0, SEAL_BYTES);
    const say = (message: object) => results.write(Buffer.concat([seal, pack(message as Value)]));
    const job = unpack(received.subarray(SEAL_BYTES)) as unknown as Job;
    jobs.push(job);
    say({ kind: "ready" });
    for (const [i, asked] of job.exercises.entries()) {
      say({ kind: "case", exercise: i, case: 0, ...answer(asked, i) });
    }
    say({ kind: "end" });
    results.end();
  });
  results.on("end", () => child.emit("close", 0, null));
  return child as unknown as ChildProcess;
}

const LESSON = [exercise("a", []), exercise("b", ["a"]), exercise("c", ["a", "b"])];

/** Grades a submission of these functions. @returns points, and what each child was asked */
async function grade(answer: Answer, exercises = LESSON) {
  const lesson: PreparedLesson = {
    id: "00-small",
    solutions: { code: "", files: [] },
    exercises,
  };
  const definitions = Object.fromEntries(
    exercises.map(({ entry }) => [entry.name, { cell: -1, shadowed: false }]),
  );
  const submission: Submission = {
    lesson: lesson.id,
    cells: [],
    definitions,
    missing: {},
    written: {},
  };
  const jobs: Job[] = [];
  const report = await gradeSubmission(lesson, submission, {
    launcher: { wasm: "", start: () => childOf(answer, jobs) },
    shaders: { open: () => Promise.reject(new Error("no")), close: () => undefined },
    slot: 0,
  });
  const asked = jobs.map((job) =>
    job.exercises.map(({ name, references: references }) =>
      [name, ...references.map((o) => o.name)].join(" "),
    ),
  );
  return { earned: report.exercises.map((e) => e.points), asked };
}

const FIRST = ["a", "b", "c"];
const AGAIN = ["a", "b a", "c a b"];

test("those that failed run again in one child, references only after the student's own", async () => {
  const answer: Answer = ({ name, references: references }) =>
    name !== "a" && references.length > 0 ? RIGHT : WRONG;
  expect(await grade(answer)).toEqual({ earned: [0, 4, 4], asked: [FIRST, AGAIN] });
});

test("what is wrong in the same way again does not run a third time", async () => {
  expect(await grade(() => WRONG)).toEqual({ earned: [0, 0, 0], asked: [FIRST, AGAIN] });
});

test("one that failed is alone in its child", async () => {
  const answer: Answer = ({ name }) => (name === "b" ? WRONG : RIGHT);
  expect(await grade(answer)).toEqual({ earned: [4, 0, 4], asked: [FIRST, ["b a"]] });
});

describe("a typical mistake", () => {
  const lesson = [exercise("a", []), exercise("b", ["a"], { mistake: 0 })];
  const answer =
    (a: CaseOutcome, b: CaseOutcome): Answer =>
    ({ name }) =>
      name === "a" ? a : b;

  test("does not run again where the functions before it are right", async () => {
    const asked = [["a", "b"]];
    expect(await grade(answer(RIGHT, WRONG), lesson)).toEqual({ earned: [4, 0], asked });
  });

  test("runs again where one before it may be the reason", async () => {
    const asked = [
      ["a", "b"],
      ["a", "b a"],
    ];
    expect(await grade(answer(WRONG, WRONG), lesson)).toEqual({ earned: [0, 0], asked });
  });

  test.each([
    ["another value", { value: 7 }],
    ["an error", THROWS],
  ])("is not what gave %s, which runs again", async (_, outcome) => {
    const asked = [["a", "b"], ["b a"]];
    expect(await grade(answer(RIGHT, outcome), lesson)).toEqual({ earned: [4, 0], asked });
  });
});

test("one that throws after others runs alone, since they may have caused it", async () => {
  const answer: Answer = ({ name }, place) => {
    if (name === "a") return WRONG;
    return place > 0 ? THROWS : RIGHT;
  };
  const asked = [FIRST, AGAIN, ["b a"], ["c a b"]];
  expect(await grade(answer)).toEqual({ earned: [0, 4, 4], asked });
});

test("one that is wrong in another way after others runs alone", async () => {
  const answer: Answer = ({ name, references: references }, place) => {
    if (name !== "c" || references.length === 0) return WRONG;
    return place > 0 ? { value: 7 } : RIGHT;
  };
  const asked = [FIRST, AGAIN, ["c a b"]];
  expect(await grade(answer)).toEqual({ earned: [0, 0, 4], asked });
});

test("a function that an exercise may not meet is never in its child", async () => {
  const lesson = [exercise("a", []), exercise("b", ["a"]), exercise("c", ["b"])];
  const asked = [FIRST, ["a", "b a"], ["c b"]];
  expect(await grade(() => WRONG, lesson)).toEqual({ earned: [0, 0, 0], asked });
});

test("an exercise does not follow one that may use less of tfjs", async () => {
  const lesson = [
    exercise("a", [], { forbid: ["softmax"] }),
    exercise("b", ["a"]),
    exercise("c", ["a", "b"]),
  ];
  const asked = [["b", "c", "a"], ["a"], ["b a"], ["c a b"]];
  expect(await grade(() => WRONG, lesson)).toEqual({ earned: [0, 0, 0], asked });
});
