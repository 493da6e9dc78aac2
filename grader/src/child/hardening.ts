/**
 * Closes ways around the grader inside the child's own process, before student code runs. Files,
 * sockets and programs are left to the sandbox.
 */
import { keepProperties } from "../exercise/intrinsics";

/** Modules that show a submission nothing of its process that it couldn't find out without them. */
const HARMLESS_MODULES = ["assert", "child_process", "crypto", "events", "fs", "net", "os", "path"];

// as in guard.ts, nothing below calls a function that a student can replace
const allowed = Object.create(null) as Record<string, true | undefined>;
for (const name of HARMLESS_MODULES) allowed[name] = allowed[`node:${name}`] = true;
const { apply, ownKeys } = Reflect;

/** Members of `process` that lead to debuggers, or to modules of Node around any allow-list. */
const REMOVED_PROCESS_MEMBERS = [
  "binding",
  "_linkedBinding",
  "dlopen",
  "mainModule",
  "_debugProcess",
  "_debugEnd",
  "report",
  "_startProfilerIdleNotifier",
  "_stopProfilerIdleNotifier",
];

/**
 * Disables what would show a submission the inside of its own process. An inspector, a heap dump or a
 * worker attached to the main thread would find the inputs that the child keeps until their exercise
 * begins (see child.ts).
 */
export function disableDebuggers(): void {
  for (const name of REMOVED_PROCESS_MEMBERS) Reflect.deleteProperty(process, name);
  // the environment configures the allocator and is of no use to a submission
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  const { getBuiltinModule } = process as { getBuiltinModule?: (name: string) => unknown };
  if (!getBuiltinModule) return;
  const narrow = (name: unknown) =>
    typeof name === "string" && allowed[name]
      ? apply(getBuiltinModule, process, [name])
      : undefined;
  Object.defineProperty(process, "getBuiltinModule", { value: narrow });
}

/**
 * Moves WebAssembly to the global object that only this program has (snapshot.ts), or a submission
 * could run the file of tfjs's WASM a second time, outside of tfjs.
 */
export function takeWebAssembly(): void {
  const name = "WebAssembly";
  Object.defineProperty(global, name, { value: (globalThis as Record<string, unknown>)[name] });
  Reflect.deleteProperty(globalThis, name);
}

/** JavaScript's own objects that are global. */
const GLOBAL_INTRINSICS = [
  "Object",
  "Function",
  "Array",
  "Number",
  "Boolean",
  "String",
  "Symbol",
  "Promise",
  "RegExp",
  "Error",
  "AggregateError",
  "EvalError",
  "RangeError",
  "ReferenceError",
  "SyntaxError",
  "TypeError",
  "URIError",
  "JSON",
  "Math",
  "Reflect",
  "Proxy",
  "Map",
  "Set",
  "WeakMap",
  "WeakSet",
  "WeakRef",
  "BigInt",
  "ArrayBuffer",
  "SharedArrayBuffer",
  "DataView",
  "Atomics",
  "Int8Array",
  "Uint8Array",
  "Uint8ClampedArray",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
  "Buffer",
];

/**
 * Names that an object of a student may well define although its prototype has them. A property that
 * can't be written could not be defined by `object.name = …` either, so these become accessors that
 * define the name on the object.
 */
const OVERRIDDEN_NAMES = new Set<PropertyKey>([
  "constructor",
  "hasOwnProperty",
  "isPrototypeOf",
  "message",
  "name",
  "propertyIsEnumerable",
  "toLocaleString",
  "toString",
  "valueOf",
]);

const typedArray = Object.getPrototypeOf(Int8Array) as { prototype: object };

/** While nobody has redefined these, V8 runs loops and promises fast; see exercise/intrinsics.ts. */
function optimizedProperties(): Map<object, PropertyKey[]> {
  const lists = [[], new Map(), new Set(), ""].map((v) => v[Symbol.iterator]());
  const typed = [Int8Array, Uint8Array, Int32Array, Float32Array, Float64Array];
  return new Map<object, PropertyKey[]>([
    [Array, [Symbol.species]],
    [typedArray, [Symbol.species]],
    [Promise, [Symbol.species, "resolve"]],
    [Array.prototype, [Symbol.iterator, "constructor"]],
    [typedArray.prototype, [Symbol.iterator, "constructor"]],
    [Map.prototype, [Symbol.iterator]],
    [Set.prototype, [Symbol.iterator]],
    [String.prototype, [Symbol.iterator]],
    [Promise.prototype, ["constructor", "then"]],
    ...typed.map(({ prototype }): [object, PropertyKey[]] => [prototype, ["constructor"]]),
    ...lists.map((list): [object, PropertyKey[]] => [
      Object.getPrototypeOf(list) as object,
      ["next"],
    ]),
  ]);
}

