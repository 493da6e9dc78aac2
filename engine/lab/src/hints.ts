/**
 * Which hints of an exercise the reader has seen since the page was opened, whether on the exercise's
 * card or below a check: neither offers as new what the other one showed.
 */
import type { INotebookTracker } from "@jupyterlab/notebook";
import { Signal } from "@lumino/signaling";
import { cellMetadata } from "./lesson";

const HINT = /^Hint (\d+) of \d+$/;

/** The numbers of the hints seen, by exercise. */
const seen = new Map<string, Set<number>>();
const seenChanged = new Signal<object, string>({});

/** Notes that a hint, counted from 1, was seen. */
export function noteHint(name: string, hint: number): void {
  const numbers = seen.get(name) ?? new Set();
  seen.set(name, numbers.add(hint));
  seenChanged.emit(name);
}

export const isHintSeen = (name: string, hint: number): boolean =>
  seen.get(name)?.has(hint) ?? false;

/** Calls back whenever a hint of an exercise is seen, until the signal ends. */
export function onHint(name: string, call: () => void, signal: AbortSignal): void {
  const slot = (_: object, changed: string) => {
    if (changed === name) call();
  };
  seenChanged.connect(slot);
  signal.addEventListener("abort", () => seenChanged.disconnect(slot));
}

/** Notes the hints that readers open on the cards of exercises. */
export function watchCards(tracker: INotebookTracker): void {
  const note = ({ target }: Event) => {
    if (!(target instanceof HTMLDetailsElement) || !target.open) return;
    const [, hint] = HINT.exec(target.querySelector("summary")?.textContent.trim() ?? "") ?? [];
    const cells = tracker.find(({ node }) => node.contains(target))?.content.widgets ?? [];
    const at = cells.findIndex(({ node }) => node.contains(target));
    const exercise = cells[at + 1];
    if (!hint || !exercise) return;
    const { role, name } = cellMetadata(exercise);
    if (role === "exercise" && name) noteHint(name, Number(hint));
  };
  document.addEventListener("toggle", note, true); // it doesn't bubble
}
