/**
 * The program of the child that runs submissions, and how Node starts it. The program is a V8 start-up
 * snapshot, Node with tfjs loaded, which starts in half the time of the bundle. It is built once for
 * each version of Node and of the grader and kept in .local/grader. A snapshot runs only with the
 * flags that it was built with.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { makeFolder, paths } from "../files/paths";

/**
 * A child lives for a tenth of a second, so the fast compilers run at once and the optimizing ones
 * only for code that runs long. For JavaScript, Node does this by itself from version 22 on.
 */
const INTERRUPT_BUDGET =
  Number(process.versions.node.split(".")[0]) < 22 ? ["--interrupt-budget=2000000"] : [];
/**
 * 128 MB for tensors. An exercise needs a few; a matrix of all pairs in a long text, which a wasteful
 * answer makes, doesn't fit.
 */
const MAX_WASM_PAGES = 2048;
export const NODE_FLAGS = [
  "--sparkplug",
  ...INTERRUPT_BUDGET,
  // otherwise V8 takes the snapshot's objects for a full heap and marks them at once
  "--initial-old-space-size=64",
  // keeps hash tables as they are: a new seed protects servers, but a child runs one submission
  "--no-rehash-snapshot",
  "--wasm-tiering-budget=100000000",
  `--wasm-max-mem-pages=${MAX_WASM_PAGES}`,
  "--max-old-space-size=384",
];

/**
 * The child's environment: how its glibc gets memory from the system (other C libraries ignore it). In
 * large pages, in one piece, and returned only at the end, since each page that the system hands out
 * costs time. This saves an eighth of the time of an empty child.
 */
export const ALLOCATOR_ENV = {
  GLIBC_TUNABLES: [
    "glibc.malloc.hugetlb=1",
    `glibc.malloc.mmap_threshold=${64 << 20}`,
    `glibc.malloc.trim_threshold=${256 << 20}`,
  ].join(":"),
};

/** Files in which glibc finds out whether the system has large pages. */
export const LARGE_PAGES = ["enabled", "hpage_pmd_size"].map(
  (name) => `/sys/kernel/mm/transparent_hugepage/${name}`,
);

export interface Snapshot {
  blob: string;
  wasm: string;
}

/** Another grader may be using a snapshot of another version, so it is kept for a week. */
const MAX_SNAPSHOT_AGE_MS = 7 * 24 * 3600 * 1000;
const DIST = join(__dirname, "..", "..", "dist");

/** The compiled files that the snapshot is made of. */
function builtFolders(): string[] {
  const ops = dirname(require.resolve("ops/package.json"));
  return [
    DIST, // register.js
    join(DIST, "exercise"),
    join(DIST, "sandbox"),
    join(DIST, "child"),
    join(ops, "dist", "wasm"),
    join(ops, "wasm"),
  ];
}

/** A hash of everything that the snapshot is made of: Node, its flags, the grader and its op kernels. */
function snapshotKey(): string {
  const node = JSON.stringify([process.version, process.arch, process.platform, NODE_FLAGS]);
  const hash = createHash("sha256").update(node);
  for (const folder of builtFolders()) {
    const names = readdirSync(folder).filter((name) => /\.(js|wasm)$/.test(name));
    for (const name of names.sort()) hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest("hex").slice(0, 16);
}

/** Globals that the child's program saves at its start; cells may define names like these. */
const SAVED_GLOBALS = [
  "Array",
  "ArrayBuffer",
  "BigInt",
  "Boolean",
  "Buffer",
  "DataView",
  "Error",
  "Float32Array",
  "Float64Array",
  "Int32Array",
  "JSON",
  "Map",
  "Math",
  "Number",
  "Object",
  "Promise",
  "Proxy",
  "Reflect",
  "RegExp",
  "Set",
  "String",
  "Symbol",
  "TypeError",
  "Uint8Array",
  "WeakMap",
  "WeakSet",
  "isFinite",
  "isNaN",
  "parseFloat",
  "parseInt",
  "process",
];

const PRIVATE_GLOBAL = "graderGlobal";
/**
 * What stands above the child's program. It is strict: sloppy code would let a submission see its
 * caller and the caller's arguments. It does not see what a submission makes of the globals' names,
 * and has a global object of its own.
 */
const BANNER = `"use strict";
const { ${SAVED_GLOBALS.join(", ")} } = globalThis;
const ${PRIVATE_GLOBAL} = Object.create(globalThis);`;

function bundleChild(file: string): void {
  buildSync({
    entryPoints: [join(DIST, "child", "child.js")],
    bundle: true,
    format: "iife",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    minifySyntax: true,
    loader: { ".wasm": "binary" },
    outfile: file,
    banner: { js: BANNER },
    // tfjs keeps its engine and its registries in the global object; hardening.ts moves WebAssembly
    define: { global: PRIVATE_GLOBAL, WebAssembly: `${PRIVATE_GLOBAL}.WebAssembly` },
    // stack traces show this name in place of a path of this machine
    footer: { js: "//# sourceURL=grader.js" },
    logLevel: "silent",
  });
}

/** @throws when this Node cannot make a snapshot */
function buildSnapshot(bundle: string, blob: string, cwd: string): void {
  // an empty environment, since variables such as NODE_OPTIONS would become part of the snapshot
  const { status, stderr } = spawnSync(
    process.execPath,
    [...NODE_FLAGS, "--snapshot-blob", blob, "--build-snapshot", bundle],
    { env: {}, cwd, encoding: "utf8" },
  );
  if (status === 0) return;
  const lastLines = stderr.trim().split("\n").slice(-3).join(" | ");
  throw new Error(
    `Node ${process.version} cannot make the grader's start-up snapshot: ${lastLines}`,
  );
}

function removeOldSnapshots(home: string): void {
  for (const name of readdirSync(home)) {
    const old = Date.now() - statSync(join(home, name)).mtimeMs > MAX_SNAPSHOT_AGE_MS;
    if (old) rmSync(join(home, name), { recursive: true, force: true });
  }
}

/** Makes the snapshot, or finds it. @throws when this Node cannot make a snapshot */
export function makeSnapshot(root: string): Snapshot {
  const { written, installed } = paths(root);
  const version = join("grader", snapshotKey());
  const folder = installed(version);
  const made = { blob: join(folder, "child.blob"), wasm: join(folder, "tfjs.wasm") };
  if (existsSync(made.blob)) return made;
  const home = makeFolder(join(written, "grader"));
  const part = mkdtempSync(join(home, "part-"));
  chmodSync(part, 0o755);
  try {
    const bundle = join(part, "child.js");
    bundleChild(bundle);
    const wasm = "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm";
    copyFileSync(require.resolve(wasm), join(part, "tfjs.wasm"));
    buildSnapshot(bundle, join(part, "child.blob"), part);
    for (const name of readdirSync(part)) chmodSync(join(part, name), 0o644);
    removeOldSnapshots(home);
    renameSync(part, folder);
  } catch (e) {
    rmSync(part, { recursive: true, force: true });
    if (!existsSync(made.blob)) throw e; // otherwise another process made it in the meantime
  }
  return made;
}
