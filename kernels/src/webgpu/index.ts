/** Kernels for @tensorflow/tfjs-backend-webgpu: a new one, and fixes of stock ones. */
import * as tf from "@tensorflow/tfjs-core";
import { castKernel } from "./cast";
import { emptyReductions } from "./emptyReductions";
import { flashAttentionKernel } from "./flashAttention";
import { fourierKernels } from "./fourier";
import { mendedShapes } from "./shapes";

/** Registers our kernels, once the backend's own are registered. */
export function registerWebgpuKernels(): void {
  const fixes = [castKernel(), ...emptyReductions(), ...mendedShapes(), ...fourierKernels()];
  for (const kernel of [...fixes, flashAttentionKernel]) {
    const { kernelName, backendName } = kernel;
    if (tf.getKernel(kernelName, backendName)) tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel(kernel);
  }
}
