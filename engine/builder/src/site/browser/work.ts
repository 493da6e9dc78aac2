/**
 * The reader's work on a site as one file, to go on in another browser or on a computer: all
 * notebooks, the progress, and answers that were written on pages. Loading one loses nothing: a
 * notebook that is here already and differs is kept beside the new one.
 */
import { browserContents, notebooksStore, storedFiles, type BrowserContents } from "browser/client";
import { strFromU8, strToU8, unzipSync, zipSync, type Unzipped } from "fflate";
import { plural } from "../../plural";
import { addDrafts, draftsOf } from "./drafts";
import { mergeProgress, readProgressText, type Progress } from "./progress";

const PROGRESS = "progress.json";
const DRAFTS = "drafts.json";
const MAX_FILE_MB = 64;
const MAX_UNPACKED_MB = 256;

const isNotebook = (name: string) => /^[\w() .:-]+\.ipynb$/.test(name);
const isOurs = (name: string) => isNotebook(name) || name === PROGRESS || name === DRAFTS;

/** @returns the file, and how many notebooks it holds */
async function pack(base: string): Promise<{ bytes: Uint8Array; notebooks: number }> {
  const store = notebooksStore(base);
  const contents = browserContents(store);
  const files: Record<string, Uint8Array> = {};
  const names = (await storedFiles(store)).filter((name) => isNotebook(name) || name === PROGRESS);
  for (const name of names) {
    const { content, format } = await contents.get(name, {});
    files[name] = strToU8(format === "json" ? JSON.stringify(content) : String(content));
  }
  files[DRAFTS] = strToU8(JSON.stringify(draftsOf(base)));
  // not `zip`, which compresses large files in workers that the page's policy forbids
  return { bytes: zipSync(files), notebooks: names.filter(isNotebook).length };
}

/** @throws with a sentence for a file that isn't such a one */
async function unpack(file: File): Promise<Unzipped> {
  const notOurs = `${file.name} is not a file that “Save all” wrote: choose that one.`;
  if (file.size > MAX_FILE_MB * 1e6) throw new Error(notOurs);
  const bytes = new Uint8Array(await file.arrayBuffer());
  let unpacked = 0;
  const filter = ({ name, originalSize }: { name: string; originalSize: number }) => {
    if (!isOurs(name)) return false;
    unpacked += originalSize;
    return unpacked <= MAX_UNPACKED_MB * 1e6;
  };
  let found: Unzipped;
  try {
    found = unzipSync(bytes, { filter });
  } catch {
    throw new Error(notOurs);
  }
  const isEmpty = Object.keys(found).length === 0;
  if (isEmpty || unpacked > MAX_UNPACKED_MB * 1e6) throw new Error(notOurs);
  return found;
}

interface Notebook {
  cells: unknown[];
}

const damaged = (name: string) =>
  new Error(`${name} in the file is damaged, so nothing was loaded.`);

function parsed(name: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(strFromU8(bytes));
  } catch {
    throw damaged(name);
  }
}

function notebookOf(name: string, bytes: Uint8Array): Notebook {
  const notebook = parsed(name, bytes) as Notebook | null;
  if (!Array.isArray(notebook?.cells)) throw damaged(name);
  return notebook!;
}

/** Reads all before anything is written. */
function readWork(files: Unzipped) {
  const notebooks = Object.entries(files)
    .filter(([name]) => isNotebook(name))
    .map(([name, bytes]) => ({ name, notebook: notebookOf(name, bytes) }));
  const [progress, drafts] = [files[PROGRESS], files[DRAFTS]];
  return {
    notebooks,
    progress: readProgressText(progress && strFromU8(progress)),
    drafts: (drafts ? parsed(DRAFTS, drafts) : {}) as Record<string, unknown>,
  };
}

const present = (contents: BrowserContents, name: string): Promise<Notebook | undefined> =>
  contents.get(name, {}).then(
    ({ content }) => content as Notebook,
    () => undefined,
  );

const notebookFile = (content: unknown) => ({ type: "notebook", format: "json", content });

/** @returns the names under which notebooks that were here are kept */
async function writeNotebooks(
  contents: BrowserContents,
  notebooks: { name: string; notebook: Notebook }[],
): Promise<string[]> {
  const day = new Date().toISOString().slice(0, 16).replace("T", " ").replace(":", ".");
  const kept: string[] = [];
  for (const { name, notebook } of notebooks) {
    const here = await present(contents, name);
    if (here && JSON.stringify(here.cells) === JSON.stringify(notebook.cells)) continue;
    if (here) {
      const beside = name.replace(/\.ipynb$/, ` (before ${day}).ipynb`);
      await contents.save(beside, notebookFile(here));
      kept.push(beside);
    }
    await contents.save(name, notebookFile(notebook));
  }
  return kept;
}

async function writeProgress(contents: BrowserContents, loaded: Progress): Promise<void> {
  const here = await contents.get(PROGRESS, {}).then(
    ({ content }) => String(content),
    () => undefined,
  );
  const merged = mergeProgress(readProgressText(here), loaded);
  const content = `${JSON.stringify(merged, undefined, 1)}\n`;
  await contents.save(PROGRESS, { type: "file", format: "text", content });
}

async function load(base: string, file: File): Promise<string> {
  const work = readWork(await unpack(file));
  const contents = browserContents(notebooksStore(base));
  const kept = await writeNotebooks(contents, work.notebooks);
  await writeProgress(contents, work.progress);
  addDrafts(base, work.drafts);
  const count = plural(work.notebooks.length, "notebook");
  const beside = kept.length === 0 ? "" : ` What was here is kept as ${kept.join(", ")}.`;
  return `${count} and your progress are here.${beside} Reload notebooks that are open.`;
}

function save(bytes: Uint8Array): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  link.download = `my-course-${new Date().toISOString().slice(0, 10)}.zip`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Makes the section of the landing page work. */
function start(section: HTMLElement): void {
  const base = section.dataset.base!;
  const [saveButton, loadButton] = section.querySelectorAll("button");
  const [input] = section.querySelectorAll("input");
  const status = section.querySelector<HTMLElement>("[role=status]")!;
  const say = (task: () => Promise<string>) => async () => {
    try {
      status.textContent = await task();
    } catch (error) {
      status.textContent = (error as Error).message;
    }
  };
  saveButton!.addEventListener(
    "click",
    say(async () => {
      const { bytes, notebooks } = await pack(base);
      save(bytes);
      return `The file holds ${plural(notebooks, "notebook")} and your progress.`;
    }),
  );
  loadButton!.addEventListener("click", () => input!.click());
  input!.addEventListener(
    "change",
    say(async () => {
      const [file] = input!.files ?? [];
      const answer = file ? await load(base, file) : "";
      input!.value = "";
      return answer;
    }),
  );
  section.hidden = false;
}

start(document.querySelector<HTMLElement>("[data-work]")!);
