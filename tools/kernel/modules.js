/** Where things are: the course's folder, tslab's modules, the package `course`. */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const require = createRequire(import.meta.url);

/** One of tslab's own modules, the instance that the kernel runs: "jupyter" is tslab/dist/jupyter.js. */
export const tslab = (name) => require(`tslab/dist/${name}.js`);

/** `require` as tslab's own files have it. */
export const tslabRequire = createRequire(require.resolve("tslab/dist/main.js"));

/** The instance of `course` that notebooks get too. */
export const courseModule = () => require("course");
