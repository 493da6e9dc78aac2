/**
 * Colors letters in the editors of notebooks, such as q, k and v, as everywhere in the course. The
 * notebook's metadata lists them in `course.colors`. A setting turns the colors off.
 */
import { syntaxTree } from "@codemirror/language";
import { Compartment, RangeSetBuilder, StateEffect, type EditorState } from "@codemirror/state";
import {
  Decoration,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
} from "@codemirror/view";
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { INotebookTracker, type NotebookPanel } from "@jupyterlab/notebook";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { namesWithColor } from "views";
import { isCode, viewOf, watchLessons } from "./lesson";
import { colorsOf, type Colors } from "./notebookData";
import { followSwitch } from "./page";
import { addSheet } from "./page";

// An editor colors the names of variables itself, in an element inside or outside of ours. On a dark
// page letters are as light as in formulas (layout.ts).
const CSS = `
.course-colored-name, .course-colored-name * { color: var(--course-letter) !important; }
[data-jp-theme-light="false"] :is(.course-colored-name, .course-colored-name *) {
  color: rgb(from var(--course-letter) calc(1.7 * r) calc(1.7 * g) calc(1.7 * b)) !important; }
`;

/** Node types of the editor's grammar that are names. */
const NAMES = /^(VariableName|VariableDefinition|PropertyName|PropertyDefinition)$/;

function decorationsOf(state: EditorState, colors: Colors): DecorationSet {
  const found: { from: number; to: number; name: string }[] = [];
  syntaxTree(state).iterate({
    enter({ type, from, to }) {
      if (to - from !== 1 || !NAMES.test(type.name)) return;
      found.push({ from, to, name: state.sliceDoc(from, to) });
    },
  });
  const colored = namesWithColor(new Set(found.map(({ name }) => name)), colors);
  const set = new RangeSetBuilder<Decoration>();
  for (const { from, to, name } of found) {
    const color = colored.get(name);
    if (!color) continue;
    const attributes = { style: `--course-letter: ${color}` };
    set.add(from, to, Decoration.mark({ class: "course-colored-name", attributes }));
  }
  return set.finish();
}

/** The CodeMirror extension that colors letters in one editor. */
const letterColors = (colors: Colors) =>
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor({ state }: EditorView) {
        this.decorations = decorationsOf(state, colors);
      }
      update({ docChanged, startState, state }: ViewUpdate) {
        // CodeMirror parses long code in pieces, so the tree changes without an edit
        if (!docChanged && syntaxTree(startState) === syntaxTree(state)) return;
        this.decorations = decorationsOf(state, colors);
      }
    },
    { decorations: ({ decorations }) => decorations },
  );

function watchLetters(tracker: INotebookTracker) {
  const place = new Compartment();
  let wanted = true;
  const inside = (panel: NotebookPanel) => {
    const colors = colorsOf(panel.content.model?.getMetadata("course"));
    return wanted && Object.keys(colors).length > 0 ? letterColors(colors) : [];
  };
  const apply = (panel: NotebookPanel) => {
    for (const cell of panel.content.widgets) {
      const view = isCode(cell) ? viewOf(cell) : undefined;
      if (!view || place.get(view.state) === undefined) continue;
      view.dispatch({ effects: place.reconfigure(inside(panel)) });
    }
  };
  watchLessons(tracker, (cell, panel) => {
    if (!isCode(cell)) return;
    void cell.ready.then(() => {
      const extension = place.of(inside(panel));
      viewOf(cell)?.dispatch({ effects: StateEffect.appendConfig.of(extension) });
    });
  });
  return (next: boolean) => {
    if (next === wanted) return;
    wanted = next;
    tracker.forEach(apply);
  };
}

export const letters: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:letters",
  description: "Colors letters that have one color all through the course",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ISettingRegistry],
  activate: (
    _: JupyterFrontEnd,
    tracker: INotebookTracker,
    settings: ISettingRegistry | null,
  ): void => {
    addSheet("course-letters-style", CSS);
    followSwitch(settings, "colorLetters", watchLetters(tracker));
  },
};
