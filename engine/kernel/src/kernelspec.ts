/**
 * `course setup kernel`: tells Jupyter where the course's kernel is, so that VS Code, JupyterHub
 * and a plain `jupyter lab` find it. A kernelspec is one small file; it points to this folder.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The name that our notebooks ask for. */
const NAME = "tslab";

interface Spec {
  argv: string[];
  display_name: string;
  language: string;
  metadata?: { course?: string };
}

export interface KernelOptions {
  /** For this user; so it is unless a prefix is given. */
  user?: boolean;
  /**
   * An environment's folder, such as /usr/local or a Python environment:
   * {prefix}/share/jupyter/kernels.
   */
  prefix?: string;
  remove?: boolean;
}

/** Where Jupyter looks for a user's data. */
function userData(env: NodeJS.ProcessEnv): string {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (process.platform === "win32") return join(env.APPDATA ?? homedir(), "jupyter");
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter");
  return join(env.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "jupyter");
}

function folderOf({ user, prefix }: KernelOptions): string {
  if (user && prefix !== undefined) {
    throw new Error("course setup kernel: --user and --prefix exclude each other");
  }
  const data = prefix === undefined ? userData(process.env) : resolve(prefix, "share", "jupyter");
  return join(data, "kernels", NAME);
}

function read(folder: string): Spec | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8")) as Spec;
  } catch {
    return undefined;
  }
}

/** @returns the exit code */
export function setupKernel(root: string, options: KernelOptions): number {
  const folder = folderOf(options);
  const before = read(folder);
  const isOurs = before?.metadata?.course !== undefined;
  if (options.remove) return removeKernel(folder, isOurs);
  if (existsSync(folder) && !isOurs) {
    throw new Error(
      `Another program's kernel has this name: ${folder}. ` +
        `Remove it first (jupyter kernelspec remove ${NAME}).`,
    );
  }
  const spec: Spec & { interrupt_mode: string } = {
    argv: [process.execPath, join(root, "engine", "kernel", "launch.mjs"), "{connection_file}"],
    display_name: "TypeScript",
    language: "typescript",
    interrupt_mode: "signal",
    metadata: { course: root },
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "kernel.json"), `${JSON.stringify(spec, undefined, 2)}\n`);
  console.log(`The kernel TypeScript is installed: ${folder}`);
  console.log(
    "Reload VS Code or restart Jupyter to see it. Run this again if you move the course.",
  );
  return 0;
}

function removeKernel(folder: string, isOurs: boolean): number {
  if (!isOurs) {
    console.log(`There is no kernel of the course in ${folder}.`);
    return 1;
  }
  rmSync(folder, { recursive: true, force: true });
  console.log(`The kernel is removed from ${folder}.`);
  return 0;
}
