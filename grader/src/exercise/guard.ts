/**
 * Forbids functions of tfjs in an exercise that builds them. The guard looks at what runs, not at the
 * source: an operation opens a scope of its name however it is called, and there is only one way to
 * its op kernel, to the code of that op kernel and to the methods of an optimizer. The guard can't
 * help if code that ran before it kept a reference to the original functions.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { AnyFunction } from "./value";

// Saved before any code of a student runs, since such code may replace them. Nothing below calls a
// method of an object that a student can reach.
const { apply, ownKeys } = Reflect;
const { create, defineProperty } = Object;
const SavedError = Error;

/** A map without prototype, so that a lookup finds only what was put there. */
type NullMap<T> = Record<string, T | undefined>;
const nullMap = <T>(): NullMap<T> => create(null) as NullMap<T>;

const forbiddenMessage = (name: string) =>
  `It uses TensorFlow.js's ${name}, which is what this exercise builds; ` +
  "write it from smaller operations.";

/** The forbidden name in an error message of the guard, undefined for any other message. */
export const forbiddenName = (error: string): string | undefined =>
  /^It uses TensorFlow\.js's (\w+), which is what this exercise builds/.exec(error)?.[1];

const scopeOf = (name: string) => `${name}__op`;
/** An operation's op kernel has the same name with a capital. */
const opKernelName = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

const isNamespace = (v: unknown): v is Record<string, unknown> =>
  typeof v === "object" && v !== null;

/** Whether tfjs has an operation or an optimizer of this name, which the guard can forbid. */
export function canGuard(name: string): boolean {
  const all = tf as unknown as Record<string, unknown>;
  const spaces = [all, ...Object.values(all).filter(isNamespace)];
  return spaces.some((space) => {
    const f = Object.hasOwn(space, name) ? space[name] : undefined;
    return isOperation(name, f) || isOptimizer(f);
  });
}

/** The test by which tf.Optimizer's own `instanceof` recognizes optimizers. */
const isOptimizer = (f: unknown): f is { prototype: tf.Optimizer } =>
  typeof f === "function" &&
  typeof (f.prototype as tf.Optimizer | undefined)?.applyGradients === "function";

export interface TfjsGuard {
  /** Makes these functions throw from now on. */
  forbid(names: readonly string[]): void;
  /**
   * Wraps an operation for functions of the course, which may run it while it is forbidden. It lets
   * one scope of this name begin, as the operation's very first step: no code of a student runs
   * before that.
   */
  exempt(name: string, operation: AnyFunction): AnyFunction;
  /** Removes the guard. */
  remove(): void;
}

interface GuardOptions {
  /** All names that `forbid` may get. */
  names: readonly string[];
  /** Whose op kernels are guarded too; none where student code can't reach them. */
  backends: readonly string[];
  /** Makes the guard's properties read-only: neither a student nor `remove` can take it away. */
  permanent: boolean;
}

/** Replaces a property. @returns a function that restores the old one */
function replace(target: object, key: PropertyKey, value: unknown, permanent: boolean): () => void {
  const old = Object.getOwnPropertyDescriptor(target, key);
  const canChange = !permanent;
  defineProperty(target, key, {
    value,
    writable: canChange,
    configurable: canChange,
    enumerable: false,
  });
  return () => {
    if (old) defineProperty(target, key, old);
    else Reflect.deleteProperty(target, key);
  };
}

type CheckName = (name: string | undefined) => void;

/** Throws where what runs is forbidden. */
type Guarded = (name: string, f: AnyFunction) => AnyFunction;

function guardScopes({ names, permanent }: GuardOptions, check: CheckName): () => void {
  const engine = tf.engine();
  const start = engine.startScope as AnyFunction;
  const nameOf = nullMap<string>();
  for (const name of names) nameOf[scopeOf(name)] = name;
  const startScope = (scope: string) => {
    check(nameOf[scope]);
    return apply(start, engine, [scope]);
  };
  return replace(engine, "startScope", startScope, permanent);
}

