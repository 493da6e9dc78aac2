/** Kernels for @tensorflow/tfjs-backend-webgpu: a new one, and fixes of stock ones. */
import * as tf from "@tensorflow/tfjs-core";
import { cumulativeKernels } from "../cumulative";
import { castKernel } from "./cast";
import { emptyReductions } from "./emptyReductions";
import { flashAttentionKernel } from "./flashAttention";
import { fourierKernels } from "./fourier";
import { fixedShapes } from "./shapes";
import { softwareMatMul } from "./softwareMatMul";
import { softwareReductions } from "./softwareReductions";
import { stockKernel } from "./stock";

/**
 * Registers our kernels, once the backend's own are registered.
 * @param software whether the adapter is software
 */
export function registerWebgpuKernels(software: boolean): void {
  register([castKernel(), ...emptyReductions(), ...fixedShapes(), ...fourierKernels()]);
  register(cumulativeKernels(stockKernel));
  register([flashAttentionKernel]);
  if (software) register([softwareMatMul(), ...softwareReductions()]);
}

function register(kernels: tf.KernelConfig[]): void {
  for (const kernel of kernels) {
    const { kernelName, backendName } = kernel;
    if (tf.getKernel(kernelName, backendName)) tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel(kernel);
  }
}
