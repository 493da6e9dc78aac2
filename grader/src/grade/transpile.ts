/**
 * TypeScript cells → scripts that share one global scope, as tslab's cells do: imports become
 * require calls, top-level const, let and class become var. All cells go through one call of the
 * compiler, which is six times cheaper than one each. Only for the worker: hostile source can keep
 * the compiler busy for minutes.
 */
import { randomBytes } from "node:crypto";
import ts from "typescript";

export interface CompiledCell {
  code: string;
  awaits: boolean;
  /** Names that the cell's top level defines, imports not among them. */
  declares: string[];
  /** The syntax tree, undefined where the cell is refused. */
  tree?: ts.SourceFile;
  error?: string;
}

const LONGEST_CELL = 20_000;
const f = ts.factory;
const isConstant = (flags: ts.NodeFlags) => (flags & ts.NodeFlags.BlockScoped) !== 0;

function bindingNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((e) => (ts.isOmittedExpression(e) ? [] : bindingNames(e.name)));
}

function declaredNames(tree: ts.SourceFile): string[] {
  return tree.statements.flatMap((s) => {
    if (ts.isVariableStatement(s)) {
      return s.declarationList.declarations.flatMap((d) => bindingNames(d.name));
    }
    if (
      (ts.isFunctionDeclaration(s) && s.body) ||
      ts.isClassDeclaration(s) ||
      ts.isEnumDeclaration(s)
    ) {
      return s.name ? [s.name.text] : [];
    }
    return [];
  });
}

/** Names that a cell's imports bind; an awaiting cell must hand these out too. */
function importedNames(tree: ts.SourceFile): string[] {
  return tree.statements.flatMap((s) => {
    if (!ts.isImportDeclaration(s) || !s.importClause || s.importClause.isTypeOnly) return [];
    const { name, namedBindings } = s.importClause;
    const named = !namedBindings
      ? []
      : ts.isNamespaceImport(namedBindings)
        ? [namedBindings.name]
        : namedBindings.elements.filter((e) => !e.isTypeOnly).map((e) => e.name);
    return [...(name ? [name] : []), ...named].map((n) => n.text);
  });
}

function hasTopLevelAwait(tree: ts.SourceFile): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) {
      return true;
    }
    if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node)) return false;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(tree);
}

/** An import as text: var { a, b: c } = require("m"). @param own see compileCells */
function importText(s: ts.ImportDeclaration, own: ReadonlySet<string>): string {
  const { importClause: clause, moduleSpecifier: module } = s;
  if (!clause || clause.isTypeOnly || !ts.isStringLiteral(module)) return "";
  const call = `require(${JSON.stringify(module.text)})`;
  const out: string[] = [];
  if (clause.name) out.push(`var ${clause.name.text} = ${call}.default;`);
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) out.push(`var ${bindings.name.text} = ${call};`);
  if (bindings && ts.isNamedImports(bindings)) {
    const elements = bindings.elements.filter(
      (e) => !e.isTypeOnly && !(module.text === "solutions" && own.has(e.name.text)),
    );
    out.push(
      `var { ${elements.map((e) => (e.propertyName ? `${e.propertyName.getText()}: ${e.name.text}` : e.name.text)).join(", ")} ` +
        `} = ${call};`,
    );
  }
  return out.join(" ");
}

/** Imports and exports written as what a script may hold; every line stays where it is. */
function asScript(tree: ts.SourceFile, own: ReadonlySet<string>): string {
  let text = tree.text;
  const replace = (node: ts.Node, by: string) => {
    const start = node.getStart(tree);
    const old = text.slice(start, node.end);
    text = text.slice(0, start) + by + old.replace(/[^\n]/g, "") + text.slice(node.end);
  };
  for (const s of [...tree.statements].reverse()) {
    // from the end, so that positions hold
    if (ts.isImportDeclaration(s)) replace(s, importText(s, own));
    else if (ts.isExportDeclaration(s) || ts.isExportAssignment(s)) replace(s, "");
    else if (ts.canHaveModifiers(s)) {
      for (const m of [...(ts.getModifiers(s) ?? [])].reverse()) {
        if (m.kind === ts.SyntaxKind.ExportKeyword || m.kind === ts.SyntaxKind.DefaultKeyword) {
          replace(m, "");
        }
      }
    }
  }
  return text;
}

