/** What takes the place of Node's modules in a browser: src/node. */
import { join } from "node:path";
import type { Plugin } from "esbuild";

/** Modules of Node that src/node has; the others refuse. */
export const NODE = ["fs", "crypto", "zlib", "module", "os", "util", "v8"];
const OTHERS = ["child_process", "perf_hooks", "fs/promises", "worker_threads", "events"];
const SHIMS = join(__dirname, "..", "node");

export function nodePlugin(): Plugin {
  const shim = (name: string) => ({ path: join(SHIMS, `${name}.js`) });
  const some = new RegExp(`^(node:)?(${[...NODE, ...OTHERS].join("|")})$`);
  return {
    name: "node",
    setup({ onResolve, resolve }) {
      onResolve({ filter: some }, ({ path }) => {
        const name = path.replace("node:", "");
        return shim(NODE.includes(name) ? name : "absent");
      });
      onResolve({ filter: /^(node:)?path$/ }, ({ resolveDir }) =>
        resolve("path-browserify", { kind: "require-call", resolveDir }),
      );
      onResolve({ filter: /^(node:)?timers\/promises$/ }, () => shim("timers"));
      onResolve({ filter: /^(node-fetch|node:.*)$/ }, () => shim("absent"));
    },
  };
}
