/**
 * `require` as cells have it: modules seen from the notebook's folder, a student's own TypeScript
 * files among them.
 */
import { readFileSync, statSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { loadTslab, loadTypeScript } from "./modules.js";

const ENDINGS = [".ts", ".tsx", "/index.ts"];

/** Members of Node's modules that its types leave out. */
interface CompiledModule extends NodeJS.Module {
  _compile(code: string, path: string): void;
}
const { _nodeModulePaths: nodeModulePaths } = Module as unknown as {
  _nodeModulePaths(folder: string): string[];
};

/** The student's own modules that are loaded, by their paths. */
const loaded = new Map<string, { version: number; module: NodeJS.Module }>();

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The file of a relative import that is TypeScript; imports may say .js for what is .ts. */
function typeScriptFile(id: string, folder: string): string | undefined {
  if (!/^\.{0,2}\//.test(id)) return undefined;
  const path = resolve(folder, id);
  if (/\.tsx?$/.test(path)) return isFile(path) ? path : undefined;
  const candidates = [...ENDINGS.map((end) => path + end), path.replace(/\.js$/, ".ts")];
  return candidates.find((file) => /\.tsx?$/.test(file) && isFile(file));
}

/** Compiles a student's module; again when its file has changed. */
function load(path: string): unknown {
  const version = statSync(path).mtimeMs;
  const known = loaded.get(path);
  if (known?.version === version) return known.module.exports as unknown;
  const module = new Module(path) as CompiledModule;
  module.filename = path;
  module.paths = nodeModulePaths(dirname(path));
  module.require = requireFrom(dirname(path));
  loaded.set(path, { version, module });
  module._compile(transpile(path), path);
  return module.exports as unknown;
}

function transpile(path: string): string {
  const ts = loadTypeScript();
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
  return outputText;
}

/** @returns `require` for a folder */
export function requireFrom(folder: string): NodeJS.Require {
  const plain = createRequire(join(folder, "cell.js"));
  const require = (id: string): unknown => {
    if (id === "tslab") return loadTslab("public");
    const file = typeScriptFile(id, folder);
    return file ? load(file) : plain(id);
  };
  return Object.assign(require, plain, { resolve: plain.resolve, cache: plain.cache });
}
