/**
 * Cells run one after the other. After an error those that wait are cancelled, as Jupyter wants it,
 * but only those that were sent together with the failed one: its reply waits until they have
 * arrived, so what is sent after a reply always runs.
 */
import { setTimeout } from "node:timers/promises";

const STILL_ARRIVING_MS = 20;
export const CANCELLED = Symbol("cancelled");

export function createQueue() {
  let last = Promise.resolve();
  let generation = 0;

  /**
   * @param run gives { failed: whether those that wait are cancelled }
   * @param isPatient whether it runs even after one before it has failed
   */
  return function inTurn(run, isPatient = false) {
    const arrivedIn = generation;
    const turn = last.then(async () => {
      if (!isPatient && arrivedIn !== generation) return CANCELLED;
      const result = await run();
      if (result.failed) {
        await setTimeout(STILL_ARRIVING_MS);
        generation++;
      }
      return result;
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}
