/**
 * tfjs-core's chained methods and gradients exist as ES modules that Node cannot load (imports
 * without file endings), and its CommonJS file has neither. So register.js of grader and solutions
 * is bundled into dist; the bundle's operations use the engine that tfjs-core keeps in a global.
 */
import { copyFileSync, existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../install/run.mjs";

export async function bundleRegister() {
  const { version } = JSON.parse(
    readFileSync(join(root, "node_modules", "@tensorflow", "tfjs-core", "package.json"), "utf8"),
  );
  const mark = `/* of tfjs-core ${version}, by engine/cli/bin/bundle.mjs */`;
  for (const name of ["grader", "solutions"]) {
    const source = join(root, name, "src", "register");
    const out = join(root, name, "dist", "register");
    copyFileSync(`${source}.d.ts`, `${out}.d.ts`);
    if (existsSync(`${out}.js`) && readFileSync(`${out}.js`, "utf8").startsWith(mark)) continue;
    const { build } = await import("esbuild");
    // first, since it makes the engine that the bundle finds
    const banner = { js: `${mark}\nrequire("@tensorflow/tfjs-core");` };
    await build({
      entryPoints: [`${source}.js`],
      outfile: `${out}.new`,
      bundle: true,
      minify: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      legalComments: "none",
      banner,
      logLevel: "error",
    });
    renameSync(`${out}.new`, `${out}.js`);
  }
}
