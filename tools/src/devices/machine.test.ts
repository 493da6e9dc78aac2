import { expect, test } from "vitest";
import { cannotBuild, thisMachine, tooFull, type Machine } from "./machine.js";

const good: Machine = {
  platform: "linux",
  arch: "x64",
  glibc: "2.36",
  compiler: "g++",
  python: "python3",
};

test("a machine with everything can build, for both processors", () => {
  expect(cannotBuild("native", good)).toBeUndefined();
  expect(cannotBuild("native", { ...good, arch: "arm64" })).toBeUndefined();
  expect(cannotBuild("cuda", good)).toBeUndefined();
});

test.each<[Partial<Machine>, "native" | "cuda", RegExp]>([
  [
    { platform: "darwin", arch: "arm64", glibc: undefined },
    "native",
    /^npm's own build of TensorFlow is not available, and it can be built on Linux only; this is darwin arm64: the course works without it, on WebAssembly\.$/,
  ],
  [{ platform: "win32", glibc: undefined }, "native", /on Linux only; this is win32 x64/],
  [{ arch: "arm64" }, "cuda", /for CUDA exist for Linux on x86_64; this is arm64/],
  [{ arch: "riscv64" }, "native", /for Linux on x86_64 and aarch64; this is riscv64/],
  [{ glibc: undefined }, "native", /need glibc, which this system \(Alpine\?\) lacks/],
  [
    { compiler: undefined },
    "native",
    /^A C\+\+ compiler is missing: install one \(Debian and Ubuntu: apt-get install g\+\+; Fedora: dnf install gcc-c\+\+\), then run this again\.$/,
  ],
  [
    { python: undefined },
    "native",
    /^Python 3\.10 or newer with pip, which.* is missing: .*apt-get install python3-pip/,
  ],
])("what lacks %o for %s is told what to do", (lacking, kit, says) => {
  expect(cannotBuild(kit, { ...good, ...lacking })).toMatch(says);
});

test("a full disk is told how much room is needed", () => {
  expect(tooFull(".", 1)).toBeUndefined();
  expect(tooFull(".", 1e18)).toMatch(
    /^The disk is too full: building takes 1000000000\.0 GB, and [\d.]+ GB are free\. Make room, then run this again\.$/,
  );
});

test("this machine is described", () => {
  expect(thisMachine()).toMatchObject({ platform: process.platform, arch: process.arch });
});
