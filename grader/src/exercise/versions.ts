/**
 * Edited versions of a solution's file, compiled in one call of TypeScript: most of what a call costs
 * it costs once, however long the text is.
 */
import { createRequire } from "node:module";
import type { AnyFunction } from "./value";

const IMPORT = /^import\b[^;]*;\n/gm;
const EXPORT_OF_DECLARATION =
  /^export (?=(async|function|const|let|class|type|interface|enum)\b)/gm;

const importsOf = (text: string) => (text.match(IMPORT) ?? []).join("");

/**
 * One module that exports a list, `versions`, of a function for each text; undefined where the texts
 * differ in their imports or hold other exports than declarations.
 */
export function joinVersions(texts: string[], name: string): string | undefined {
  const imports = importsOf(texts[0] ?? "");
  const bodies = texts.map((text) => text.replace(IMPORT, "").replace(EXPORT_OF_DECLARATION, ""));
  const isOther = (text: string, i: number) =>
    importsOf(text) !== imports || /^export\b/m.test(bodies[i]!);
  if (texts.some(isOther)) return undefined;
  const functions = bodies.map((body) => `() => {\n${body}\nreturn ${name};\n}`);
  return `${imports}export const versions = [${functions.join(",\n")}];`;
}

/**
 * Runs the code of a CommonJS module.
 * @param file where its imports are found from
 * @param given what it finds besides, by name
 * @returns what it exports
 */
export function runModule(
  code: string,
  file: string,
  given: Record<string, unknown> = {},
): Record<string, unknown> {
  const module: { exports: Record<string, unknown> } = { exports: {} };
  new Function("module", "exports", "require", ...Object.keys(given), code)(
    module,
    module.exports,
    createRequire(file),
    ...Object.values(given),
  );
  return module.exports;
}

/** Compiles a module and runs it. @returns what it exports */
function run(text: string, distFile: string): Record<string, unknown> {
  // loaded here since it takes 0.2 s and only a failed check needs it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const ts = require("typescript") as typeof import("typescript");
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  return runModule(outputText, distFile);
}

/**
 * @param texts versions of a file
 * @param distFile the file as built, where its imports are found from
 * @param name of a function that each of them exports
 * @returns for each what loads that function, which throws where the text can't be loaded
 */
export function compileVersions(
  texts: string[],
  distFile: string,
  name: string,
): (() => AnyFunction)[] {
  const joint = joinVersions(texts, name);
  try {
    if (joint !== undefined) return run(joint, distFile).versions as (() => AnyFunction)[];
  } catch {
    // one of them can't be compiled, which each by itself will tell
  }
  return texts.map((text) => () => run(text, distFile)[name] as AnyFunction);
}
