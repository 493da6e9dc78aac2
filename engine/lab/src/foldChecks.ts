/** Folds the lines of an exercise that check arguments, inside its editor. */
import {
  codeFolding,
  foldedRanges,
  foldEffect,
  foldState,
  unfoldEffect,
} from "@codemirror/language";
import { StateEffect, type EditorState } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { CodeCell } from "@jupyterlab/cells";
import type { CodeMirrorEditor } from "@jupyterlab/codemirror";
import { cellMetadata } from "./lesson";
import { rangeOf, type Range } from "./lines";

const rangesOf = (cell: CodeCell, text: string) =>
  cellMetadata(cell).checks.flatMap((lines) => rangeOf(text, lines) ?? []);

export const viewOf = (cell: CodeCell): EditorView | undefined =>
  (cell.editor as CodeMirrorEditor | null)?.editor;

/** How a fold looks: those of the course say what is in them. */
function folding(cell: CodeCell) {
  return codeFolding({
    preparePlaceholder: (state: EditorState, { from, to }: Range) => {
      const isOurs = rangesOf(cell, state.doc.toString()).some((r) => r.from === from);
      const count = state.doc.lineAt(to).number - state.doc.lineAt(from).number + 1;
      return isOurs ? `${count} lines check the arguments` : "…";
    },
    placeholderDOM: (_, onclick, says: string) => {
      const element = document.createElement("span");
      element.className = "course-folded-checks";
      element.textContent = says;
      element.setAttribute("aria-label", `${says}, folded`);
      element.title = "Show them";
      element.onclick = onclick;
      return element;
    },
  });
}

export function foldChecks(cell: CodeCell): void {
  const view = viewOf(cell);
  if (!view) return;
  const ranges = rangesOf(cell, view.state.doc.toString());
  const hasState = view.state.field(foldState, false) !== undefined;
  const effects: StateEffect<unknown>[] = ranges.map((range) => foldEffect.of(range));
  if (!hasState) effects.unshift(StateEffect.appendConfig.of(folding(cell)));
  view.dispatch({ effects });
}

export function unfoldChecks(cell: CodeCell): void {
  const view = viewOf(cell);
  if (!view) return;
  const effects: StateEffect<unknown>[] = [];
  foldedRanges(view.state).between(0, view.state.doc.length, (from, to) => {
    effects.push(unfoldEffect.of({ from, to }));
  });
  view.dispatch({ effects });
}
