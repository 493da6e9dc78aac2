/** Private solutions in the form in which the course's own are built: CommonJS and declarations. */
import ts from "typescript";

const compilerOptions: ts.CompilerOptions = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ES2022,
  esModuleInterop: true,
};

export interface Compiled {
  js: string;
  /** Signatures and docstrings. */
  declarations: string;
}

/**
 * Compiles one file by itself; types are not checked.
 * @throws with file and line for what isn't TypeScript
 */
export function compile(source: string, fileName: string): Compiled {
  const { outputText, diagnostics = [] } = ts.transpileModule(source, {
    compilerOptions,
    fileName,
    reportDiagnostics: true,
  });
  const [wrong] = diagnostics;
  if (wrong) {
    const { line } = wrong.file!.getLineAndCharacterOfPosition(wrong.start ?? 0);
    const says = ts.flattenDiagnosticMessageText(wrong.messageText, " ");
    throw new Error(`${fileName}:${line + 1}: ${says}`);
  }
  const declarations = ts.transpileDeclaration(source, {
    compilerOptions: { ...compilerOptions, declaration: true },
    fileName,
  });
  return { js: outputText, declarations: declarations.outputText };
}
