/**
 * Gradients and comparisons. A comparison's result counts as a constant, as in PyTorch: it isn't
 * recorded for gradients. tfjs's own engine records it, and stops with "gradient function not
 * found" on the way back, even where the result only chooses between values, as in `tf.where`.
 */
import * as tf from "@tensorflow/tfjs-core";

/** Op kernels whose results are true or false, without a gradient in tfjs 4.22. */
const COMPARISONS = new Set([
  ...[tf.Equal, tf.NotEqual, tf.Greater, tf.Less, tf.LessEqual],
  ...[tf.LogicalAnd, tf.LogicalNot, tf.LogicalOr, tf.LogicalXor, tf.All, tf.Any],
]);

interface TapeNode {
  kernelName: string;
  gradient?: (dys: unknown) => unknown;
}
interface Engine {
  addTapeNode(kernelName: string, ...rest: unknown[]): void;
  state: { activeTape: TapeNode[] };
}

function fail(kernelName: string): never {
  throw new Error(
    `tfjs has no gradient for ${kernelName}, so none can go through it: compute that step with ` +
      "other operations, or from numbers that don't depend on the tensor of the gradient",
  );
}

let isUsed = false;

/** Changes tfjs's engine, on every device; a second call changes nothing. */
export function useConstantComparisons(): void {
  if (isUsed) return;
  isUsed = true;
  const prototype = Object.getPrototypeOf(tf.engine()) as Engine;
  const stock = prototype.addTapeNode;
  prototype.addTapeNode = function (this: Engine, kernelName, ...rest) {
    if (COMPARISONS.has(kernelName)) return;
    stock.call(this, kernelName, ...rest);
    const node = this.state.activeTape.at(-1)!;
    node.gradient ??= () => fail(kernelName);
  };
}
