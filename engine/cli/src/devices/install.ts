/**
 * Installs a device's files into a temporary folder and moves it into place when it is complete, so
 * that a failure leaves everything as it was.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { reason, run, Sentence } from "../../../install/run.mjs";
import { isAlive } from "../start/lock.js";

/** Devices that `course setup` installs. */
export type Installable = TestedDevice | "webgpu";
/** Those that must compute in a process of their own before they are used. */
type TestedDevice = "native" | "cuda";

/** Tries a device whose files are in the folder. @returns its version, or why it doesn't work */
export async function tryDevice(
  device: TestedDevice,
  folder: string,
  signal?: AbortSignal,
): Promise<{ version: string } | { refused: string }> {
  const program = fileURLToPath(new URL("./tryDevice.js", import.meta.url));
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" };
  const { code, output } = await run(process.execPath, [program, device, folder], { signal, env });
  if (code === 0) return { version: output.trim().split("\n").at(-1)! };
  const [, message] = /^(?:Error: |Error \[.*\]: )(.*)$/m.exec(output) ?? [];
  return { refused: message ?? "it ends its process, as on a processor that lacks instructions" };
}

/** Removes the temporary folders of processes that were killed. */
export function removeStaleFolders(written: string, device: Installable): void {
  const stale = readdirSync(written).filter(
    (name) => name.startsWith(`${device}.part-`) && !isAlive(Number(name.split("-")[1])),
  );
  stale.forEach((name) => rmSync(join(written, name), { recursive: true, force: true }));
}

/**
 * Installs a device; Ctrl+C leaves everything as it was.
 * @param written where the temporary folder goes
 * @param make installs into an empty folder, and returns the version
 * @returns the version
 */
export async function install(
  device: Installable,
  written: string,
  folder: string,
  make: (folder: string, signal: AbortSignal) => Promise<string>,
): Promise<string> {
  const temporary = join(written, `${device}.part-${process.pid}`);
  const added = join(temporary, "new");
  const controller = new AbortController();
  const stop = () => controller.abort(new Sentence("It was stopped."));
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.once(signal, stop);
  try {
    mkdirSync(added, { recursive: true });
    const version = await make(added, controller.signal);
    if (existsSync(folder)) renameSync(folder, join(temporary, "former"));
    renameSync(added, folder);
    return version;
  } catch (e) {
    const { message, code } = e as NodeJS.ErrnoException;
    const why = code === "ENOSPC" ? reason(device, "ENOSPC") : message;
    throw new Sentence(`${why} Nothing was changed.`, { cause: e });
  } finally {
    for (const signal of signals) process.removeListener(signal, stop);
    rmSync(temporary, { recursive: true, force: true });
  }
}
