import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readBytes, readJson, readTensors, readText } from "./data";
import { toyCourse } from "./output.testing";

let course: ReturnType<typeof toyCourse>;
beforeEach(() => {
  course = toyCourse();
  vi.stubEnv("COURSE_ROOT", course.root);
});
afterEach(() => {
  vi.unstubAllEnvs();
  course.remove();
});
const write = (path: string, bytes: string | Uint8Array) => {
  writeFileSync(join(course.root, "data", path), bytes);
};

test("text, bytes and JSON, packed or not", () => {
  write("b.json.gz", gzipSync('{ "a": [1] }'));
  expect(readText("text/hello.txt")).toBe("hello");
  expect([...readBytes("text/hello.txt")]).toEqual([104, 101, 108, 108, 111]);
  expect(readJson("b.json.gz")).toEqual({ a: [1] });
});

test("safetensors become tensors", async () => {
  const header = Buffer.from(
    JSON.stringify({ w: { dtype: "F32", shape: [2], data_offsets: [0, 8] } }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  write(
    "w.safetensors",
    Buffer.concat([length, header, Buffer.from(new Float32Array([1, 2]).buffer)]),
  );
  const { w } = readTensors("w.safetensors");
  expect(await w!.array()).toEqual([1, 2]);
  w!.dispose();
});

test("no path leads out of data/", () => {
  mkdirSync(join(course.root, "secret"));
  writeFileSync(join(course.root, "secret", "s.txt"), "s");
  symlinkSync(join(course.root, "secret"), join(course.root, "data", "link"));
  for (const path of [
    "../secret/s.txt",
    "text/../../secret/s.txt",
    join(course.root, "secret", "s.txt"),
    "",
    undefined,
  ]) {
    expect(() => readText(path as string)).toThrow(
      "readText: expected the path of a file under data/",
    );
  }
  expect(() => readText("link/s.txt")).toThrow("leads out of data/");
});

test("what is missing or damaged gets one sentence", () => {
  write("bad.txt.gz", "no gzip");
  write("bad.json", "{");
  expect(() => readBytes("none")).toThrow("readBytes: there is no file data/none");
  expect(() => readText("bad.txt.gz")).toThrow("readText: data/bad.txt.gz is damaged");
  expect(() => readJson("bad.json")).toThrow("readJson: data/bad.json isn't JSON");
});

test("a file that is not the published one is refused, one that is not listed is read", () => {
  write("mine.txt", "mine");
  write("SHA256SUMS", `${createHash("sha256").update("hello").digest("hex")}  text/hello.txt\n`);
  expect(readText("text/hello.txt")).toBe("hello");
  write("text/hello.txt", "hullo");
  expect(() => readText("./text/hello.txt")).toThrow(
    "readText: data/./text/hello.txt is damaged or was changed",
  );
  expect(readText("mine.txt")).toBe("mine");
});

test("the course lists every file that lessons read, as it is", () => {
  const data = join(__dirname, "..", "..", "..", "data");
  // documents, code, and what has a manifest of its own
  const elsewhere = /^(README\.md|SHA256SUMS|weights\.json|oracles|reference|training)/;
  const files = readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile())
    .map((f) => relative(data, join(f.parentPath, f.name)).replaceAll("\\", "/"))
    .filter((f) => !elsewhere.test(f))
    .sort();
  const sums = files.map(
    (f) =>
      `${createHash("sha256")
        .update(readFileSync(join(data, f)))
        .digest("hex")}  ${f}`,
  );
  // after a change: cd data && sha256sum FILE, and its line into the list
  expect(readFileSync(join(data, "SHA256SUMS"), "utf8").trimEnd().split("\n")).toEqual(sums);
});
