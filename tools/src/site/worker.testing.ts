/** The browser's kernel without JupyterLite, for tests: its worker in an empty page. */
import type { Page } from "playwright-core";
import { resultOf, type CellResult, type Content, type Wish } from "../lab/kernel-client";

/** What the worker says; see browser/src/messages.ts. */
interface Said {
  says: string;
  id?: string;
  type?: string;
  content?: Content;
  sentence?: string;
}
type Ask = (id: string, type: string, content: Content) => Promise<Said[]>;
declare global {
  var askWorker: Ask;
}

export interface WorkerKernel {
  run(code: string, wish?: Wish): Promise<CellResult>;
  /** Any other request: its reply. */
  ask(type: string, content: Content): Promise<Content>;
}

/** @param address of the folder `kernel`, with a / at its end; the page is one of the same site */
export async function startWorker(
  page: Page,
  address: string,
  device?: string,
): Promise<WorkerKernel> {
  await page.evaluate(start, { address, device });
  let count = 0;
  const ask = (type: string, content: Content) =>
    page.evaluate(([id, kind, asked]) => askWorker(id, kind, asked), [
      String(count++),
      type,
      content,
    ] as const);
  return {
    async run(code, wish = {}) {
      const said = await ask("execute_request", { code, ...wish });
      const outputs = said.flatMap(({ says, type, content }) =>
        says === "publish" ? [{ type: type!, content: content! }] : [],
      );
      return resultOf(said.at(-1)!.content!, outputs);
    },
    ask: async (type, content) => (await ask(type, content)).at(-1)!.content!,
  };
}

/** Runs in the page: starts the worker and leaves `askWorker`. */
function start({ address, device }: { address: string; device?: string }): Promise<void> {
  const worker = new Worker(new URL("worker.js", address));
  const said = new Map<string, Said[]>();
  const ends = new Map<string, (all: Said[]) => void>();
  globalThis.askWorker = (id, type, content) =>
    new Promise((resolve) => {
      said.set(id, []);
      ends.set(id, resolve);
      worker.postMessage({ says: "request", id, type, content });
    });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Said>) => {
      if (data.says === "ready") resolve();
      if (data.says === "failed") reject(new Error(data.sentence));
      said.get(data.id ?? "")?.push(data);
      if (data.says === "done") ends.get(data.id!)?.(said.get(data.id!)!);
    };
    worker.onerror = (event) => {
      reject(new Error(event.message));
    };
    worker.postMessage({ says: "start", files: new URL("files/", address).href, device });
  });
}
