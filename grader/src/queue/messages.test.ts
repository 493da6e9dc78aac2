import { expect, test } from "vitest";
import type { SubmissionOutcome } from "../batch/result";
import { optionsOf } from "./connect";
import { jobIdOf, MAX_FILE_BYTES, parseResponse, parseJob, type JobData } from "./messages";

const sha256 = "a".repeat(64);
const data: JobData = { sha256, size: 100, seed: 7, version: "1.2.3+abc", lesson: "00-small" };
const id = jobIdOf(data);

test("a job is what its id says, and nothing else is", () => {
  expect(parseJob(id, data)).toEqual(data);
  expect(jobIdOf({ ...data })).toBe(id);
  const others: Partial<JobData>[] = [
    { sha256: "b".repeat(64) },
    { size: 101 },
    { seed: 8 },
    { version: "1.2.3+abd" },
    { lesson: undefined },
    { budget: 1000 },
  ];
  const ids = new Set([id, ...others.map((other) => jobIdOf({ ...data, ...other }))]);
  expect(ids.size).toBe(others.length + 1);
  for (const other of others) {
    expect(() => parseJob(id, { ...data, ...other })).toThrow("not that of its content");
  }
});

test.each([
  ["a path for a hash", { sha256: "../../etc/passwd" }],
  ["a size beyond all notebooks", { size: MAX_FILE_BYTES + 1 }],
  ["a size below nothing", { size: -1 }],
  ["a seed that is none", { seed: NaN }],
  ["a lesson with a path", { lesson: "../x" }],
  ["a budget without an end", { budget: Infinity }],
  ["a field more", { path: "/etc/passwd" }],
])("a worker refuses a job with %s", (_, more) => {
  const forged = { ...data, ...more } as JobData;
  expect(() => parseJob(jobIdOf(forged), forged)).toThrow("another form");
});

const outcome: SubmissionOutcome = {
  lesson: "00-small",
  title: "Small",
  sha256,
  seed: 7,
  version: "1.2.3+abc",
  points: 3,
  maxPoints: 4,
  exercises: [
    {
      name: "double",
      with: "own",
      points: 3,
      maxPoints: 4,
      groups: [{ group: "values", ok: true, points: 3, maxPoints: 4 }],
      failures: [{ group: "shapes", case: "x is a vector", message: "wrong" }],
    },
  ],
  cells: [{ number: 1, message: "threw" }],
  written: [{ name: "why", points: 2, text: "Because." }],
};
const versions = new Map([["00-small", "1.2.3+abc"]]);
const answer = { job: id, sha256, outcome };

test("an answer comes back as it was, to the last byte", () => {
  const text = JSON.stringify(answer);
  const found = parseResponse(id, data, JSON.parse(text), versions);
  expect(JSON.stringify(found)).toBe(JSON.stringify(outcome));
  const refusal = { seed: 7, version: "1.2.3", reason: "is not a notebook" };
  expect(parseResponse(id, data, { ...answer, outcome: refusal }, versions)).toEqual(refusal);
});

test.each([
  ["nothing", undefined, "another form"],
  ["of another job", { ...answer, job: "job-1" }, "for another job, file or version"],
  ["of another file", { ...answer, sha256: "b".repeat(64) }, "for another job, file or version"],
  [
    "that holds the outcome of another file",
    { ...answer, outcome: { ...outcome, sha256: "b".repeat(64) } },
    "for another job, file or version",
  ],
  ["of another seed", { ...answer, outcome: { ...outcome, seed: 8 } }, "for another job, file"],
  [
    "of another version",
    { ...answer, outcome: { ...outcome, version: "1.2.3+abd" } },
    "for another job, file or version",
  ],
  ["with points below zero", { ...answer, outcome: { ...outcome, points: -1 } }, "another form"],
  [
    "with points that are text",
    { ...answer, outcome: { ...outcome, points: "4" } },
    "another form",
  ],
  ["that names a student", { ...answer, outcome: { ...outcome, id: "x" } }, "another form"],
])("a grader refuses an answer %s", (_, value, says) => {
  expect(() => parseResponse(id, data, value, versions)).toThrow(says);
});

test("URLs of queues", () => {
  expect(optionsOf("redis://h")).toMatchObject({
    address: "h:6379",
    options: { host: "h", db: 0 },
  });
  const secret = optionsOf("rediss://me:p%40ss@[::1]:7000/3");
  expect(secret.address).toBe("::1:7000");
  expect(secret.options).toMatchObject({
    username: "me",
    password: "p@ss",
    host: "::1",
    port: 7000,
    db: 3,
    tls: { servername: "::1" },
  });
  const socket = optionsOf("unix:///run/valkey/s.sock?db=2");
  expect(socket).toMatchObject({ address: "/run/valkey/s.sock", options: { db: 2 } });
  expect(socket.options.path).toBe("/run/valkey/s.sock");
  for (const wrong of ["", "6379", "http://h", "localhost:6379"]) {
    expect(() => optionsOf(wrong)).toThrow("--queue: expected redis://");
  }
  expect(() => optionsOf("redis://h/x")).toThrow("number of a database");
});
