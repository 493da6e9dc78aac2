/**
 * Compiles the AssemblyScript of this folder to engine/ops/wasm, once with fused multiply-add and once
 * without: node engine/ops/assembly/build.mjs
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import asc from "assemblyscript/asc";

const here = dirname(fileURLToPath(import.meta.url));
const OPTIONS = [
  "--optimizeLevel",
  "3",
  "--shrinkLevel",
  "0",
  "--runtime",
  "stub",
  "--importMemory",
  "--use",
  "abort=",
];

/**
 * Whether the module brings data of its own, which would be written over what lies in the memory
 * that it is given.
 */
function hasData(bytes) {
  let at = 8;
  const number = () => {
    // LEB128
    let value = 0;
    let shift = 0;
    let byte;
    do {
      byte = bytes[at++];
      value += (byte & 127) * 2 ** shift;
      shift += 7;
    } while (byte > 127);
    return value;
  };
  while (at < bytes.length) {
    const section = bytes[at++];
    const size = number();
    if (section === 11) return true;
    at += size;
  }
  return false;
}

/** @returns the bytes of both modules by their file names */
export async function assemble() {
  const made = {};
  for (const [name, fused, features] of [
    ["kernels.wasm", 0, ["simd"]],
    ["kernels-fused.wasm", 1, ["simd", "relaxed-simd"]],
  ]) {
    const { error, stderr } = await asc.main(
      [
        "index.ts",
        "--outFile",
        name,
        "--use",
        `FUSED=${fused}`,
        ...OPTIONS,
        ...features.flatMap((feature) => ["--enable", feature]),
      ],
      {
        baseDir: here,
        readFile: (file) => {
          try {
            return readFileSync(join(here, file), "utf8");
          } catch {
            return null;
          }
        },
        writeFile: (file, bytes) => {
          made[file] = bytes;
        },
        listFiles: () => [],
      },
    );
    if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
    if (hasData(made[name])) {
      throw new Error(
        `${name}: the module holds data, such as a table of AssemblyScript's own Math functions; ` +
          "its memory is tfjs's and has no room for it",
      );
    }
  }
  return made;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const to = join(here, "..", "wasm");
  mkdirSync(to, { recursive: true });
  for (const [name, bytes] of Object.entries(await assemble())) {
    writeFileSync(join(to, name), bytes);
  }
}
