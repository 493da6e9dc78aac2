/** Long loops: a progress bar, and a way to stop. */
import { randomBytes } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { device } from "./device";
import { escapeHtml } from "./figures/html";
import { cellSignal, display } from "./kernel";

const EVERY_MS = 100;

const duration = (ms: number) =>
  ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;

/** A progress bar: one output, replaced at most ten times a second. */
export function progressBar(
  label: string,
  of: number,
): { set(done: number, note?: string): void; end(done: number, note: string): void } {
  const id = `progress-${randomBytes(8).toString("hex")}`;
  const start = Date.now();
  let shown = 0;
  let last = 0;
  const draw = (done: number, note: string) => {
    const text = `${label}: ${note}, ${duration(Date.now() - start)}`;
    const bar =
      `<progress value="${done}" max="${of}" aria-label="${escapeHtml(label)}" style="width: ` +
      `16em; accent-color: var(--jp-brand-color1, #0072b2)"></progress>`;
    display(
      { "text/html": `<div>${bar} <span>${escapeHtml(text)}</span></div>`, "text/plain": text },
      id,
      shown++ > 0,
    );
    last = Date.now();
  };
  draw(0, `0 of ${of}`);
  return {
    set: (done, note = `${done} of ${of}`) => {
      if (Date.now() - last >= EVERY_MS) draw(done, note);
    },
    end: draw,
  };
}

/**
 * Counts from 0 to count − 1 under a progress bar: `for await (const i of steps(300, "training"))
 * …`. Between two steps the notebook gets its turn, so that Interrupt (■) works: the loop then ends
 * with an error.
 * @param options.enough on a slow device (plain CPU, WebGPU without a graphics card) the loop ends
 *   after so many; the bar says so
 * @throws when count or enough is no whole number from 0
 */
export async function* steps(
  count: number,
  label: string,
  { enough = count }: { enough?: number } = {},
): AsyncGenerator<number, void, undefined> {
  for (const [name, n] of Object.entries({ count, enough })) {
    if (!Number.isInteger(n) || n < 0) {
      throw new Error(`steps: expected ${name} as a whole number from 0, got ${n}`);
    }
  }
  if (enough < count && device().slow) {
    yield* steps(
      enough,
      `${label} (in place of ${count} steps, since ${device().label} is slow here)`,
    );
    return;
  }
  const signal = cellSignal();
  const bar = progressBar(label, count);
  let done = 0;
  try {
    for (; done < count; done++) {
      await setImmediate();
      signal.throwIfAborted();
      yield done;
      bar.set(done + 1);
    }
  } finally {
    bar.end(done, done === count ? `${count} of ${count}` : `stopped after ${done} of ${count}`);
  }
}
