/** Pieces of files in the browser's storage, by their hash. Where it keeps nothing, none is there. */

export interface Pieces {
  read(hash: string): Promise<Uint8Array | undefined>;
  /** @returns whether it is kept */
  write(hash: string, piece: Uint8Array): Promise<boolean>;
  /** @returns the hashes of those that aren't kept */
  missing(hashes: string[]): Promise<string[]>;
  dropOthers(hashes: string[]): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}

const STORE = "pieces";

const NONE: Pieces = {
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(false),
  missing: (hashes) => Promise.resolve(hashes),
  dropOthers: () => Promise.resolve(),
  clear: () => Promise.resolve(),
  close: () => undefined,
};

/**
 * @param name of the data base
 * @param path of the file that they are pieces of
 */
export async function openPieces(name: string, path: string): Promise<Pieces> {
  try {
    return piecesOf(await open(name), path);
  } catch {
    return NONE;
  }
}

function piecesOf(base: IDBDatabase, path: string): Pieces {
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
    write: (hash, piece) => keep(() => use("readwrite", (store) => store.put(piece, [path, hash]))),
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
