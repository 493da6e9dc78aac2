/** The plugin of JupyterLite: it offers our kernel, and lets the stop button reach it. */
import type { Application, KernelClient, KernelOptions, KernelSpecs, Signal } from "./jupyter";
import { createKernel, type CourseKernel } from "./kernel";
import { keepOffline } from "./offline";
import { progressStore } from "./progress";
import { mergeRelease } from "./release";
import { storageTrouble, storedFiles } from "./storage";

/** The modules of JupyterLite that the plugin uses; they are the page's own. */
export interface Modules {
  services: { IKernelSpecs: object; IKernelClient: object };
  signaling: { Signal: new (sender: object) => Signal };
  coreutils: { PageConfig: { getOption(name: string): string } };
  apputils: { Notification: { warning(says: string, options: object): string } };
}

/** Of the kernels in notebooks' metadata; the local one has the same. */
const NAME = "tslab";

const SPEC = {
  name: NAME,
  display_name: "TypeScript",
  language: "typescript",
  argv: [],
  spec: { argv: [], env: {}, display_name: "TypeScript", language: "typescript" },
  resources: {},
  metadata: {},
};

/** @param base the address of the folder `kernel` */
export const pluginOf = (modules: Modules, base: string) => ({
  id: "foundation-models-kernel:plugin",
  autoStart: true,
  requires: [modules.services.IKernelSpecs, modules.services.IKernelClient],
  async activate(app: Application, specs: KernelSpecs, client: KernelClient) {
    const warn = (says: string) => {
      modules.apputils.Notification.warning(says, { autoClose: false });
    };
    void keepOffline(new URL("../../service-worker.js", base));
    offerKernel(app, specs, client, modules, { base, warn });
    // before a notebook opens
    for (const trouble of await bringUpToDate(app, modules, base)) warn(trouble);
  },
});

interface Ways {
  base: string;
  warn(says: string): void;
}

function offerKernel(
  app: Application,
  specs: KernelSpecs,
  client: KernelClient,
  { signaling }: Modules,
  { base, warn }: Ways,
): void {
  const kernels = new Map<string, CourseKernel>();
  const setting = {
    base,
    device: new URLSearchParams(location.search).get("device") ?? undefined,
    progress: progressStore(app.serviceManager.contents, warn),
  };
  const create = (options: KernelOptions) => {
    const kernel = createKernel(options, setting, (sender) => new signaling.Signal(sender));
    kernels.set(kernel.id, kernel);
    return Promise.resolve(kernel);
  };
  specs.register({ spec: SPEC, create });
  onInterrupt(client, (id) => kernels.get(id)?.interrupt());
}

/** @returns sentences about what a reader should know */
async function bringUpToDate(app: Application, { coreutils }: Modules, base: string) {
  const trouble = await storageTrouble();
  if (trouble !== undefined) return [trouble];
  const { contents } = app.serviceManager;
  const stored = () => storedFiles(coreutils.PageConfig.getOption("contentsStorageName"));
  // without a network the copies stay as they are
  return mergeRelease({ contents, base, stored }).catch(() => []);
}

/** JupyterLite cancels the cells that wait and leaves the one that runs. */
function onInterrupt(client: KernelClient, call: (id: string) => void): void {
  const cancelWaiting = client.interrupt.bind(client);
  client.interrupt = async (id) => {
    await cancelWaiting(id);
    call(id);
  };
}
