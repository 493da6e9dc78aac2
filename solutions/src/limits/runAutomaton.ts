/**
 * A finite automaton: what a loop with one variable computes, and what a Transformer of fixed depth
 * finds hard (Liu et al. 2022, arXiv:2210.10749).
 */

/**
 * The state after each move: state = table[move][state], one move after another. Parity has the
 * table [[0, 1], [1, 0]].
 * @param table table[move][state] is the next state; all rows as long as there are states
 * @param moves ids of rows of the table
 * @param start the state before the first move, 0 unless given
 * @returns as many states as moves
 * @throws at a move that the table does not have, with its position, or when start is no state
 */
export function runAutomaton(table: number[][], moves: number[], start = 0): number[] {
  const states = table[0]?.length ?? 0;
  if (!Number.isInteger(start) || start < 0 || start >= states) {
    throw new Error(
      `runAutomaton: expected start to be a state from 0 to ${states - 1}, got ${start}`,
    );
  }
  const wrong = moves.findIndex(
    (move) => !Number.isInteger(move) || move < 0 || move >= table.length,
  );
  if (wrong >= 0) {
    throw new Error(
      `runAutomaton: expected moves from 0 to ${table.length - 1}, got ${moves[wrong]} at ` +
        `position ${wrong}`,
    );
  }
  // yours
  let state = start;
  return moves.map((move) => (state = table[move]![state]!));
}
