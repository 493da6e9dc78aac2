/**
 * A finite automaton: easy for a loop with one variable, hard for a Transformer of fixed depth (Liu
 * et al. 2022, arXiv:2210.10749).
 */

/**
 * The state after each move: state = table[move][state], one move after another.
 * Parity has the table [[0, 1], [1, 0]].
 * @param table table[move][state] is the next state; every row has one entry per state
 * @param moves rows of the table
 * @param start the state before the first move, default 0
 * @returns as many states as moves
 * @throws when a move isn't in the table, with its position, or start isn't a state
 */
export function runAutomaton(table: number[][], moves: number[], start = 0): number[] {
  const isBelow = (n: number, end: number) => Number.isInteger(n) && n >= 0 && n < end;
  const states = table[0]?.length ?? 0;
  if (!isBelow(start, states)) {
    throw new Error(
      `runAutomaton: expected start to be a state from 0 to ${states - 1}, got ${start}`,
    );
  }
  const wrong = moves.findIndex((move) => !isBelow(move, table.length));
  if (wrong >= 0) {
    throw new Error(
      `runAutomaton: expected moves from 0 to ${table.length - 1}, ` +
        `got ${moves[wrong]} at position ${wrong}`,
    );
  }
  // yours
  let state = start;
  return moves.map((move) => (state = table[move]![state]!));
}
