/**
 * The files that JupyterLite keeps in this browser, read and written from pages that don't load it.
 * It stores each file under its path as what Jupyter's contents API calls a model.
 */
import type { Contents, File } from "./jupyter";
import { done, FILES } from "./storage";

export type BrowserContents = Pick<Contents, "get" | "save">;

interface Model extends File {
  name: string;
  path: string;
  created: string;
  last_modified: string;
  mimetype: string;
  size: number;
  writable: boolean;
}

const MIME_TYPES: Record<string, string> = { notebook: "application/x-ipynb+json" };

/** @param name of JupyterLite's database of files */
export function browserContents(name: string): BrowserContents {
  return {
    async get(path) {
      const model = await inFiles(name, "readonly", (files) => files.get(path));
      if (!model) throw new Error(`${path} is not there`);
      return model as Model;
    },
    async save(path, file) {
      const now = new Date().toISOString();
      await inFiles(name, "readwrite", async (files) => {
        const before = (await done(files.get(path))) as Model | undefined;
        const text = file.format === "json" ? JSON.stringify(file.content) : String(file.content);
        const model: Model = {
          ...{ name: path, path, created: before?.created ?? now, last_modified: now },
          ...{ mimetype: MIME_TYPES[file.type] ?? "text/plain", size: text.length, writable: true },
          ...file,
        };
        return files.put(model, path);
      });
    },
  };
}

/** Runs one request on the store of files. @throws what the storage says when it refuses */
async function inFiles<T>(
  name: string,
  mode: IDBTransactionMode,
  use: (files: IDBObjectStore) => IDBRequest<T> | Promise<IDBRequest<T>>,
): Promise<T> {
  const base = await done(indexedDB.open(name));
  try {
    return await done(await use(base.transaction(FILES, mode).objectStore(FILES)));
  } finally {
    base.close();
  }
}