function guardOpKernels({ names, backends }: GuardOptions, guarded: Guarded): (() => void)[] {
  return names.flatMap((name) =>
    backends.flatMap((backend) => {
      const kernel = tf.getKernel(opKernelName(name), backend);
      if (!kernel) return [];
      const put = (kernelFunc: tf.KernelFunc) => {
        tf.unregisterKernel(kernel.kernelName, backend);
        tf.registerKernel({ ...kernel, kernelFunc });
      };
      put(guarded(name, kernel.kernelFunc) as tf.KernelFunc);
      return [() => put(kernel.kernelFunc)];
    }),
  );
}

/** Guards the methods of the optimizers among the names. */
function guardOptimizers({ names, permanent }: GuardOptions, guarded: Guarded): (() => void)[] {
  const all = tf as unknown as Record<string, unknown>;
  return names.flatMap((name) => {
    const found = all[name];
    if (!isOptimizer(found)) return [];
    const prototype = found.prototype as unknown as Record<PropertyKey, unknown>;
    const methods = ownKeys(prototype).filter((key) => key !== "constructor");
    return methods.flatMap((key) => {
      const method = prototype[key];
      if (typeof method !== "function") return [];
      return [replace(prototype, key, guarded(name, method as AnyFunction), permanent)];
    });
  });
}

/** Puts the guard around tfjs, which works as before until something is forbidden. */
export function guardTfjs(options: GuardOptions): TfjsGuard {
  const forbidden = nullMap<boolean>();
  /** The operation whose scope may begin next although it is forbidden. */
  let exempted: string | undefined;
  const check: CheckName = (name) => {
    const isExempt = name !== undefined && exempted === name;
    exempted = undefined;
    if (name !== undefined && !isExempt && forbidden[name] === true) {
      throw new SavedError(forbiddenMessage(name));
    }
  };
  const guarded: Guarded = (name, f) =>
    function (this: unknown, ...args: unknown[]) {
      check(name);
      return apply(f, this, args);
    };
  const undo = [
    guardScopes(options, check),
    ...guardOpKernels(options, guarded),
    ...guardOptimizers(options, guarded),
  ];
  return {
    forbid(names) {
      for (let i = 0; i < names.length; i++) forbidden[names[i]!] = true;
    },
    exempt: (name, operation) =>
      function (this: unknown, ...args: unknown[]) {
        exempted = name;
        return apply(operation, this, args);
      },
    remove() {
      for (const name of options.names) forbidden[name] = false;
      for (const restore of undo.reverse()) restore();
    },
  };
}

/** Whether a function is the operation of this name. */
export const isOperation = (name: string, f: unknown): f is AnyFunction =>
  typeof f === "function" && f.name === scopeOf(name);

/**
 * Op kernels that other devices have and the grader's child lacks: pixels of a page, strings and
 * ragged lists.
 */
export const UNAVAILABLE_OP_KERNELS = [
  "Draw",
  "FromPixels",
  "RaggedGather",
  "RaggedRange",
  "RaggedTensorToTensor",
  "StaticRegexReplace",
];

/**
 * Makes these op kernels throw an error with their name, so that a check on any device refuses what
 * the grader's child can't run.
 * @returns a function that puts back what was there
 */
export function refuseUnavailable(backendName: string): () => void {
  const undo = UNAVAILABLE_OP_KERNELS.map((kernelName) => {
    const known = tf.getKernel(kernelName, backendName) as tf.KernelConfig | null | undefined;
    const refuse = () => {
      throw new SavedError(`TensorFlow.js's ${kernelName} doesn't run when grading.`);
    };
    if (known) tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({ ...known, kernelName, backendName, kernelFunc: refuse });
    return () => {
      tf.unregisterKernel(kernelName, backendName);
      if (known) tf.registerKernel(known);
    };
  });
  return () => {
    for (const putBack of undo) putBack();
  };
}
