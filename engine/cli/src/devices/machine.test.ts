import { expect, test } from "vitest";
import { cannotBuild, cannotCompile, thisMachine, tooFull, type Machine } from "./machine.js";

const good: Machine = {
  platform: "linux",
  arch: "x64",
  glibc: "2.36",
  compiler: "g++",
  python: "python3",
};

test("a machine with everything can build, for both processors", () => {
  for (const arch of ["x64", "arm64"]) {
    expect(cannotCompile({ ...good, arch })).toBeUndefined();
    expect(cannotCompile({ ...good, arch, platform: "darwin" })).toBeUndefined();
  }
  expect(cannotCompile({ ...good, glibc: undefined, python: undefined })).toBeUndefined();
  expect(cannotBuild(good)).toBeUndefined();
});

test.each<[Partial<Machine>, RegExp]>([
  [
    { platform: "win32" },
    /^Native kernels can be compiled on Linux and macOS only; this is win32: the course works /,
  ],
  [
    { compiler: undefined },
    /^A C\+\+ compiler is missing: install one \(Debian and Ubuntu: apt-get install g\+\+; .*run this again\.$/,
  ],
])("what lacks %o for native kernels is told what to do", (lacking, says) => {
  expect(cannotCompile({ ...good, ...lacking })).toMatch(says);
});

test.each<[Partial<Machine>, RegExp]>([
  [{ platform: "win32", glibc: undefined }, /CUDA exist for Linux on x86_64; this is win32 x64/],
  [{ arch: "arm64" }, /CUDA exist for Linux on x86_64; this is linux arm64/],
  [{ glibc: undefined }, /need glibc, which this system \(Alpine\?\) lacks/],
  [{ compiler: undefined }, /^A C\+\+ compiler is missing/],
  [
    { python: undefined },
    /^Python 3\.10 or newer with pip, which.* is missing: .*apt-get install python3-pip/,
  ],
])("what lacks %o for CUDA is told what to do", (lacking, says) => {
  expect(cannotBuild({ ...good, ...lacking })).toMatch(says);
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
