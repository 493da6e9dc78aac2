/** Makes a folder aside and moves it into place, so that what fails leaves everything as it was. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { reason, run, Sentence } from "../../../install/run.mjs";
import { isAlive } from "../start/lock.js";

/** Devices that `course setup` makes. */
export type Kit = Backend | "webgpu";
/** Those that are tried before they are used. */
type Backend = "native" | "cuda";

/** Whether a device works from this folder: its version, or why not. */
export async function trial(
  kit: Backend,
  folder: string,
  signal?: AbortSignal,
): Promise<{ version: string } | { refused: string }> {
  const program = fileURLToPath(new URL("./trial.js", import.meta.url));
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" };
  const { code, output } = await run(process.execPath, [program, kit, folder], { signal, env });
  if (code === 0) return { version: output.trim().split("\n").at(-1)! };
  const [, message] = /^(?:Error: |Error \[.*\]: )(.*)$/m.exec(output) ?? [];
  return { refused: message ?? "it ends its process, as on a processor that lacks instructions" };
}

/** Removes what killed processes left. */
export function removeLeftovers(written: string, kit: Kit): void {
  const left = readdirSync(written).filter(
    (name) => name.startsWith(`${kit}.part-`) && !isAlive(Number(name.split("-")[1])),
  );
  left.forEach((name) => rmSync(join(written, name), { recursive: true, force: true }));
}

/** Makes the kit aside and moves it into place; Ctrl+C leaves everything as it was. */
export async function install(
  kit: Kit,
  written: string,
  folder: string,
  make: (folder: string, signal: AbortSignal) => Promise<string>,
): Promise<string> {
  const aside = join(written, `${kit}.part-${process.pid}`);
  const made = join(aside, "new");
  const controller = new AbortController();
  const stop = () => controller.abort(new Sentence("It was stopped."));
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.once(signal, stop);
  try {
    mkdirSync(made, { recursive: true });
    const version = await make(made, controller.signal);
    if (existsSync(folder)) renameSync(folder, join(aside, "former"));
    renameSync(made, folder);
    return version;
  } catch (e) {
    const { message, code } = e as NodeJS.ErrnoException;
    const why = code === "ENOSPC" ? reason(kit, "ENOSPC") : message;
    throw new Sentence(`${why} Nothing was changed.`, { cause: e });
  } finally {
    for (const signal of signals) process.removeListener(signal, stop);
    rmSync(aside, { recursive: true, force: true });
  }
}
