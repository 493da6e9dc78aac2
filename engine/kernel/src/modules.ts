/**
 * The modules that the kernel loads itself. They are required when they are needed, so that a kernel
 * starts fast and that a missing one can be reported in a cell.
 */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { JupyterModule } from "./tslab.js";

/** The course's folder. */
export const root = fileURLToPath(new URL("../../..", import.meta.url));

const require = createRequire(import.meta.url);

/** tslab/dist/jupyter.js has the server, tslab/dist/public.js what notebooks may import. */
interface TslabModules {
  jupyter: JupyterModule;
  public: unknown;
}

/** Loads a module of tslab without tslab's own compiler, which takes 0.3 s and is not used. */
export function loadTslab<Name extends keyof TslabModules>(name: Name): TslabModules[Name] {
  const compiler = createRequire(require.resolve("tslab/dist/main.js")).resolve(
    "@tslab/typescript-for-tslab",
  );
  const stub = { id: compiler, loaded: true, exports: { sys: {} } };
  require.cache[compiler] ??= stub as unknown as NodeJS.Module;
  return require(`tslab/dist/${name}.js`) as TslabModules[Name];
}

/** The package `cells`, by its path, so that it is found while npm rewrites node_modules. */
export const loadCells = () => require("../../cells/dist/index.js") as typeof import("cells");

/** The instance of `course` that notebooks get too. */
export const loadCourse = () => require("course") as typeof import("course");

export const loadTypeScript = () => require("typescript") as typeof import("typescript");

/** TypeScript's own declarations of the language. */
export const languageLib = () => require.resolve("typescript/lib/lib.es2023.d.ts");
