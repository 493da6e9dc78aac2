/**
 * The reader's notebooks in this browser: a new release is merged into the copies, as npm start does
 * with those on a disk, and uploads are checked.
 */
import { merge, type Notebook } from "grader/merge";
import type { Application, Contents, FileBrowser } from "./jupyter";

/** Beside the worker: path of a notebook → what it was shipped with, in short. */
export type Release = Record<string, string>;

interface MergeOptions {
  contents: Contents;
  /** The address of the folder `kernel`. */
  base: string;
  /** Names of the files that this browser keeps. */
  files: string[];
}

/** @returns a sentence for each copy that could not be merged */
export async function mergeRelease({ contents, base, files }: MergeOptions): Promise<string[]> {
  const names = files.filter((name) => name.endsWith(".ipynb"));
  if (names.length === 0) return [];
  const release = await json<Release>(new URL("release.json", base));
  const failures: string[] = [];
  for (const name of names) {
    if (!Object.hasOwn(release, name)) continue;
    try {
      await mergeOne(contents, name, release[name]!, new URL(`../files/${name}`, base));
    } catch (e) {
      const reason = e instanceof Error ? e.message : String(e);
      failures.push(`${name} stays as it is, without the new release: ${reason}.`);
    }
  }
  return failures;
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

const MAX_UPLOAD_MB = 64;

interface UploadedNotebook {
  cells?: unknown;
  metadata?: { course?: { lesson?: unknown } };
}

function parseNotebook(text: string): UploadedNotebook | undefined {
  try {
    const read = JSON.parse(text) as UploadedNotebook | null;
    return Array.isArray(read?.cells) ? read! : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param isThere whether a file of this name is there already
 * @returns why a file can't be uploaded, and what to do
 */
export async function uploadProblem(file: File, isThere: boolean): Promise<string | undefined> {
  const { name, size } = file;
  if (!name.endsWith(".ipynb")) return undefined;
  if (size > MAX_UPLOAD_MB * 1e6) {
    return (
      `${name} has ${Math.round(size / 1e6)} MB, and a browser opens notebooks of up to ` +
      `${MAX_UPLOAD_MB} MB: clear its outputs where it comes from.`
    );
  }
  const notebook = parseNotebook(await file.text());
  if (!notebook) {
    return `${name} isn't a whole notebook: choose the file that File → Download gave you.`;
  }
  const lesson = notebook.metadata?.course?.lesson;
  if (typeof lesson !== "string" || name === `${lesson}.ipynb` || !isThere) return undefined;
  return `${name} holds lesson ${lesson}: rename the file to ${lesson}.ipynb, then upload it.`;
}

/** JupyterLab shows what is thrown here in a dialog. */
export function checkUploads({ shell }: Application, { model }: FileBrowser): void {
  const upload = model.upload.bind(model);
  model.upload = async (file, folder) => {
    const isThere = [...model.items()].some(({ name }) => name === file.name);
    const problem = await uploadProblem(file, isThere);
    if (problem !== undefined) throw new Error(problem);
    const uploaded = await upload(file, folder);
    for (const { context } of shell.widgets("main")) {
      // or the next save would ask which of the two to keep
      if (context?.path === uploaded.path) await context.revert();
    }
    return uploaded;
  };
}