/** What students replace for good reasons, and nothing here depends on. */
const WRITABLE = new Map<object, PropertyKey[]>([
  [Math, ["random"]],
  [Error, ["stackTraceLimit", "prepareStackTrace"]],
]);

function lockProperty(holder: object, key: PropertyKey): void {
  const property = Object.getOwnPropertyDescriptor(holder, key)!;
  if (!property.configurable || WRITABLE.get(holder)?.includes(key)) return;
  if (!("value" in property)) Object.defineProperty(holder, key, { configurable: false });
  else if (typeof holder === "function" || !OVERRIDDEN_NAMES.has(key)) {
    Object.defineProperty(holder, key, { writable: false, configurable: false });
  } else {
    const { value, enumerable } = property as { value: unknown; enumerable: boolean };
    const set = function (this: unknown, own: unknown) {
      if (this === holder || Object(this) !== this) return;
      const defined = { value: own, writable: true, enumerable: true, configurable: true };
      Object.defineProperty(this as object, key, defined);
    };
    Object.defineProperty(holder, key, { get: () => value, set, enumerable, configurable: false });
  }
}

/** Makes what an object has so far unchangeable; it may get more. */
export function lockProperties(holder: object): void {
  for (const key of ownKeys(holder)) lockProperty(holder, key);
}

/**
 * Methods that JavaScript looks for in any object: `await` would hand a student's `then` what the
 * grader has read and recorded, and JSON a message to a student's `toJSON`.
 */
const ABSENT_METHODS = ["then", "toJSON"];

/** Keeps methods absent that an object doesn't have. */
function lockAbsentMethods(holder: object): void {
  for (const key of ABSENT_METHODS) {
    if (!Object.hasOwn(holder, key)) Object.defineProperty(holder, key, { value: undefined });
  }
}

/** Prototypes that no global names: of iterators, generators and typed arrays. */
function hiddenPrototypes(): object[] {
  const generator = function* () {};
  const asyncGenerator = async function* () {};
  const instances = [
    [][Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    ""[Symbol.iterator](),
    "".matchAll(/./g),
    Int8Array.prototype,
    Int8Array,
    generator,
    asyncGenerator,
    async () => undefined,
    generator(),
    asyncGenerator(),
  ];
  const found = new Set<object>();
  for (const instance of instances) {
    for (
      let prototype = Object.getPrototypeOf(instance) as object | null;
      prototype;
      prototype = Object.getPrototypeOf(prototype) as object | null
    ) {
      found.add(prototype);
    }
  }
  return [...found];
}

/**
 * Locks JavaScript's own objects. Code of the grader and of tfjs calls their methods while student
 * code could have replaced them, to see what it is not shown, to run where nothing is forbidden, or
 * to make a count lie. New methods may still be added to them. Call it while the snapshot is made.
 */
export function lockIntrinsics(): void {
  const globals = globalThis as unknown as Record<string, object | undefined>;
  const holders = new Set(hiddenPrototypes());
  for (const name of GLOBAL_INTRINSICS) {
    const intrinsic = globals[name];
    if (!intrinsic) continue;
    holders.add(intrinsic);
    const { prototype } = intrinsic as { prototype?: object };
    if (prototype) holders.add(prototype);
  }
  for (const holder of holders) if (typeof holder !== "function") lockAbsentMethods(holder);
  const fast = optimizedProperties();
  const optimized: { holder: object; key: PropertyKey }[] = [];
  for (const holder of holders) {
    for (const key of ownKeys(holder)) {
      if (fast.get(holder)?.includes(key)) optimized.push({ holder, key });
      else lockProperty(holder, key);
    }
  }
  keepProperties(optimized);
}
