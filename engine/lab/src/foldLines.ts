/**
 * Folds lines inside the cell of an exercise or of a function that is given: the checks of its
 * arguments, and its docstring below the first sentence. A click opens them, and so does an arrow key that moves the cursor into them.
 * The cell's source stays as it is.
 */
import {
  codeFolding,
  foldedRanges,
  foldEffect,
  foldState,
  unfoldEffect,
} from "@codemirror/language";
import { Prec, StateEffect, type EditorState } from "@codemirror/state";
import { keymap, type EditorView } from "@codemirror/view";
import type { CodeCell } from "@jupyterlab/cells";
import { cellMetadata, viewOf } from "./lesson";
import { docstringOf, rangeOf, type FoldedLines, type Range } from "./notebookData";

export const FOLDED_LINES_CSS = `
.course-folded-lines { border: 1px dashed var(--jp-border-color1); border-radius: 3px;
  padding: 0 6px; margin: 0 2px; cursor: pointer; font-family: var(--jp-ui-font-family);
  font-size: 0.92em; color: var(--jp-ui-font-color1); }
[data-jp-theme-light="false"] .course-lesson .course-folded-lines { border-color: var(--course-control); }
.course-folded-lines:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
`;

/** Whether a cell defines a function, which has lines that may fold. */
export const hasFoldedLines = (cell: CodeCell): boolean =>
  ["exercise", "given"].includes(cellMetadata(cell).role);

function linesToFold(cell: CodeCell, text: string): FoldedLines[] {
  const { name, checks } = cellMetadata(cell);
  const docstring = docstringOf(text, name);
  const ranges = checks.flatMap((lines) => {
    const range = rangeOf(text, lines);
    return range ? [{ ...range, label: `${lines.lines} lines check the arguments` }] : [];
  });
  return docstring ? [docstring, ...ranges] : ranges;
}

/** Opens the folded lines that an arrow key would move the cursor over. */
const openAt = (edge: keyof Range) => (view: EditorView) => {
  const { main } = view.state.selection;
  const effects: StateEffect<unknown>[] = [];
  foldedRanges(view.state).between(main.head, main.head, (from, to) => {
    if (main.empty && { from, to }[edge] === main.head) effects.push(unfoldEffect.of({ from, to }));
  });
  if (effects.length > 0) view.dispatch({ effects });
  return effects.length > 0;
};

/** Draws folded lines as a label that says what they hold. */
function placeholder(cell: CodeCell, open: (event: Event) => void, label: string): HTMLElement {
  const element = document.createElement("span");
  element.className = "course-folded-lines";
  element.textContent = label;
  element.role = "button";
  element.tabIndex = 0;
  element.ariaLabel = `${label}, folded`;
  element.ariaExpanded = "false";
  element.title = "Show them";
  const show = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
    open(event);
    cell.editor?.focus();
  };
  element.addEventListener("click", show);
  // JupyterLab would move the focus on to the editor
  element.addEventListener("focusin", (event) => event.stopPropagation());
  element.addEventListener("keydown", (event) => {
    if (!event.shiftKey && (event.key === "Enter" || event.key === " ")) show(event);
  });
  return element;
}

const folding = (cell: CodeCell) => [
  codeFolding({
    preparePlaceholder: (state: EditorState, { from }: Range) =>
      linesToFold(cell, state.doc.toString()).find((lines) => lines.from === from)?.label ?? "…",
    placeholderDOM: (_, open, label: string) => placeholder(cell, open, label),
  }),
  Prec.highest(
    keymap.of([
      { key: "ArrowRight", run: openAt("from") },
      { key: "ArrowLeft", run: openAt("to") },
    ]),
  ),
];

export function foldLines(cell: CodeCell): void {
  const view = viewOf(cell);
  if (!view) return;
  const lines = linesToFold(cell, view.state.doc.toString());
  const hasState = view.state.field(foldState, false) !== undefined;
  const effects: StateEffect<unknown>[] = lines.map(({ from, to }) => foldEffect.of({ from, to }));
  if (!hasState) effects.unshift(StateEffect.appendConfig.of(folding(cell)));
  view.dispatch({ effects });
}

export function unfoldLines(cell: CodeCell): void {
  const view = viewOf(cell);
  if (!view) return;
  const effects: StateEffect<unknown>[] = [];
  foldedRanges(view.state).between(0, view.state.doc.length, (from, to) => {
    effects.push(unfoldEffect.of({ from, to }));
  });
  view.dispatch({ effects });
}
