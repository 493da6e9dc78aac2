/** Imports and exports of a cell, written as what a script may hold. */
import ts from "typescript";

/** Names that a cell's imports bind; an awaiting cell must hand these out too. */
export function importedNames(tree: ts.SourceFile): string[] {
  return tree.statements.flatMap((s) => {
    if (!ts.isImportDeclaration(s) || !s.importClause || s.importClause.isTypeOnly) return [];
    const { name, namedBindings } = s.importClause;
    const names = [...(name ? [name] : []), ...boundNames(namedBindings)];
    return names.map((n) => n.text);
  });
}

function boundNames(bindings: ts.NamedImportBindings | undefined): ts.Identifier[] {
  if (!bindings) return [];
  if (ts.isNamespaceImport(bindings)) return [bindings.name];
  return bindings.elements.filter((e) => !e.isTypeOnly).map((e) => e.name);
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
    const hides = (e: ts.ImportSpecifier) => module.text === "solutions" && own.has(e.name.text);
    const elements = bindings.elements.filter((e) => !e.isTypeOnly && !hides(e));
    out.push(`var { ${elements.map(elementText).join(", ")} } = ${call};`);
  }
  return out.join(" ");
}

const elementText = ({ name, propertyName }: ts.ImportSpecifier) =>
  propertyName ? `${propertyName.getText()}: ${name.text}` : name.text;

/** Every line stays where it is. @param own see compileCells */
export function asScript(tree: ts.SourceFile, own: ReadonlySet<string>): string {
  let text = tree.text;
  const replace = (node: ts.Node, by: string) => {
    const start = node.getStart(tree);
    const old = text.slice(start, node.end);
    text = text.slice(0, start) + by + old.replace(/[^\n]/g, "") + text.slice(node.end);
  };
  // from the end, so that positions hold
  for (const s of [...tree.statements].reverse()) {
    if (ts.isImportDeclaration(s)) replace(s, importText(s, own));
    else if (ts.isExportDeclaration(s) || ts.isExportAssignment(s)) replace(s, "");
    else if (ts.canHaveModifiers(s)) {
      for (const m of [...(ts.getModifiers(s) ?? [])].reverse()) {
        if (isExport(m)) replace(m, "");
      }
    }
  }
  return text;
}

const isExport = ({ kind }: ts.Modifier) =>
  kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword;
