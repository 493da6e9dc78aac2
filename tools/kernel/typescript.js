/**
 * TypeScript as tslab uses it, made strict and with source maps. tslab compiles a cell twice: TypeScript → ES module (the watch
 * host), ES module → CommonJS (transpileModule). Two source maps lead back from what runs to what the student wrote.
 */
import { SourceMap } from "node:module";
import { tslabRequire } from "./modules.js";

const INLINE_MAP = /\n?\/\/# sourceMappingURL=(?:data:application\/json;base64,(\S+)|\S+)\s*$/;

let lastMaps = [];

/** The source maps of the cell compiled last, from what runs back to the cell. */
export const mapsOfLastCell = () => lastMaps;

/** Must run before tslab loads TypeScript, since tslab keeps the module's functions. */
export function strictTypeScript() {
  const id = tslabRequire.resolve("@tslab/typescript-for-tslab");
  const ts = tslabRequire(id);
  const ours = {};
  for (const name of Object.keys(ts)) Object.defineProperty(ours, name, { enumerable: true, configurable: true, get: () => ts[name] });
  const replace = (name, value) => Object.defineProperty(ours, name, { enumerable: true, value });

  replace("createWatchCompilerHost", (files, options, ...rest) =>
    ts.createWatchCompilerHost(files, { ...options, strict: true, inlineSourceMap: true }, ...rest));

  replace("transpileModule", (js, options) => {
    const first = INLINE_MAP.exec(js)?.[1];
    const out = ts.transpileModule(js.replace(INLINE_MAP, "\n"), { ...options, compilerOptions: { ...options.compilerOptions, sourceMap: true } });
    lastMaps = first ? [out.sourceMapText, Buffer.from(first, "base64").toString()].map((map) => new SourceMap(JSON.parse(map))) : [];
    // imports are defined as getters, which a plain object would freeze: see `define` in cells.js
    out.outputText = out.outputText.replace(INLINE_MAP, "\n").replace(/^Object\.defineProperty\(exports, "/gm, '__tslab__.define(exports, "');
    return out;
  });

  tslabRequire.cache[id].exports = ours;
}
