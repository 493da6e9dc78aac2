import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const SCRIPT = join(__dirname, "threads.testing.mjs");

interface Found {
  threads: number;
  shared: boolean;
  hashes: Record<string, string>;
  differ: string[];
  left: number;
}

/** What kernels compute in a process of that many threads; it must end by itself. */
async function computed(threads: number): Promise<Found> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [SCRIPT], {
    env: { ...process.env, COURSE_THREADS: String(threads) },
  });
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

test.runIf(process.platform === "linux")(
  "where address space is limited, one thread computes",
  () => {
    const script = `ulimit -v 40000000; exec "${process.execPath}" "${SCRIPT}"`;
    const env = { ...process.env, COURSE_THREADS: "2" };
    const found = JSON.parse(
      execFileSync("sh", ["-c", script], { env, encoding: "utf8" }),
    ) as Found;
    expect(found).toMatchObject({ threads: 1, shared: false, differ: [], left: 0 });
  },
);
