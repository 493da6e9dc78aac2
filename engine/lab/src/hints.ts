/**
 * Which hints of an exercise are open, and which the reader has seen since the page was opened. The
 * exercise's card and its check's report show the same ones, whichever of both opened them.
 */
import type { Cell } from "@jupyterlab/cells";
import type { INotebookTracker, NotebookPanel } from "@jupyterlab/notebook";
import { Signal } from "@lumino/signaling";
import { cellMetadata, watchLessons } from "./lesson";

const HINT = /^Hint (\d+) of \d+$/;

/** Whether each hint that was seen, counted from 1, is open, by exercise. */
const seen = new Map<string, Map<number, boolean>>();
const hintsChanged = new Signal<object, string>({});

/** Opens or closes a hint, counted from 1. */
export function setHint(name: string, hint: number, isOpen: boolean): void {
  if (isHintOpen(name, hint) === isOpen) return;
  seen.set(name, (seen.get(name) ?? new Map<number, boolean>()).set(hint, isOpen));
  hintsChanged.emit(name);
}

export const isHintSeen = (name: string, hint: number): boolean =>
  seen.get(name)?.has(hint) ?? false;

export const isHintOpen = (name: string, hint: number): boolean =>
  seen.get(name)?.get(hint) ?? false;

/** Calls back whenever a hint of an exercise opens or closes, until the signal ends. */
export function onHint(name: string, call: () => void, signal: AbortSignal): void {
  const slot = (_: object, changed: string) => {
    if (changed === name) call();
  };
  hintsChanged.connect(slot);
  signal.addEventListener("abort", () => hintsChanged.disconnect(slot));
}

/** The number of the hint that an element of a card holds; undefined for all other elements. */
function hintIn(element: Element): number | undefined {
  const [, hint] = HINT.exec(element.querySelector("summary")?.textContent.trim() ?? "") ?? [];
  return hint === undefined ? undefined : Number(hint);
}

/** Keeps the hints of an exercise's card as they are in the report, also when it is drawn again. */
function watchCard({ content }: NotebookPanel, exercise: Cell): void {
  const card = content.widgets[content.widgets.indexOf(exercise) - 1];
  const { name } = cellMetadata(exercise);
  if (card?.model.type !== "markdown" || name === "") return;
  const show = () => {
    for (const element of card.node.querySelectorAll("details")) {
      const hint = hintIn(element);
      if (hint !== undefined) element.open = isHintOpen(name, hint);
    }
  };
  const note = ({ target }: Event) => {
    const hint = target instanceof HTMLDetailsElement ? hintIn(target) : undefined;
    if (hint !== undefined) setHint(name, hint, (target as HTMLDetailsElement).open);
  };
  card.node.addEventListener("toggle", note, true); // it doesn't bubble
  const observer = new MutationObserver(show);
  observer.observe(card.node, { childList: true, subtree: true });
  const disposed = new AbortController();
  onHint(name, show, disposed.signal);
  card.disposed.connect(() => {
    observer.disconnect();
    disposed.abort();
  });
}

export function watchCards(tracker: INotebookTracker): void {
  watchLessons(tracker, (cell, panel) => {
    if (cellMetadata(cell).role === "exercise") watchCard(panel, cell);
  });
}
