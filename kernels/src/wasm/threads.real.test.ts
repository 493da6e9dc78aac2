import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

interface Found {
  threads: number;
  shared: boolean;
  hashes: Record<string, string>;
  differ: string[];
  left: number;
}

/** What kernels compute in a process of that many threads; it must end by itself. */
async function computed(threads: number): Promise<Found> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [join(__dirname, "threads.testing.mjs")],
    { env: { ...process.env, COURSE_THREADS: String(threads) } },
  );
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Found;
}

test("results are the same to the last bit with 1, 2 and 3 threads", async () => {
  const alone = await computed(1);
  expect(alone).toMatchObject({ threads: 1, shared: false, differ: [], left: 0 });
  for (const threads of [2, 3]) {
    const found = await computed(threads);
    expect(found).toMatchObject({ threads, shared: true, differ: [], left: 0 });
    expect(found.hashes).toEqual(alone.hashes);
  }
});
