/**
 * Functions of solutions as texts that the child can load, with only the files they need, tfjs left
 * out.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { paths } from "../files/paths";

export interface Bundle {
  /** The text of a CommonJS module. */
  code: string;
  /** Files under solutions/src that it holds code of: "blocks/layerNorm.ts". */
  files: string[];
}

const isSource = (name: string) =>
  name.endsWith(".ts") && name !== "index.ts" && !/\.(test|exercise|d)\.ts$/.test(name);

function sources(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((e) => e.isFile() && isSource(e.name));
  return files.map((e) => join(e.parentPath, e.name));
}

/**
 * Where a value of this name is exported from; undefined for types, which vanish when code runs.
 */
function fileOf(name: string, files: string[]): string | undefined {
  const kinds = "function\\*?|const|let|class|enum";
  const exported = new RegExp(`^export (async )?(${kinds}) ${name}\\b`, "m");
  const likely = files.filter((file) => basename(file) === `${name}.ts`);
  return [...likely, ...files].find((file) => exported.test(readFileSync(file, "utf8")));
}

interface Source {
  contents: string;
  resolveDir: string;
  sourcefile?: string;
}

async function bundle(source: Source, folder: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { loader: "ts", ...source },
    absWorkingDir: folder,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "es2022",
    external: ["@tensorflow/*"],
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const [output] = Object.values(metafile.outputs);
  const held = Object.entries(output!.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path.replaceAll("\\", "/"));
  return { code: outputFiles[0]!.text, files: held.filter((path) => path !== "<stdin>") };
}

/**
 * Bundles functions by name, several into one; names of which solutions export no value, such as
 * types, are left out.
 */
export function bundler(root: string): (names: string[]) => Promise<Bundle> {
  const folder = join(paths(root).solutions, "src");
  const files = existsSync(folder) ? sources(folder) : [];
  const made = new Map<string, Promise<Bundle>>();
  return (names) => {
    const lines = names.flatMap((name) => {
      const file = fileOf(name, files);
      return file === undefined ? [] : [`export { ${name} } from ${JSON.stringify(file)};`];
    });
    const contents = lines.join("\n");
    let found = made.get(contents);
    if (!found) made.set(contents, (found = bundle({ contents, resolveDir: folder }, folder)));
    return found;
  };
}

/** A version of a function's file that is not on disk: a mutant. */
export const bundleEdited = (root: string, file: string, contents: string): Promise<Bundle> =>
  bundle(
    { contents, resolveDir: dirname(file), sourcefile: file },
    join(paths(root).solutions, "src"),
  );
