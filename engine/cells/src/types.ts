/**
 * TypeScript's language service for a notebook: type errors of a cell, completions, explanations.
 * Each cell is a file of one program, and its enclosing scope is the cell before it, so that names
 * are found, and hidden by newer ones, as they are when cells run.
 *
 * Nothing is watched. A library's file is read once; a student's own modules are looked at again
 * for each cell. Where a module's types were found stays known, whatever happens to the files: a
 * kernel goes on while packages are installed beside it. A module that was missing is looked for
 * again when a cell imports it.
 */
import ts from "typescript";
import { toDiagnostic, type Diagnostic } from "./compile";
import { explanationOf, type Explanation } from "./explain";

/**
 * The files that types are read from: a disk, or a table in a browser. Paths are absolute, with
 * `/`.
 */
export interface FileSystem {
  /** The folder that the cells are in. */
  folder: string;
  /** The file lib.es2023.d.ts of TypeScript. */
  lib: string;
  exists(path: string): boolean;
  isFolder(path: string): boolean;
  read(path: string): string | undefined;
  /** Changes when a file does. */
  version(path: string): string;
  realPath(path: string): string;
}

export interface Completions {
  /** The range of the source that a completion replaces. */
  start: number;
  end: number;
  names: string[];
}

export interface TypeService {
  /** Adds a cell below the others. @returns the name of its file */
  add(source: string): string;
  /** @returns the type errors in a cell */
  diagnostics(file: string): Diagnostic[];
  /** Removes names of a cell that ended before it gave them values. */
  removeNames(file: string, names: readonly string[]): void;
  complete(source: string, position: number): Completions;
  /** Signature, documentation and tags of the name at a position. */
  explain(source: string, position: number): Explanation | undefined;
  /** Reads what every cell needs and what this source imports, so that the first cell is fast. */
  warmUp(source: string): void;
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  allowImportingTsExtensions: true,
  noEmit: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  experimentalDecorators: true,
  strict: true,
  skipLibCheck: true,
};

/**
 * The program has files for so many cells, empty until they run: as long as its list of files stays
 * the same, TypeScript makes the next program from the last one instead of reading every import
 * again.
 */
const CELL_SLOTS = 64;
const EMPTY = { text: "" };
const CELL = /\/__cell(\d+)\.ts$/;

/** Members of a source file that TypeScript's public types leave out. */
interface InternalSourceFile {
  parent?: ts.SourceFile;
  locals?: Map<string, ts.Symbol>;
}
const internal = (file: ts.SourceFile) => file as unknown as InternalSourceFile;

export function createTypeService(files: FileSystem): TypeService {
  const cells: { path: string; text: string }[] = [];
  const draft = { path: `${files.folder}/__draft.ts`, text: "", version: 0 };
  const service = ts.createLanguageService(hostOf(files, cells, draft));

  /** The program, in which each cell stands in the scope of the one before. */
  function program(): ts.Program {
    const program = service.getProgram()!;
    let outer: ts.SourceFile | undefined;
    for (const { path } of [...cells, draft]) {
      const file = program.getSourceFile(path)!;
      internal(file).parent = outer;
      outer = file;
    }
    return program;
  }

  function setDraft(text: string): ts.Program {
    if (draft.text !== text) draft.version++;
    draft.text = text;
    return program();
  }

  return {
    add(source) {
      const path = `${files.folder}/__cell${cells.length + 1}.ts`;
      cells.push({ path, text: source });
      return path;
    },
    diagnostics: (path) => diagnosticsOf(program(), path),
    removeNames(path, names) {
      if (names.length > 0) forget(program(), path, names);
    },
    complete(source, position) {
      setDraft(source);
      return completions(service, draft.path, source, position);
    },
    explain(source, position) {
      setDraft(source);
      return explanation(service, draft.path, source, position);
    },
    warmUp(source) {
      diagnosticsOf(setDraft(source), draft.path);
    },
  };
}

const diagnosticsOf = (program: ts.Program, path: string): Diagnostic[] =>
  program.getSemanticDiagnostics(program.getSourceFile(path)).map(toDiagnostic);

function forget(program: ts.Program, path: string, names: readonly string[]): void {
  program.getTypeChecker(); // which binds the names of all files
  const { locals } = internal(program.getSourceFile(path)!);
  for (const name of names) locals?.delete(name);
}

interface Draft {
  path: string;
  text: string;
  version: number;
}

