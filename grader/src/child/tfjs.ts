/**
 * tfjs as a submission gets it: operations, gradients and optimizers. Kernels, backends, the engine
 * and the environment are closed, since whoever reaches them can hide work and memory from the
 * count, or run what an exercise forbids.
 */
import * as tf from "@tensorflow/tfjs-core";
import { lockProperties } from "./hardening";

/** Exports that lead inside. */
const CLOSED = [
  "DataStorage",
  "ENV",
  "Environment",
  "KernelBackend",
  "backend",
  "copyRegisteredKernels",
  "findBackend",
  "findBackendFactory",
  "getGradient",
  "getKernel",
  "getKernelsForBackend",
  "registerBackend",
  "registerGradient",
  "registerKernel",
  "removeBackend",
  "setPlatform",
  "unregisterGradient",
  "unregisterKernel",
];

/** The engine's methods that a function may use to free its tensors. */
function closedEngine() {
  const engine = tf.engine();
  /** Scopes that the submission has opened; it closes no other. */
  let open = 0;
  return Object.freeze({
    startScope(name?: string) {
      engine.startScope(name);
      open++;
    },
    endScope(result?: tf.TensorContainer) {
      if (open === 0) return;
      open--;
      engine.endScope(result);
    },
    tidy: tf.tidy,
    keep: tf.keep,
    memory: tf.memory,
    state: Object.freeze({
      /** Above 0 while a gradient is recorded. */
      get gradientDepth() {
        return engine.state.gradientDepth;
      },
    }),
  });
}

/** tfjs's settings, which can be read. Grading uses its own. */
function closedEnvironment() {
  const environment = tf.env();
  return Object.freeze({
    get: (name: string) => environment.get(name),
    getBool: (name: string) => environment.getBool(name),
    getNumber: (name: string) => environment.getNumber(name),
    set: () => undefined,
  });
}

const isPlainObject = (v: unknown): v is object =>
  typeof v === "object" && v !== null && Object.getPrototypeOf(v) === Object.prototype;

const isOptimizer = (name: string) => name.endsWith("Optimizer");

/** Locks tfjs's classes of these names, and what their objects inherit. */
function lockClasses(chosen: (name: string) => boolean): void {
  for (const [name, value] of Object.entries(tf)) {
    if (typeof value !== "function" || !/^[A-Z]/.test(name) || !chosen(name)) continue;
    lockProperties(value);
    lockProperties(value.prototype as object);
  }
}

/** Makes optimizers unchangeable, once the guard has replaced methods of those that are forbidden. */
export const lockOptimizers = (): void => lockClasses(isOptimizer);

/** Makes tfjs's other classes unchangeable, and a copy of tfjs without what leads inside. */
export function closedTfjs(): Record<string, unknown> {
  lockClasses((name) => !isOptimizer(name));
  const closed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(tf)) {
    if (CLOSED.includes(name)) continue;
    // a namespace such as tf.losses is shared with the course's own functions, so a copy
    closed[name] = isPlainObject(value) ? { ...value } : value;
  }
  const [engine, environment] = [closedEngine(), closedEnvironment()];
  return Object.assign(closed, {
    engine: () => engine,
    env: () => environment,
    // cells may ask for a device, but grading always uses WASM
    setBackend: () => Promise.resolve(true),
    getBackend: () => "wasm",
    // functions of the course ask whether there is a kernel of the course's own, and do without
    getKernel: () => undefined,
    ready: () => Promise.resolve(),
    enableDebugMode: () => undefined,
    enableProdMode: () => undefined,
  });
}
