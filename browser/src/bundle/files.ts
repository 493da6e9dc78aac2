/** The files of the course that code in the worker may read, copied beside it. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { solutionModules } from "./worker";
import type { FileList } from "../messages";

const slashes = (path: string) => path.split(sep).join("/");

/** A folder of the course, and which files of it are needed. */
const NEEDED: [folder: string, isNeeded: RegExp][] = [
  ["data", /^(?!oracles\/|training\/|README).*\.(safetensors|gz|json|txt|csv|idx)$|^SHA256SUMS$/],
  ["kernels/wasm", /\.wasm$/],
  ["notebooks", /\.ipynb$|^manifest\.json$/],
  ["solutions/src", /^(?!.*(\.test|testing|\.exercise)\.ts$).*\.ts$/],
];

/** Weights of real models, as they are installed. */
const WEIGHTS: (typeof NEEDED)[number] = [".local/weights", /\.(safetensors|gguf)$/];

/** @returns the names under `folder` */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
}

/**
 * Writes out/files, out/tfjs and out/files.json, the list of them.
 * @param root the course's folder
 * @param weights whether with those that are installed
 */
export function copyFiles(root: string, out: string, weights: boolean): void {
  const list: FileList = {};
  for (const [folder, isNeeded] of weights ? [...NEEDED, WEIGHTS] : NEEDED) {
    if (!existsSync(join(root, folder))) continue;
    for (const name of filesIn(join(root, folder)).map(slashes).sort()) {
      if (!isNeeded.test(name)) continue;
      const path = `${folder}/${name}`;
      list[path] = statSync(join(root, path)).size;
      // servers unpack what ends in .gz, or say that the browser should
      copyTo(join(root, path), join(out, "files", path.endsWith(".gz") ? `${path}.bin` : path));
    }
  }
  // found by their names, and part of the worker
  for (const path of solutionModules(root)) list[path] = 0;
  writeFileSync(join(out, "files.json"), JSON.stringify(list));
  copyTfjs(join(out, "files", "tfjs"));
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
