/** From places in running code back to lines of cells. */
import { decode, type SourceMapMappings } from "@jridgewell/sourcemap-codec";
import { firstLine, type CompiledCell } from "./compile";

/** Line and column, counted from 1. */
export interface Position {
  line: number;
  column: number;
}

/** The positions of one compiled cell. */
export function positionsOf({ map }: CompiledCell): (at: Position) => Position | undefined {
  let lines: SourceMapMappings | undefined;
  return ({ line, column }) => {
    lines ??= decode((JSON.parse(map) as { mappings: string }).mappings);
    const segments = lines[line - firstLine] ?? [];
    const nearest = segments.findLast(([from]) => from <= column - 1) ?? segments[0];
    if (nearest?.length !== 4 && nearest?.length !== 5) return undefined;
    return { line: nearest[2] + 1, column: nearest[3] + 1 };
  };
}

/** How an engine writes a frame of a cell, or of code without a number. */
const CELL_FRAME = /((?:cell|aside)-\d+):(\d+):(\d+)/;

/**
 * The frames of a stack that help a student: cells in their own lines, and what `keep` leaves of
 * the others.
 * @param find the positions of a cell by its file
 */
export function frames(
  stack: string,
  find: (file: string) => ((at: Position) => Position | undefined) | undefined,
  keep: (line: string) => string | undefined,
): string[] {
  const out: string[] = [];
  for (const line of stack.split("\n").filter((l) => /^\s+at /.test(l))) {
    const at = CELL_FRAME.exec(line);
    const kept = at ? cellFrame(line, at, find(at[1]!)) : keep(line);
    if (kept !== undefined) out.push(kept);
  }
  return out;
}

function cellFrame(
  line: string,
  at: RegExpExecArray,
  find: ReturnType<typeof positionsOf> | undefined,
) {
  const position = find?.({ line: Number(at[2]), column: Number(at[3]) });
  if (!position) return undefined;
  const name = /at (?:async )?(?:Object\.)?(.+?) \(/.exec(line)?.[1];
  const where = `${at[1]}, line ${position.line}:${position.column}`;
  const isNamed = name !== undefined && name !== "<anonymous>" && name !== "eval";
  return isNamed ? `    at ${name} (${where})` : `    at ${where}`;
}
