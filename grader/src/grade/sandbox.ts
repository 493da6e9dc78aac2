/**
 * Starts children: inside bubblewrap with limits set by prlimit, or, when the work is trusted, as ordinary processes. Inside there is no
 * network, no /proc, /dev or /tmp, no file but Node, its libraries, the snapshot and tfjs's WASM, and no environment.
 */
import { spawn, spawnSync } from "node:child_process";
import { accessSync, chmodSync, closeSync, constants, copyFileSync, mkdtempSync, openSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { runJob, type Launcher } from "./run";
import { seccompProgram } from "./seccomp";
import { makeSnapshot, NODE_FLAGS } from "./snapshot";

/** Why there is no sandbox, and what to do about it. */
export class NoSandbox extends Error {}

export interface Sandbox extends Launcher {
  /** What the sandbox itself says of why it does not start. */
  complaint(): string;
  close(): void;
}

const MEGABYTE = 1 << 20;
/** Heap, buffers and WASM memory together are capped by data. Threads count as processes. */
const LIMITS = [`--data=${768 * MEGABYTE}`, "--cpu=60", "--fsize=0", "--nofile=64", "--core=0", "--memlock=0", "--msgqueue=0"];
const THREADS = 40;
/** Root's children run as users of their own, one a slot, since a limit on processes counts by user and never for root. */
const FIRST_UID = 61_000;
const NOBODY = "65534";

const REMEDY = "install it (Debian, Ubuntu: apt-get install bubblewrap util-linux), or grade work of your own with --trusted";

function findProgram(name: string): string {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return join(folder, name);
    } catch { /* the next folder */ }
  }
  throw new NoSandbox(`there is no sandbox: ${name} is missing; ${REMEDY}`);
}

/** The shared libraries of a program and its loader, as ldd names them. */
function libraries(program: string): string[] {
  const { stdout, status, error } = spawnSync(findProgram("ldd"), [program], { encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) return []; // linked statically
  return [...stdout.matchAll(/(?:=>\s*)?(\/\S+)\s+\(0x/g)].map((m) => m[1]!);
}

const othersMay = (path: string, bit: number) => (statSync(path).mode & bit) !== 0;

/** Whether any user can read the file: its own permission, and a way through every folder above it. */
function readableByAll(file: string): boolean {
  if (!othersMay(file, 0o004)) return false;
  for (let folder = dirname(realpathSync(file)); ; folder = dirname(folder)) {
    if (!othersMay(folder, 0o001)) return false;
    if (dirname(folder) === folder) return true;
  }
}

function bubblewrap(root: string): Sandbox {
  if (process.platform !== "linux") throw new NoSandbox(`there is no sandbox on ${process.platform}: grade on Linux, in a container or a virtual machine, or grade work of your own with --trusted`);
  const bwrap = findProgram("bwrap"), prlimit = findProgram("prlimit"), asRoot = process.getuid?.() === 0;
  const aside = mkdtempSync(join(tmpdir(), "course-grader-"));
  chmodSync(aside, 0o755);
  const close = () => rmSync(aside, { recursive: true, force: true });
  try {
    const snapshot = makeSnapshot(root);
    /** Another user's child cannot read from a private folder such as /root: it gets a copy. */
    const visible = (file: string) => {
      if (!asRoot || readableByAll(file)) return file;
      const copy = join(aside, basename(file));
      copyFileSync(file, copy);
      chmodSync(copy, 0o755);
      return copy;
    };
    const bind = (from: string, to: string) => ["--ro-bind", visible(from), to];
    const filter = join(aside, "seccomp.bpf");
    writeFileSync(filter, seccompProgram());
    const options = [
      ...LIMITS, ...(asRoot ? [`--nproc=${THREADS}`] : []), bwrap,
      "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL", "--uid", NOBODY, "--gid", NOBODY, "--disable-userns", "--as-pid-1",
      ...libraries(process.execPath).flatMap((file) => bind(realpathSync(file), file)),
      ...bind(realpathSync(process.execPath), "/node"), ...bind(snapshot.blob, "/blob"), ...bind(snapshot.wasm, "/wasm"),
      "--remount-ro", "/", "--chdir", "/", "--seccomp", "4", "/node", ...NODE_FLAGS, "--snapshot-blob", "/blob",
    ];
    /** Lends a descriptor of the filter; a new one for each child, since bubblewrap reads it to its end. */
    const withFilter = <T>(use: (fd: number) => T): T => {
      const fd = openSync(filter, "r");
      try {
        return use(fd);
      } finally {
        closeSync(fd);
      }
    };
    const settings = (slot: number) => ({ ...(asRoot ? { uid: FIRST_UID + slot, gid: FIRST_UID + slot } : {}), env: {}, cwd: "/" });
    return {
      wasm: "/wasm",
      close,
      start: (slot) => withFilter((fd) => spawn(prlimit, options, { ...settings(slot), stdio: ["pipe", "ignore", "ignore", "pipe", fd] })),
      complaint: () => withFilter((fd) => {
        const { stderr, error } = spawnSync(prlimit, options, { ...settings(0), stdio: ["ignore", "ignore", "pipe", "ignore", fd], encoding: "utf8", timeout: 10_000 });
        return error?.message ?? (stderr.trim().split("\n")[0] || "its first child does not answer");
      }),
    };
  } catch (e) {
    close();
    throw e;
  }
}

function trusted(root: string): Sandbox {
  const { blob, wasm } = makeSnapshot(root);
  // Windows starts nothing without these
  const env = Object.fromEntries(["SystemRoot", "windir"].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  return { wasm, close: () => undefined, complaint: () => "its first child does not answer", start: () => spawn(process.execPath, [...NODE_FLAGS, "--snapshot-blob", blob], { env, cwd: dirname(blob), stdio: ["pipe", "ignore", "ignore", "pipe"] }) };
}

/** @throws NoSandbox when untrusted code could not be held here */
export async function openSandbox(root: string, options: { trusted?: boolean } = {}): Promise<Sandbox> {
  const sandbox = options.trusted ? trusted(root) : bubblewrap(root);
  try {
    await runJob(sandbox, 0, { wasm: sandbox.wasm, solutions: "", ours: [], cells: [], exercises: [] });
    return sandbox;
  } catch (e) {
    const why = sandbox.complaint();
    sandbox.close();
    if (options.trusted) throw new Error(`the grader's child does not run: ${why}`, { cause: e });
    throw new NoSandbox(`bubblewrap does not work here (${why}): allow unprivileged user namespaces, in a container with docker run --privileged, or grade work of your own with --trusted`, { cause: e });
  }
}
