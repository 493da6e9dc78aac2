/**
 * tfjs-core's chained methods and gradients exist as ES modules that Node cannot load (imports without file endings), and its
 * CommonJS file has neither. So the compiled register.js of grader and solutions is replaced by a bundle of what it imports; the
 * bundle's operations use the engine that tfjs-core keeps in a global.
 */
import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

const MARK = "/* bundled: tools/bin/bundle.mjs */";

export async function bundleRegister() {
  for (const name of ["grader", "solutions"]) {
    const source = join(root, name, "src", "register.ts"), out = join(root, name, "dist", "register.js");
    if (existsSync(out) && readFileSync(out, "utf8").startsWith(MARK)) continue;
    const { build } = await import("esbuild");
    // engine first: it makes the global that the bundle finds
    const banner = { js: `${MARK}\nrequire("@tensorflow/tfjs-core");` };
    await build({ entryPoints: [source], outfile: `${out}.new`, bundle: true, minify: true, platform: "node", format: "cjs", target: "node20", legalComments: "none", banner, logLevel: "error" });
    renameSync(`${out}.new`, out);
  }
}
