/** The captions of a lesson's figures, as its cells hand them to the functions that draw. */
import { compiler, parseSource } from "course/definition";
import type TypeScript from "typescript";
import { roleOf, type Block } from "../lesson/markdown.js";

/** A stretch of Markdown and its first line. */
export interface Piece {
  markdown: string;
  line: number;
}

/** What a lesson's cells say about captions. */
export interface CaptionReader {
  /** Functions that draw, and which of their arguments is the caption. */
  drawing: Map<string, number>;
  /** Constants, by name. */
  constants: Map<string, TypeScript.Expression>;
  /** Stands for what a template computes. */
  computed: string;
}

/** Functions of the course that draw: their caption comes first. */
const DRAWING = ["show", "live", "control"];

/** The code of a lesson's cells. */
export const cellsIn = (blocks: Block[]): string[] =>
  blocks.flatMap((block) => {
    if (block.type === "container") return cellsIn(block.inner);
    return block.type === "fence" && roleOf(block.info) ? [block.content] : [];
  });

/** Finds constants, and the lesson's own functions that hand a parameter on as a caption. */
export function readCaptions(cells: string[], computed: string): CaptionReader {
  const ts = compiler();
  const constants: CaptionReader["constants"] = new Map();
  const drawing: CaptionReader["drawing"] = new Map(DRAWING.map((name) => [name, 0]));
  const visit = (node: TypeScript.Node): void => {
    if (ts.isFunctionDeclaration(node) && node.name) addDrawing(node.name.text, node);
    if (ts.isVariableDeclaration(node) && node.initializer) {
      const { initializer } = node;
      const name = node.name.getText();
      if (ts.isArrowFunction(initializer)) addDrawing(name, initializer);
      else constants.set(name, initializer);
    }
    ts.forEachChild(node, visit);
  };
  const addDrawing = (name: string, f: TypeScript.SignatureDeclaration) => {
    const parameters = f.parameters.map((parameter) => parameter.name.getText());
    for (const caption of captionArguments(f, drawing)) {
      const index = parameters.indexOf(caption.getText());
      if (index >= 0) drawing.set(name, index);
    }
  };
  for (const cell of cells) visit(parseSource(cell));
  return { drawing, constants, computed };
}

/** What the calls of drawing functions within a node have as a caption. */
function captionArguments(
  node: TypeScript.Node,
  drawing: CaptionReader["drawing"],
): TypeScript.Expression[] {
  const ts = compiler();
  const found: TypeScript.Expression[] = [];
  const visit = (inner: TypeScript.Node): void => {
    if (ts.isCallExpression(inner)) {
      const index = drawing.get(inner.expression.getText());
      const caption = index === undefined ? undefined : inner.arguments[index];
      if (caption) found.push(caption);
    }
    ts.forEachChild(inner, visit);
  };
  visit(node);
  return found;
}

/** The captions in a cell's code; what a template computes counts as an inline result. */
export function captionsOf(code: string, fence: number, reader: CaptionReader): Piece[] {
  const file = parseSource(code);
  return captionArguments(file, reader.drawing).flatMap((caption) => {
    const markdown = captionText(caption, reader);
    const { line } = file.getLineAndCharacterOfPosition(caption.getStart());
    return markdown ? [{ markdown, line: fence + 1 + line }] : [];
  });
}

function captionText(caption: TypeScript.Expression, reader: CaptionReader): string | undefined {
  const ts = compiler();
  const given = ts.isIdentifier(caption) ? reader.constants.get(caption.text) : caption;
  if (given === undefined) return undefined;
  if (ts.isStringLiteralLike(given)) return given.text;
  if (ts.isBinaryExpression(given)) return joinedText(given, reader);
  if (!ts.isTemplateExpression(given)) return undefined;
  return (
    given.head.text +
    given.templateSpans.map(({ literal }) => reader.computed + literal.text).join("")
  );
}

/** A caption over several lines of code: "a " + "b". */
function joinedText(
  { left, operatorToken, right }: TypeScript.BinaryExpression,
  reader: CaptionReader,
): string | undefined {
  if (operatorToken.kind !== compiler().SyntaxKind.PlusToken) return undefined;
  const [first, second] = [captionText(left, reader), captionText(right, reader)];
  return first === undefined || second === undefined ? undefined : first + second;
}
