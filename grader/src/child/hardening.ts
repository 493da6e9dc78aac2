/**
 * Closes ways around the grader inside the child's own process. Files, sockets and programs are left
 * to the sandbox.
 */
import { opKernelName, type TfjsGuard } from "../exercise/guard";
import type { AnyFunction } from "../exercise/value";

/** Modules that show a submission nothing of its process that it couldn't find out without them. */
const HARMLESS_MODULES = ["assert", "child_process", "crypto", "events", "fs", "net", "os", "path"];

// as in guard.ts, nothing below calls a function that a student can replace
const allowed = Object.create(null) as Record<string, true | undefined>;
for (const name of HARMLESS_MODULES) allowed[name] = allowed[`node:${name}`] = true;
const { apply } = Reflect;

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

interface InstantiatedModule {
  instance: { exports: Record<string, unknown> };
}
interface WebAssemblyApi {
  instantiate(...args: unknown[]): Promise<InstantiatedModule>;
}

/**
 * Guards the code under tfjs's op kernels on WASM, which a submission could call directly. Applies to
 * modules that are loaded from now on.
 * @returns a function that ends this
 */
export function guardWasmExports(guard: TfjsGuard, names: string[]): () => void {
  const wasm = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
  const instantiate = wasm.instantiate.bind(wasm);
  wasm.instantiate = async (...args) => {
    const loaded = await instantiate(...args);
    const exports = { ...loaded.instance.exports };
    for (const name of names) {
      const f = exports[opKernelName(name)];
      if (typeof f === "function") {
        exports[opKernelName(name)] = guard.guarded(name, f as AnyFunction);
      }
    }
    return { ...loaded, instance: { exports } };
  };
  return () => {
    wasm.instantiate = instantiate;
  };
}
