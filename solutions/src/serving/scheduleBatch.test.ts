import { random } from "grader";
import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { scheduleBatch } from "./scheduleBatch";
import type { Job } from "./types";

checkReferences("scheduleBatch", scheduleBatch);

test("nobody starves: with small jobs that keep coming, all finish, in their order of starting", () => {
  const dice = random(4);
  const limits = { budget: 12, pages: 12, size: 4 };
  const arrivals = Array.from({ length: 60 }, (_, i): Job => {
    const isLarge = i % 10 === 0;
    return { id: `${i}`, prompt: isLarge ? 30 : dice.int(1, 4), most: isLarge ? 18 : 3, read: 0 };
  });
  const jobs: (Job & { written: number })[] = [];
  const started: string[] = [];
  let done = 0;
  for (let pass = 0; done < arrivals.length; pass++) {
    expect(pass).toBeLessThan(1000);
    if (pass % 2 === 0 && arrivals[pass / 2]) jobs.push({ ...arrivals[pass / 2]!, written: 0 });
    const shares = scheduleBatch(jobs, limits);
    expect(shares.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(12);
    for (const { id, tokens } of shares) {
      const job = jobs.find((one) => one.id === id)!;
      if (job.read === 0) started.push(id);
      if (job.read === job.prompt) job.written += tokens;
      else job.read += tokens;
    }
    const held = jobs.filter(({ read }) => read > 0);
    const pages = held.reduce((sum, { prompt, most }) => sum + Math.ceil((prompt + most) / 4), 0);
    expect(pages).toBeLessThanOrEqual(12);
    for (const job of jobs.filter(({ written, most }) => written === most)) {
      jobs.splice(jobs.indexOf(job), 1);
      done++;
    }
  }
  expect(started).toEqual(arrivals.map(({ id }) => id));
});

test("what doesn't fit", () => {
  const job = { id: "a", prompt: 9, most: 8, read: 0 };
  expect(() => scheduleBatch([job], { budget: 4, pages: 4, size: 4 })).toThrow(
    "scheduleBatch: expected pages for a, which needs 5, got 4",
  );
});
