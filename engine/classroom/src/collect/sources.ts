/**
 * Lists what a platform gives for download: the files of a folder, or of a ZIP archive that is read
 * in place. Archives come from outside: nothing is unpacked to a name that the archive chooses, no
 * file is read beyond its limit, and an archive that leads out of its folder or unpacks to far more
 * than it should is refused whole.
 */
import {
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { fromFd, type Entry, type ZipFile } from "yauzl";
import { nameText } from "grader/batch";
import { ClassError } from "../settings.js";
import { zonedTime } from "../time.js";

export interface SourceFile {
  /** Below what was named, with / between folders. */
  path: string;
  bytes: number;
  /** The file's own time, in ISO 8601. */
  time?: string;
  /** Why it can't be read, the end of a sentence about the file. */
  error?: string;
  /** @throws with the end of a sentence about the file */
  read(): Promise<Buffer>;
}

export interface Source {
  files: SourceFile[];
  close(): void;
}

/** A notebook with its pictures, as much as the grader takes. */
export const MAX_NOTEBOOK_BYTES = 20 << 20;
const MEGABYTE = 1 << 20;
export const tooLarge = (bytes: number) =>
  `is ${Math.round(bytes / MEGABYTE)} MB large, more than the ${MAX_NOTEBOOK_BYTES / MEGABYTE} MB that a ` +
  "notebook may have";

/** Jupyter's and the systems' own, in which nobody hands anything in. */
export const isHidden = (name: string) => name.startsWith(".") || name === "__MACOSX";
export const isSystemFile = (path: string) =>
  path.split("/").some(isHidden) || /(^|\/)(Thumbs\.db|desktop\.ini)$/i.test(path);

/** A class of 800 that hands in everything it has stays far below these. */
const MAX_ARCHIVE_FILES = 50_000;
const MAX_ARCHIVE_BYTES = 8 * 2 ** 30;
/** Text seldom shrinks to a fiftieth; zeros shrink to a thousandth. */
const MAX_COMPRESSION_RATIO = 200;

/** Extra fields that hold a time in UTC: of Unix, of Windows. */
const UTC_TIMES = [0x5455, 0x000a];
const LINK = 0o120000;
const MODE_SHIFT = 16;
const ENCRYPTED = 1;

/** Gradescope's list of submissions holds all their results. */
const MAX_METADATA_BYTES = 256 << 20;
const limitOf = (name: string) => (name.endsWith(".yml") ? MAX_METADATA_BYTES : MAX_NOTEBOOK_BYTES);

/** Its own time; without a time zone in the archive, in the class's. */
function timeOf(entry: Entry, zone: string): string | undefined {
  const { getLastModDate } = entry as unknown as { getLastModDate(options: object): Date };
  const utc = getLastModDate.call(entry, { timezone: "UTC" });
  if (Number.isNaN(utc.getTime())) return undefined;
  if (entry.extraFields.some(({ id }) => UTC_TIMES.includes(id))) return utc.toISOString();
  return zonedTime(
    {
      year: utc.getUTCFullYear(),
      month: utc.getUTCMonth() + 1,
      day: utc.getUTCDate(),
      hour: utc.getUTCHours(),
      minute: utc.getUTCMinutes(),
      second: utc.getUTCSeconds(),
    },
    zone,
  );
}

function unreadableReason(entry: Entry): string | undefined {
  const mode = (entry.externalFileAttributes >>> MODE_SHIFT) & 0o170000;
  if (mode === LINK) return "is a link, which is not followed";
  if (entry.generalPurposeBitFlag & ENCRYPTED) return "is encrypted";
  return undefined;
}

/** @throws with the end of a sentence about the file */
async function readEntry(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const maxBytes = limitOf(entry.fileName);
  if (entry.uncompressedSize > maxBytes) throw new Error(tooLarge(entry.uncompressedSize));
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    zip.openReadStream(entry, (e, opened) => (e ? reject(e) : resolve(opened!)));
  });
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > maxBytes) throw new Error(tooLarge(bytes));
      parts.push(part);
    }
  } catch (e) {
    throw new Error(`cannot be unpacked: ${(e as Error).message}`, { cause: e });
  }
  return Buffer.concat(parts);
}

