/**
 * Runs students' kernels: each in a child of its own, on Mesa's software adapter inside bubblewrap,
 * so that a kernel that never ends or breaks the driver costs its exercise alone, and every machine
 * gives the same points. In a notebook, and where the work is trusted, the child is an ordinary
 * process on whatever adapter there is.
 */
import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import type { Outcome } from "../call";
import type { Case, KernelSpec } from "../exercise";
import { countReads, KernelError } from "../kernel/wgsl";
import { paths } from "../paths";
import { isTensorData } from "../tensor-data";
import type { Value } from "../value";
import { enclose, libraries, type Enclosed } from "./bubblewrap";
import { runJob, type Launcher, type Patience } from "./run";

export interface Kernels extends Launcher {
  close(): void;
}

/** There is nothing to run kernels on; the message ends a sentence and says what to do. */
export class NoAdapter extends Error {}

const GET_DAWN = "npx course setup webgpu";
const GET_MESA = "on Debian and Ubuntu apt-get install mesa-vulkan-drivers";
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
 * The first run compiles the kernel, on the processor, which takes seconds where the machine is
 * busy.
 */
const PATIENCE: Patience = { first: 20_000, next: 20_000, long: 20_000, all: 60_000 };
/**
 * Mesa compiles three times as fast without optimizing and for narrow vectors, and these runs are
 * short. Vectors of one width on all processors also give a kernel without its barriers the same
 * wrong answer everywhere.
 */
const COMPILE_FAST = {
  GALLIVM_PERF: "nopt",
  LP_NATIVE_VECTOR_WIDTH: "128",
  MESA_SHADER_CACHE_DISABLE: "true",
};
/** Into the child go files, since what it needs must be visible to any user. */
const HOST = join(__dirname, "..", "..", "dist", "kernel", "host.js");

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

function dawn(root: string): string {
  const file = paths(root).dawn;
  if (!existsSync(file)) throw new NoAdapter(`WebGPU is not set up: ${GET_DAWN}`);
  return file;
}

/** A library of the system, beside those that Node itself uses. */
function findLibrary(name: string): string {
  const folders = [
    ...new Set([
      ...libraries(process.execPath).map((file) => dirname(realpathSync(file))),
      "/usr/lib64",
      "/usr/lib",
    ]),
  ];
  const found = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (!found) throw new NoAdapter(`${name} of Vulkan is missing: ${GET_MESA}`);
  return found;
}

function enclosed(root: string): Kernels & Enclosed {
  const index = dawn(root);
  const package_ = dirname(index);
  const icd = existsSync(ICDS)
    ? readdirSync(ICDS).find((name) => name.startsWith("lvp_icd"))
    : undefined;
  if (!icd) throw new NoAdapter(`Mesa's software adapter is not installed: ${GET_MESA}`);
  const loader = findLibrary("libvulkan.so.1");
  const driver = findLibrary("libvulkan_lvp.so");
  const binary = join("dist", `${process.platform}-${process.arch}`, "dawn.node");
  const aside = mkdtempSync(join(tmpdir(), "course-kernels-"));
  chmodSync(aside, 0o755);
  const close = () => rmSync(aside, { recursive: true, force: true });
  try {
    const description = join(aside, "icd.json");
    const { ICD } = JSON.parse(readFileSync(join(ICDS, icd), "utf8")) as { ICD: object };
    writeFileSync(
      description,
      JSON.stringify({
        file_format_version: "1.0.0",
        ICD: { ...ICD, library_path: "/vulkan/driver.so" },
      }),
    );
    const room = enclose({
      files: [
        [process.execPath, "/node"],
        [bundleHost(aside), "/host.js"],
        [description, "/vulkan/icd.json"],
        [driver, "/vulkan/driver.so"],
        [loader, "/vulkan/libvulkan.so.1"],
        ...["index.js", "package.json", binary].map((name): [string, string] => [
          join(package_, name),
          `/webgpu/${name}`,
        ]),
      ],
      programs: [process.execPath, join(package_, binary), driver, loader],
      command: ["/node", "/host.js", "/webgpu/index.js"],
      env: { VK_DRIVER_FILES: "/vulkan/icd.json", LD_LIBRARY_PATH: "/vulkan", ...COMPILE_FAST },
      limits: LIMITS,
      allowed: ["memfd_create"],
    });
    return {
      ...room,
      wasm: "",
      close: () => {
        room.close();
        close();
      },
    };
  } catch (e) {
    close();
    throw e;
  }
}

