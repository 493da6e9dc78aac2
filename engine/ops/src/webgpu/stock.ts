/** The kernels that tfjs's WebGPU backend brings. */
import * as tf from "@tensorflow/tfjs-core";

/** @throws when the backend hasn't registered its kernels */
export function stockKernel(name: string): tf.KernelConfig {
  const stock = tf.getKernel(name, "webgpu") as tf.KernelConfig | undefined;
  if (!stock) {
    throw new Error(
      `registerWebgpuKernels: tfjs's WebGPU backend has no ${name}, ` +
        "import @tensorflow/tfjs-backend-webgpu first",
    );
  }
  return stock;
}
