/** As much of Node's `fs` as the course uses, on the table of files in disk.ts. */
import { Buffer } from "buffer/";
import { resolve } from "path-browserify";
import * as disk from "./disk";

export const constants = { R_OK: 4, W_OK: 2 };

type Encoding = string | { encoding?: string | null } | null | undefined;
const encodingOf = (options: Encoding) =>
  typeof options === "string" ? options : options?.encoding;

export const existsSync = (path: string): boolean =>
  disk.isFile(resolve(path)) || disk.isFolder(resolve(path));

export function readFileSync(path: string, options?: Encoding): unknown {
  const bytes = Buffer.from(disk.read(resolve(path)));
  const encoding = encodingOf(options);
  return encoding ? bytes.toString(encoding as "utf8") : bytes;
}

export function writeFileSync(path: string, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  disk.write(resolve(path), new Uint8Array(bytes));
}

export function renameSync(from: string, to: string): void {
  const bytes = disk.read(resolve(from));
  disk.remove(resolve(from));
  disk.write(resolve(to), bytes);
}

export function rmSync(path: string, options?: { force?: boolean }): void {
  const file = resolve(path);
  if (disk.isFile(file)) return disk.remove(file);
  if (options?.force !== true) throw new disk.FileError("ENOENT", file);
}

export const mkdirSync = (path: string): void => {
  disk.makeFolder(resolve(path));
};
export const realpathSync = (path: string): string => {
  accessSync(path);
  return resolve(path);
};
export function accessSync(path: string): void {
  if (!existsSync(path)) throw new disk.FileError("ENOENT", path);
}

const kindOf = (path: string) => ({
  isFile: () => disk.isFile(path),
  isDirectory: () => disk.isFolder(path),
  isSymbolicLink: () => false,
});

export function statSync(path: string, options?: { throwIfNoEntry?: boolean }) {
  const file = resolve(path);
  if (existsSync(file)) return { ...kindOf(file), size: disk.sizeOf(file), mtimeMs: 0 };
  if (options?.throwIfNoEntry === false) return undefined;
  throw new disk.FileError("ENOENT", file);
}

export function readdirSync(path: string, options?: { withFileTypes?: boolean }): unknown[] {
  const folder = resolve(path);
  const names = disk.namesIn(folder);
  if (!options?.withFileTypes) return names;
  return names.map((name) => ({ name, parentPath: folder, ...kindOf(`${folder}/${name}`) }));
}

/** Creates a file, and fails if it exists; for lock files. */
export function openSync(path: string, flags: string): number {
  if (flags.includes("x") && disk.isFile(resolve(path))) throw new disk.FileError("EEXIST", path);
  disk.hold(resolve(path), new Uint8Array());
  return 3;
}
export const closeSync = (): void => undefined;
