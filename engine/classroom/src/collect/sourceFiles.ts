/** Files as a platform gives them for download, wherever they lie. */

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
