/**
 * The modules that code in the worker can load by name, and Node's `createRequire`: every folder sees
 * the same modules.
 */
import { dirname, resolve } from "path-browserify";

type Table = Record<string, () => unknown>;
const table: Table = {};

/** Adds modules: by its name or its file's path, the function that loads each. */
export const addModules = (modules: Table): void => void Object.assign(table, modules);

export const offered = (): string[] => Object.keys(table);

/** @throws in Node's words, which the notes on errors know, where the name is unknown */
export function requireModule(id: string, from: string): unknown {
  const path = id.startsWith(".") ? resolve(dirname(from), id) : id;
  const bare = path.replace(/^node:/, "");
  const found = [path, bare, `${path}.js`, `${path}/index.js`].find((name) =>
    Object.hasOwn(table, name),
  );
  if (found !== undefined) return table[found]!();
  const error = new Error(
    `Cannot find module '${id}': in a browser a notebook can import course, solutions and ` +
      "@tensorflow/tfjs-core",
  );
  throw Object.assign(error, { code: "MODULE_NOT_FOUND" });
}

export const createRequire = (from: string) =>
  Object.assign((id: string) => requireModule(id, from), { resolve: (id: string) => id });
