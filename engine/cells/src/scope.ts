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
  /** Opens a cell: its names may be written now, constants of earlier cells among them. */
  open(names: readonly string[]): void;
  /** Ends a cell: from now on, writing these names throws. */
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
