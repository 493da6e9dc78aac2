/**
 * Collects what the child needs to run shaders inside bubblewrap: npm's Dawn (an implementation of
 * WebGPU), Mesa's software adapter, the Vulkan loader between them, and the host program as one file.
 */
import { existsSync, readFileSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { paths } from "../files/paths";
import { openBubblewrap, type ChildStarter } from "../sandbox/bubblewrap";
import { makeTempDir } from "../sandbox/staleTempDirs";
import { sharedLibraries } from "../sandbox/machine";

/** There is nothing to run shaders on. The message ends a sentence and says what to do. */
export class NoAdapter extends Error {}

const DAWN_HINT = "npx course setup webgpu";
export const MESA_HINT = "on Debian and Ubuntu apt-get install mesa-vulkan-drivers";
const VULKAN_ICD_FOLDER = "/usr/share/vulkan/icd.d";
const MEGABYTE = 1 << 20;
/** The driver keeps buffers in files in memory, hence fsize. */
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
 * Mesa's settings. It compiles three times as fast without optimizing and for narrow vectors, and
 * these runs are short. A fixed vector width, and a single thread that takes one workgroup after
 * another, also make wrong shaders deterministic: one that lacks barriers, or that overwrites other
 * threads' numbers, gives the same wrong output every time and on every machine.
 */
export const MESA_ENV = {
  GALLIVM_PERF: "nopt",
  LP_NATIVE_VECTOR_WIDTH: "128",
  LP_NUM_THREADS: "1",
  MESA_SHADER_CACHE_DISABLE: "true",
};
/** The compiled host program, also when tests run from sources. */
export const HOST_FILE = join(__dirname, "..", "..", "dist", "shaders", "host.js");

/** Bundles the host program into one file, since any user must be able to read all of it. */
function bundleHost(folder: string): string {
  const file = join(folder, "host.js");
  buildSync({
    entryPoints: [HOST_FILE],
    bundle: true,
    format: "cjs",
    platform: "node",
    outfile: file,
    logLevel: "silent",
    supported: { "dynamic-import": true },
  });
  return file;
}

/** The file of npm's package webgpu. @throws NoAdapter also where COURSE_ADAPTER is "none" */
export function findDawn(root: string): string {
  if (process.env.COURSE_ADAPTER === "none") throw new NoAdapter("COURSE_ADAPTER is none");
  const file = paths(root).dawn;
  if (!existsSync(file)) throw new NoAdapter(`WebGPU is not set up: ${DAWN_HINT}`);
  return file;
}

/** Finds a library of the system in the folders of those that Node itself uses. */
function findLibrary(name: string): string {
  const beside = sharedLibraries(process.execPath).map((file) => dirname(realpathSync(file)));
  const folders = [...new Set([...beside, "/usr/lib64", "/usr/lib"])];
  const found = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (!found) throw new NoAdapter(`${name} of Vulkan is missing: ${MESA_HINT}`);
  return found;
}

/** Writes Mesa's description of its software adapter with the driver's path inside the sandbox. */
function describeDriver(folder: string): string {
  const names = existsSync(VULKAN_ICD_FOLDER) ? readdirSync(VULKAN_ICD_FOLDER) : [];
  const name = names.find((n) => n.startsWith("lvp_icd"));
  if (!name) throw new NoAdapter(`Mesa's software adapter is not installed: ${MESA_HINT}`);
  const { ICD } = JSON.parse(readFileSync(join(VULKAN_ICD_FOLDER, name), "utf8")) as {
    ICD: object;
  };
  const description = {
    file_format_version: "1.0.0",
    ICD: { ...ICD, library_path: "/vulkan/driver.so" },
  };
  const file = join(folder, "icd.json");
  writeFileSync(file, JSON.stringify(description));
  return file;
}

function isolateHost(dawn: string, tempDir: string): ChildStarter {
  const loader = findLibrary("libvulkan.so.1");
  const driver = findLibrary("libvulkan_lvp.so");
  const folder = dirname(dawn);
  const binary = join("dist", `${process.platform}-${process.arch}`, "dawn.node");
  const dawnFiles = ["index.js", "package.json", binary].map((name): [string, string] => [
    join(folder, name),
    `/webgpu/${name}`,
  ]);
  return openBubblewrap({
    files: [
      [process.execPath, "/node"],
      [bundleHost(tempDir), "/host.js"],
      [describeDriver(tempDir), "/vulkan/icd.json"],
      [driver, "/vulkan/driver.so"],
      [loader, "/vulkan/libvulkan.so.1"],
      ...dawnFiles,
    ],
    programs: [process.execPath, join(folder, binary), driver, loader],
    command: ["/node", "/host.js", "/webgpu/index.js"],
    env: { VK_DRIVER_FILES: "/vulkan/icd.json", LD_LIBRARY_PATH: "/vulkan", ...MESA_ENV },
    limits: LIMITS,
    allowed: ["memfd_create"],
  });
}

/** @throws NoAdapter, NoSandbox */
export function openIsolatedHost(root: string): ChildStarter {
  const dawn = findDawn(root);
  const tempDir = makeTempDir();
  try {
    const starter = isolateHost(dawn, tempDir.folder);
    const close = () => {
      starter.close();
      tempDir.remove();
    };
    return { ...starter, close };
  } catch (e) {
    tempDir.remove();
    throw e;
  }
}
