/** Functions of solutions as texts that the child can load, each with only the files it needs, tfjs left out. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { paths } from "../paths";

export interface Bundle {
  name: string;
  code: string;
  /** Files under solutions/src that it holds code of: "blocks/layerNorm.ts". */
  files: string[];
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile() && e.name.endsWith(".ts") && !/\.(test|exercise|d)\.ts$/.test(e.name) && e.name !== "index.ts")
    .map((e) => join(e.parentPath, e.name));
}

/** Where a value of this name is exported from; undefined for types, which vanish when code runs. */
function fileOf(name: string, files: string[]): string | undefined {
  const exported = new RegExp(`^export (async )?(function\\*?|const|let|class|enum) ${name}\\b`, "m");
  const likely = files.filter((file) => file.endsWith(`/${name}.ts`) || file.endsWith(`\\${name}.ts`));
  return [...likely, ...files].find((file) => exported.test(readFileSync(file, "utf8")));
}

interface Source { contents: string; resolveDir: string; sourcefile?: string }

async function bundle(name: string, source: Source, folder: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { loader: "ts", ...source }, absWorkingDir: folder, bundle: true, format: "cjs", platform: "node", target: "es2022", external: ["@tensorflow/*"], write: false, metafile: true, logLevel: "silent",
  });
  const [output] = Object.values(metafile.outputs);
  const held = Object.entries(output!.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path.replaceAll("\\", "/"));
  return { name, code: outputFiles[0]!.text, files: held.filter((path) => path !== "<stdin>") };
}

/** Bundles on first use and keeps the result. undefined: solutions exports no value of this name. */
export function bundler(root: string): (name: string) => Promise<Bundle | undefined> {
  const folder = join(paths(root).solutions, "src");
  const files = existsSync(folder) ? sources(folder) : [];
  const made = new Map<string, Promise<Bundle | undefined>>();
  const make = async (name: string) => {
    const file = fileOf(name, files);
    return file === undefined ? undefined : bundle(name, { contents: `export { ${name} } from ${JSON.stringify(file)};`, resolveDir: folder }, folder);
  };
  return (name) => {
    let found = made.get(name);
    if (!found) made.set(name, found = make(name));
    return found;
  };
}

/** A version of a function's file that is not on disk: a mutant. */
export const bundleEdited = (root: string, name: string, file: string, contents: string): Promise<Bundle> =>
  bundle(name, { contents, resolveDir: dirname(file), sourcefile: file }, join(paths(root).solutions, "src"));
