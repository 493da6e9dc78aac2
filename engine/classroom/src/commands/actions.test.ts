import { gradeTasks } from "grader/batch";
import { expect, test } from "vitest";
import { gradeOptions } from "./actions.js";

const QUEUE = "redis://127.0.0.1:6379";

test("what grades a class: this process, or a queue's workers", async () => {
  expect((await gradeOptions({ budget: 20, jobs: 2 })).grade).toBe(gradeTasks);
  const queued = await gradeOptions({ queue: QUEUE, budget: 20 });
  expect(queued).toMatchObject({ budget: 20_000, jobs: undefined });
  expect(queued.grade).not.toBe(gradeTasks);
  await expect(gradeOptions({ queue: QUEUE, jobs: 2 })).rejects.toThrow("for course worker");
});
