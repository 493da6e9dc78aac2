/**
 * The reader's work on a site as one file, to go on in another browser or on a computer: all
 * notebooks, the progress, and answers that were written on pages. Loading one loses nothing: a
 * notebook that is here already and differs is kept beside the new one.
 */
import { browserContents, storedFiles, type BrowserContents } from "browser/client";
import { strFromU8, strToU8, unzip, zip, type Unzipped } from "fflate";
import { mergeProgress, readProgressText, type Progress } from "./progress";

const PROGRESS = "progress.json";
const DRAFTS = "drafts.json";
const DRAFT_PREFIX = "course.draft ";
const MAX_FILE_MB = 64;
const MAX_UNPACKED_MB = 256;

const isNotebook = (name: string) => /^[\w() .:-]+\.ipynb$/.test(name);
const isOurs = (name: string) => isNotebook(name) || name === PROGRESS || name === DRAFTS;

/** The answers that pages of this site keep, by their keys. */
function drafts(base: string): Record<string, string> {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(DRAFT_PREFIX + base));
  return Object.fromEntries(keys.map((key) => [key, localStorage.getItem(key)!]));
}

/** @returns the file, and how many notebooks it holds */
async function pack(base: string): Promise<{ bytes: Uint8Array; notebooks: number }> {
  const store = `Notebooks of ${base}`;
  const contents = browserContents(store);
  const files: Record<string, Uint8Array> = {};
  const names = (await storedFiles(store)).filter((name) => isNotebook(name) || name === PROGRESS);
  for (const name of names) {
    const { content, format } = await contents.get(name, {});
    files[name] = strToU8(format === "json" ? JSON.stringify(content) : String(content));
  }
  files[DRAFTS] = strToU8(JSON.stringify(drafts(base)));
  const bytes = await new Promise<Uint8Array>((resolve, reject) => {
    zip(files, (error, data) => (error ? reject(error) : resolve(data)));
  });
  return { bytes, notebooks: names.filter(isNotebook).length };
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
  const found = await new Promise<Unzipped>((resolve, reject) => {
    unzip(bytes, { filter }, (error, data) => {
      if (error) reject(new Error(notOurs));
      else resolve(data);
    });
  });
  if (unpacked > MAX_UNPACKED_MB * 1e6) throw new Error(notOurs);
  if (Object.keys(found).length === 0) throw new Error(notOurs);
  return found;
}

interface Notebook {
  cells: unknown[];
}

function notebookOf(name: string, bytes: Uint8Array): Notebook {
  try {
    const notebook = JSON.parse(strFromU8(bytes)) as Notebook | null;
    if (Array.isArray(notebook?.cells)) return notebook!;
  } catch {
    // told below
  }
  throw new Error(`${name} in the file is damaged, so nothing was loaded.`);
}

/** Reads all before anything is written. */
function readWork(files: Unzipped) {
  const notebooks = Object.entries(files)
    .filter(([name]) => isNotebook(name))
    .map(([name, bytes]) => ({ name, notebook: notebookOf(name, bytes) }));
  const text = (name: string) => (files[name] ? strFromU8(files[name]) : undefined);
  const written = text(DRAFTS);
  return {
    notebooks,
    progress: readProgressText(text(PROGRESS)),
    drafts: (written === undefined ? {} : JSON.parse(written)) as Record<string, unknown>,
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

/** Answers written here stay; others are taken. */
function writeDrafts(base: string, loaded: Record<string, unknown>): void {
  for (const [key, text] of Object.entries(loaded)) {
    const isOwn = key.startsWith(DRAFT_PREFIX + base) && typeof text === "string";
    if (isOwn && localStorage.getItem(key) === null) localStorage.setItem(key, text);
  }
}

async function load(base: string, file: File): Promise<string> {
  const work = readWork(await unpack(file));
  const contents = browserContents(`Notebooks of ${base}`);
  const kept = await writeNotebooks(contents, work.notebooks);
  await writeProgress(contents, work.progress);
  writeDrafts(base, work.drafts);
  const count = work.notebooks.length === 1 ? "1 notebook" : `${work.notebooks.length} notebooks`;
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
      const count = notebooks === 1 ? "1 notebook" : `${notebooks} notebooks`;
      return `The file holds ${count} and your progress.`;
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
