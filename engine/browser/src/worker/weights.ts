/**
 * Replaces engine/course/src/siteWeights.ts: the weights that a site stores beside its kernel. A
 * file comes in chunks, each checked by its hash and kept in the browser's storage, so that a
 * download that was cut goes on where it ended, and later no network is needed.
 */
import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex } from "@noble/hashes/utils";
import type { DownloadedWeights, SiteWeights } from "course/siteWeights";
import type { WeightsFile, WeightsList } from "../messages";
import { ROOT } from "../node/disk";

/** Storage that stays free for the reader's notebooks. */
const RESERVED_BYTES = 50e6;

const site = { folder: "", weights: {} as WeightsList };

/** @param files the address of the folder `files` */
export async function loadWeightsList(files: string): Promise<void> {
  const folder = new URL("../", files).href;
  const response = await fetch(new URL("weights.json", folder));
  if (!response.ok) throw new Error(`weights.json could not be loaded (${response.status})`);
  Object.assign(site, { folder, weights: await response.json() });
}

/** See engine/course/src/siteWeights.ts. */
export function siteWeights(file: string): SiteWeights | undefined {
  const path = file.slice(ROOT.length + 1);
  const found = Object.hasOwn(site.weights, path) ? site.weights[path] : undefined;
  if (!found) return undefined;
  return {
    bytes: found.bytes,
    isStored: () =>
      withChunkStore(path, async (store) => (await store.missing(found.pieces)).length === 0),
    download: (onBytes, signal) =>
      oneAtATime(path, signal, () =>
        withChunkStore(path, (store) => loadChunks(found, store, onBytes, signal)),
      ),
  };
}

async function withChunkStore<T>(path: string, use: (store: ChunkStore) => Promise<T>): Promise<T> {
  const store = await openChunkStore(`Weights of ${new URL("../../", site.folder).pathname}`, path);
  try {
    return await use(store);
  } finally {
    store.close();
  }
}

/** A second tab waits for the first and then finds everything kept. */
async function oneAtATime<T>(path: string, signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  const { locks } = navigator as Partial<Navigator>;
  if (!locks) return run();
  return (await locks.request(`${site.folder}${path}`, { signal }, run)) as T;
}

async function loadChunks(
  { bytes, pieces }: WeightsFile,
  store: ChunkStore,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<DownloadedWeights> {
  const whole = new Uint8Array(bytes);
  let isKept = await makeRoom(store, pieces, bytes);
  let at = 0;
  for (const hash of pieces) {
    signal.throwIfAborted();
    let chunk = await store.read(hash);
    if (!chunk) {
      chunk = await fetchChunk(hash, signal);
      isKept &&= await store.write(hash, chunk);
    }
    whole.set(chunk, at);
    at += chunk.byteLength;
    onBytes(at);
  }
  // chunks of an incomplete file only take up storage
  if (!isKept) await store.clear();
  return { bytes: whole, isStored: isKept };
}

/** Drops chunks of an earlier file. @returns whether all of this one fits */
async function makeRoom(store: ChunkStore, pieces: string[], bytes: number): Promise<boolean> {
  await store.dropOthers(pieces);
  const missing = (await store.missing(pieces)).length / pieces.length;
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
  if (quota === undefined || usage === undefined) return true;
  return missing === 0 || usage + missing * bytes + RESERVED_BYTES <= quota;
}

async function fetchChunk(hash: string, signal: AbortSignal): Promise<Uint8Array> {
  const response = await fetch(new URL(`weights/${hash}.bin`, site.folder), { signal });
  if (!response.ok) throw new Error(`the site answered ${response.status}`);
  const chunk = new Uint8Array(await response.arrayBuffer());
  if (bytesToHex(sha256(chunk)) === hash) return chunk;
  throw new Error("what came isn't what the site had when it was made");
}

/** Stores chunks of one file by their hash; one that stores nothing has none. */
interface ChunkStore {
  read(hash: string): Promise<Uint8Array | undefined>;
  /** @returns whether it is kept */
  write(hash: string, chunk: Uint8Array): Promise<boolean>;
  /** @returns the hashes of those that aren't kept */
  missing(hashes: string[]): Promise<string[]>;
  dropOthers(hashes: string[]): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}

/** The name that readers' databases have it under. */
const STORE = "pieces";

const EMPTY_STORE: ChunkStore = {
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(false),
  missing: (hashes) => Promise.resolve(hashes),
  dropOthers: () => Promise.resolve(),
  clear: () => Promise.resolve(),
  close: () => undefined,
};

/**
 * @param name of the database
 * @param path of the file whose chunks it stores
 */
async function openChunkStore(name: string, path: string): Promise<ChunkStore> {
  try {
    return createChunkStore(await open(name), path);
  } catch {
    return EMPTY_STORE;
  }
}

function createChunkStore(base: IDBDatabase, path: string): ChunkStore {
  const use = <T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>) =>
    done(base.transaction(STORE, mode), ask);
  const keep = async (call: () => Promise<unknown>) => {
    try {
      await call();
      return true;
    } catch {
      return false;
    }
  };
  const keys = async () => {
    const all = await use("readonly", (store) => store.getAllKeys()).catch(() => []);
    return (all as [string, string][]).filter(([file]) => file === path);
  };
  const drop = async (isDropped: (hash: string) => boolean) => {
    for (const key of await keys()) {
      if (isDropped(key[1])) await keep(() => use("readwrite", (store) => store.delete(key)));
    }
  };
  return {
    read: (hash) => use("readonly", (store) => store.get([path, hash])).catch(() => undefined),
    write: (hash, chunk) => keep(() => use("readwrite", (store) => store.put(chunk, [path, hash]))),
    async missing(hashes) {
      const kept = new Set((await keys()).map(([, hash]) => hash));
      return hashes.filter((hash) => !kept.has(hash));
    },
    dropOthers: (hashes) => drop((hash) => !hashes.includes(hash)),
    clear: () => drop(() => true),
    close: () => {
      base.close();
    },
  };
}

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error(name));
    };
  });
}

/** A write counts when its transaction is complete, since the disk may be full until then. */
function done<T>(
  transaction: IDBTransaction,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const request = ask(transaction.objectStore(STORE));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => {
      resolve(request.result);
    };
    transaction.onabort = () => {
      reject(transaction.error ?? new Error("aborted"));
    };
  });
}
