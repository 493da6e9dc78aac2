/**
 * `course setup kernel`: tells Jupyter where the course's kernel is, so that VS Code, JupyterHub
 * and a plain `jupyter lab` find it. A kernelspec is one small file; it points to this folder, and
 * `npm start` renews it when the kernel has moved within the course.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The name that our notebooks ask for. */
const NAME = "tslab";

interface KernelSpec {
  argv?: string[];
  display_name: string;
  language: string;
  interrupt_mode?: string;
  /** `course` is the folder of the course that has written the spec. */
  metadata?: { course?: string };
}

export interface KernelOptions {
  /** For this user, which is the default without a prefix. */
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

function read(folder: string): KernelSpec | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8")) as KernelSpec;
  } catch {
    return undefined;
  }
}

const launcherOf = (root: string) => join(root, "engine", "kernel", "launch.mjs");

function writeSpec(root: string, folder: string): void {
  const spec: KernelSpec = {
    argv: [process.execPath, launcherOf(root), "{connection_file}"],
    display_name: "TypeScript",
    language: "typescript",
    interrupt_mode: "signal",
    metadata: { course: root },
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "kernel.json"), `${JSON.stringify(spec, undefined, 2)}\n`);
}

/**
 * Renews this user's spec when this course has written it and it starts what is gone: the launcher
 * that an earlier release had, or a Node that was removed. Leaves every other spec alone.
 * @returns whether it has written one
 */
export function renewKernelSpec(root: string): boolean {
  const folder = folderOf({});
  const spec = read(folder);
  if (spec?.metadata?.course !== root) return false;
  const [node = "", launcher] = spec.argv ?? [];
  if (launcher === launcherOf(root) && existsSync(node)) return false;
  try {
    writeSpec(root, folder);
    return true;
  } catch {
    return false; // the home folder may be read-only, and the course runs all the same
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
  writeSpec(root, folder);
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
