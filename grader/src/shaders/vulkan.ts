/**
 * What a child needs to run kernels inside bubblewrap: npm's Dawn, Mesa's software adapter, the
 * loader between them, and the host program as one file.
 */
import { existsSync, readFileSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { paths } from "../files/paths";
import { enclose, type Enclosed } from "../sandbox/bubblewrap";
import { makeAside } from "../sandbox/staleTempDirs";
import { libraries } from "../sandbox/machine";

/** There is nothing to run kernels on; the message ends a sentence and says what to do. */
export class NoAdapter extends Error {}

const GET_DAWN = "npx course setup webgpu";
export const GET_MESA = "on Debian and Ubuntu apt-get install mesa-vulkan-drivers";
const ICDS = "/usr/share/vulkan/icd.d";
const MEGABYTE = 1 << 20;
/** The driver keeps buffers in files that live in memory only, hence fsize. */
const LIMITS = [
  `--data=${1024 * MEGABYTE}`,
  "--cpu=60",
  `--fsize=${256 * MEGABYTE}`,
  "--nofile=64",
  "--core=0",
  "--memlock=0",
  "--msgqueue=0",
];
/**
 * Mesa compiles three times as fast without optimizing and for narrow vectors, and these runs are
 * short. Vectors of one width and a single thread, which takes one workgroup after the other, also
 * give a kernel that lacks its barriers or writes over other threads' numbers the same wrong answer
 * each time and everywhere.
 */
export const MESA = {
  GALLIVM_PERF: "nopt",
  LP_NATIVE_VECTOR_WIDTH: "128",
  LP_NUM_THREADS: "1",
  MESA_SHADER_CACHE_DISABLE: "true",
};
/** The program that runs kernels, as built. */
export const HOST = join(__dirname, "..", "..", "dist", "shaders", "host.js");

/** One file, since all that the child reads must be visible to any user. */
function bundleHost(folder: string): string {
  const file = join(folder, "host.js");
  buildSync({
    entryPoints: [HOST],
    bundle: true,
    format: "cjs",
    platform: "node",
    outfile: file,
    logLevel: "silent",
    supported: { "dynamic-import": true },
  });
  return file;
}

/** The file of npm's package webgpu. @throws NoAdapter */
export function findDawn(root: string): string {
  const file = paths(root).dawn;
  if (!existsSync(file)) throw new NoAdapter(`WebGPU is not set up: ${GET_DAWN}`);
  return file;
}

/** A library of the system, beside those that Node itself uses. */
function findLibrary(name: string): string {
  const beside = libraries(process.execPath).map((file) => dirname(realpathSync(file)));
  const folders = [...new Set([...beside, "/usr/lib64", "/usr/lib"])];
  const found = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (!found) throw new NoAdapter(`${name} of Vulkan is missing: ${GET_MESA}`);
  return found;
}

/** Mesa's description of its software adapter, with the driver's place inside the sandbox. */
function describeDriver(folder: string): string {
  const names = existsSync(ICDS) ? readdirSync(ICDS) : [];
  const name = names.find((n) => n.startsWith("lvp_icd"));
  if (!name) throw new NoAdapter(`Mesa's software adapter is not installed: ${GET_MESA}`);
  const { ICD } = JSON.parse(readFileSync(join(ICDS, name), "utf8")) as { ICD: object };
  const description = {
    file_format_version: "1.0.0",
    ICD: { ...ICD, library_path: "/vulkan/driver.so" },
  };
  const file = join(folder, "icd.json");
  writeFileSync(file, JSON.stringify(description));
  return file;
}

function encloseHost(dawn: string, aside: string): Enclosed {
  const loader = findLibrary("libvulkan.so.1");
  const driver = findLibrary("libvulkan_lvp.so");
  const folder = dirname(dawn);
  const binary = join("dist", `${process.platform}-${process.arch}`, "dawn.node");
  const ofDawn = ["index.js", "package.json", binary].map((name): [string, string] => [
    join(folder, name),
    `/webgpu/${name}`,
  ]);
  return enclose({
    files: [
      [process.execPath, "/node"],
      [bundleHost(aside), "/host.js"],
      [describeDriver(aside), "/vulkan/icd.json"],
      [driver, "/vulkan/driver.so"],
      [loader, "/vulkan/libvulkan.so.1"],
      ...ofDawn,
    ],
    programs: [process.execPath, join(folder, binary), driver, loader],
    command: ["/node", "/host.js", "/webgpu/index.js"],
    env: { VK_DRIVER_FILES: "/vulkan/icd.json", LD_LIBRARY_PATH: "/vulkan", ...MESA },
    limits: LIMITS,
    allowed: ["memfd_create"],
  });
}

/** @throws NoAdapter, NoSandbox */
export function encloseKernels(root: string): Enclosed {
  const dawn = findDawn(root);
  const aside = makeAside();
  try {
    const room = encloseHost(dawn, aside.folder);
    const close = () => {
      room.close();
      aside.remove();
    };
    return { ...room, close };
  } catch (e) {
    aside.remove();
    throw e;
  }
}
