/**
 * Closes what would show a submission the inside of its own process: an inspector, a dump of the
 * heap or a worker attached to the main thread finds the inputs that the child keeps until their
 * exercise begins (see child.ts). Files, sockets and programs are the sandbox's to refuse.
 */

/** Modules that show no more than any code could do itself. */
const SHOWS_NOTHING = ["assert", "child_process", "crypto", "events", "fs", "net", "os", "path"];

// as in guard.ts: nothing below calls what a student can replace
const allowed = Object.create(null) as Record<string, true | undefined>;
for (const name of SHOWS_NOTHING) allowed[name] = allowed[`node:${name}`] = true;
const { apply } = Reflect;

/** Ways from `process` to modules of Node that no whitelist holds, and to debuggers. */
const DOORS = [
  ...["binding", "_linkedBinding", "dlopen", "mainModule", "_debugProcess", "_debugEnd"],
  ...["report", "_startProfilerIdleNotifier", "_stopProfilerIdleNotifier"],
];

export function closeDoors(): void {
  for (const name of DOORS) Reflect.deleteProperty(process, name);
  // what the allocator was told is of no use to anybody else
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  const { getBuiltinModule } = process as { getBuiltinModule?: (name: string) => unknown };
  if (!getBuiltinModule) return;
  const narrow = (name: unknown) =>
    typeof name === "string" && allowed[name]
      ? apply(getBuiltinModule, process, [name])
      : undefined;
  Object.defineProperty(process, "getBuiltinModule", { value: narrow });
}
