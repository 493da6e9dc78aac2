/**
 * Kernels for tfjs-node's backend "tensorflow" on a processor: operations of our own that kernels/native adds to TensorFlow. They have
 * the names and meanings of those in ../wasm/fused.ts and ../webgpu/flashAttention.ts.
 */
import * as tf from "@tensorflow/tfjs-core";

/** What tfjs-node's backend has beyond every backend's methods. */
interface NodeBackend {
  binding: { TF_ATTR_FLOAT: number; TF_ATTR_BOOL: number };
  executeMultipleOutputs(name: string, attrs: { name: string; type: number; value: unknown }[], inputs: tf.TensorInfo[], outputs: number): tf.TensorInfo[];
}

const BACKEND = "tensorflow";

/** The names of an operation's inputs in TensorFlow's order, how many results it has, its attribute. */
interface Operation { inputs: string[]; outputs?: number; attribute?: { name: string; type: "TF_ATTR_FLOAT" | "TF_ATTR_BOOL" } }

const EPS = { name: "eps", type: "TF_ATTR_FLOAT" } as const;
const OPERATIONS: Record<string, Operation> = {
  LayerNorm: { inputs: ["x", "gamma", "beta"], attribute: EPS },
  LayerNormGrad: { inputs: ["x", "gamma", "dy"], outputs: 3, attribute: EPS },
  MaskedSoftmax: { inputs: ["x"] },
  SoftmaxGrad: { inputs: ["y", "dy"] },
  GeluTanh: { inputs: ["x"] },
  GeluTanhGrad: { inputs: ["x", "dy"] },
  FlashAttention: { inputs: ["q", "k", "v"], attribute: { name: "causal", type: "TF_ATTR_BOOL" } },
};

/** Registers the kernels, once the module that adds their operations to TensorFlow is loaded. */
export function registerNativeKernels(): void {
  for (const [kernelName, { inputs: names, outputs = 1, attribute }] of Object.entries(OPERATIONS)) {
    if (tf.getKernel(kernelName, BACKEND)) continue;
    tf.registerKernel({
      kernelName, backendName: BACKEND,
      kernelFunc: ({ inputs, backend, attrs }) => {
        const node = backend as NodeBackend, given = names.map((name) => (inputs as Record<string, tf.TensorInfo>)[name]!);
        const own = attribute ? [{ name: attribute.name, type: node.binding[attribute.type], value: attrs?.[attribute.name] }] : [];
        const results = node.executeMultipleOutputs(`Course${kernelName}`, own, given, outputs);
        return outputs === 1 ? results[0]! : results;
      },
    });
  }
}
