/** Lines that wrap in an editor go on below their own beginning, a little to the right. */
import { RangeSetBuilder, type Text } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type DecorationSet } from "@codemirror/view";

/** How far to the right of its beginning a line goes on, in characters. */
const HANG = 2;

/** The editor's own space left of a line. */
const LINE_PADDING = "6px";

/** The characters by which a line's further rows are indented. */
export const hangOf = (line: string): number => /^ */.exec(line)![0].length + HANG;

function indentLines(doc: Text, ranges: readonly { from: number; to: number }[]): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of ranges) {
    for (let at = from; at <= to;) {
      const line = doc.lineAt(at);
      const hang = `${hangOf(line.text)}ch`;
      const style = `text-indent: -${hang}; padding-left: calc(${hang} + ${LINE_PADDING})`;
      builder.add(line.from, line.from, Decoration.line({ attributes: { style } }));
      at = line.to + 1;
    }
  }
  return builder.finish();
}

const decorated = ({ state, visibleRanges }: EditorView) => indentLines(state.doc, visibleRanges);

/** An editor's extension; it needs `EditorView.lineWrapping`. */
export const hangingIndent = ViewPlugin.define(
  (view) => ({
    decorations: decorated(view),
    update({ docChanged, viewportChanged, view: next }) {
      if (docChanged || viewportChanged) this.decorations = decorated(next);
    },
  }),
  { decorations: ({ decorations }) => decorations },
);
