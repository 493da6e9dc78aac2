/**
 * The files that code in a worker sees: a table of paths. The site's files are fetched
 * synchronously when they are read, as workers can; written files stay in memory and go to
 * `onWrite`.
 */

/** Where the course's folder is for code that runs here; nothing is outside of it. */
export const ROOT = "/course";

interface Disk {
  /** path → size in bytes, of the site's files */
  served: Map<string, number>;
  /** path → bytes, of files that were written or read */
  cached: Map<string, Uint8Array>;
  /** folder → names in it */
  folders: Map<string, Set<string>>;
  fetch(path: string): Uint8Array;
  onWrite(path: string, bytes: Uint8Array | undefined): void;
}

const disk: Disk = {
  served: new Map(),
  cached: new Map(),
  folders: new Map([["/", new Set()]]),
  fetch: () => new Uint8Array(),
  onWrite: () => undefined,
};

/** Larger files are fetched again, from the browser's own cache. */
const MAX_CACHED_BYTES = 1 << 20;

export class FileError extends Error {
  constructor(
    readonly code: "ENOENT" | "EEXIST" | "EISDIR",
    path: string,
  ) {
    super(`${code}: ${path}`);
  }
}

/**
 * @param files path → size; `fetch` loads one; `onWrite` is called for files written or removed
 */
export function mount(
  files: Iterable<[path: string, bytes: number]>,
  fetch: Disk["fetch"],
  onWrite: Disk["onWrite"],
): void {
  for (const [path, bytes] of files) {
    disk.served.set(path, bytes);
    addToFolders(path);
  }
  disk.fetch = fetch;
  disk.onWrite = onWrite;
}

function addToFolders(path: string): void {
  const at = path.lastIndexOf("/");
  const folder = at <= 0 ? "/" : path.slice(0, at);
  const names = disk.folders.get(folder);
  if (names) return void names.add(path.slice(at + 1));
  disk.folders.set(folder, new Set([path.slice(at + 1)]));
  if (folder !== "/") addToFolders(folder);
}

export const isFile = (path: string): boolean => disk.cached.has(path) || disk.served.has(path);
export const isFolder = (path: string): boolean => disk.folders.has(path);
export const sizeOf = (path: string): number =>
  disk.cached.get(path)?.byteLength ?? disk.served.get(path) ?? 0;

export function makeFolder(path: string): void {
  if (disk.folders.has(path)) return;
  addToFolders(path);
  disk.folders.set(path, new Set());
}

export function namesIn(folder: string): string[] {
  const names = disk.folders.get(folder);
  if (!names) throw new FileError("ENOENT", folder);
  return [...names].sort();
}

export function read(path: string): Uint8Array {
  const cached = disk.cached.get(path);
  if (cached) return cached;
  const bytes = disk.served.get(path);
  if (bytes === undefined) throw new FileError(isFolder(path) ? "EISDIR" : "ENOENT", path);
  const fetched = disk.fetch(path);
  if (fetched.byteLength <= MAX_CACHED_BYTES) disk.cached.set(path, fetched);
  return fetched;
}

/** Puts a file in its place without calling `onWrite`: it is stored elsewhere already. */
export function hold(path: string, bytes: Uint8Array): void {
  disk.cached.set(path, bytes);
  addToFolders(path);
}

export function write(path: string, bytes: Uint8Array): void {
  hold(path, bytes);
  disk.onWrite(path, bytes);
}

export function remove(path: string): void {
  disk.cached.delete(path);
  disk.served.delete(path);
  const at = path.lastIndexOf("/");
  disk.folders.get(path.slice(0, at))?.delete(path.slice(at + 1));
  disk.onWrite(path, undefined);
}
