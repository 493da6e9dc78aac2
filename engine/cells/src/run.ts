/**
 * How a compiled cell runs: what it imports, what it leaves in the scope, also when it throws
 * half-way.
 */
import type { CompiledCell } from "./compile";
import type { Scope } from "./scope";

/** What differs between Node and a browser. */
export interface Machine {
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
  /** `lost`: names that the cell had not defined yet. */
  | { thrown: unknown; lost: string[] }
  /** The engine does not take the code for JavaScript; nothing has run. */
  | { refused: unknown };

type CellFunction = (values: Scope["values"], host: object) => [value: unknown] | undefined;

export async function runCell(
  cell: CompiledCell,
  file: string,
  scope: Scope,
  machine: Machine,
): Promise<CellOutcome> {
  let run: CellFunction;
  try {
    run = machine.evaluate(cell.code, file) as CellFunction;
  } catch (refused) {
    return { refused };
  }
  const imported = new Set<string>();
  const host = hostOf(scope, machine, imported);
  const before = new Map(cell.names.map((name) => [name, valueOf(scope, name)]));
  scope.open(cell.names);
  try {
    const running = machine.call(() => run(scope.values, host));
    const ended = cell.isAsync ? await machine.wait(Promise.resolve(running)) : running;
    return { value: ended?.[0] };
  } catch (thrown) {
    const isLost = (name: string) =>
      !imported.has(name) && Object.is(valueOf(scope, name), before.get(name));
    return { thrown, lost: cell.names.filter(isLost) };
  } finally {
    scope.lock(cell.constants);
  }
}

const NOTHING = Symbol("nothing");
const valueOf = (scope: Scope, name: string): unknown =>
  scope.has(name) ? scope.values[name] : NOTHING;

/** What the compiled code calls as `__cell`; see transform.ts. */
function hostOf(scope: Scope, { require }: Machine, imported: Set<string>) {
  return {
    require,
    load: async (module: string) => namespaceOf(require(module)),
    hoist(name: string) {
      if (!scope.has(name)) scope.values[name] = undefined;
    },
    import(module: string, names: Record<string, string>) {
      const exports = require(module);
      for (const [name, of] of Object.entries(names)) {
        imported.add(name);
        if (of === "*") scope.values[name] = namespaceOf(exports);
        else if (of === "default") scope.values[name] = defaultOf(exports);
        // a type is imported like a value, and does not exist when cells run
        else if (Object(exports) === exports && of in (exports as object)) {
          scope.values[name] = (exports as Record<string, unknown>)[of];
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
