/**
 * Faster forms of what tfjs's engine (4.22) does around each op kernel: it looks the kernel up, and
 * opens and closes scopes. For a token of a small model this takes longer than the arithmetic;
 * docs/design/small-work.md has the shares. Whatever is rare (profiles, debug mode, results that are
 * neither one tensor nor none) goes to tfjs's own methods.
 *
 * Backpropagation frees tensors as it goes (backward.ts).
 */
import * as tf from "@tensorflow/tfjs-core";
import { freeingMethods, type BackwardMethods } from "./backward";

type Inputs = Record<string, tf.Tensor>;
type Outputs = tf.Tensor | tf.Tensor[];

interface Scope {
  track: tf.Tensor[];
  name: string;
  id: number;
}

/** The parts of tfjs's engine that this file replaces or calls. */
interface Engine {
  ENV: { getBool(flag: string): boolean };
  backend: tf.KernelBackend;
  backendName: string | null;
  state: {
    activeScope: Scope | null;
    gradientDepth: number;
    kernelDepth: number;
    profiling: boolean;
    scopeStack: Scope[];
  };
  addTapeNode(
    name: string,
    inputs: Inputs,
    outputs: tf.Tensor[],
    gradient: null,
    saved: tf.Tensor[],
    attrs?: tf.NamedAttrMap,
  ): void;
  endScope(result?: unknown): void;
  getTensorsForGradient(name: string, inputs: Inputs, outputs: tf.Tensor[]): tf.Tensor[];
  makeTensorFromTensorInfo(info: tf.TensorInfo): tf.Tensor;
  runKernel(name: string, inputs: Inputs, attrs?: tf.NamedAttrMap): Outputs;
  saveTensorsForBackwardMode(tensors: tf.Tensor[]): tf.Tensor[];
  startScope(name?: string): void;
  tidy(nameOrRun: string | (() => unknown), run?: () => unknown): unknown;
  track(tensor: tf.Tensor): tf.Tensor;
}
type Methods = Pick<Engine, "endScope" | "runKernel" | "tidy">;

/** Whether something watches each op kernel, which tfjs's own method then runs. */
const isWatched = ({ ENV, state }: Engine): boolean =>
  state.profiling || ENV.getBool("DEBUG") || ENV.getBool("IS_TEST");

/** The three methods; `stock` are tfjs's own. */
const fasterMethods = (stock: Methods): Methods & ThisType<Engine> => ({
  /** Runs an op kernel, and records it where a gradient is asked for. */
  runKernel(name, inputs, attrs) {
    const kernel = this.backendName === null ? undefined : tf.getKernel(name, this.backendName);
    if (!kernel || isWatched(this)) return stock.runKernel.call(this, name, inputs, attrs);
    const { state } = this;
    const isRecorded = state.gradientDepth > 0 && state.kernelDepth === 0;
    let results: Outputs;
    let saved: tf.Tensor[] = [];
    state.kernelDepth++;
    try {
      const made = kernel.kernelFunc({ inputs, attrs, backend: this.backend });
      results = Array.isArray(made)
        ? made.map((info) => tensorOf(this, info))
        : tensorOf(this, made);
      if (isRecorded) {
        const wanted = this.getTensorsForGradient(name, inputs, listOf(results));
        saved = this.saveTensorsForBackwardMode(wanted);
      }
    } finally {
      state.kernelDepth--;
    }
    if (isRecorded) this.addTapeNode(name, inputs, listOf(results), null, saved, attrs);
    return results;
  },

  /** Disposes of the scope's tensors except its result, which passes to the scope around it. */
  endScope(result) {
    const { state } = this;
    const scope = state.activeScope;
    const isTensor = result instanceof tf.Tensor;
    if (!scope || !(isTensor || result === undefined)) {
      stock.endScope.call(this, result);
      return;
    }
    for (const tensor of scope.track) if (!tensor.kept && tensor !== result) tensor.dispose();
    state.scopeStack.pop();
    state.activeScope = state.scopeStack.at(-1) ?? null;
    if (isTensor && !result.kept && scopeOf(result) === scope.id) this.track(result);
  },

  tidy(nameOrRun, run) {
    if (run || typeof nameOrRun !== "function") return stock.tidy.call(this, nameOrRun, run);
    let result: unknown;
    this.startScope();
    try {
      result = nameOrRun();
      if (result instanceof Promise) console.error("Cannot return a Promise inside of tidy.");
      return result;
    } finally {
      this.endScope(result);
    }
  },
});

const listOf = (results: Outputs) => (Array.isArray(results) ? results : [results]);

/** A result of an op kernel as a tensor, which some backends' own kernels give already. */
const tensorOf = (engine: Engine, made: tf.TensorInfo): tf.Tensor =>
  (made as Partial<tf.Tensor>).rank === undefined
    ? engine.makeTensorFromTensorInfo(made)
    : (made as tf.Tensor);

/** The scope in which the engine has tracked a tensor. */
const scopeOf = (tensor: tf.Tensor) => (tensor as unknown as { scopeId: number }).scopeId;

/**
 * Puts the faster methods in place of tfjs's, on the prototype of its engine: what counts tensors
 * or op kernels puts its own on the engine itself.
 * @returns a function that puts tfjs's back
 */
export function useFasterEngine(): () => void {
  const prototype = Object.getPrototypeOf(tf.engine()) as Engine & BackwardMethods;
  const { addTapeNode, endScope, gradients, runKernel, tidy } = prototype;
  const stock = { addTapeNode, endScope, gradients, runKernel, tidy };
  Object.assign(prototype, fasterMethods(stock), freeingMethods(stock));
  return () => void Object.assign(prototype, stock);
}
