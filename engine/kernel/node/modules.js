/** Where things are: the course's folder, tslab's server, the packages `cells` and `course`. */
import { createRequire } from "node:module";

import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

const require = createRequire(import.meta.url);

/**
 * One of tslab's own modules: "jupyter" is tslab/dist/jupyter.js. Its compiler is not used, and
 * loading it takes 0.3 s.
 */
export function tslab(name) {
  const compiler = createRequire(require.resolve("tslab/dist/main.js")).resolve(
    "@tslab/typescript-for-tslab",
  );
  require.cache[compiler] ??= { id: compiler, loaded: true, exports: { sys: {} } };
  return require(`tslab/dist/${name}.js`);
}

/** What a cell means. By its path, so that it is found while npm rewrites node_modules. */
export const cellsModule = () => require("../../cells/dist/index.js");

export const typescript = () => require("typescript");

/** TypeScript's own declarations of the language. */
export const languageLib = () => require.resolve("typescript/lib/lib.es2023.d.ts");

/** The instance of `course` that notebooks get too. */
export const courseModule = () => require("course");