const after: ts.TransformerFactory<ts.SourceFile> = () => (file) =>
  f.updateSourceFile(
    file,
    file.statements.map((s) => {
      if (ts.isVariableStatement(s) && isConstant(s.declarationList.flags)) {
        return f.updateVariableStatement(
          s,
          s.modifiers,
          f.createVariableDeclarationList(s.declarationList.declarations, ts.NodeFlags.None),
        );
      }
      if (ts.isClassDeclaration(s) && s.name) {
        const value = f.createClassExpression(
          undefined,
          s.name,
          undefined,
          s.heritageClauses,
          s.members,
        );
        return f.createVariableStatement(
          undefined,
          f.createVariableDeclarationList([
            f.createVariableDeclaration(s.name, undefined, undefined, value),
          ]),
        );
      }
      return s;
    }),
  );

/**
 * A cell that awaits runs as an async function; its variables are the function's, and the global
 * ones are doors to them.
 */
function awaiting(code: string, names: string[]): string {
  const doors = names.map(
    (n) =>
      `${n}: { configurable: true, enumerable: true, get: () => ${n}, set: ` +
      `(value) => { ${n} = value; } }`,
  );
  return `(async () => { Object.defineProperties(globalThis, { ${doors.join(", ")} });${code}\n})()`;
}

/** A cell may await at its top level, which only a module may. */
const asModule = (file: ts.SourceFile) => {
  (file as unknown as { externalModuleIndicator: boolean }).externalModuleIndicator = true;
};

function parse(source: string): CompiledCell {
  const refused = (error: string): CompiledCell => ({
    code: "",
    awaits: false,
    declares: [],
    error,
  });
  if (source.length > LONGEST_CELL) {
    return refused(
      `the cell is ${source.length} characters long, more than ${LONGEST_CELL}, and was not run`,
    );
  }
  try {
    const tree = ts.createSourceFile(
      "cell.ts",
      source,
      { languageVersion: ts.ScriptTarget.ES2022, setExternalModuleIndicator: asModule },
      true,
    );
    const [wrong] = (tree as unknown as { parseDiagnostics: ts.DiagnosticWithLocation[] })
      .parseDiagnostics;
    if (wrong) {
      return refused(
        `line ${tree.getLineAndCharacterOfPosition(wrong.start).line + 1}: ` +
          `${ts.flattenDiagnosticMessageText(wrong.messageText, " ")}`,
      );
    }
    return { code: "", awaits: hasTopLevelAwait(tree), declares: declaredNames(tree), tree };
  } catch {
    return refused("the cell is nested too deeply and was not run");
  }
}

function emit(sources: string[]): string[] | undefined {
  // stands before each cell; the output is cut there
  const mark = `void "${randomBytes(12).toString("hex")}";`;
  const { outputText } = ts.transpileModule(sources.map((s) => `${mark}\n${s}\n`).join(""), {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      moduleDetection: ts.ModuleDetectionKind.Force,
      isolatedModules: true,
    },
    transformers: { after: [after] },
  });
  const parts = outputText.split(mark).slice(1);
  return parts.length === sources.length ? parts : undefined;
}

/**
 * @param own names of the lesson's exercises: an import of ours in place of one must not hide what
 *   was written
 */
export function compileCells(sources: string[], own: ReadonlySet<string>): CompiledCell[] {
  const cells = sources.map(parse);
  const texts = cells.map((c) => (c.tree ? asScript(c.tree, own) : ""));
  let parts: string[] | undefined;
  try {
    parts = emit(texts);
  } catch {
    /* one cell is too deep for the emitter: each on its own, below */
  }
  return cells.map((cell, i) => {
    if (!cell.tree) return cell;
    let code: string;
    try {
      code = parts?.[i] ?? emit([texts[i]!])![0]!;
    } catch {
      return {
        ...cell,
        tree: undefined,
        declares: [],
        error: "the cell is nested too deeply and was not run",
      };
    }
    return {
      ...cell,
      code: cell.awaits
        ? awaiting(code, [...new Set([...cell.declares, ...importedNames(cell.tree)])])
        : code,
    };
  });
}