/** Adds an entry. @throws when the archive, so far, is one that means harm */
function addEntry(files: SourceFile[], zip: ZipFile, entry: Entry, zone: string): void {
  if (entry.fileName.endsWith("/") || isSystemFile(entry.fileName)) return;
  const { uncompressedSize: bytes, compressedSize } = entry;
  const isBomb =
    bytes > limitOf(entry.fileName) && bytes > MAX_COMPRESSION_RATIO * Math.max(1, compressedSize);
  if (isBomb) throw new Error(`${entry.fileName} would unpack to ${bytes} bytes`);
  files.push({
    path: entry.fileName,
    bytes,
    time: timeOf(entry, zone),
    error: unreadableReason(entry),
    read: () => readEntry(zip, entry),
  });
  if (files.length > MAX_ARCHIVE_FILES) {
    throw new Error(`it holds more than ${MAX_ARCHIVE_FILES} files`);
  }
}

function readEntries(zip: ZipFile, zone: string): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    zip.on("error", reject);
    zip.on("end", () => resolve(files));
    zip.on("entry", (entry: Entry) => {
      try {
        addEntry(files, zip, entry, zone);
        bytes += entry.uncompressedSize;
        if (bytes > MAX_ARCHIVE_BYTES) throw new Error("it would unpack to more than 8 GB");
        zip.readEntry();
      } catch (e) {
        reject(e as Error);
      }
    });
    zip.readEntry();
  });
}

const openFd = (fd: number) =>
  new Promise<ZipFile>((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, strictFileNames: true };
    fromFd(fd, options, (e, zip) => (e ? reject(e) : resolve(zip!)));
  });

/** @throws ClassError where it is no archive, or one that means harm: then nothing of it is read */
export async function openZip(file: string, zone: string): Promise<Source> {
  const fd = openSync(file, "r");
  try {
    const start = Buffer.alloc(2);
    readSync(fd, start, 0, 2, 0);
    if (start.toString("latin1") !== "PK") {
      throw new ClassError(`${file} is neither a folder nor a ZIP archive`);
    }
    const zip = await openFd(fd);
    return { files: await readEntries(zip, zone), close: () => zip.close() };
  } catch (e) {
    closeSync(fd);
    if (e instanceof ClassError) throw e;
    throw new ClassError(`${file} is refused: ${(e as Error).message}`, { cause: e });
  }
}

/** An archive of these files. */
export const zipOf = (files: Map<string, string | Uint8Array>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      [...files].map(([name, data]) => [
        name,
        typeof data === "string" ? new TextEncoder().encode(data) : data,
      ]),
    ),
  );

function addFolder(files: SourceFile[], folder: Buffer, prefix: string): void {
  const names = readdirSync(folder, { encoding: "buffer" });
  for (const name of names.sort(Buffer.compare)) {
    const text = nameText(name);
    if (isHidden(text)) continue;
    const path = Buffer.concat([folder, Buffer.from("/"), name]);
    const info = lstatSync(path);
    if (info.isDirectory()) {
      addFolder(files, path, `${prefix}${text}/`);
      continue;
    }
    const error = info.isFile() ? undefined : "is a link, which is not followed";
    const file = { path: prefix + text, bytes: info.size, time: info.mtime.toISOString() };
    files.push({ ...file, error, read: async () => readFileSync(path) });
  }
}

/** @throws ClassError where it can't be read, or is an archive that means harm */
export async function openSource(path: string, zone: string): Promise<Source> {
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info) throw new ClassError(`${path} does not exist`);
  if (!info.isDirectory()) return openZip(path, zone);
  const files: SourceFile[] = [];
  addFolder(files, Buffer.from(join(path)), "");
  return { files, close: () => undefined };
}
