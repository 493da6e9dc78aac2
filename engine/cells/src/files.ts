/**
 * The files that types are read from: a disk, or a table in a browser. Paths are absolute, with
 * `/`.
 */
export interface Files {
  /** The folder that the cells are in. */
  folder: string;
  /** The file lib.es2023.d.ts of TypeScript. */
  lib: string;
  exists(path: string): boolean;
  isFolder(path: string): boolean;
  read(path: string): string | undefined;
  /** Changes when a file does. */
  version(path: string): string;
  realPath(path: string): string;
}
