/** Compiles the AssemblyScript of this folder to kernels/wasm, once with fused multiply-add and once without: node kernels/assembly/build.mjs */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import asc from "assemblyscript/asc";

const here = dirname(fileURLToPath(import.meta.url));
const OPTIONS = ["--optimizeLevel", "3", "--shrinkLevel", "0", "--runtime", "stub", "--importMemory", "--use", "abort="];

/** @returns the bytes of both modules by their file names */
export async function assemble() {
  const made = {};
  for (const [name, fused, features] of [["kernels.wasm", 0, ["simd"]], ["kernels-fused.wasm", 1, ["simd", "relaxed-simd"]]]) {
    const { error, stderr } = await asc.main(["index.ts", "--outFile", name, "--use", `FUSED=${fused}`, ...OPTIONS, ...features.flatMap((feature) => ["--enable", feature])], {
      baseDir: here,
      readFile: (file) => { try { return readFileSync(join(here, file), "utf8"); } catch { return null; } },
      writeFile: (file, bytes) => { made[file] = bytes; },
      listFiles: () => [],
    });
    if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  }
  return made;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const to = join(here, "..", "wasm");
  mkdirSync(to, { recursive: true });
  for (const [name, bytes] of Object.entries(await assemble())) writeFileSync(join(to, name), bytes);
}
