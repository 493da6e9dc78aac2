/**
 * Code as a list of tokens without names: who renames, reformats and comments changes nothing.
 * TypeScript's scanner reads anything, so code that doesn't parse has tokens too.
 */
import ts from "typescript";

/** Of a longer answer, the rest is not compared. */
const MAX_CHARACTERS = 60_000;

const { SyntaxKind } = ts;

/** The brackets of `${…}` in templates, so that a template is read as one. */
class Templates {
  private readonly depths: number[] = [];
  private depth = 0;

  /** Whether this token ends a `${…}`, after which the template goes on. */
  isEnd(kind: ts.SyntaxKind): boolean {
    if (kind === SyntaxKind.TemplateHead) this.depths.push(this.depth);
    if (kind === SyntaxKind.OpenBraceToken) this.depth++;
    if (kind !== SyntaxKind.CloseBraceToken) return false;
    if (this.depths.length > 0 && this.depths.at(-1) === this.depth) return true;
    this.depth = Math.max(0, this.depth - 1);
    return false;
  }

  ended(): void {
    this.depths.pop();
  }
}

/** @returns a number for each token: the kind of it, one for all names, one for all numbers */
export function tokensOf(code: string): number[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard);
  scanner.setOnError(() => undefined);
  scanner.setText(code.slice(0, MAX_CHARACTERS));
  const templates = new Templates();
  const kinds: number[] = [];
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (templates.isEnd(kind)) {
      kind = scanner.reScanTemplateToken(false);
      if (kind === SyntaxKind.TemplateTail) templates.ended();
    }
    kinds.push(kind === SyntaxKind.PrivateIdentifier ? SyntaxKind.Identifier : kind);
  }
  return kinds;
}
