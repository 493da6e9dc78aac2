/**
 * From the words of the command line to files: each is a notebook to read or one line that says why
 * not. Names are bytes on Linux, and need not be UTF-8.
 */
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync, type Stats } from "node:fs";
import { basename, resolve } from "node:path";
import { createHash } from "node:crypto";
import { readWithoutOutputs } from "./dropOutputs";

export interface Input {
  /** As shown in reports: the path below the folder that was named. */
  file: string;
  path: string | Buffer;
  /** Why it cannot be read, the end of a sentence about the file. */
  error?: string;
}

export interface Inputs {
  inputs: Input[];
  /** Hidden files and folders, which are left out. */
  hidden: string[];
}

/** A notebook with its pictures, its outputs aside; what is larger was never meant to be read. */
const MAX_NOTEBOOK_BYTES = 20 << 20;
/** With its outputs, which are dropped. */
const MAX_FILE_BYTES = 200 << 20;
/** Jupyter's and the systems' own, in which nobody hands anything in. */
const IGNORED_NAMES = /^\.(ipynb_checkpoints|DS_Store|git|_.*)$/;

function message(e: unknown): string {
  const { code, message: text } = e as NodeJS.ErrnoException;
  if (code === "ENOENT") return "does not exist";
  return code === "EACCES" ? "may not be read by this user" : text;
}

/** The name as text; bytes that are not UTF-8 read \xE9. */
export function nameText(name: Buffer): string {
  const text = name.toString("utf8");
  if (Buffer.from(text).equals(name)) return text;
  // what does not survive the round trip is written out
  return [...name].map((b) => (b < 0x80 ? String.fromCharCode(b) : hexEscape(b))).join("");
}

const hexEscape = (byte: number) => `\\x${byte.toString(16).toUpperCase().padStart(2, "0")}`;

const under = (folder: Buffer, name: Buffer) => Buffer.concat([folder, Buffer.from("/"), name]);

/** Why an entry of a folder is not a notebook to read. */
function whyNot(info: Stats, name: string): string | undefined {
  if (info.isSymbolicLink()) return "is a link; links in a folder of submissions are not followed";
  if (!info.isFile()) return "is no ordinary file";
  if (!name.toLowerCase().endsWith(".ipynb")) return "is not a notebook (.ipynb)";
  return name.startsWith(".") ? "is hidden, since its name begins with a dot" : undefined;
}

function addEntry(found: Inputs, path: Buffer, name: string, prefix: string): void {
  const file = prefix + name;
  try {
    const info = lstatSync(path);
    const isHidden = name.startsWith(".");
    const isNotebook = info.isFile() && name.toLowerCase().endsWith(".ipynb");
    if (isHidden && (!isNotebook || IGNORED_NAMES.test(name))) found.hidden.push(file);
    else if (info.isDirectory()) addFolder(found, path, `${file}/`);
    else found.inputs.push({ file, path, error: whyNot(info, name) });
  } catch (e) {
    found.inputs.push({ file, path, error: message(e) });
  }
}

function addFolder(found: Inputs, folder: Buffer, prefix: string): void {
  const names = readdirSync(folder, { encoding: "buffer" });
  for (const name of names.sort(Buffer.compare)) {
    addEntry(found, under(folder, name), nameText(name), prefix);
  }
}

function addArgument(found: Inputs, word: string): void {
  const before = found.inputs.length;
  try {
    if (statSync(word).isDirectory()) addFolder(found, Buffer.from(word), "");
    else found.inputs.push({ file: basename(word), path: word });
    if (found.inputs.length > before) return;
    found.inputs.push({ file: word, path: word, error: "holds no notebook" });
  } catch (e) {
    found.inputs.push({ file: word, path: word, error: message(e) });
  }
}

/** Files named twice are read once. */
export function collectInputs(words: string[]): Inputs {
  const found: Inputs = { inputs: [], hidden: [] };
  for (const word of words) addArgument(found, word);
  const seen = new Set<string>();
  const inputs = found.inputs.filter((input) => {
    const place = realPathOf(input);
    return !seen.has(place) && seen.add(place);
  });
  return { inputs, hidden: found.hidden };
}

/** Where the file lies, as text that names this file and no other. */
export function realPathOf({ path }: Pick<Input, "path">): string {
  try {
    return nameText(realpathSync(path, { encoding: "buffer" }));
  } catch {
    return nameText(typeof path === "string" ? Buffer.from(resolve(path)) : path);
  }
}

/** @throws with what is wrong, as the end of a sentence about the file */
export function readInput({ path, error }: Input): Buffer {
  if (error !== undefined) throw new Error(error);
  try {
    const info = statSync(path);
    if (!info.isFile()) throw new Error("is no ordinary file");
    if (info.size <= MAX_NOTEBOOK_BYTES) return readFileSync(path);
    const left =
      info.size > MAX_FILE_BYTES ? undefined : readWithoutOutputs(path, MAX_NOTEBOOK_BYTES);
    if (left) return left;
    const megabytes = Math.round(info.size / (1 << 20));
    const most = MAX_NOTEBOOK_BYTES / (1 << 20);
    throw new Error(`is ${megabytes} MB large, more than the ${most} MB that a notebook may have`);
  } catch (e) {
    throw new Error(message(e), { cause: e });
  }
}

// Names of reports: unique in a class, and short enough for every file system.

/** Bytes, of the 255 that a name may have: reports add endings, and numbers to equal ids. */
const MAX_ID_BYTES = 120;
const HASH_DIGITS = 10;

/** The longest beginning of at most so many bytes, whole characters only. */
function cut(text: string, bytes: number): string {
  let short = "";
  let length = 0;
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    short += character;
  }
  return short;
}

/** The file's name with everything but letters, digits, dots and dashes replaced. */
export function plainId(file: string): string {
  const plain = file
    .normalize("NFC")
    .replace(/\.ipynb$/i, "")
    .replace(/[^\p{L}\p{N}\p{M}._-]+/gu, "-")
    .replace(/^[.-]+/, "");
  if (plain === "") return "submission";
  if (Buffer.byteLength(plain) <= MAX_ID_BYTES) return plain;
  const hash = createHash("sha256").update(file).digest("hex").slice(0, HASH_DIGITS);
  return `${cut(plain, MAX_ID_BYTES - HASH_DIGITS - 1)}-${hash}`;
}

/** Whether two ids would be one file on a system that ignores case. */
export const foldId = (id: string): string => id.normalize("NFC").toLowerCase();

/** An id that is not taken, which it then is. */
export function newId(file: string, taken: Set<string>): string {
  const plain = plainId(file);
  let id = plain;
  for (let n = 2; taken.has(foldId(id)); n++) id = `${plain}-${n}`;
  taken.add(foldId(id));
  return id;
}
