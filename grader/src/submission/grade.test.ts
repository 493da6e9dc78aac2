/** What a submission's report says where a shader cannot be run. */
import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import type { ChildProcess } from "node:child_process";
import { expect, test } from "vitest";
import type { Content } from "../exercise/content";
import type { Exercise } from "../exercise/exercise";
import { tensorData } from "../exercise/value";
import { NoSandbox } from "../sandbox/bubblewrap";
import { pack } from "../exercise/frames";
import { SEAL_BYTES } from "../sandbox/job";
import { NoAdapter } from "../shaders/runShaders";
import type { PreparedLesson } from "./lesson";
import { gradeSubmission } from "./grade";
import type { Submission } from "./notebook";

const exercise: Exercise = {
  cases: () => [],
  mutants: [],
  shader: {
    inputs: ["x"],
    output: "out",
    answer: (x: unknown) => x,
    launch: () => ({
      inputs: [tensorData([1], [1])],
      sizes: [],
      shape: [1],
      workgroups: [1, 1, 1],
      maxBytesRead: 4,
    }),
  },
};
const lesson: PreparedLesson = {
  id: "00-small",
  solutions: { code: "", files: [] },
  exercises: [
    {
      entry: { name: "copy", points: 4 },
      content: { name: "copy", exercise } as Content,
      cases: [
        { group: "values", title: "one number", args: [], expected: tensorData([1], [1]), atol: 0 },
      ],
      earlier: [],
    },
  ],
};
const submission: Submission = {
  lesson: "00-small",
  cells: [],
  definitions: { copy: { cell: -1, shadowed: false } },
  missing: {},
  written: {},
};

/** A child that answers its job with what the student's function returns. */
function childThatReturns(outcome: { value: string } | { error: string }): ChildProcess {
  const [stdin, results] = [new PassThrough(), new PassThrough()];
  const child = Object.assign(new EventEmitter(), {
    stdin,
    stdio: [null, null, null, results],
    kill: () => true,
  });
  const messages = [
    { kind: "ready" },
    { kind: "case", exercise: 0, case: 0, ...outcome },
    { kind: "end" },
  ];
  stdin.once("data", (job: Buffer) => {
    const seal = job.subarray(0, SEAL_BYTES);
    for (const message of messages) results.write(Buffer.concat([seal, pack(message)]));
    results.end();
  });
  results.on("end", () => child.emit("close", 0, null));
  return child as unknown as ChildProcess;
}
const grade = (outcome: { value: string } | { error: string }, open: () => Promise<never>) =>
  gradeSubmission(lesson, submission, {
    launcher: { wasm: "", start: () => childThatReturns(outcome) },
    shaders: { open, close: () => undefined },
    slot: 0,
  });

test.each([
  new NoAdapter("Mesa's software adapter is not installed"),
  new NoSandbox("there is no sandbox"),
])("a shader that nothing can run is not graded, and never zero: %s", async (problem) => {
  const { exercises } = await grade({ value: "a shader" }, () => Promise.reject(problem));
  expect(exercises).toEqual([
    {
      name: "copy",
      with: "own",
      notGraded: true,
      note: `Not graded: ${problem.message}.`,
      points: 0,
      maxPoints: 0,
      groups: [],
      failures: [],
    },
  ]);
});

test("a shader that is not written is zero, adapter or not", async () => {
  const { exercises } = await grade({ error: "not written yet: copy" }, () =>
    Promise.reject(new NoAdapter("no")),
  );
  expect(exercises[0]).toMatchObject({ note: "Not written yet.", points: 0, maxPoints: 4 });
});

test("a lesson without exercises runs nothing: it is marked by hand", async () => {
  const start = () => {
    throw new Error("nothing needs to run");
  };
  const project: Submission = {
    ...submission,
    cells: [
      { number: 2, code: "while (true);", awaits: false, fallbacks: [], declares: false },
      {
        number: 3,
        code: "",
        awaits: false,
        fallbacks: [],
        declares: false,
        error: "line 1: ')' expected.",
      },
    ],
    definitions: {},
  };
  const report = await gradeSubmission({ ...lesson, exercises: [] }, project, {
    launcher: { wasm: "", start },
    shaders: { open: () => Promise.reject(new Error("no")), close: () => undefined },
    slot: 0,
  });
  expect(report).toEqual({
    exercises: [],
    cells: [{ number: 3, message: "line 1: ')' expected." }],
  });
});
