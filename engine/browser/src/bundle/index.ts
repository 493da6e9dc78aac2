/** What a site needs to run notebooks, besides JupyterLite: made from the built course. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeDeclarations } from "./declarations";
import { copyFiles, writeWeights } from "./files";
import { bundleWorkers } from "./worker";

/**
 * Writes the kernel's workers, the declarations for its types and the files that it reads.
 * @param root the course's folder
 * @param out a folder that is the kernel's own
 * @param options weights: whether with the installed weights of real models
 */
export async function writeKernel(
  root: string,
  out: string,
  options: { weights?: boolean } = {},
): Promise<void> {
  mkdirSync(out, { recursive: true });
  await bundleWorkers(root, out);
  writeDeclarations(root, join(out, "types.json.gz.bin"));
  copyFiles(root, out);
  writeWeights(root, out, options.weights === true);
}
export { writeExtension } from "./extension";
