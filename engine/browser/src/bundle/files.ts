/** The files that the workers read, made beside them: the course's files, weights, declarations. */
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { gzipSync } from "node:zlib";
import { createTypeService } from "cells";
import type { FileList, WeightsList } from "../messages";
import { ROOT } from "../node/disk";
import { solutionModules } from "./worker";

const slashes = (path: string) => path.split(sep).join("/");

/** A folder of the course, and which files of it are needed. */
const COPIED_FILES: [folder: string, isNeeded: RegExp][] = [
  ["data", /^(?!oracles\/|training\/|README).*\.(safetensors|gz|json|txt|csv|idx)$|^SHA256SUMS$/],
  ["engine/ops/wasm", /\.wasm$/],
  ["notebooks", /\.ipynb$|^manifest\.json$/],
  ["solutions/src", /^(?!.*(\.test|testing|\.exercise)\.ts$).*\.ts$/],
];

/** Weights of real models, as they are installed. */
const WEIGHTS = ".local/weights";
/** Some hosts refuse files above 25 MB, and a download in chunks can be resumed. */
const CHUNK_BYTES = 4 << 20;

/** @returns the names under `folder` */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
}

/**
 * Writes out/files, out/tfjs and out/files.json, the list of them.
 * @param root the course's folder
 */
export function copyFiles(root: string, out: string): void {
  const list: FileList = {};
  for (const [folder, isNeeded] of COPIED_FILES) {
    if (!existsSync(join(root, folder))) continue;
    for (const name of filesIn(join(root, folder)).map(slashes).sort()) {
      if (!isNeeded.test(name)) continue;
      const path = `${folder}/${name}`;
      if (name.endsWith(".ipynb")) {
        list[path] = copyNotebook(join(root, path), join(out, "files", path));
        continue;
      }
      list[path] = statSync(join(root, path)).size;
      // servers unpack files that end in .gz, or declare that the browser should
      copyTo(join(root, path), join(out, "files", path.endsWith(".gz") ? `${path}.bin` : path));
    }
  }
  // found by their names, and part of the worker
  for (const path of solutionModules(root)) list[path] = 0;
  writeFileSync(join(out, "files.json"), JSON.stringify(list));
  copyTfjs(join(out, "files", "tfjs"));
}

/**
 * Copies a notebook without its outputs: a kernel, which tells by the cells which lesson it runs,
 * reads all notebooks for it.
 * @returns the copy's size in bytes
 */
export function copyNotebook(from: string, to: string): number {
  const notebook = JSON.parse(readFileSync(from, "utf8")) as { cells: { outputs?: unknown[] }[] };
  for (const cell of notebook.cells) if (cell.outputs) cell.outputs = [];
  const text = JSON.stringify(notebook);
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, text);
  return Buffer.byteLength(text);
}

/**
 * Writes out/weights and out/weights.json, the list of them, which is empty without `weights`.
 * Leaves out those that data/weights.json marks as localOnly.
 */
export function writeWeights(root: string, out: string, weights: boolean): void {
  const list: WeightsList = {};
  const folder = join(root, WEIGHTS);
  const names = weights && existsSync(folder) ? filesIn(folder).map(slashes).sort() : [];
  const about = join(root, "data/weights.json");
  const entries = existsSync(about)
    ? (JSON.parse(readFileSync(about, "utf8")) as Record<string, { localOnly?: boolean }>)
    : {};
  mkdirSync(join(out, "weights"), { recursive: true });
  for (const name of names) {
    if (!/\.(safetensors|gguf)$/.test(name) || entries[name.split("/")[0]!]?.localOnly) continue;
    const whole = readFileSync(join(folder, name));
    const pieces: string[] = [];
    for (let at = 0; at < whole.length; at += CHUNK_BYTES) {
      const chunk = whole.subarray(at, at + CHUNK_BYTES);
      const hash = createHash("sha256").update(chunk).digest("hex");
      writeFileSync(join(out, "weights", `${hash}.bin`), chunk);
      pieces.push(hash);
    }
    list[`${WEIGHTS}/${name}`] = { bytes: whole.length, pieces };
  }
  writeFileSync(join(out, "weights.json"), JSON.stringify(list));
}

/** The code of tfjs's WASM backend, which finds it by itself. */
function copyTfjs(folder: string): void {
  const main = createRequire(__filename).resolve("@tensorflow/tfjs-backend-wasm");
  for (const name of readdirSync(dirname(main)).filter((file) => file.endsWith(".wasm"))) {
    copyTo(join(dirname(main), name), join(folder, name));
  }
}

function copyTo(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

/** Imports of everything whose types a notebook may use. */
const IMPORTS = [
  'import * as tf from "@tensorflow/tfjs-core";',
  'import * as course from "course";',
  'import * as solutions from "solutions";',
  'import { createHash } from "node:crypto";',
].join("\n");

/**
 * All declarations that a notebook's types are read from, found by reading them once.
 * @returns path as in the worker → text
 */
function declarationsOf(root: string): Record<string, string> {
  const table: Record<string, string> = {};
  const onDisk = (path: string) => join(root, path.slice(ROOT.length)).split("/").join(sep);
  const inside = (path: string) => path.startsWith(`${ROOT}/`);
  const stat = (path: string) =>
    inside(path) ? statSync(onDisk(path), { throwIfNoEntry: false }) : undefined;
  const types = createTypeService({
    folder: `${ROOT}/notebooks`,
    lib: `${ROOT}/node_modules/typescript/lib/lib.es2023.d.ts`,
    exists: (path) => stat(path)?.isFile() ?? false,
    isFolder: (path) => path === ROOT || (stat(path)?.isDirectory() ?? false),
    read(path) {
      if (stat(path)?.isFile() !== true) return undefined;
      table[path] = readFileSync(onDisk(path), "utf8");
      return table[path];
    },
    version: () => "1",
    realPath: (path) => path,
  });
  types.warmUp(`${IMPORTS}\nconst x: number = tf.scalar(1).dataSync()[0]!;`);
  return table;
}

export function writeDeclarations(root: string, file: string): void {
  writeFileSync(file, gzipSync(JSON.stringify(declarationsOf(root)), { level: 9 }));
}
