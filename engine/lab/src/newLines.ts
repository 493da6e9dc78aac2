/** Shows a reader which lines of a cell are new: scrolls to them, and marks them for a moment. */
import { StateEffect, StateField, type Text } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";
import type { CodeCell } from "@jupyterlab/cells";
import type { Notebook } from "@jupyterlab/notebook";
import { viewOf } from "./lesson";
import type { Range } from "./notebookData";
import { addSheet } from "./page";
import { columnOf, reveal } from "./reveal";

const MARKED_MS = 4_000;
const LINE = "course-new-line";

const CSS = `
.${LINE} { background: color-mix(in srgb, var(--jp-brand-color1) 22%, transparent) !important; }
@media (prefers-reduced-motion: no-preference) {
  .${LINE} { animation: course-new-line ${MARKED_MS}ms ease-in both; }
}
@keyframes course-new-line { 70% { background: color-mix(in srgb, var(--jp-brand-color1) 22%, transparent); }
  to { background: transparent; } }
`;

const setMarked = StateEffect.define<Range | undefined>();

function decorationsOf(doc: Text, range: Range | undefined): DecorationSet {
  if (!range) return Decoration.none;
  const first = doc.lineAt(Math.min(range.from, doc.length)).number;
  const last = doc.lineAt(Math.min(range.to, doc.length)).number;
  const lines = Array.from({ length: last - first + 1 }, (_, i) => doc.line(first + i));
  return Decoration.set(lines.map(({ from }) => Decoration.line({ class: LINE }).range(from)));
}

const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, { changes, effects, state }) {
    let next = decorations.map(changes);
    for (const effect of effects) {
      if (effect.is(setMarked)) next = decorationsOf(state.doc, effect.value);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Puts the cursor at the first of the new lines, too. The cell's editor has the focus. */
export function markNewLines(notebook: Notebook, cell: CodeCell, range: Range): void {
  addSheet("course-new-lines-style", CSS);
  const view = viewOf(cell);
  if (!view) return;
  if (!view.state.field(marked, false)) {
    view.dispatch({ effects: StateEffect.appendConfig.of(marked) });
  }
  const line = view.state.doc.lineAt(Math.min(range.from, view.state.doc.length));
  const anchor = line.from + Math.max(0, line.text.search(/\S/));
  view.dispatch({ effects: setMarked.of(range), selection: { anchor } });
  void reveal(notebook, () => columnOf(cell.node.getElementsByClassName(LINE)));
  setTimeout(() => view.dispatch({ effects: setMarked.of(undefined) }), MARKED_MS);
}
