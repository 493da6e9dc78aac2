/**
 * What a notebook says about a definition that an answer may use: signature, first sentence,
 * docstring, and the types that the signature names. All of it is read from the source.
 */
import { compiler, textOf } from "course/definition";
import type TypeScript from "typescript";

export interface Brief {
  /** "add(a: number, b = 1): number"; absent for a type. */
  signature?: string;
  /** The docstring's first sentence; empty without a docstring. */
  says: string;
  /** A function's docstring and signature, empty without one; a type's docstring and fields. */
  declaration: string;
  /** Names of the types that signature or fields mention. */
  types: string[];
}

/** @param own the name's statements, of a function its overloads */
export function briefOf(own: TypeScript.Statement[], name: string): Brief {
  const ts = compiler();
  const [first] = own as [TypeScript.Statement, ...TypeScript.Statement[]];
  const says = firstSentence(docOf(first));
  if (ts.isInterfaceDeclaration(first) || ts.isTypeAliasDeclaration(first)) {
    return { says, declaration: textOf(first), types: typeNames([first]) };
  }
  const f = functionOf(first);
  if (!f) return { signature: name, says, declaration: "", types: [] };
  const parts = [...(f.typeParameters ?? []), ...f.parameters, ...(f.type ? [f.type] : [])];
  const signature = signatureText(f, name);
  const [doc] = /^\/\*\*[\s\S]*?\*\//.exec(textOf(first)) ?? [];
  const declaration = doc === undefined ? "" : `${doc}\nfunction ${signature};`;
  return { signature, says, declaration, types: typeNames(parts) };
}

type Func = TypeScript.FunctionDeclaration | TypeScript.ArrowFunction;

function functionOf(s: TypeScript.Statement): Func | undefined {
  const ts = compiler();
  if (ts.isFunctionDeclaration(s)) return s;
  if (!ts.isVariableStatement(s)) return undefined;
  const value = s.declarationList.declarations[0]?.initializer;
  return value && ts.isArrowFunction(value) ? value : undefined;
}

function signatureText(f: Func, name: string): string {
  const list = (nodes: readonly TypeScript.Node[]) => nodes.map((n) => n.getText()).join(", ");
  const generics = f.typeParameters ? `<${list(f.typeParameters)}>` : "";
  const result = f.type ? `: ${f.type.getText()}` : "";
  return `${name}${generics}(${list(f.parameters)})${result}`.replace(/\s+/g, " ");
}

function docOf(s: TypeScript.Statement): string {
  const ts = compiler();
  const doc = ts.getJSDocCommentsAndTags(s).findLast((d) => ts.isJSDoc(d) && d.parent === s);
  return (doc && ts.getTextOfJSDocComment(doc.comment)) ?? "";
}

/**
 * Ends at a full stop before a line's end or a capital letter, or before the formulas or the list
 * that its colon announces.
 */
function firstSentence(doc: string): string {
  const [announced] = /^[\s\S]+?:(?=\n(?: {2}|- ))/.exec(doc) ?? [];
  const [sentence] = /^[\s\S]*?[.!?](?=\n|\s+[A-Z"(]|\s*$)/.exec(doc) ?? [doc.split("\n\n")[0]!];
  const short = announced !== undefined && announced.length < sentence.length;
  return (short ? announced.replace(/:$/, ".") : sentence).replace(/\s+/g, " ").trim();
}

function typeNames(nodes: TypeScript.Node[]): string[] {
  const ts = compiler();
  const names = new Set<string>();
  const visit = (node: TypeScript.Node): void => {
    if (ts.isTypeReferenceNode(node)) names.add(node.typeName.getText());
    if (ts.isExpressionWithTypeArguments(node)) names.add(node.expression.getText());
    ts.forEachChild(node, visit);
  };
  nodes.forEach(visit);
  return [...names];
}
