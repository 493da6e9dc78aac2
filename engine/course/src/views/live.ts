/** A figure that changes while a loop runs. */
import { randomUUID } from "node:crypto";
import type { Figure } from "../figures/figure";
import { beforeEnd, display } from "../kernel";
import { bundleOf } from "../show";

/** Five figures per second are enough for the eye, and cost a training run little. */
const UPDATE_INTERVAL_MS = 200;

export interface Live {
  /**
   * Shows another figure in the place of the last one, five times per second at most; the last one
   * before the cell ends always shows. Give a function where the figure takes time to make: it's
   * called only when it's shown.
   */
  update(figure: Figure | (() => Figure)): void;
}

/**
 * Shows a figure that `update` replaces while a loop runs:
 *
 *     const board = live("The loss falls.", lines([{ name: "loss", y: losses }]));
 *     … board.update(() => lines([{ name: "loss", y: losses }]));
 *
 * @throws as show does
 */
export function live(caption: string, figure: Figure): Live {
  const id = `live-${randomUUID()}`;
  display(bundleOf("live", caption, figure), id);
  let last = Date.now();
  let waiting: Figure | (() => Figure) | undefined;
  let isPlanned = false;
  const draw = () => {
    if (waiting === undefined) return;
    const next = typeof waiting === "function" ? waiting() : waiting;
    waiting = undefined;
    display(bundleOf("live", caption, next), id, true);
    last = Date.now();
  };
  return {
    update(next) {
      waiting = next;
      if (Date.now() - last >= UPDATE_INTERVAL_MS) draw();
      else if (!isPlanned) {
        isPlanned = true;
        beforeEnd(() => {
          isPlanned = false;
          draw();
        });
      }
    },
  };
}
