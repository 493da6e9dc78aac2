import { gradeTasks } from "grader/batch";
import { expect, test } from "vitest";
import { how } from "./command.js";

const QUEUE = "redis://127.0.0.1:6379";

test("what grades a class: this process, or a queue's workers", async () => {
  expect((await how({ budget: 20, jobs: 2 })).grade).toBe(gradeTasks);
  const queued = await how({ queue: QUEUE, budget: 20 });
  expect(queued).toMatchObject({ budget: 20_000, jobs: undefined });
  expect(queued.grade).not.toBe(gradeTasks);
  await expect(how({ queue: QUEUE, jobs: 2 })).rejects.toThrow("for course worker");
});