/** The program's own files: cells that ran, empty ones for the next cells, and the draft. */
function cellFiles(folder: string, cells: readonly { text: string }[], draft: Draft) {
  const isCell = (path: string) => path.startsWith(folder) && CELL.test(path);
  const executed = (path: string) => cells[Number(CELL.exec(path)![1]) - 1];
  return {
    own(path: string): { text: string } | undefined {
      if (path === draft.path) return draft;
      return isCell(path) ? (executed(path) ?? EMPTY) : undefined;
    },
    versionOf(path: string): string | undefined {
      if (path === draft.path) return String(draft.version);
      if (!isCell(path)) return undefined;
      return executed(path) ? "1" : "0";
    },
    names(): string[] {
      const slots = CELL_SLOTS * Math.ceil((cells.length + 1) / CELL_SLOTS);
      const numbers = Array.from({ length: slots }, (_, i) => i + 1);
      return [...numbers.map((number) => `${folder}/__cell${number}.ts`), draft.path];
    },
  };
}

function hostOf(
  files: FileSystem,
  cells: readonly { path: string; text: string }[],
  draft: Draft,
): ts.LanguageServiceHost {
  const { own, versionOf, names } = cellFiles(files.folder, cells, draft);
  const snapshots = new Map<string, { version: string; snapshot: ts.IScriptSnapshot }>();
  const resolver = createResolver(files, OPTIONS, (path) => own(path) !== undefined);

  function version(path: string): string {
    return versionOf(path) ?? (path.endsWith(".d.ts") ? "1" : files.version(path));
  }

  function snapshot(path: string): ts.IScriptSnapshot | undefined {
    const text = own(path)?.text;
    if (text !== undefined) return ts.ScriptSnapshot.fromString(text);
    const known = snapshots.get(path);
    const now = version(path);
    if (known?.version === now) return known.snapshot;
    const content = files.read(path);
    if (content === undefined) return known?.snapshot;
    const made = ts.ScriptSnapshot.fromString(content);
    snapshots.set(path, { version: now, snapshot: made });
    return made;
  }

  // package.json files of libraries are read once
  const packages = ts.createModuleResolutionCache(files.folder, (name) => name, OPTIONS);
  const libFolder = files.lib.slice(0, files.lib.lastIndexOf("/"));
  const libName = files.lib.slice(libFolder.length + 1);
  const settings: ts.CompilerOptions = { ...OPTIONS, lib: [libName], types: ["node"] };
  const host: ts.LanguageServiceHost & Pick<ts.CompilerHost, "getModuleResolutionCache"> = {
    getModuleResolutionCache: () => packages,
    getCompilationSettings: () => settings,
    getScriptFileNames: names,
    getScriptVersion: version,
    getScriptSnapshot: snapshot,
    getCurrentDirectory: () => files.folder,
    getDefaultLibFileName: () => files.lib,
    getNewLine: () => "\n",
    useCaseSensitiveFileNames: () => true,
    fileExists: (path) => snapshots.has(path) || own(path) !== undefined || files.exists(path),
    readFile: (path) => files.read(path),
    directoryExists: files.isFolder,
    realpath: files.realPath,
    ...resolver,
  };
  return host;
}

const WORD = /[\w$]/;

function completions(
  service: ts.LanguageService,
  path: string,
  source: string,
  position: number,
): Completions {
  let start = position;
  let end = position;
  while (start > 0 && WORD.test(source[start - 1]!)) start--;
  while (end < source.length && WORD.test(source[end]!)) end++;
  const typed = source.slice(start, position).toLowerCase();

  const found = service.getCompletionsAtPosition(path, position, undefined)?.entries ?? [];
  const ranked = found
    .map(({ name, sortText }) => ({
      name,
      key: rank(name, source.slice(start, position), typed) + sortText,
    }))
    .filter(({ key }) => !key.startsWith("3"));
  ranked.sort((a, b) => a.key.localeCompare(b.key) || a.name.localeCompare(b.name));
  return { start, end, names: ranked.map(({ name }) => name) };
}

/**
 * What begins like the typed text comes first, then what differs in case, then what contains it; 3
 * for everything else.
 */
function rank(name: string, typed: string, lower: string): string {
  if (name.startsWith(typed)) return "0";
  if (name.toLowerCase().startsWith(lower)) return "1";
  return name.toLowerCase().includes(lower) ? "2" : "3";
}

function explanation(service: ts.LanguageService, path: string, source: string, position: number) {
  const info =
    service.getQuickInfoAtPosition(path, position) ?? ofCall(service, path, source, position);
  return info && explanationOf(info);
}

/** Between the parentheses of a call: the function that is called. */
function ofCall(service: ts.LanguageService, path: string, source: string, position: number) {
  const help = service.getSignatureHelpItems(path, position, undefined);
  if (!help) return undefined;
  const before = source.slice(0, help.applicableSpan.start).replace(/[\s(]*$/, "");
  return service.getQuickInfoAtPosition(path, before.length - 1);
}

type Resolver = Required<
  Pick<
    ts.LanguageServiceHost,
    "resolveModuleNameLiterals" | "resolveTypeReferenceDirectiveReferences"
  >
>;

export function createResolver(
  files: FileSystem,
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
