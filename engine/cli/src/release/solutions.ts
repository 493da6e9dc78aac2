/**
 * Makes the package `solutions` of a release: one minified file with the functions that its lessons
 * import. All other names throw an error that says why they are missing.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { paths } from "grader/files";
import { privateGroups } from "builder/private";

/**
 * The built file that defines a name as the package exports it, such as "blocks/layerNorm.js";
 * undefined for a type.
 */
function fileOf(name: string, dist: string, files: string[]): string | undefined {
  const exported = new RegExp(
    `^(exports\\.${name} = |Object\\.defineProperty\\(exports, "${name}")`,
    "m",
  );
  const isIndex = (file: string) => file.endsWith("index.js");
  const inOrder = [...files].sort((a, b) => Number(isIndex(a)) - Number(isIndex(b)));
  const load = createRequire(join(dist, "index.js"));
  const valueIn = (file: string) => (load(`./${file}`) as Record<string, unknown>)[name];
  return inOrder
    .filter((file) => exported.test(readFileSync(join(dist, file), "utf8")))
    .find((file) => valueIn(file) === valueIn("index.js"));
}

const builtFiles = (dist: string) =>
  readdirSync(dist, { recursive: true })
    .map((name) => String(name).replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".js") && !/\.(exercise|test)\.js$|^register\.js$/.test(name))
    .sort();

/** Leaves register.js, the methods and gradients of tfjs, a file of its own. */
const externalRegister: Plugin = {
  name: "register",
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/register$/ }, () => ({ path: "./register.js", external: true }));
  },
};

/** Code that makes each of these names throw an error when somebody uses it. */
function throwingGetters(names: string[]): string {
  const reason = "is not part of this release: its solution is not published";
  return (
    `for (const name of ${JSON.stringify(names)}) Object.defineProperty(module.exports, name, ` +
    `{ get() { throw new Error(name + " ${reason}"); } });`
  );
}

export interface SolutionsBundle {
  /** The text of dist/index.js. */
  code: string;
  /** Built files whose code is in it, "blocks/layerNorm.js". */
  files: string[];
}

/** @param uses the names that lessons import */
export async function bundleSolutions(root: string, uses: string[]): Promise<SolutionsBundle> {
  const dist = paths(root).solutionsDist;
  const files = builtFiles(dist);
  const exported = (path: string) => {
    const index = join(dist, path, "index.js");
    return existsSync(index) ? Object.keys(createRequire(index)(index) as object) : [];
  };
  const privateNames = privateGroups(root).flatMap(exported); // a release doesn't even hold their names
  const names = [...new Set(uses)].sort();
  const lines = names.flatMap((name) => {
    const file = fileOf(name, dist, files);
    return file === undefined ? [] : [`export { ${name} } from ${JSON.stringify(`./${file}`)};`];
  });
  const { outputFiles, metafile } = await build({
    stdin: { contents: lines.join("\n"), resolveDir: dist, loader: "js" },
    absWorkingDir: dist,
    bundle: true,
    minify: true,
    format: "cjs",
    platform: "node",
    target: "es2022",
    external: ["@tensorflow/*"],
    plugins: [externalRegister],
    write: false,
    metafile: true,
    logLevel: "silent",
    legalComments: "none",
  });
  const inputs = Object.keys(metafile.inputs).map((path) => path.replaceAll("\\", "/"));
  const missing = exported(".").filter((name) => ![...names, ...privateNames].includes(name));
  return {
    code: `${outputFiles[0]!.text}\n${throwingGetters(missing)}\n`,
    files: inputs.filter((path) => path !== "<stdin>"),
  };
}
