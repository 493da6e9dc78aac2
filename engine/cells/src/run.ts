/**
 * How a compiled cell runs: the scope that all cells of a notebook share, what a cell imports, and
 * what it leaves in the scope, also when it throws half-way.
 */
import type { CompiledCell } from "./compile";

/**
 * The names that a notebook's cells share: one object, a property for each name. Cells read and
 * write its properties in place of variables, so a function sees the newest definition of
 * everything it uses, as it would in Python.
 *
 * Values are plain properties, since a Proxy costs some 350 ns for each access. Only what is
 * missing reaches the Proxy behind the object.
 */
export interface Scope {
  /** name → value */
  values: Record<string, unknown>;
  has(name: string): boolean;
  names(): string[];
  /** Before a cell runs: it may write its names now, also those that are constants so far. */
  open(names: readonly string[]): void;
  /** After a cell has run: from now on, writing these names throws. */
  lock(constants: readonly string[]): void;
}

const notDefined = (name: string) => new ReferenceError(`${name} is not defined`);

export function createScope(): Scope {
  const declared = new Set<string>();
  const missing = new Proxy(Object.create(null) as object, {
    get(_, name) {
      if (typeof name === "string") throw notDefined(name);
      return undefined;
    },
    set(_, name, value, receiver: object) {
      if (!declared.has(String(name))) throw notDefined(String(name));
      const fresh = { value, writable: true, enumerable: true, configurable: true };
      return Reflect.defineProperty(receiver, name, fresh);
    },
  });
  const values = Object.create(missing) as Record<string, unknown>;
  // engines name it in messages
  Object.defineProperty(values, Symbol.toStringTag, { value: "Notebook" });
  const has = (name: string) => Object.hasOwn(values, name);

  const setWritable = (names: readonly string[], writable: boolean) => {
    for (const name of names) if (has(name)) Object.defineProperty(values, name, { writable });
  };
  return {
    values,
    has,
    names: () => Object.keys(values),
    open(names) {
      names.forEach((name) => declared.add(name));
      setWritable(names, true);
    },
    lock: (constants) => setWritable(constants, false),
  };
}

/** How JavaScript is evaluated, called and stopped; Node and a browser differ in it. */
export interface Runtime {
  /** The value of an expression of JavaScript; `file` names it in stacks. */
  evaluate(code: string, file: string): unknown;
  /** Calls a cell, in a way that the student can stop. */
  call<T>(cell: () => T): T;
  /** Waits for a cell, in a way that the student can stop. */
  wait<T>(cell: Promise<T>): Promise<T>;
  require(module: string): unknown;
}

export type CellOutcome =
  | { value: unknown }
  /** `unassigned`: names to which the cell had not given a value yet. */
  | { thrown: unknown; unassigned: string[] }
  /** The JavaScript engine rejects the code; nothing has run. */
  | { syntaxError: unknown };

type CellFunction = (values: Scope["values"], helpers: object) => [value: unknown] | undefined;

export async function runCell(
  cell: CompiledCell,
  file: string,
  scope: Scope,
  runtime: Runtime,
): Promise<CellOutcome> {
  let run: CellFunction;
  try {
    run = runtime.evaluate(cell.code, file) as CellFunction;
  } catch (syntaxError) {
    return { syntaxError };
  }
  const imported = new Set<string>();
  const helpers = helpersOf(scope, runtime, imported);
  const before = new Map(cell.names.map((name) => [name, valueOf(scope, name)]));
  scope.open(cell.names);
  try {
    const running = runtime.call(() => run(scope.values, helpers));
    const ended = cell.isAsync ? await runtime.wait(Promise.resolve(running)) : running;
    return { value: ended?.[0] };
  } catch (thrown) {
    const isUnassigned = (name: string) =>
      !imported.has(name) && Object.is(valueOf(scope, name), before.get(name));
    return { thrown, unassigned: cell.names.filter(isUnassigned) };
  } finally {
    scope.lock(cell.constants);
  }
}

const UNDEFINED = Symbol("undefined");
const valueOf = (scope: Scope, name: string): unknown =>
  scope.has(name) ? scope.values[name] : UNDEFINED;

/** What the compiled code calls as `__cell`; see transform.ts. */
function helpersOf(scope: Scope, { require }: Runtime, imported: Set<string>) {
  return {
    require,
    load: async (module: string) => namespaceOf(require(module)),
    hoist(name: string) {
      if (!scope.has(name)) scope.values[name] = undefined;
    },
    import(module: string, names: Record<string, string>) {
      const exports = require(module);
      for (const [name, exported] of Object.entries(names)) {
        imported.add(name);
        if (exported === "*") scope.values[name] = namespaceOf(exports);
        else if (exported === "default") scope.values[name] = defaultOf(exports);
        // a type is imported like a value, and does not exist when cells run
        else if (Object(exports) === exports && exported in (exports as object)) {
          scope.values[name] = (exports as Record<string, unknown>)[exported];
        }
      }
    },
  };
}

type Module = Record<string | symbol, unknown>;
const isModule = (exports: unknown): exports is Module =>
  Object(exports) === exports &&
  ((exports as Module).__esModule === true || (exports as Module)[Symbol.toStringTag] === "Module");

const defaultOf = (exports: unknown) => (isModule(exports) ? exports.default : exports);

function namespaceOf(exports: unknown): unknown {
  if (isModule(exports)) return exports;
  return Object.assign({}, exports, { default: exports });
}
