/** Marks one line of an editor until its text changes. */
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";

const setMark = StateEffect.define<number | undefined>();
const line = Decoration.line({ class: "cm-wrong-line" });

/** An editor's extension. */
export const markedLine = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { docChanged, effects, state }) {
    if (docChanged) return Decoration.none;
    for (const effect of effects) {
      if (!effect.is(setMark)) continue;
      const number = effect.value;
      if (number === undefined || number > state.doc.lines) return Decoration.none;
      return Decoration.set(line.range(state.doc.line(number).from));
    }
    return marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * Marks a line, and shows it in the editor; the page stays where it is.
 * @param number the line, from 1 on; undefined takes the mark away
 */
export function markLine(view: EditorView, number: number | undefined): void {
  view.dispatch({ effects: setMark.of(number) });
  if (number === undefined || number > view.state.doc.lines) return;
  const { from } = view.state.doc.line(number);
  view.requestMeasure({
    read: () => view.lineBlockAt(from),
    write({ top, bottom }) {
      const { scrollTop, clientHeight } = view.scrollDOM;
      const isShown = top >= scrollTop && bottom <= scrollTop + clientHeight;
      if (!isShown) view.scrollDOM.scrollTop = top - clientHeight / 3;
    },
  });
}
