/**
 * The extension as JupyterLite loads it: webpack's container by hand, since it has one module and
 * takes everything else from the page.
 */
import { pluginOf, type Modules } from "./plugin";

type Shared = Record<string, Record<string, { get(): Promise<() => unknown> }>>;

let shared: Shared = {};

/** A package of the page. */
async function take(name: string): Promise<unknown> {
  const [version] = Object.values(shared[name] ?? {});
  if (!version) throw new Error(`the page has no ${name}`);
  return (await version.get())();
}

/** …/extensions/foundation-models-kernel/static/remoteEntry.js, and beside extensions: kernel/ */
const base = new URL("../../../kernel/", (document.currentScript as HTMLScriptElement).src).href;

const container = {
  init(scope: Shared) {
    shared = scope;
  },
  async get() {
    const services = (await take("@jupyterlite/services")) as Modules["services"];
    const signaling = (await take("@lumino/signaling")) as Modules["signaling"];
    const plugin = pluginOf({ services, signaling }, base);
    return () => ({ __esModule: true, default: plugin });
  },
};

const page = globalThis as unknown as { _JUPYTERLAB?: Record<string, unknown> };
page._JUPYTERLAB ??= {};
page._JUPYTERLAB["foundation-models-kernel"] = container;
