/**
 * What this browser stores of a reader's work: whether it stores anything, the student's progress,
 * and a save that the storage refuses, which offers the file as a download.
 */
import type { Contents, File } from "./jupyter";

/** The store in JupyterLite's database that holds files by their path. */
export const FILES = "files";

// JupyterLab cuts a notification after 140 letters
export const STORED_IN_BROWSER =
  "Your work stays in this browser; a private window forgets it when it closes. File → Download " +
  "keeps a copy.";

const NO_STORAGE =
  "This browser keeps no files. Use a normal window, or download your notebooks (File → Download) " +
  "before you leave.";

/** JupyterLite's databases, by the option that names each, with what it keeps in them. */
const STORES: Record<string, string[]> = {
  contentsStorageName: [FILES, "counters", "checkpoints"],
  settingsStorageName: ["settings"],
  workspacesStorageName: ["statedb"],
};
/** localforage, which JupyterLite uses, makes one more in each. */
const LOCALFORAGE_STORE = "local-forage-detect-blob-support";

/**
 * Makes the stores of a new browser at once. JupyterLite adds one after another, each with a new
 * version of the database, and tabs that open at the same time wait for each other without end.
 * @param option the settings of the page; stores that have no name aren't made
 */
export async function makeStores(option: (name: string) => string | undefined): Promise<void> {
  for (const [setting, stores] of Object.entries(STORES)) {
    const name = option(setting);
    if (name === undefined) continue;
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => {
      for (const store of [...stores, LOCALFORAGE_STORE]) request.result.createObjectStore(store);
    };
    (await done(request)).close();
  }
}

/** The paths of the files that a database of JupyterLite holds. */
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
export async function storageProblem(): Promise<string | undefined> {
  const name = "course-storage-trial";
  try {
    (await done(indexedDB.open(name))).close();
    indexedDB.deleteDatabase(name);
  } catch {
    return NO_STORAGE;
  }
  // requests that the browser not evict the data when storage is short; the browser may refuse
  void navigator.storage?.persist?.();
  return undefined;
}

export const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error("the browser's storage cannot be opened"));
    };
  });

const PROGRESS_FILE = "progress.json";
const CHANNEL = "course.progress";
const PROGRESS_NOT_SAVED =
  "Your progress isn't kept, since the browser's storage is full or doesn't work. " +
  "Make room: delete files that you don't need.";

export interface ProgressStore {
  /** The text of the file; undefined if it doesn't exist. */
  read(): Promise<string | undefined>;
  save(text: string): void;
  /** Waits until all that was to be saved is stored, or couldn't be. */
  saved(): Promise<void>;
  /** Calls after another kernel, here or in another tab, has saved. @returns what unsubscribes */
  onChange(call: (text: string) => void): () => void;
}

/** @param warn shows a sentence */
export function progressStore(contents: Contents, warn: (message: string) => void): ProgressStore {
  const channel = new BroadcastChannel(CHANNEL);
  const listeners = new Set<(text: string) => void>();
  channel.onmessage = ({ data }: MessageEvent<string>) => {
    for (const call of listeners) call(data);
  };
  let last: Promise<void> = Promise.resolve();
  let isSaved = true;
  return {
    async read() {
      await last;
      try {
        const file = await contents.get(PROGRESS_FILE, {
          type: "file",
          format: "text",
          content: true,
        });
        return typeof file.content === "string" ? file.content : undefined;
      } catch {
        return undefined;
      }
    },
    save(text) {
      const file = { type: "file", format: "text", content: text };
      const keep = () => contents.save(PROGRESS_FILE, file);
      last = last.then(keep).then(
        () => {
          isSaved = true;
        },
        () => {
          if (isSaved) warn(PROGRESS_NOT_SAVED); // once, until a write succeeds again
          isSaved = false;
        },
      );
      for (const call of listeners) call(text);
      channel.postMessage(text);
    },
    saved: () => last,
    onChange(call) {
      listeners.add(call);
      return () => listeners.delete(call);
    },
  };
}

/** `Notification` of JupyterLab. */
export interface Notifications {
  /** @returns its id */
  warning(message: string, options: object): string;
  info(message: string, options: object): string;
  dismiss(id: string): void;
}

const isFull = (e: unknown) => e instanceof DOMException && e.name === "QuotaExceededError";

/** How long to wait for the service worker, which may be busy. */
const DROP_TIMEOUT_MS = 5_000;

/** Deletes the files that the service worker keeps for reading offline. @returns whether it did */
function dropOfflineFiles(): Promise<boolean> {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return Promise.resolve(false);
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<{ isDropped: boolean }>) => {
      resolve(data.isDropped);
    };
    setTimeout(() => resolve(false), DROP_TIMEOUT_MS);
    worker.postMessage({ drop: true }, [port2]);
  });
}

const NO_ROOM =
  "The browser's storage is full. Delete files that you don't need, here or in other sites' storage, " +
  "then try again.";

/**
 * Gives the storage to the reader's files when it is full: deletes the files for reading offline, and
 * tries once more. JupyterLite writes when a notebook opens, too.
 * @throws a sentence if the storage is still full
 */
export function makeRoomFor(contents: Contents): void {
  const withRoom =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        return await call(...args);
      } catch (e) {
        if (!isFull(e)) throw e;
        await dropOfflineFiles();
        return call(...args);
      }
    };
  contents.save = withRoom(contents.save.bind(contents));
  const open = withRoom(contents.get.bind(contents));
  const addCheckpoint = withRoom(contents.createCheckpoint.bind(contents));
  const orSayWhy = (e: unknown) => {
    throw isFull(e) ? new Error(NO_ROOM, { cause: e }) : e;
  };
  contents.get = (...args) => open(...args).catch(orSayWhy);
  contents.createCheckpoint = (path) => addCheckpoint(path).catch(orSayWhy);
}

/** File → Download saves first, so it can't help where nothing can be saved. */
export function offerDownloads(contents: Contents, notifications: Notifications): void {
  const save = contents.save.bind(contents);
  const shown = new Map<string, string>();
  const dismiss = (path: string) => {
    const id = shown.get(path);
    if (id !== undefined) notifications.dismiss(id);
    shown.delete(path);
  };
  contents.save = async (path, file) => {
    try {
      const saved = await save(path, file);
      dismiss(path);
      return saved;
    } catch (e) {
      if (!(e instanceof DOMException)) throw e;
      dismiss(path);
      const problem = saveErrorMessage(path, e);
      const callback = () => {
        download(path, file);
      };
      const options = { autoClose: false, actions: [{ label: "Download it now", callback }] };
      shown.set(path, notifications.warning(problem, options));
      throw new Error(`${problem} ${REMEDY}`, { cause: e });
    }
  };
}

/** JupyterLab cuts a notification after 140 letters; its own dialog shows all. */
const saveErrorMessage = (path: string, { name, message }: DOMException): string =>
  name === "QuotaExceededError"
    ? `${path} isn't saved: the browser's storage is full.`
    : `${path} isn't saved: the browser's storage doesn't work (${message || name}).`;

const REMEDY =
  'Close this message and press "Download it now". Then make room: delete files that you don\'t need.';

function download(path: string, { content }: File): void {
  const text = typeof content === "string" ? content : JSON.stringify(content, null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  link.download = path.slice(path.lastIndexOf("/") + 1);
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}
