/**
 * Training data that writes its steps down, as Nye et al. 2021 proposed (arXiv:2112.00114): the
 * answer is asked for after each step, and read again.
 */
import { expectCount } from "../shared/shapes";

/**
 * States and moves in turn, s₀ m₁ s₁ m₂ s₂ … m_T: the last state is asked for and need not be read.
 * A state s is the token `kinds` + s, since tokens 0 … kinds − 1 are the moves. What is asked for
 * at a move is the state after it as a class, s itself; at a state nothing is asked: −100, which
 * the loss leaves out.
 * @param moves whole numbers from 0 to kinds − 1
 * @param states the state after each move
 * @param kinds how many different moves there are
 * @param start the state before the first move, 0 unless given
 * @returns inputs and targets, both 2·T long, empty when there are no moves
 * @throws when there are more or fewer states than moves, or a move is not below kinds, with its
 *   position
 */
export function withScratchpad(
  moves: number[],
  states: number[],
  kinds: number,
  start = 0,
): { inputs: number[]; targets: number[] } {
  expectCount("withScratchpad", "kinds", kinds);
  if (states.length !== moves.length) {
    throw new Error(
      `withScratchpad: expected as many states as moves, ${moves.length}, got ${states.length}`,
    );
  }
  const wrong = moves.findIndex((move) => !Number.isInteger(move) || move < 0 || move >= kinds);
  if (wrong >= 0) {
    throw new Error(
      `withScratchpad: expected moves from 0 to ${kinds - 1}, got ${moves[wrong]} at ` +
        `position ${wrong}`,
    );
  }
  // yours
  const before = [start, ...states.slice(0, -1)]; // the state that each move finds
  const inputs = moves.flatMap((move, t) => [kinds + before[t]!, move]);
  const targets = states.flatMap((state) => [-100, state]);
  return { inputs, targets };
}
