/** The plugin of JupyterLite: it offers our kernel, and lets the stop button reach it. */
import type { Application, KernelClient, KernelOptions, KernelSpecs, Signal } from "./jupyter";
import { createKernel, type CourseKernel } from "./kernel";
import { progressStore } from "./progress";

/** The modules of JupyterLite that the plugin uses; they are the page's own. */
export interface Modules {
  services: { IKernelSpecs: object; IKernelClient: object };
  signaling: { Signal: new (sender: object) => Signal };
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
export const pluginOf = ({ services, signaling }: Modules, base: string) => ({
  id: "foundation-models-kernel:plugin",
  autoStart: true,
  requires: [services.IKernelSpecs, services.IKernelClient],
  activate(app: Application, specs: KernelSpecs, client: KernelClient) {
    const kernels = new Map<string, CourseKernel>();
    const setting = {
      base,
      device: new URLSearchParams(location.search).get("device") ?? undefined,
      progress: progressStore(app.serviceManager.contents),
      signal: (sender: object) => new signaling.Signal(sender),
    };
    const create = (options: KernelOptions) => {
      const kernel = createKernel(options, setting);
      kernels.set(kernel.id, kernel);
      return Promise.resolve(kernel);
    };
    specs.register({ spec: SPEC, create });
    onInterrupt(client, (id) => kernels.get(id)?.interrupt());
  },
});

/** JupyterLite cancels the cells that wait and leaves the one that runs. */
function onInterrupt(client: KernelClient, call: (id: string) => void): void {
  const cancelWaiting = client.interrupt.bind(client);
  client.interrupt = async (id) => {
    await cancelWaiting(id);
    call(id);
  };
}