function ordinary(root: string): Kernels {
  const index = dawn(root);
  return {
    wasm: "",
    close: () => undefined,
    start: () =>
      spawn(process.execPath, [HOST, index], {
        env: { ...process.env, ...COMPILE_FAST },
        stdio: ["pipe", "ignore", "ignore", "pipe"],
        windowsHide: true,
      }),
  };
}

/** @throws NoAdapter, NoSandbox */
export async function openKernels(
  root: string,
  options: { trusted?: boolean } = {},
): Promise<Kernels> {
  const kernels = options.trusted ? ordinary(root) : enclosed(root);
  try {
    await runJob(
      kernels,
      0,
      { wasm: "", solutions: "", ours: [], cells: [], exercises: [] },
      PATIENCE,
    );
    return kernels;
  } catch (e) {
    kernels.close();
    throw new NoAdapter(
      options.trusted
        ? "this machine has no adapter: install the driver of its graphics card, or Mesa's " +
            `software adapter (${GET_MESA})`
        : `the child that runs kernels does not start (${(e as Error).message})`,
      { cause: e },
    );
  }
}

/** Opened when the first kernel comes, since most lessons have none. */
export interface KernelSource {
  /** @throws NoAdapter, NoSandbox */
  open(): Promise<Kernels>;
  close(): void;
}

export function kernelSource(root: string, options: { trusted?: boolean } = {}): KernelSource {
  let opened: Promise<Kernels> | undefined;
  return {
    open: () => (opened ??= openKernels(root, options)),
    close: () => {
      void opened?.then(
        (kernels) => kernels.close(),
        () => undefined,
      );
    },
  };
}

export interface RanKernel {
  outcomes: (Outcome | undefined)[];
  /** Why the child was lost, if it was. */
  loss?: string;
}

/**
 * @param text what the student's function returned, or how it failed
 * @throws SandboxFault when the child does not start
 */
export async function runKernel(
  kernels: Launcher,
  slot: number,
  spec: KernelSpec,
  text: Outcome | undefined,
  cases: Pick<Case, "args">[],
): Promise<RanKernel> {
  const all = (error: string): RanKernel => ({ outcomes: cases.map(() => ({ error })) });
  if (!text) return { outcomes: cases.map(() => undefined) };
  if ("error" in text) return all(`It throws: ${text.error}`);
  if (typeof text.value !== "string") return all("It should return the kernel's text, a string.");
  let code: string;
  try {
    code = countReads(text.value, spec);
  } catch (e) {
    if (!(e instanceof KernelError)) throw e;
    return all(`The kernel was not run: ${e.message}`);
  }
  const launches = cases.map(({ args }) => spec.launch(...(args as never[])));
  const { outcomes, losses } = await runJob(
    kernels,
    slot,
    {
      wasm: "",
      solutions: "",
      ours: [],
      cells: [],
      exercises: [
        {
          name: "kernel",
          cell: -1,
          forbid: [],
          cases: launches.map(({ inputs, sizes, shape, workgroups }) => ({
            args: [code, inputs, sizes, shape, workgroups],
          })),
        },
      ],
    },
    PATIENCE,
  );
  return {
    loss: losses[0],
    outcomes: outcomes[0]!.map((outcome) => {
      if (!outcome || "error" in outcome) return outcome;
      const { output, reads } = outcome.value as Record<string, Value>;
      return isTensorData(output) && typeof reads === "number"
        ? { value: output, bytesRead: reads * Float32Array.BYTES_PER_ELEMENT }
        : undefined;
    }),
  };
}
