/**
 * Keeps functions of tfjs from an exercise that builds them. It looks at what runs and not at what
 * is written: an operation opens a scope of its name however it was called, and its kernel, the
 * code of that kernel and the methods of an optimizer are reached in one way only. A program that
 * ran before the guard may have kept whatever it liked.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { AnyFunction } from "./value";

// Kept before any code of a student runs, which may put its own functions in their places. Nothing
// below calls a method of an object that a student can reach.
const { apply, ownKeys } = Reflect;
const { create, defineProperty } = Object;
const Fault = Error;

/** Name → whether; without prototype, so that nothing is found in it but what was put there. */
type Names<T> = Record<string, T | undefined>;
const names = <T>(): Names<T> => create(null) as Names<T>;

const sentence = (name: string) =>
  `It uses TensorFlow.js's ${name}, which is what this exercise builds; ` +
  "write it from smaller operations.";

/** The name in an error of the guard's, undefined in any other. */
export const bannedName = (error: string): string | undefined =>
  /^It uses TensorFlow\.js's (\w+), which is what this exercise builds/.exec(error)?.[1];

const scopeOf = (name: string) => `${name}__op`;
/** The kernel of an operation has its name with a capital. */
export const kernelOf = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

const isNamespace = (v: unknown): v is Record<string, unknown> =>
  typeof v === "object" && v !== null;

/** Whether tfjs has an operation or a class of this name, which the guard can keep. */
export function canGuard(name: string): boolean {
  const all = tf as unknown as Record<string, unknown>;
  const spaces = [all, ...Object.values(all).filter(isNamespace)];
  return spaces.some((space) => {
    const f = Object.hasOwn(space, name) ? space[name] : undefined;
    return typeof f === "function" && (f.name === scopeOf(name) || isOptimizer(f));
  });
}

/** tf.Optimizer itself says of every object with such methods that it is its instance. */
const isOptimizer = (f: unknown): f is { prototype: tf.Optimizer } =>
  typeof f === "function" &&
  typeof (f.prototype as tf.Optimizer | undefined)?.applyGradients === "function";

export interface Guard {
  /** From now on these throw. */
  forbid(list: readonly string[]): void;
  /** The function as it is for code of ours, which may use what it likes. */
  free(f: AnyFunction): AnyFunction;
  /** A function that throws while this name is forbidden. */
  guarded(name: string, f: AnyFunction): AnyFunction;
  /** Takes the guard away. */
  remove(): void;
}

interface Place {
  /** All names that may be forbidden. */
  list: readonly string[];
  backends: readonly string[];
  /** Whether it stays whatever is tried; it can't be removed then. */
  forGood: boolean;
}

/** Where a property is replaced. @returns what puts the old one back */
function replace(target: object, key: PropertyKey, value: unknown, forGood: boolean): () => void {
  const old = Object.getOwnPropertyDescriptor(target, key);
  const open = !forGood;
  defineProperty(target, key, { value, writable: open, configurable: open, enumerable: false });
  return () => {
    if (old) defineProperty(target, key, old);
    else Reflect.deleteProperty(target, key);
  };
}

type Pass = (name: string | undefined) => void;

function guardScopes({ list, forGood }: Place, pass: Pass): () => void {
  const engine = tf.engine();
  const start = engine.startScope as AnyFunction;
  const nameOf = names<string>();
  for (const name of list) nameOf[scopeOf(name)] = name;
  const startScope = (scope: string) => {
    pass(nameOf[scope]);
    return apply(start, engine, [scope]);
  };
  return replace(engine, "startScope", startScope, forGood);
}

function guardKernels({ list, backends }: Place, guarded: Guard["guarded"]): (() => void)[] {
  return list.flatMap((name) =>
    backends.flatMap((backend) => {
      const kernel = tf.getKernel(kernelOf(name), backend);
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

/** The methods of the optimizers among the names. */
function guardClasses({ list, forGood }: Place, guarded: Guard["guarded"]): (() => void)[] {
  const all = tf as unknown as Record<string, unknown>;
  return list.flatMap((name) => {
    const found = all[name];
    if (!isOptimizer(found)) return [];
    const prototype = found.prototype as unknown as Record<PropertyKey, unknown>;
    const methods = ownKeys(prototype).filter((key) => key !== "constructor");
    return methods.flatMap((key) => {
      const method = prototype[key];
      if (typeof method !== "function") return [];
      return [replace(prototype, key, guarded(name, method as AnyFunction), forGood)];
    });
  });
}

/** Guards tfjs, which works as before until something is forbidden. */
export function guardTfjs(place: Place): Guard {
  const forbidden = names<boolean>();
  let free = false;
  const pass: Pass = (name) => {
    if (name !== undefined && !free && forbidden[name] === true) throw new Fault(sentence(name));
  };
  const guarded: Guard["guarded"] = (name, f) =>
    function (this: unknown, ...args: unknown[]) {
      pass(name);
      return apply(f, this, args);
    };
  const undo = [
    guardScopes(place, pass),
    ...guardKernels(place, guarded),
    ...guardClasses(place, guarded),
  ];
  return {
    guarded,
    forbid(list) {
      for (let i = 0; i < list.length; i++) forbidden[list[i]!] = true;
    },
    free: (f) =>
      function (this: unknown, ...args: unknown[]) {
        const before = free;
        free = true;
        try {
          return apply(f, this, args);
        } finally {
          free = before;
        }
      },
    remove() {
      for (const name of place.list) forbidden[name] = false;
      for (const back of undo.reverse()) back();
    },
  };
}
