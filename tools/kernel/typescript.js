/**
 * TypeScript as tslab uses it, made strict and with source maps. tslab compiles a cell twice: TypeScript → ES module (the watch
 * host), ES module → CommonJS (transpileModule). Two source maps lead back from what runs to what the student wrote.
 *
 * In between, tslab writes exports.x for every x of an earlier cell. It forgets { x }, and takes the x of { x: y } = … for one.
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

  let program;
  replace("createWatchCompilerHost", (files, options, ...rest) => {
    const host = ts.createWatchCompilerHost(files, { ...options, strict: true, inlineSourceMap: true }, ...rest), { createProgram } = host;
    host.createProgram = (...given) => (program = createProgram(...given));
    return host;
  });

  replace("isIdentifier", (node) => ts.isIdentifier(node) && !(node.parent && ts.isBindingElement(node.parent) && node.parent.propertyName === node));
  replace("visitEachChild", (node, visitor, ...rest) => {
    if (visitor.name === "wrapPrevIdentifier" && ts.isShorthandPropertyAssignment(node)) {
      const declared = program.getProgram().getTypeChecker().getShorthandAssignmentValueSymbol(node)?.declarations?.[0].name;
      const value = declared && visitor(declared); // the name where it was declared stands for the same variable
      if (value !== declared) return ts.factory.createPropertyAssignment(node.name, value);
    }
    return ts.visitEachChild(node, visitor, ...rest);
  });

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
