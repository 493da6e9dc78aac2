/**
 * The course's files, which the site has, the shipped notebooks among them, and the student's
 * progress, which the page stores.
 */
import { bestMatch, type NotebookCell } from "cells";
import { readManifest } from "grader/files";
import type { FileList, KernelResponse } from "../messages";
import { hold, mount, ROOT } from "../node/disk";
import { existsSync, readFileSync } from "../node/fs";

const PROGRESS_FILE = `${ROOT}/my-course/progress.json`;

/**
 * The name under which the site has a file. Servers unpack a file that ends in .gz, or have the
 * browser unpack it; with .bin after it, they leave it alone.
 */
const servedName = (path: string) => (path.endsWith(".gz") ? `${path}.bin` : path);

/** @param base the address of the folder `files`, with a / at its end */
export async function mountFiles(base: string): Promise<void> {
  const response = await fetch(new URL("../files.json", base));
  if (!response.ok) throw new Error(`files.json could not be loaded (${response.status})`);
  const list = (await response.json()) as FileList;
  const files = Object.entries(list).map(
    ([path, bytes]) => [`${ROOT}/${path}`, bytes] as [string, number],
  );
  mount(files, (path) => fetchSync(base, path.slice(ROOT.length + 1)), sendProgress);
}

/** Puts the stored progress where the course reads it. */
export const keepProgress = (text: string): void => {
  hold(PROGRESS_FILE, new TextEncoder().encode(text));
};

/** Sends progress that a check has written to the page, which stores it. */
function sendProgress(path: string, bytes: Uint8Array | undefined): void {
  if (path !== PROGRESS_FILE || !bytes) return;
  const message: KernelResponse = { type: "progress", text: new TextDecoder().decode(bytes) };
  postMessage(message);
}

/** A synchronous request, which workers may send, so that reading a file works as on a disk. */
function fetchSync(base: string, path: string): Uint8Array {
  const request = new XMLHttpRequest();
  request.open("GET", new URL(servedName(path), base), false);
  request.responseType = "arraybuffer";
  try {
    request.send();
  } catch (e) {
    throw new Error(`${path} could not be loaded: is there a network?`, { cause: e });
  }
  if (request.status === 200) return new Uint8Array(request.response as ArrayBuffer);
  throw new Error(`${path} could not be loaded: the site answered ${request.status}`);
}

/** The folder of notebooks, as code sees it. */
export const FOLDER = `${ROOT}/notebooks`;

/** The shipped notebook that most of these cells come from. */
export function findNotebook(sources: readonly string[]): readonly NotebookCell[] | undefined {
  const notebooks = readManifest(ROOT).lessons.flatMap(({ id }) => {
    const file = `${FOLDER}/${id}.ipynb`;
    return existsSync(file) ? [{ cells: cellsOf(readFileSync(file, "utf8") as string) }] : [];
  });
  return bestMatch(notebooks, sources)?.cells;
}

function cellsOf(json: string): NotebookCell[] {
  const { cells } = JSON.parse(json) as { cells: (NotebookCell & { source: string | string[] })[] };
  const text = (source: string | string[]) => (Array.isArray(source) ? source.join("") : source);
  return cells.map((cell) => ({ ...cell, source: text(cell.source) }));
}
