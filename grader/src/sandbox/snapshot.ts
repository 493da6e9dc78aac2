/**
 * The child as a V8 start-up snapshot: Node with tfjs loaded, which starts in half the time of the
 * bundle. It is made once for each version of Node and of the grader and kept in .local/grader. It
 * runs only with the flags that it was built with.
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
 * For a process that lives for a tenth of a second: the quick compilers at once, the optimizing
 * ones only for what runs long. For JavaScript, Node does this by itself from version 22 on.
 */
const LATE = Number(process.versions.node.split(".")[0]) < 22 ? ["--interrupt-budget=2000000"] : [];
/**
 * 128 MB of tensors: an exercise needs a few, and a matrix of all pairs in a long text, which shows
 * a wasteful answer, does not fit.
 */
const WASM_PAGES = 2048;
export const NODE_FLAGS = [
  "--sparkplug",
  ...LATE,
  // what the snapshot holds would count as a full heap, to be marked at once
  "--initial-old-space-size=64",
  // its tables as they are: their seed guards servers, and here a submission meets only itself
  "--no-rehash-snapshot",
  "--wasm-tiering-budget=100000000",
  `--wasm-max-mem-pages=${WASM_PAGES}`,
  "--max-old-space-size=384",
];

export interface Snapshot {
  blob: string;
  wasm: string;
}

/** Snapshots of other versions are left to those who may be using them, for a week. */
const OLD_MS = 7 * 24 * 3600 * 1000;
const DIST = join(__dirname, "..", "..", "dist");

/** Where the grader and its kernels were built to. */
function builtFolders(): string[] {
  const kernels = dirname(require.resolve("ops/package.json"));
  return [
    join(DIST, "exercise"),
    join(DIST, "sandbox"),
    join(DIST, "child"),
    join(kernels, "dist", "wasm"),
    join(kernels, "wasm"),
  ];
}

/** Everything that the snapshot is made of: Node, its flags, the grader and its kernels. */
function key(): string {
  const node = JSON.stringify([process.version, process.arch, process.platform, NODE_FLAGS]);
  const hash = createHash("sha256").update(node);
  for (const folder of builtFolders()) {
    const names = readdirSync(folder).filter((name) => /\.(js|wasm)$/.test(name));
    for (const name of names.sort()) hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest("hex").slice(0, 16);
}

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
    // a submission could ask sloppy code who called it, and with what
    banner: { js: '"use strict";' },
    // the name in stack traces, in place of a path of this machine
    footer: { js: "//# sourceURL=grader.js" },
    logLevel: "silent",
  });
}

/** @throws when this Node cannot make a snapshot */
function buildSnapshot(bundle: string, blob: string, cwd: string): void {
  // a clean environment: variables such as NODE_OPTIONS would become part of it
  const { status, stderr } = spawnSync(
    process.execPath,
    [...NODE_FLAGS, "--snapshot-blob", blob, "--build-snapshot", bundle],
    { env: {}, cwd, encoding: "utf8" },
  );
  if (status === 0) return;
  const said = stderr.trim().split("\n").slice(-3).join(" | ");
  throw new Error(`Node ${process.version} cannot make the grader's start-up snapshot: ${said}`);
}

function removeOld(home: string): void {
  for (const name of readdirSync(home)) {
    const old = Date.now() - statSync(join(home, name)).mtimeMs > OLD_MS;
    if (old) rmSync(join(home, name), { recursive: true, force: true });
  }
}

/** @throws when this Node cannot make a snapshot */
export function makeSnapshot(root: string): Snapshot {
  const { written, installed } = paths(root);
  const version = join("grader", key());
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
    removeOld(home);
    renameSync(part, folder);
  } catch (e) {
    rmSync(part, { recursive: true, force: true });
    if (!existsSync(made.blob)) throw e; // else another process made it meanwhile
  }
  return made;
}
