/** Long loops: a progress bar, and a way to stop. */
import { randomBytes } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { device } from "./devices/device";
import { escapeHtml } from "./figures/html";
import { cellSignal, display } from "./kernel";

const REDRAW_INTERVAL_MS = 100;

const duration = (ms: number) =>
  ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;

export interface ProgressBar {
  /** Draws the bar, unless it was drawn less than a tenth of a second ago. */
  set(done: number, note?: string): void;
  end(done: number, note: string): void;
}

/** A progress bar: one output, replaced at most ten times per second. */
export function progressBar(label: string, of: number): ProgressBar {
  const id = `progress-${randomBytes(8).toString("hex")}`;
  const start = Date.now();
  let shown = false;
  let last = 0;
  const draw = (done: number, note: string) => {
    const text = `${label}: ${note}, ${duration(Date.now() - start)}`;
    display({ "text/html": barHtml(label, done, of, text), "text/plain": text }, id, shown);
    shown = true;
    last = Date.now();
  };
  draw(0, `0 of ${of}`);
  return {
    set: (done, note = `${done} of ${of}`) => {
      if (Date.now() - last >= REDRAW_INTERVAL_MS) draw(done, note);
    },
    end: draw,
  };
}

function barHtml(label: string, done: number, of: number, text: string): string {
  // once it's full, its line is enough; pages and slides know the output by the element
  const hidden = done === of ? "hidden " : "";
  const name = `${hidden}aria-label="${escapeHtml(label)}"`;
  const style = `style="width: 16em; accent-color: var(--jp-brand-color1, #0072b2)"`;
  const bar = `<progress value="${done}" max="${of}" ${name} ${style}></progress>`;
  return `<div>${bar} <span>${escapeHtml(text)}</span></div>`;
}

/**
 * Counts from 0 to count − 1 under a progress bar:
 *
 *     for await (const i of steps(300, "training")) …
 *
 * The notebook gets a turn between two steps, so Interrupt (■) works: the loop then ends with an
 * error.
 * @param options.enough on a slow device (plain CPU, WebGPU without a graphics card), the loop ends
 *   after this many steps, and the bar says so
 * @throws when count or enough isn't a whole number from 0
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
    const why = `(in place of ${count} steps, since ${device().label} is slow here)`;
    yield* steps(enough, `${label} ${why}`);
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
