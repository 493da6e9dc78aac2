/**
 * The extension as JupyterLite loads it: webpack's container by hand, since it has one module and
 * takes everything else from the page.
 */
import { pluginOf, uploadsOf, type Modules } from "./plugin";
import { launchWorkerEarly } from "./kernelWorker";
import { makeStores } from "./storage";

type Shared = Record<string, Record<string, { get(): Promise<() => unknown> }>>;

/** By the names that the plugins give them. */
const PACKAGES: Record<keyof Modules, string> = {
  services: "@jupyterlite/services",
  signaling: "@lumino/signaling",
  coreutils: "@jupyterlab/coreutils",
  apputils: "@jupyterlab/apputils",
  filebrowser: "@jupyterlab/filebrowser",
};

let shared: Shared = {};

/** A package of the page. */
async function take(name: string): Promise<unknown> {
  const [version] = Object.values(shared[name] ?? {});
  if (!version) throw new Error(`the page has no ${name}`);
  return (await version.get())();
}

/** …/extensions/foundation-models-kernel/static/remoteEntry.js, and beside extensions: kernel/ */
const base = new URL("../../../kernel/", (document.currentScript as HTMLScriptElement).src).href;

const workerOptions = {
  base,
  device: new URLSearchParams(location.search).get("device") ?? undefined,
};
const takeEarly = launchWorkerEarly(workerOptions);

const container = {
  init(scope: Shared) {
    shared = scope;
  },
  async get() {
    const taking = Object.entries(PACKAGES).map(async ([key, name]) => [key, await take(name)]);
    const modules = Object.fromEntries(await Promise.all(taking)) as Modules;
    // before JupyterLite opens them; where the browser stores nothing, the plugin says so
    await makeStores(modules.coreutils.PageConfig.getOption).catch(() => undefined);
    const plugins = [pluginOf(modules, workerOptions, takeEarly), uploadsOf(modules)];
    return () => ({ __esModule: true, default: plugins });
  },
};

const page = globalThis as unknown as { _JUPYTERLAB?: Record<string, unknown> };
page._JUPYTERLAB ??= {};
page._JUPYTERLAB["foundation-models-kernel"] = container;
