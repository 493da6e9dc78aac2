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
