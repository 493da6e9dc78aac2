/**
 * Makes the package `solutions` of a release: one minified file with the functions that its lessons
 * import. It withholds the exercises that the release asks while their solutions aren't published:
 * the student's own answers take their place (ownAnswers.ts). All names that no lesson imports throw
 * an error that says why they are missing.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { paths, readSource } from "grader/files";
import ts from "typescript";
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

/** The statements that export a function of this name, its overloads among them. */
const exportsOf = (tree: ts.SourceFile, name: string): ts.Statement[] =>
  tree.statements.filter(
    (statement) =>
      ts.isFunctionDeclaration(statement) &&
      statement.name?.text === name &&
      statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword),
  );

const OWN_ANSWERS = "./ownAnswers.js";

/**
 * A file of solutions with calls of the student's own answers in place of the withheld functions that
 * it exports: an exercise's own file, or a faster version of it in shared/.
 */
function withOwnAnswers(text: string, withheld: string[]): string | undefined {
  const tree = ts.createSourceFile("solution.ts", text, ts.ScriptTarget.ES2022, true);
  const names = withheld.filter((name) => text.includes(` ${name}`));
  const replaced = names.filter((name) => exportsOf(tree, name).length > 0);
  if (replaced.length === 0) return undefined;
  const statements = replaced.flatMap((name) => exportsOf(tree, name));
  let rest = text;
  for (const { pos, end } of statements.sort((a, b) => b.pos - a.pos)) {
    rest = rest.slice(0, pos) + rest.slice(end);
  }
  const calls = replaced.map(
    (name) => `export const ${name} = (...args: unknown[]) => ownAnswer("${name}")(...args);`,
  );
  return `import { ownAnswer } from "${OWN_ANSWERS}";\n${rest}\n${calls.join("\n")}\n`;
}

const withholding = (withheld: string[]): Plugin => ({
  name: "withheld",
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /ownAnswers\.js$/ }, () => ({ path: OWN_ANSWERS, external: true }));
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const contents = withOwnAnswers(readSource(path), withheld);
      return contents === undefined ? undefined : { contents, loader: "ts" };
    });
  },
});

const COMMON: BuildOptions & { write: false } = {
  bundle: true,
  minify: true,
  format: "cjs",
  platform: "node",
  target: "es2022",
  write: false,
  logLevel: "silent",
  legalComments: "none",
};

/** The text of ownAnswers.ts as one file that Node loads. */
async function bundleOwnAnswers(): Promise<string> {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: [fileURLToPath(new URL("./ownAnswers", import.meta.url))],
    external: ["grader", "grader/*", "typescript"],
  });
  return outputFiles[0]!.text;
}

export interface SolutionsBundle {
  /** Texts by path in solutions/dist: index.js, and ownAnswers.js where something is withheld. */
  texts: Record<string, string>;
  /** Source files whose code is in it, "blocks/layerNorm.ts". */
  files: string[];
}

/**
 * @param uses the names that lessons import
 * @param withheld exercises that the release asks and whose solutions aren't published
 */
export async function bundleSolutions(
  root: string,
  uses: string[],
  withheld: string[],
): Promise<SolutionsBundle> {
  const { solutions, solutionsDist: dist } = paths(root);
  const files = builtFiles(dist);
  const exported = (path: string) => {
    const index = join(dist, path, "index.js");
    return existsSync(index) ? Object.keys(createRequire(index)(index) as object) : [];
  };
  const privateNames = privateGroups(root).flatMap(exported); // a release lacks even their names
  const names = [...new Set(uses)].sort();
  const lines = names.flatMap((name) => {
    const file = fileOf(name, dist, files);
    return file === undefined ? [] : [`export { ${name} } from "./${file.slice(0, -3)}";`];
  });
  const { outputFiles, metafile } = await build({
    ...COMMON,
    stdin: { contents: lines.join("\n"), resolveDir: join(solutions, "src"), loader: "ts" },
    absWorkingDir: join(solutions, "src"),
    preserveSymlinks: true,
    external: ["@tensorflow/*"],
    plugins: [externalRegister, withholding(withheld)],
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  const included = Object.entries(output!.inputs).filter(
    ([, { bytesInOutput }]) => bytesInOutput > 0,
  );
  const missing = exported(".").filter((name) => ![...names, ...privateNames].includes(name));
  const texts = { "index.js": `${outputFiles[0]!.text}\n${throwingGetters(missing)}\n` };
  return {
    texts: withheld.length > 0 ? { ...texts, "ownAnswers.js": await bundleOwnAnswers() } : texts,
    files: included
      .map(([path]) => path.replaceAll("\\", "/"))
      .filter((path) => path !== "<stdin>"),
  };
}
