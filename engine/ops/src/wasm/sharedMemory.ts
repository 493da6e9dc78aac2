/**
 * Starts tfjs's WASM backend on memory that threads can share. Its module is the stock one, whose
 * memory is declared as shared; ours imports it as shared.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, sep } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import type * as Backend from "@tensorflow/tfjs-backend-wasm";

const PACKAGE = "@tensorflow/tfjs-backend-wasm";
const FILE = "tfjs-backend-wasm-simd.wasm";
/** More threads than that share a memory's bandwidth without being faster. */
const MAX_THREADS = 8;
/** tfjs's memory grows from 256 pages of 64 KiB to 4 GiB. */
const MEMORY_PAGES = { initial: 256, maximum: 65_536 };

const inNode = (process.versions as { node?: string }).node !== undefined;

/** How many threads compute, this one included; COURSE_THREADS sets it. */
export function threadCount(): number {
  const asked = Number(process.env.COURSE_THREADS);
  if (Number.isInteger(asked) && asked > 0) return asked;
  return Math.min(MAX_THREADS, availableParallelism());
}

/** Whether `ulimit -v` is set; then a thread that can't allocate memory ends the process. */
function spaceIsLimited(): boolean {
  try {
    const limits = readFileSync("/proc/self/limits", "utf8");
    return !/^Max address space +unlimited/m.test(limits);
  } catch {
    return false; // only Linux has this file
  }
}

/** Whether threads can share memory here; a page that isn't cross-origin isolated can't. */
function canShare(): boolean {
  if (!inNode && !(globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated) {
    return false;
  }
  if (inNode && spaceIsLimited()) return false;
  try {
    return (
      new WebAssembly.Memory({ ...MEMORY_PAGES, shared: true }).buffer instanceof SharedArrayBuffer
    );
  } catch {
    return false;
  }
}

/** Where each section of a module is, by its number: one byte, the size, and the content. */
function section(module: Uint8Array, wanted: number): { sizeAt: number; at: number; end: number } {
  let at = 8; // after "\0asm" and the version
  while (at < module.length) {
    const id = module[at++];
    const sizeAt = at;
    let size = 0;
    let shift = 0;
    do size |= (module[at]! & 127) << (7 * shift++);
    while (module[at++]! > 127);
    if (id === wanted) return { sizeAt, at, end: at + size };
    at += size;
  }
  throw new Error(`the WebAssembly module has no section ${wanted}`);
}

const [IMPORT_SECTION, MEMORY_SECTION] = [2, 5];
/** What a memory's limits begin with: it has a largest size, and is shared. */
const SHARED_LIMITS_FLAG = 3;

/** The module with its own memory declared as shared; it has a largest size. */
function ownMemoryShared(module: Uint8Array): Uint8Array {
  const changed = module.slice();
  changed[section(module, MEMORY_SECTION).at + 1] = SHARED_LIMITS_FLAG; // after the number of memories
  return changed;
}

/** Our module, whose only import is a memory of any size, for one that is shared. */
export function importShared(module: Uint8Array): Uint8Array {
  const { sizeAt, end } = section(module, IMPORT_SECTION);
  const limits = [SHARED_LIMITS_FLAG, 0, 0x80, 0x80, 0x04]; // from 0 to 65,536 pages
  const changed = new Uint8Array(module.length + limits.length - 2);
  changed.set(module.subarray(0, end - 2));
  changed.set(limits, end - 2);
  changed.set(module.subarray(end), end - 2 + limits.length);
  changed[sizeAt]! += limits.length - 2; // one byte holds the size
  return changed;
}

/** As much of an answer as tfjs reads. */
const responseOf = ({ buffer }: Uint8Array) =>
  ({ ok: true, arrayBuffer: () => Promise.resolve(buffer) }) as Response;

/** Has the backend start on shared memory, if it hasn't started and there are threads to share. */
export function shareMemory(): void {
  const started = tf.findBackend("wasm") !== null;
  if (started || threadCount() === 1 || !canShare()) return;
  const { platform } = tf.env();
  const fetch = platform.fetch.bind(platform);
  platform.fetch = async (path, init) => {
    const isOurs = path.endsWith(FILE);
    if (isOurs && inNode) return responseOf(ownMemoryShared(readFileSync(path)));
    const response = await fetch(path, init);
    if (!isOurs || !response.ok) return response;
    return responseOf(ownMemoryShared(new Uint8Array(await response.arrayBuffer())));
  };
  if (!inNode) return; // the bundle has set the files' addresses
  const load = createRequire(__filename);
  const { setWasmPaths } = load(PACKAGE) as typeof Backend;
  setWasmPaths(dirname(load.resolve(PACKAGE)) + sep, true);
}
