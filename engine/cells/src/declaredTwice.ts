/**
 * A name that a cell declares more than once, which stops the cell in a notebook and when grading:
 * what TypeScript reports, in words that say what to do. TypeScript itself only says that the name
 * can't be declared again.
 */
import type { Diagnostic } from "typescript";

/** "Duplicate identifier" and "Cannot redeclare block-scoped variable". */
export const DECLARED_TWICE_CODES: readonly number[] = [2300, 2451];

/** @returns what is wrong and what to do, or undefined for a diagnostic of anything else */
export function declaredTwice(
  text: string,
  { code, start = 0, length = 0 }: Pick<Diagnostic, "code" | "start" | "length">,
): string | undefined {
  if (!DECLARED_TWICE_CODES.includes(code)) return undefined;
  const name = text.slice(start, start + length);
  return (
    `${name} is declared more than once here. ` +
    "Remove all but one of the declarations, or rename them."
  );
}
