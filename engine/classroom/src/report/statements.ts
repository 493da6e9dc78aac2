/**
 * Code as statements of tokens, so that what does nothing can be left out: whoever puts `void 0;`,
 * an unused constant or the same call after each line of a copied answer changes nothing.
 *
 * Statements are cut at semicolons and braces, without a parser: code that doesn't parse, or
 * attacks, is cut too.
 */
import ts from "typescript";

const { SyntaxKind } = ts;

export interface Token {
  /** One for all names, one for all numbers. */
  kind: number;
  /** The text of a name, else "". */
  name: string;
  /** Whether it begins a line. */
  isFirst: boolean;
}

const OPENING = new Set<number>([SyntaxKind.OpenParenToken, SyntaxKind.OpenBracketToken]);
const CLOSING = new Set<number>([SyntaxKind.CloseParenToken, SyntaxKind.CloseBracketToken]);
const BRACES = new Set<number>([SyntaxKind.OpenBraceToken, SyntaxKind.CloseBraceToken]);
const DECLARING = new Set<number>([
  SyntaxKind.ConstKeyword,
  SyntaxKind.LetKeyword,
  SyntaxKind.VarKeyword,
]);

/** What a value is made of that is computed without an effect. */
const PLAIN = new Set<number>([
  SyntaxKind.NumericLiteral,
  SyntaxKind.BigIntLiteral,
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.Identifier,
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
  SyntaxKind.NullKeyword,
  SyntaxKind.VoidKeyword,
  SyntaxKind.TypeOfKeyword,
  SyntaxKind.OpenParenToken,
  SyntaxKind.CloseParenToken,
  SyntaxKind.OpenBracketToken,
  SyntaxKind.CloseBracketToken,
  SyntaxKind.DotToken,
  SyntaxKind.CommaToken,
  SyntaxKind.ExclamationToken,
  SyntaxKind.TildeToken,
  SyntaxKind.PlusToken,
  SyntaxKind.MinusToken,
  SyntaxKind.AsteriskToken,
  SyntaxKind.SlashToken,
  SyntaxKind.PercentToken,
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.LessThanToken,
  SyntaxKind.GreaterThanToken,
]);
/** A parenthesis after one of these is a call. */
const CALLED = new Set<number>([
  SyntaxKind.Identifier,
  SyntaxKind.CloseParenToken,
  SyntaxKind.CloseBracketToken,
]);

function isPlain(tokens: Token[]): boolean {
  return tokens.every(({ kind }, i) => {
    if (!PLAIN.has(kind)) return false;
    const before = tokens[i - 1]?.kind ?? -1;
    return kind !== SyntaxKind.OpenParenToken || !CALLED.has(before);
  });
}

/** Whether a statement does nothing. @param uses how often each name is in the code */
function isIdle(tokens: Token[], uses: Map<string, number>): boolean {
  const [first, second, third] = tokens;
  if (!first || !DECLARING.has(first.kind)) return isPlain(tokens);
  if (second?.kind !== SyntaxKind.Identifier || uses.get(second.name) !== 1) return false;
  return third === undefined || (third.kind === SyntaxKind.EqualsToken && isPlain(tokens.slice(3)));
}

/** What can begin a line that goes on with the one above. */
const isContinuation = ({ kind }: Token) =>
  kind >= SyntaxKind.FirstPunctuation && kind <= SyntaxKind.LastPunctuation;

/** A statement, or a brace, with the semicolon that ends it. */
interface Statement {
  tokens: Token[];
  isEnded: boolean;
}

function cut(tokens: Token[], uses: Map<string, number>): Statement[] {
  const statements: Statement[] = [];
  let current: Token[] = [];
  let depth = 0;
  const end = (isEnded: boolean) => {
    if (current.length > 0 || isEnded) statements.push({ tokens: current, isEnded });
    current = [];
  };
  for (const token of tokens) {
    const { kind, isFirst } = token;
    // without semicolons, a line that does nothing ends where the next one begins
    if (isFirst && depth === 0 && current.length > 0 && !isContinuation(token)) {
      if (isIdle(current, uses)) end(true);
    }
    if (OPENING.has(kind)) depth++;
    if (CLOSING.has(kind)) depth = Math.max(0, depth - 1);
    if (BRACES.has(kind)) {
      end(false);
      statements.push({ tokens: [token], isEnded: false });
    } else if (kind === SyntaxKind.SemicolonToken && depth === 0) end(true);
    else current.push(token);
  }
  end(false);
  return statements;
}

const keyOf = ({ tokens }: Statement) => tokens.map(({ kind }) => kind).join(" ");
/** A statement that comes so often, but for its names and numbers, is there to fill. */
const MANY = 4;
const isBrace = ({ tokens }: Statement) => tokens.length === 1 && BRACES.has(tokens[0]!.kind);

/** The statements that do something, each as the kinds of its tokens. */
export function workingStatements(tokens: Token[]): number[][] {
  const uses = new Map<string, number>();
  for (const { name } of tokens) if (name !== "") uses.set(name, (uses.get(name) ?? 0) + 1);
  const statements = cut(tokens, uses).filter(
    (s) => !(s.isEnded || s.tokens[0]?.kind === SyntaxKind.VoidKeyword) || !isIdle(s.tokens, uses),
  );
  const counts = new Map<string, number>();
  for (const s of statements) counts.set(keyOf(s), (counts.get(keyOf(s)) ?? 0) + 1);
  const kept = statements.filter((s) => isBrace(s) || counts.get(keyOf(s))! < MANY);
  return kept.map(({ tokens: own, isEnded }) => [
    ...own.map(({ kind }) => kind),
    ...(isEnded ? [SyntaxKind.SemicolonToken] : []),
  ]);
}
