/**
 * The plugins of JupyterLite: one registers our kernel and lets the stop button reach it, the other
 * checks uploads.
 */
import type {
  Application,
  Contents,
  KernelClient,
  KernelOptions,
  KernelSpecs,
  Signal,
} from "./jupyter";
import { createKernel, type CourseKernel } from "./kernel";
import type { KernelContext, WorkerOptions } from "./kernelWorker";
import { watchTabs } from "./tabs";
import { checkUploads, mergeRelease } from "./notebooks";
import {
  makeRoomFor,
  offerDownloads,
  progressStore,
  storageProblem,
  STORED_IN_BROWSER,
  storedFiles,
  type Notifications,
} from "./storage";

/** The modules of JupyterLite that the plugin uses; they are the page's own. */
export interface Modules {
  services: { IKernelSpecs: object; IKernelClient: object };
  signaling: { Signal: new (sender: object) => Signal };
  coreutils: { PageConfig: { getOption(name: string): string } };
  apputils: { Notification: Notifications };
  filebrowser: { IDefaultFileBrowser: object };
}

/** The kernel's name in notebooks' metadata; the kernel in Node has the same. */
const NAME = "tslab";

/** How long a notification of two sentences stays. */
const NOTIFICATION_MS = 15_000;

const SPEC = {
  name: NAME,
  display_name: "TypeScript",
  language: "typescript",
  argv: [],
  spec: { argv: [], env: {}, display_name: "TypeScript", language: "typescript" },
  resources: {},
  metadata: {},
};

/** @param takeEarly the worker that started with the page */
export const pluginOf = (
  modules: Modules,
  { base, device }: WorkerOptions,
  takeEarly: KernelContext["takeEarly"],
) => ({
  id: "foundation-models-kernel:plugin",
  autoStart: true,
  requires: [modules.services.IKernelSpecs, modules.services.IKernelClient],
  async activate(app: Application, specs: KernelSpecs, client: KernelClient) {
    const { Notification } = modules.apputils;
    // before that, the page shows no notifications
    const warn = (message: string) =>
      void app.restored.then(() => Notification.warning(message, { autoClose: false }));
    const inform = (message: string) =>
      void app.restored.then(() => Notification.info(message, { autoClose: NOTIFICATION_MS }));
    if (!hasLabExtension(app, warn)) return;
    void keepOffline(new URL("../../service-worker.js", base));
    makeRoomFor(app.serviceManager.contents);
    const contents = contentsOf(app);
    offerDownloads(app.serviceManager.contents, Notification);
    const store = modules.coreutils.PageConfig.getOption("contentsStorageName");
    watchTabs(app.serviceManager.contents, app, store, warn);
    const context = { base, device, progress: progressStore(contents, warn), takeEarly };
    registerKernel(specs, client, modules, context);
    await bringUpToDate(contents, modules, { base, warn, inform }); // before a notebook opens
  },
});

export const uploadsOf = ({ filebrowser }: Modules) => ({
  id: "foundation-models-kernel:uploads",
  autoStart: true,
  requires: [filebrowser.IDefaultFileBrowser],
  activate: checkUploads,
});

/** The lab's extension, without which lessons open as text. */
const LAB_PLUGIN = "foundation-models-lab:executor";
/** The key in the session's storage that says that the page was loaded again. */
const RELOADED = "course.reloaded";
const INCOMPLETE =
  "A part of this page did not arrive, so lessons show as text. Check your network connection, " +
  "then reload the page.";

/**
 * Reloads the page once if the lab's extension did not arrive, before JupyterLab opens lessons as text.
 * If it doesn't arrive then either, says so.
 * @returns false while the page reloads
 */
function hasLabExtension(app: Application, warn: (message: string) => void): boolean {
  const storage = sessionStorageOf();
  if (app.hasPlugin(LAB_PLUGIN)) {
    storage?.removeItem(RELOADED);
    return true;
  }
  if (!storage || storage.getItem(RELOADED) !== null) {
    warn(INCOMPLETE);
    return true;
  }
  storage.setItem(RELOADED, "1");
  location.reload();
  return false;
}

/** The session's storage; undefined in a browser that refuses it. */
function sessionStorageOf(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

/** The files without the notifications of `offerDownloads`: the plugin reports errors itself. */
function contentsOf({ serviceManager: { contents } }: Application): Contents {
  const { get, save, createCheckpoint } = contents;
  return {
    get: get.bind(contents),
    save: save.bind(contents),
    createCheckpoint: createCheckpoint.bind(contents),
  };
}

function registerKernel(
  specs: KernelSpecs,
  client: KernelClient,
  { signaling }: Modules,
  context: KernelContext,
): void {
  const kernels = new Map<string, CourseKernel>();
  const create = (options: KernelOptions) => {
    const kernel = createKernel(options, context, (sender) => new signaling.Signal(sender));
    kernels.set(kernel.id, kernel);
    return Promise.resolve(kernel);
  };
  specs.register({ spec: SPEC, create });
  onInterrupt(client, (id) => kernels.get(id)?.interrupt());
}

interface UpdateOptions {
  base: string;
  /** Stays until it is closed. */
  warn(message: string): void;
  /** Closes by itself after a while. */
  inform(message: string): void;
}

async function bringUpToDate(
  contents: Contents,
  { coreutils }: Modules,
  { base, warn, inform }: UpdateOptions,
): Promise<void> {
  const problem = await storageProblem();
  if (problem !== undefined) return warn(problem);
  const name = coreutils.PageConfig.getOption("contentsStorageName");
  const files = await storedFiles(name).catch(() => []);
  // a private window looks like any other, and begins empty each time
  if (files.length === 0) inform(STORED_IN_BROWSER);
  // without a network the copies stay as they are
  const failures = await mergeRelease({ contents, base, files }).catch(() => []);
  for (const failure of failures) warn(failure);
}

/** JupyterLite cancels the cells that wait and leaves the one that runs. */
function onInterrupt(client: KernelClient, interruptKernel: (id: string) => void): void {
  const cancelWaiting = client.interrupt.bind(client);
  client.interrupt = async (id) => {
    await cancelWaiting(id);
    interruptKernel(id);
  };
}

/**
 * Registers the service worker and requests that it cache the files that this page loaded before it
 * started, so that the site works offline. Without a service worker, or in a browser that stores
 * nothing, the site still runs.
 */
export async function keepOffline(worker: URL): Promise<void> {
  try {
    await navigator.serviceWorker?.register(worker);
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    active?.postMessage({ keep: [location.href, ...loaded] });
  } catch {
    // nothing is kept
  }
}
