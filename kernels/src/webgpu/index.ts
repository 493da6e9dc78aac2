/** Kernels for @tensorflow/tfjs-backend-webgpu: one that it lacks, and mended ones. */
import * as tf from "@tensorflow/tfjs-core";
import { castKernel } from "./cast";
import { emptyReductions } from "./emptyReductions";
import { flashAttentionKernel } from "./flashAttention";
import { fourierKernels } from "./fourier";
import { mendedShapes } from "./shapes";

/** Registers our kernels, once the backend's own are registered. */
export function registerWebgpuKernels(): void {
  for (const kernel of [
    castKernel(),
    ...emptyReductions(),
    ...mendedShapes(),
    ...fourierKernels(),
    flashAttentionKernel,
  ]) {
    if (tf.getKernel(kernel.kernelName, kernel.backendName)) {
      tf.unregisterKernel(kernel.kernelName, kernel.backendName);
    }
    tf.registerKernel(kernel);
  }
}
