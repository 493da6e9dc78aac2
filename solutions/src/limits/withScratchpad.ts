/**
 * Training data that writes down its steps, as Nye et al. 2021 proposed (arXiv:2112.00114): the
 * model answers after each step and reads its answer again.
 */
import { expectCount } from "../shared/shapes";

/**
 * Writes states and moves in turn: s₀ m₁ s₁ m₂ s₂ … m_T. The last state is only predicted.
 *   inputs   tokens 0 … kinds − 1 are the moves; a state s is the token kinds + s
 *   targets  at a move, the state after it as a class, s itself; at a state −100, which the loss
 *            ignores
 * @param moves whole numbers from 0 to kinds − 1
 * @param states the state after each move
 * @param kinds how many different moves there are
 * @param start the state before the first move, default 0
 * @returns inputs and targets, both 2·T long, empty if there are no moves
 * @throws when there are more or fewer states than moves, or a move isn't below kinds, with its
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
      `withScratchpad: expected moves from 0 to ${kinds - 1}, ` +
        `got ${moves[wrong]} at position ${wrong}`,
    );
  }
  // yours
  const before = [start, ...states.slice(0, -1)]; // the state before each move
  const inputs = moves.flatMap((move, t) => [kinds + before[t]!, move]);
  const targets = states.flatMap((state) => [-100, state]);
  return { inputs, targets };
}
