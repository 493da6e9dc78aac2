/**
 * `require` as cells have it: modules seen from the notebook's folder, a student's own TypeScript
 * files among them.
 */
import { readFileSync, statSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { tslab, typescript } from "./modules.js";

const ENDINGS = [".ts", ".tsx", "/index.ts"];
const own = new Map(); // path → { version, module }

function isFile(path) {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A relative import that is TypeScript; imports may say .js for what is .ts. */
function typeScriptFile(id, folder) {
  if (!/^\.{0,2}\//.test(id)) return undefined;
  const path = resolve(folder, id);
  if (/\.tsx?$/.test(path)) return isFile(path) ? path : undefined;
  return [...ENDINGS.map((end) => path + end), path.replace(/\.js$/, ".ts")].find(
    (file) => /\.tsx?$/.test(file) && isFile(file),
  );
}

/** Compiles a student's module; again when its file has changed. */
function load(path) {
  const ts = typescript();
  const version = statSync(path).mtimeMs;
  const known = own.get(path);
  if (known?.version === version) return known.module.exports;
  const { outputText } = ts.transpileModule(readFileSync(path, "utf8"), {
    fileName: path,
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
      experimentalDecorators: true,
      inlineSourceMap: true,
    },
  });
  const module = new Module(path);
  module.filename = path;
  module.paths = Module._nodeModulePaths(dirname(path));
  module.require = requireFrom(dirname(path));
  own.set(path, { version, module });
  module._compile(outputText, path);
  return module.exports;
}

/** @returns `require` for a folder */
export function requireFrom(folder) {
  const plain = createRequire(join(folder, "cell.js"));
  const require = (id) => {
    if (id === "tslab") return tslab("public");
    const file = typeScriptFile(id, folder);
    return file ? load(file) : plain(id);
  };
  return Object.assign(require, { resolve: plain.resolve, cache: plain.cache });
}
