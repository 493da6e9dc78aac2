/**
 * tfjs-node's binding, built from the sources that npm ships against the TensorFlow that lies
 * inside PyPI's wheel, and the course's own operations for it.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { downloadWheels, runPython } from "course/dist/pip.js";
import { progressBar } from "course/dist/steps.js";
import { KERNELS, PACKAGES, type Kit } from "course/dist/tensorflow.js";
import { answer, reason, Sentence, step } from "../../bin/run.mjs";
import type { Machine } from "./machine.js";

/**
 * The version of Python that the wheels are made for, which need not be this machine's. 2.15's
 * wheels say manylinux2014, NVIDIA's manylinux1 too.
 */
const forMachine = (arch: string) => {
  const cpu = arch === "arm64" ? "aarch64" : "x86_64";
  return [
    "--implementation",
    "cp",
    "--python-version",
    "3.11",
    "--platform",
    `manylinux2014_${cpu}`,
    "--platform",
    `manylinux1_${cpu}`,
  ];
};

/**
 * Of TensorFlow its two libraries and C headers, of its helpers and NVIDIA's packages the
 * libraries; TensorFlow itself is not installed.
 */
const UNPACK = String.raw`
import glob, os, re, sys, zipfile
keep = re.compile(r"tensorflow/libtensorflow_(cc|framework)\.so\.2$|tensorflow/include/(tensorflow/c|tensorflow/core/platform|tsl)/.*\.h$"
                  r"|[^/]+\.libs/|nvidia/[^/]+/(lib|bin|nvvm)/|tensorflow/THIRD_PARTY_NOTICES|[^/]+\.dist-info/(licenses/)?(LICENSE|License)")
for wheel in glob.glob(os.path.join(sys.argv[1], "*.whl")):
    with zipfile.ZipFile(wheel) as z:
        z.extractall(sys.argv[2], [n for n in z.namelist() if keep.match(n)])
    os.remove(wheel)
`;

/**
 * Downloads the wheels that `requirements` pins by sha256 and unpacks what is needed into `folder`.
 */
export async function fetchLibraries(
  { python, arch }: Machine,
  requirements: string,
  bytes: number,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const wanted = { name: "TensorFlow 2.15.1", bytes };
  const wheels = join(folder, "wheels");
  mkdirSync(wheels);
  const mb = (n: number) => Math.round(n / 1e6);
  const bar = progressBar("TensorFlow's libraries, MB", mb(bytes));
  const couldNot = (e: unknown) => {
    signal.throwIfAborted();
    throw new Sentence(`TensorFlow's libraries could not be downloaded: ${(e as Error).message}.`);
  };
  let seen = 0;
  try {
    await downloadWheels(
      python!,
      [...forMachine(arch), "--require-hashes", "-r", requirements],
      wheels,
      wanted,
      {
        signal,
        seen: (n) => bar.set((seen = mb(n))),
      },
    ).catch(couldNot);
    seen = mb(bytes);
    await runPython(python!, ["-c", UNPACK, wheels, folder], wanted, { signal }).catch(couldNot);
  } finally {
    bar.end(seen, seen === mb(bytes) ? "downloaded, checked and unpacked" : "not downloaded");
  }
  rmSync(wheels, { recursive: true });
}

const SOURCE = fileURLToPath(new URL("../../../kernels/native/kernels.cc", import.meta.url));

/**
 * Compiles the binding and the kernels into the package of `folder`; it finds the libraries by
 * their place beside it, so that the folder can move.
 */
export async function compileBinding(
  kit: Kit,
  { compiler }: Machine,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const libraries = ["cc", "framework"].map((name) => `libtensorflow_${name}.so.2`);
  const tensorflow = join(folder, "tensorflow");
  if (answer("strip", ["--version"])) {
    await step(
      "smaller libraries",
      "strip",
      libraries.map((name) => join(tensorflow, name)),
      { signal, quiet: true },
    );
  }
  const pkg = join(folder, "node_modules", PACKAGES[kit]);
  const out = join(pkg, "lib", "napi-v8");
  mkdirSync(out, { recursive: true });
  const compile = async (what: string, flags: string[], sources: string[], made: string) => {
    const { code, output } = await step(
      what,
      compiler!,
      [
        "-std=c++17",
        ...flags,
        "-fPIC",
        "-shared",
        "-pthread",
        "-DNAPI_VERSION=8",
        "-I",
        join(folder, "node_modules", "node-api-headers", "include"),
        "-I",
        join(tensorflow, "include"),
        ...sources,
        "-o",
        join(out, made),
        "-L",
        tensorflow,
        ...libraries.map((name) => `-l:${name}`),
        "-Wl,-rpath,$ORIGIN/../../../../../tensorflow",
      ],
      { signal },
    );
    signal.throwIfAborted();
    if (code !== 0) {
      throw new Sentence(`${reason(what, output)} ${compiler} must know C++17 (g++ 8 or newer).`);
    }
  };
  await compile(
    "tfjs-node's binding",
    ["-O2"],
    ["tfjs_backend.cc", "tfjs_binding.cc"].map((file) => join(pkg, "binding", file)),
    "tfjs_binding.node",
  );
  if (kit === "native") {
    await compile(
      "the course's kernels",
      ["-O3", "-march=native", "-fno-math-errno", "-fno-trapping-math", "-ffp-contract=fast"],
      [SOURCE],
      KERNELS,
    );
  }
  rmSync(join(tensorflow, "include"), { recursive: true });
}
