/**
 * Files from a Python package index through pip, the one client that knows this machine's mirrors,
 * proxies and certificates. What it downloads goes into a folder of the caller's, its temporary
 * files too, so that nothing lands outside the course.
 */
import { spawn, spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { courseRoot, paths } from "grader";

const EVERY_MS = 100;

/** The project's own Python, else the machine's; undefined when none has pip. */
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

/** What is fetched: its name for people and how large it is. */
export interface Wanted {
  name: string;
  bytes: number;
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

/**
 * What pip, Python and the file system say when something cannot be had, in one sentence with the
 * remedy.
 */
export function remedy(said: string, { name, bytes }: Wanted): string {
  if (/No space left|ENOSPC/i.test(said)) {
    return `the disk is full; make room for ${megabytes(2 * bytes)}`;
  }
  if (/DO NOT MATCH THE HASHES/i.test(said)) {
    return (
      "a file is not the one that was meant, its sha256 differs; " +
      "check pip's index (pip config list) and try again"
    );
  }
  if (
    /No matching distribution|Could not find a version/i.test(said) &&
    !/connection|resolution|timed out/i.test(said)
  ) {
    return `the package index has no ${name}; check pip's index (pip config list)`;
  }
  if (/connection|resolution|timed out|ProxyError|SSLError|unreachable/i.test(said)) {
    return "the package index cannot be reached; connect to the network and try again";
  }
  return `it said: ${said.trim().split("\n").at(-1) ?? "nothing"}`;
}

/**
 * Runs Python.
 * @param options.signal ends it
 * @param options.tick called ten times a second while it runs
 * @throws what it printed as an error, as one sentence with the remedy
 */
export async function runPython(
  python: string,
  args: string[],
  wanted: Wanted,
  options: { env?: NodeJS.ProcessEnv; signal?: AbortSignal; tick?: () => void } = {},
): Promise<void> {
  const { env = process.env, signal, tick } = options;
  const child = spawn(python, args, { env, signal, stdio: ["ignore", "ignore", "pipe"] });
  const ticker = tick && setInterval(tick, EVERY_MS);
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
  if (code !== 0) throw new Error(remedy(said, wanted));
}

/**
 * Downloads wheels without what they depend on.
 * @param what pip's own words for it: "name==version", or "--require-hashes", "-r", "file"
 * @param folder empty; the wheels are in it afterwards
 * @param options.seen told how many bytes have arrived
 */
export async function downloadWheels(
  python: string,
  what: string[],
  folder: string,
  wanted: Wanted,
  options: { signal?: AbortSignal; seen?: (bytes: number) => void } = {},
): Promise<void> {
  const args = [
    "-m",
    "pip",
    "download",
    "--no-deps",
    "--only-binary",
    ":all:",
    "--no-cache-dir",
    "--disable-pip-version-check",
    "--progress-bar",
    "off",
    "--dest",
    folder,
    ...what,
  ];
  const tick = () => options.seen?.(Math.min(wanted.bytes, bytesIn(folder)));
  await runPython(python, args, wanted, {
    env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
    signal: options.signal,
    tick,
  });
}
