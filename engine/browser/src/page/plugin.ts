/** The plugin of JupyterLite: it offers our kernel, and lets the stop button reach it. */
import type {
  Application,
  Contents,
  KernelClient,
  KernelOptions,
  KernelSpecs,
  Signal,
} from "./jupyter";
import { createKernel, type CourseKernel } from "./kernel";
import { keepOffline } from "./offline";
import { progressStore } from "./progress";
import { mergeRelease } from "./release";
import { offerDownloads, type Toasts } from "./saving";
import type { Place, Setting } from "./running";
import { KEPT_HERE, storageTrouble, storedFiles } from "./storage";
import { checkUploads } from "./uploads";

/** The modules of JupyterLite that the plugin uses; they are the page's own. */
export interface Modules {
  services: { IKernelSpecs: object; IKernelClient: object };
  signaling: { Signal: new (sender: object) => Signal };
  coreutils: { PageConfig: { getOption(name: string): string } };
  apputils: { Notification: Toasts };
  filebrowser: { IDefaultFileBrowser: object };
}

/** Of the kernels in notebooks' metadata; the local one has the same. */
const NAME = "tslab";

/** A note of two sentences stays for so long. */
const READ_MS = 15_000;

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
  { base, device }: Place,
  takeEarly: Setting["takeEarly"],
) => ({
  id: "foundation-models-kernel:plugin",
  autoStart: true,
  requires: [modules.services.IKernelSpecs, modules.services.IKernelClient],
  async activate(app: Application, specs: KernelSpecs, client: KernelClient) {
    const { Notification } = modules.apputils;
    // before that, nobody shows it
    const warn = (says: string) =>
      void app.restored.then(() => Notification.warning(says, { autoClose: false }));
    const tell = (says: string) =>
      void app.restored.then(() => Notification.info(says, { autoClose: READ_MS }));
    void keepOffline(new URL("../../service-worker.js", base));
    const contents = contentsOf(app);
    offerDownloads(app.serviceManager.contents, Notification);
    const setting = { base, device, progress: progressStore(contents, warn), takeEarly };
    offerKernel(specs, client, modules, setting);
    await bringUpToDate(contents, modules, { base, warn, tell }); // before a notebook opens
  },
});

export const uploadsOf = ({ filebrowser }: Modules) => ({
  id: "foundation-models-kernel:uploads",
  autoStart: true,
  requires: [filebrowser.IDefaultFileBrowser],
  activate: checkUploads,
});

/** The files, for us: what goes wrong with them we tell ourselves. */
function contentsOf({ serviceManager: { contents } }: Application): Contents {
  return { get: contents.get.bind(contents), save: contents.save.bind(contents) };
}

function offerKernel(
  specs: KernelSpecs,
  client: KernelClient,
  { signaling }: Modules,
  setting: Setting,
): void {
  const kernels = new Map<string, CourseKernel>();
  const create = (options: KernelOptions) => {
    const kernel = createKernel(options, setting, (sender) => new signaling.Signal(sender));
    kernels.set(kernel.id, kernel);
    return Promise.resolve(kernel);
  };
  specs.register({ spec: SPEC, create });
  onInterrupt(client, (id) => kernels.get(id)?.interrupt());
}

interface Says {
  base: string;
  /** Stays until it is closed. */
  warn(says: string): void;
  /** Goes by itself. */
  tell(says: string): void;
}

async function bringUpToDate(
  contents: Contents,
  { coreutils }: Modules,
  { base, warn, tell }: Says,
): Promise<void> {
  const trouble = await storageTrouble();
  if (trouble !== undefined) return warn(trouble);
  const name = coreutils.PageConfig.getOption("contentsStorageName");
  const files = await storedFiles(name).catch(() => []);
  // a private window looks like any other, and begins empty each time
  if (files.length === 0) tell(KEPT_HERE);
  // without a network the copies stay as they are
  const troubles = await mergeRelease({ contents, base, files }).catch(() => []);
  for (const one of troubles) warn(one);
}

/** JupyterLite cancels the cells that wait and leaves the one that runs. */
function onInterrupt(client: KernelClient, call: (id: string) => void): void {
  const cancelWaiting = client.interrupt.bind(client);
  client.interrupt = async (id) => {
    await cancelWaiting(id);
    call(id);
  };
}
