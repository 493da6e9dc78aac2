/**
 * The device "native": the WASM backend with C++ kernels in place of its larger ones. `course setup
 * native` compiles them into .local/native, for the processor of this machine.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { courseRoot, paths } from "grader";
import { registerNativeKernels, type NativeModule } from "ops";

const load = createRequire(__filename);

/** The module's name in its folder. */
export const NATIVE_MODULE_FILE = "course_kernels.node";
/** Its sources. */
export const sourceFolder = () => join(dirname(load.resolve("ops/package.json")), "native");

/** The contents of installed.json: the machine and sources that the module was compiled for. */
export interface NativeStamp {
  platform: string;
  arch: string;
  processor: string;
  sources: string;
}

/**
 * A short hash of the processor's instruction sets, since two machines that share a folder may have
 * different processors.
 */
function processor(): string {
  const file = "/proc/cpuinfo";
  const info = existsSync(file) ? readFileSync(file, "utf8") : "";
  const [flags] = /^(?:flags|Features)\s*:.*$/m.exec(info) ?? [cpus()[0]?.model ?? ""];
  return createHash("sha256").update(flags).digest("hex").slice(0, 16);
}

/** A short hash of the sources, since what was compiled stays when the course is updated. */
function sources(): string {
  const folder = sourceFolder();
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).sort()) {
    hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest("hex").slice(0, 16);
}

export const nativeStamp = (): NativeStamp => ({
  platform: process.platform,
  arch: process.arch,
  processor: processor(),
  sources: sources(),
});

const REBUILD_HINT = "npx course setup native builds it again";

/** The reason that the module in `folder` can't be used; undefined if it can. */
function unavailableReason(folder: string): string | undefined {
  const stamp = join(folder, "installed.json");
  if (!existsSync(stamp) || !existsSync(join(folder, NATIVE_MODULE_FILE))) {
    return existsSync(folder)
      ? `it is from an older course: ${REBUILD_HINT}`
      : "it is not set up on this machine";
  }
  const has = JSON.parse(readFileSync(stamp, "utf8")) as Partial<NativeStamp>;
  const wanted = nativeStamp();
  const made = `${has.platform} ${has.arch}`;
  const here = `${wanted.platform} ${wanted.arch}`;
  if (made !== here) return `it was set up for ${made}, this is ${here}`;
  if (has.processor !== wanted.processor) {
    return `it was built for another processor: ${REBUILD_HINT}`;
  }
  return has.sources === wanted.sources
    ? undefined
    : `it was built from another version of the course: ${REBUILD_HINT}`;
}

let loaded: NativeModule | undefined;

/**
 * Replaces kernels of the WASM backend, which must be registered.
 * @returns the reason when that fails
 */
export function useNative(
  folder = paths(courseRoot()).installed("native"),
): { refused: string } | undefined {
  const no = unavailableReason(folder);
  if (no) return { refused: no };
  loaded ??= load(join(folder, NATIVE_MODULE_FILE)) as NativeModule;
  registerNativeKernels(loaded);
  return undefined;
}

const count = (threads: number) => (threads === 1 ? "1 thread" : `${threads} threads`);

/** Describes the device for people. */
export const nativeEngine = (): string =>
  loaded
    ? `C++ on vectors of ${32 * loaded.lanes} bits, ${count(loaded.threads)}`
    : "C++, not loaded";
