/** The browser's kernel without JupyterLite, for tests: the page's own code in an empty page. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import type { Page, Worker } from "playwright-core";
import { resultOf, type CellResult, type Content, type ExecuteOptions } from "kernel/client";

/** What engine/browser/src/page/kernel.ts makes, as far as tests use it. */
interface Kernel {
  handleMessage(message: object): Promise<void>;
  interrupt(): void;
  checked(): Promise<void>;
}
interface KernelMessage {
  channel: string;
  header: { msg_type: string };
  parent_header: { msg_id: string };
  content: Content;
}
interface TestRequest {
  outputs: CellResult["outputs"];
  reply?: Content;
}
declare global {
  var kernelCode: {
    createKernel(options: object, setting: object, newSignal: () => object): Kernel;
  };
  var pageKernel: Kernel;
  var pageAsked: Map<string, TestRequest>;
}

export interface PageKernel {
  /** Runs a cell. @returns what it has shown once its types are checked */
  run(code: string, options?: ExecuteOptions): Promise<CellResult>;
  /** Runs a cell, and waits for nothing but its end. @returns its number */
  runOnly(code: string, options?: ExecuteOptions): Promise<number>;
  /** Starts a cell. @returns its number */
  begin(code: string, options?: ExecuteOptions): Promise<number>;
  /** Waits for a cell's end. */
  ended(cell: number): Promise<void>;
  /** What a cell has shown so far. */
  seen(cell: number): Promise<CellResult>;
  /** Any other request: its reply. */
  ask(type: string, content: Content): Promise<Content>;
  /** Waits until the types of all cells that have run are checked. */
  checked(): Promise<void>;
  interrupt(): Promise<void>;
  /** The worker that knows types, once there is one. */
  types(): Promise<Worker>;
}

/** @param address of the folder `kernel`, with a / at its end; the page is one of the same site */
export async function startPageKernel(
  page: Page,
  address: string,
  device?: string,
): Promise<PageKernel> {
  await page.addScriptTag({ content: pageCode() });
  await page.evaluate(start, { address, device });
  let count = 0;
  const begin = async (type: string, content: Content) => {
    const id = count++;
    await page.evaluate(send, { id: String(id), type, content });
    return id;
  };
  const hasEnded = (id: string) => pageAsked.get(id)!.reply !== undefined;
  const ended = async (id: number) => {
    await page.waitForFunction(hasEnded, String(id), { timeout: 0, polling: 5 });
  };
  const asked = (id: number) => page.evaluate((key) => pageAsked.get(key)!, String(id));
  const kernel: PageKernel = {
    begin: (code, options = {}) => begin("execute_request", { code, ...options }),
    ended,
    async runOnly(code, options) {
      const id = await kernel.begin(code, options);
      await ended(id);
      return id;
    },
    async run(code, options) {
      const id = await kernel.runOnly(code, options);
      await kernel.checked();
      return kernel.seen(id);
    },
    async seen(id) {
      const { outputs, reply } = await asked(id);
      return resultOf(reply ?? {}, outputs);
    },
    async ask(type, content) {
      const id = await begin(type, content);
      await ended(id);
      return (await asked(id)).reply!;
    },
    checked: () => page.evaluate(() => pageKernel.checked()),
    interrupt: () =>
      page.evaluate(() => {
        pageKernel.interrupt();
      }),
    async types() {
      const isIt = (worker: Worker) => worker.url().endsWith("/types.js");
      return page.workers().find(isIt) ?? page.waitForEvent("worker", isIt);
    },
  };
  const { ename, evalue } = await kernel.ask("kernel_info_request", {});
  if (ename !== undefined) throw new Error(String(evalue));
  return kernel;
}

/** The part of the kernel that runs in JupyterLite's page. */
function pageCode(): string {
  const browser = dirname(createRequire(import.meta.url).resolve("browser/package.json"));
  const { outputFiles } = buildSync({
    entryPoints: [join(browser, "dist", "page", "kernel.js")],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "kernelCode",
    platform: "browser",
    logLevel: "error",
  });
  return outputFiles[0]!.text;
}

/** Runs in the page: leaves `pageKernel`, and what it says in `pageAsked`. */
function start({ address: base, device }: { address: string; device?: string }): void {
  globalThis.pageAsked = new Map();
  const sendMessage = ({ channel, header, parent_header: parent, content }: KernelMessage) => {
    const asked = pageAsked.get(parent.msg_id)!;
    if (channel === "shell") asked.reply = content;
    else if (header.msg_type !== "status") asked.outputs.push({ type: header.msg_type, content });
  };
  const progress = {
    read: () => Promise.resolve(undefined),
    save: () => undefined,
    onChange: () => () => undefined,
  };
  const options = { id: "test", name: "tslab", location: "", sendMessage };
  globalThis.pageKernel = kernelCode.createKernel(options, { base, device, progress }, () => ({}));
}

/** Runs in the page. */
function send({ id, type, content }: { id: string; type: string; content: Content }): void {
  pageAsked.set(id, { outputs: [] });
  const header = { msg_id: id, msg_type: type, session: "test" };
  void pageKernel.handleMessage({ channel: "shell", header, parent_header: {}, content });
}
