/**
 * The extension as JupyterLite loads it: webpack's container by hand, since it has one module and
 * takes everything else from the page.
 */
import { pluginOf, type Modules } from "./plugin";
import { launchEarly } from "./running";

type Shared = Record<string, Record<string, { get(): Promise<() => unknown> }>>;

type Taken = [Modules["services"], Modules["signaling"], Modules["coreutils"], Modules["apputils"]];

let shared: Shared = {};

/** A package of the page. */
async function take(name: string): Promise<unknown> {
  const [version] = Object.values(shared[name] ?? {});
  if (!version) throw new Error(`the page has no ${name}`);
  return (await version.get())();
}

/** …/extensions/foundation-models-kernel/static/remoteEntry.js, and beside extensions: kernel/ */
const base = new URL("../../../kernel/", (document.currentScript as HTMLScriptElement).src).href;

const place = { base, device: new URLSearchParams(location.search).get("device") ?? undefined };
const takeEarly = launchEarly(place);

const container = {
  init(scope: Shared) {
    shared = scope;
  },
  async get() {
    const names = ["@jupyterlite/services", "@lumino/signaling"];
    const more = ["@jupyterlab/coreutils", "@jupyterlab/apputils"];
    const taken = await Promise.all([...names, ...more].map(take));
    const [services, signaling, coreutils, apputils] = taken as Taken;
    const plugin = pluginOf({ services, signaling, coreutils, apputils }, place, takeEarly);
    return () => ({ __esModule: true, default: plugin });
  },
};

const page = globalThis as unknown as { _JUPYTERLAB?: Record<string, unknown> };
page._JUPYTERLAB ??= {};
page._JUPYTERLAB["foundation-models-kernel"] = container;
