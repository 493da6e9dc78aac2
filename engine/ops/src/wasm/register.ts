/** Replaces kernels by others, and puts them back. */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** An op kernel's function. tfjs's engine passes tensors as plain records, without methods. */
export type Run = (
  backend: BackendWasm,
  inputs: Record<string, tf.TensorInfo>,
  attrs: Record<string, unknown>,
) => tf.TensorInfo | tf.TensorInfo[];

export interface WasmKernel {
  /** tfjs's name of the kernel. */
  name: string;
  /**
   * Makes the kernel. stock is the backend's own, for inputs that ours leaves to it; if the backend
   * has none, stock throws.
   */
  make(stock: Run): Run;
  /** It takes the inputs for which the backend's own is wrong, so it is never missing. */
  isCorrection?: true;
}

const BACKEND = "wasm";
type Kernel = NonNullable<ReturnType<typeof tf.getKernel>>;
const find = (name: string): Kernel | undefined =>
  tf.getKernel(name, BACKEND) as Kernel | undefined;

/** How to put back what each registration replaced, the last one at the end. */
const layers: (() => void)[] = [];

/**
 * Registers the kernels.
 * @param missing only those that the backend lacks, and corrections
 * @returns a function that puts back what was there, and takes away what was registered over it
 */
export function registerKernels(kernels: readonly WasmKernel[], missing: boolean): () => void {
  if (!find("Add")) {
    throw new Error(
      "registerWasmKernels: tfjs's WASM backend is missing, " +
        "import @tensorflow/tfjs-backend-wasm first",
    );
  }
  const chosen = kernels.filter(
    ({ name, isCorrection }) => !missing || isCorrection || !find(name),
  );
  const undo = chosen.map(replaceKernel);
  const layer = () => undo.forEach((putBack) => putBack());
  layers.push(layer);
  return () => {
    while (layers.includes(layer)) layers.pop()!();
  };
}

/** @returns a function that puts the stock kernel back */
function replaceKernel({ name, make }: WasmKernel): () => void {
  const stock = find(name);
  const run = make((backend, inputs, attrs) => {
    if (!stock) throw new Error(`${name}: the WASM backend has no kernel for these inputs`);
    return stock.kernelFunc({ inputs, backend, attrs: attrs as tf.NamedAttrMap });
  });
  if (stock) tf.unregisterKernel(name, BACKEND);
  tf.registerKernel({
    ...stock,
    kernelName: name,
    backendName: BACKEND,
    kernelFunc: ({ inputs, backend, attrs }) =>
      run(backend as BackendWasm, inputs as Record<string, tf.TensorInfo>, attrs ?? {}),
  });
  return () => {
    tf.unregisterKernel(name, BACKEND);
    if (stock) tf.registerKernel(stock);
  };
}
