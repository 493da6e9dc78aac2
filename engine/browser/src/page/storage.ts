/** What this browser keeps of a reader's work, and whether it keeps anything. */

/** The store in JupyterLite's data base that holds files by their path. */
const FILES = "files";

// JupyterLab cuts a note after 140 letters
export const KEPT_HERE =
  "Your work stays in this browser; a private window forgets it when it closes. File → Download " +
  "keeps a copy.";

const PRIVATE =
  "This browser keeps no files. Use a normal window, or download your notebooks (File → Download) " +
  "before you leave.";

/** JupyterLite's data bases, by the option that names each, with what it keeps in them. */
const STORES: Record<string, string[]> = {
  contentsStorageName: [FILES, "counters", "checkpoints"],
  settingsStorageName: ["settings"],
  workspacesStorageName: ["statedb"],
};
/** localforage, which JupyterLite uses, makes one more in each. */
const TRIAL = "local-forage-detect-blob-support";

/**
 * Makes the stores of a new browser at once. JupyterLite adds one after another, each with a new
 * version of the data base, and tabs that open at the same time wait for each other without end.
 * @param option the settings of the page
 */
export async function makeStores(option: (name: string) => string): Promise<void> {
  for (const [name, stores] of Object.entries(STORES)) {
    const request = indexedDB.open(option(name));
    request.onupgradeneeded = () => {
      for (const store of [...stores, TRIAL]) request.result.createObjectStore(store);
    };
    (await done(request)).close();
  }
}

/** The paths of the files that a data base of JupyterLite holds. */
export async function storedFiles(name: string): Promise<string[]> {
  const known = await indexedDB.databases();
  if (!known.some((found) => found.name === name)) return [];
  const base = await done(indexedDB.open(name));
  try {
    if (!base.objectStoreNames.contains(FILES)) return [];
    const keys = await done(base.transaction(FILES).objectStore(FILES).getAllKeys());
    return keys.filter((key) => typeof key === "string");
  } finally {
    base.close();
  }
}

/** @returns a sentence for a window that cannot keep anything */
export async function storageTrouble(): Promise<string | undefined> {
  const name = "course-storage-trial";
  try {
    (await done(indexedDB.open(name))).close();
    indexedDB.deleteDatabase(name);
  } catch {
    return PRIVATE;
  }
  // asks the browser not to clear it when room is short; it may say no
  void navigator.storage?.persist?.();
  return undefined;
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error("the browser's storage cannot be opened"));
    };
  });
