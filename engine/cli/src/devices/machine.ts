/** The machine's compiler, Python and disk, and why something can't be compiled on it. */
import { statfsSync } from "node:fs";
import { pythonWithPip } from "course/devices";
import { answer } from "../../../install/run.mjs";

export interface Machine {
  platform: string;
  arch: string;
  /** Its version; undefined where the C library is another one, as on Alpine. */
  glibc: string | undefined;
  compiler: string | undefined;
  python: string | undefined;
}

/** The parts of Node's report that we use. */
interface NodeReport {
  header: { glibcVersionRuntime?: string };
}

function glibc(): string | undefined {
  if (process.platform !== "linux") return undefined;
  // otherwise it would look up the names of all network peers
  (process.report as { excludeNetwork?: boolean }).excludeNetwork = true;
  const { header } = process.report.getReport() as unknown as NodeReport;
  return header.glibcVersionRuntime;
}

export function thisMachine(): Machine {
  const compilers = [process.env.CXX, "g++", "c++", "clang++"].filter((name) => name !== undefined);
  return {
    platform: process.platform,
    arch: process.arch,
    glibc: glibc(),
    compiler: compilers.find((name) => answer(name, ["--version"]) !== undefined),
    python: pythonWithPip(),
  };
}

const STILL_WORKS = "the course works without it, on WebAssembly";
const NO_COMPILER =
  "A C++ compiler is missing: install one (Debian and Ubuntu: apt-get install g++; " +
  "Fedora: dnf install gcc-c++; macOS: xcode-select --install), then run this again.";

/** Why the course's kernels can't be compiled here, in one sentence with the remedy, if so. */
export function cannotCompile({ platform, compiler }: Machine): string | undefined {
  if (platform !== "linux" && platform !== "darwin") {
    return `Native kernels can be compiled on Linux and macOS only; this is ${platform}: ${STILL_WORKS}.`;
  }
  return compiler ? undefined : NO_COMPILER;
}

/** Why TensorFlow can't be built for CUDA here, in one sentence with the remedy, if so. */
export function cannotBuild({
  platform,
  arch,
  glibc,
  compiler,
  python,
}: Machine): string | undefined {
  if (platform !== "linux" || arch !== "x64") {
    return (
      "npm's own build of TensorFlow is not available, and its libraries for CUDA exist for Linux " +
      `on x86_64; this is ${platform} ${arch}: ${STILL_WORKS}.`
    );
  }
  if (!glibc) {
    return `TensorFlow's libraries need glibc, which this system (Alpine?) lacks: ${STILL_WORKS}.`;
  }
  if (!compiler) return NO_COMPILER;
  if (!python) {
    return (
      "Python 3.10 or newer with pip, which fetches TensorFlow's libraries, is missing: " +
      "install it (Debian and Ubuntu: apt-get install python3-pip), then run this again."
    );
  }
  return undefined;
}

/** A sentence where the disk of `folder` has less than `bytes` free. */
export function tooFull(folder: string, bytes: number): string | undefined {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= bytes) return undefined;
  const gb = (n: number) => (n / 1e9).toFixed(1);
  return (
    `The disk is too full: building takes ${gb(bytes)} GB, and ${gb(free)} GB are free. ` +
    "Make room, then run this again."
  );
}
