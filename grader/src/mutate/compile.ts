/**
 * Compiles a mutant, with a count of its steps: one for each turn of a loop and each call of a
 * function of its own. A mutant that takes far more steps than the solution is stopped, so that
 * endless loops end.
 */
import ts from "typescript";
import type { AnyFunction } from "../exercise/value";
import { runModule } from "../exercise/versions";

const TICK = "__tick";

export class TooManySteps extends Error {
  constructor() {
    super("it takes far more steps than the solution");
  }
}

export interface Steps {
  taken: number;
  most: number;
}

const counting: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  const f = context.factory;
  const tick = () =>
    f.createExpressionStatement(f.createCallExpression(f.createIdentifier(TICK), undefined, []));
  const visit = (node: ts.Node): ts.Node => {
    const seen = ts.visitEachChild(node, visit, context);
    // mutants give new values to what the solution declares once
    if (ts.isVariableDeclarationList(seen) && (seen.flags & ts.NodeFlags.BlockScoped) !== 0) {
      return f.createVariableDeclarationList(seen.declarations, ts.NodeFlags.Let);
    }
    const isBody =
      ts.isBlock(seen) &&
      (ts.isFunctionLike(node.parent) || ts.isIterationStatement(node.parent, false));
    if (isBody) return f.updateBlock(seen, [tick(), ...seen.statements]);
    const isLoopsOnly =
      node.parent && ts.isIterationStatement(node.parent, false) && ts.isStatement(seen);
    const isLoopsStatement = isLoopsOnly && node === node.parent.statement;
    return isLoopsStatement ? f.createBlock([tick(), seen]) : seen;
  };
  return ts.visitNode(file, visit) as ts.SourceFile;
};

/**
 * @param distFile the solution as built, where the mutant's imports are found from
 * @returns the function of that name
 * @throws when the text cannot be loaded
 */
export function compileCounting(
  source: string,
  distFile: string,
  name: string,
  steps: Steps,
): AnyFunction {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
    transformers: { before: [counting] },
  });
  const tick = () => {
    if (++steps.taken > steps.most) throw new TooManySteps();
  };
  return runModule(outputText, distFile, { [TICK]: tick })[name] as AnyFunction;
}
