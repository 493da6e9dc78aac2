/**
 * Where imported modules' types are. What was found stays found, whatever happens to the files: a
 * kernel goes on while packages are installed beside it. What was not found is looked for again
 * when a cell imports.
 */
import ts from "typescript";
import type { Files } from "./files";

type Resolver = Required<
  Pick<
    ts.LanguageServiceHost,
    "resolveModuleNameLiterals" | "resolveTypeReferenceDirectiveReferences"
  >
>;

export function createResolver(
  files: Files,
  options: ts.CompilerOptions,
  isCell: (path: string) => boolean,
): Resolver {
  const host: ts.ModuleResolutionHost = {
    fileExists: files.exists,
    readFile: files.read,
    directoryExists: files.isFolder,
    realpath: files.realPath,
    getCurrentDirectory: () => files.folder,
  };
  const found = new Map<string, ts.ResolvedModuleWithFailedLookupLocations>();
  const missing = new Set<string>();
  const directives = new Map<string, ts.ResolvedTypeReferenceDirectiveWithFailedLookupLocations>();
  const none = { resolvedModule: undefined };

  function resolve(name: string, from: string): ts.ResolvedModuleWithFailedLookupLocations {
    const key = `${from.slice(0, from.lastIndexOf("/"))} ${name}`;
    const known = found.get(key);
    if (known) return known;
    if (missing.has(key) && !isCell(from)) return none as never;
    const answer = ts.resolveModuleName(name, from, options, host);
    if (answer.resolvedModule) found.set(key, answer);
    else missing.add(key);
    return answer;
  }

  return {
    resolveModuleNameLiterals: (literals, from) => literals.map(({ text }) => resolve(text, from)),
    resolveTypeReferenceDirectiveReferences(references, from) {
      return references.map((reference) => {
        const name = typeof reference === "string" ? reference : reference.fileName;
        const key = `${from.slice(0, from.lastIndexOf("/"))} ${name}`;
        const known = directives.get(key);
        if (known) return known;
        const answer = ts.resolveTypeReferenceDirective(name, from, options, host);
        if (answer.resolvedTypeReferenceDirective) directives.set(key, answer);
        return answer;
      });
    },
  };
}
