/** Long work in turns with everything else that this process does: a server answers meanwhile. */
import { setImmediate } from "node:timers/promises";

/** A turn takes a few milliseconds. */
const ITEMS_PER_TURN = 8;

export async function* inTurns<T>(all: Iterable<T>): AsyncGenerator<T> {
  let count = 0;
  for (const one of all) {
    if (count++ % ITEMS_PER_TURN === 0) await setImmediate();
    yield one;
  }
}
