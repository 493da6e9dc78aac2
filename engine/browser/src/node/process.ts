/** Node's `process`, as much as there is of it in a browser. */
import { ROOT } from "./disk";

const listeners: unknown[] = [];

export const process = {
  env: { COURSE_ROOT: ROOT } as Record<string, string | undefined>,
  platform: "browser",
  arch: "wasm",
  argv: [],
  pid: 1,
  version: "",
  versions: {},
  browser: true,
  stdout: { isTTY: false },
  cwd: () => ROOT,
  on: (...args: unknown[]) => void listeners.push(args),
  off: () => undefined,
  hrtime: Object.assign(() => [0, 0], {
    bigint: () => BigInt(Math.round(performance.now() * 1e6)),
  }),
  memoryUsage: () => ({ rss: 0, heapUsed: 0 }),
};
