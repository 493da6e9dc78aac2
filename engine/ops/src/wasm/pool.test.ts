import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { startPool, type Job, type Pool } from "./pool";
import { importShared } from "./sharedMemory";

const N = 64;
const BYTES = 4 * N * N;
const PIECES = 200;
/** Where the factors lie, and from where on each piece writes its product. */
const [A, B, TO, SCRATCH] = [0, BYTES, 2 * BYTES, (2 + PIECES) * BYTES];
const GEMM_SCRATCH = 1 << 20;
const FILE = join(__dirname, "..", "..", "wasm", "kernels.wasm");

let pool: Pool | undefined;
afterEach(() => pool?.stop());

/** One product for each piece; each thread has a place of its own to work in. */
const products = (a = A): Job => {
  const args = [1, N, N, N, a, 0, 4 * N, 4, B, 0, 4 * N, 4, TO, BYTES, 4 * N, SCRATCH];
  const moves = args.map((value): [number, number, number] => [value, 0, 0]);
  moves[4]![1] = 0;
  moves[12]![1] = BYTES;
  moves[15]![2] = GEMM_SCRATCH;
  return { f: 0, args: moves, count: 0, items: PIECES, itemsPerChunk: 1 };
};

/** A pool whose caller computes each piece by `own`, in place of the product. */
function start(threads: number, own?: (to: number, count: number) => void) {
  const shared = { initial: 256, maximum: 65_536, shared: true };
  const memory = new WebAssembly.Memory(shared);
  const numbers = new Float32Array(memory.buffer);
  for (let i = 0; i < 2 * N * N; i++) numbers[i] = Math.sin(i);
  const module = new WebAssembly.Module(importShared(readFileSync(FILE)) as BufferSource);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const gemm = exports.gemm as (...numbers: number[]) => void;
  const run = own ? (...args: number[]) => own(args[12]!, args[0]!) : gemm;
  pool = startPool(threads, module, memory, [{ name: "gemm", run }], 500);
  const product = (i: number) => numbers.slice((TO + i * BYTES) >> 2, (TO + (i + 1) * BYTES) >> 2);
  const expected = new Float32Array(N * N);
  for (let i = 0; i < N * N; i++) {
    const [row, column] = [Math.trunc(i / N), i % N];
    for (let k = 0; k < N; k++) {
      expected[i]! += numbers[row * N + k]! * numbers[N * N + k * N + column]!;
    }
  }
  const isRight = (i: number) => product(i).every((x, j) => Math.abs(x - expected[j]!) < 1e-4);
  const right = () => Array.from({ length: PIECES }, (_, i) => i).filter(isRight).length;
  return { pool, right, gemm, clear: () => numbers.fill(0, TO >> 2) };
}

const pause = (ms: number) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

test.each([1, 2, 3])("%i threads compute every piece once", (threads) => {
  const { pool, right, clear } = start(threads);
  expect(pool.helpers()).toBe(threads - 1);
  for (let i = 0; i < 10; i++) {
    clear();
    pool.run(products());
    expect(right()).toBe(PIECES);
  }
});

test("others take the pieces that the caller does not get to", async () => {
  const { pool, right } = start(3, (_, count) => pause(10 * count));
  for (let tries = 0; right() === 0 && tries < 50; tries++) {
    pool.run(products()); // a thread needs a moment to start
    await setTimeout(20);
  }
  expect(right()).toBeGreaterThan(PIECES / 2);
});

/** Waits until others take part: the caller's own pieces do nothing. */
async function helped({ pool, right, clear }: ReturnType<typeof start>): Promise<void> {
  while (right() === 0) {
    pool.run(products());
    await setTimeout(20);
  }
  clear();
}

test("a thread that is lost in the middle of its work leaves a whole result", async () => {
  let kill = false;
  let alone = false;
  const made: ReturnType<typeof start> = start(2, (to, count) => {
    if (kill) {
      pause(2); // it has begun a piece by now
      made.pool.stop();
      alone = true;
    }
    if (!alone) return pause(2);
    made.gemm(count, N, N, N, A, 0, 4 * N, 4, B, 0, 4 * N, 4, to, BYTES, 4 * N, SCRATCH);
  });
  await helped(made);
  kill = true;
  for (let i = 0; i < 3; i++) {
    made.pool.run(products());
    expect(made.right()).toBe(PIECES);
    made.clear();
  }
  expect(made.pool.helpers()).toBe(0);
});

test("a piece that fails elsewhere is computed again by the caller", async () => {
  const seen = new Set<number>();
  const made = start(2, (to, count) => {
    for (let i = 0; i < count; i++) seen.add(to + i * BYTES);
    pause(1);
  });
  await helped(made);
  seen.clear();
  made.pool.run(products(2 ** 32 - 8)); // outside of memory
  expect(seen.size).toBe(PIECES);
});

test("after a job that was broken off, the next one is whole", async () => {
  let fails = false;
  let thrown = 0;
  const made: ReturnType<typeof start> = start(2, (to, count) => {
    if (fails) {
      thrown++;
      throw new Error("interrupted");
    }
    made.gemm(count, N, N, N, A, 0, 4 * N, 4, B, 0, 4 * N, 4, to, BYTES, 4 * N, SCRATCH);
  });
  for (let i = 0; i < 10; i++) {
    fails = true;
    const before = thrown;
    const run = () => made.pool.run(products());
    if (i === 0) {
      expect(run).toThrow("interrupted");
    } // nobody else has started yet
    else {
      try {
        run();
      } catch {
        expect(thrown).toBe(before + 1);
      }
    }
    fails = false;
    made.clear();
    made.pool.run(products());
    expect(made.right()).toBe(PIECES);
    await setTimeout(1);
  }
});
