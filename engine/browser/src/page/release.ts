/**
 * Brings a new release of the notebooks into the copies that this browser keeps, as npm start does
 * with those on a disk. Without a change there is nothing to fetch.
 */
import { merge, type Notebook } from "grader/merge";
import type { Contents } from "./jupyter";

/** Beside the worker: path of a notebook → what it was shipped with, in short. */
export type Release = Record<string, string>;

interface Sources {
  contents: Contents;
  /** The address of the folder `kernel`. */
  base: string;
  /** Names of the files that this browser keeps. */
  files: string[];
}

/** @returns a sentence for each copy that could not be merged */
export async function mergeRelease({ contents, base, files }: Sources): Promise<string[]> {
  const names = files.filter((name) => name.endsWith(".ipynb"));
  if (names.length === 0) return [];
  const release = await json<Release>(new URL("release.json", base));
  const troubles: string[] = [];
  for (const name of names) {
    if (!Object.hasOwn(release, name)) continue;
    try {
      await mergeOne(contents, name, release[name]!, new URL(`../files/${name}`, base));
    } catch (e) {
      const why = e instanceof Error ? e.message : String(e);
      troubles.push(`${name} stays as it is, without the new release: ${why}.`);
    }
  }
  return troubles;
}

async function mergeOne(contents: Contents, name: string, shippedAs: string, url: URL) {
  const file = await contents.get(name, { type: "notebook", content: true });
  const copy = file.content as Notebook;
  const { release } = (copy.metadata.course ?? {}) as { release?: string };
  if (release === shippedAs) return;
  const shipped = await json<Notebook>(url);
  const { notebook } = merge(shipped, copy);
  await contents.save(name, { type: "notebook", format: "json", content: notebook });
}

/** The newest, whatever the browser has kept. */
async function json<T>(url: URL): Promise<T> {
  const answer = await fetch(url, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${url.pathname} could not be loaded (${answer.status})`);
  return (await answer.json()) as T;
}
