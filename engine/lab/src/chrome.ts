/**
 * How JupyterLab's own parts look around a lesson: they are quieter than its text. The active cell has
 * a thin bar, a broader one where it has the keyboard's focus. Its buttons show under the pointer and
 * with the focus. A cell that never ran has no prompt, and operators are calmer than keywords. On a
 * dark page there is one accent, and the sides and their seams are no brighter than the page's parts.
 */

/** Where nothing can hover, such as on a touchscreen, the buttons of a cell always show. */
const CELL_BUTTONS = `
@media (hover: hover) {
  .course-lesson .jp-Cell:not(:hover) .jp-cell-toolbar:not(:focus-within) { opacity: 0; }
}`;

const LIGHT = `
[data-jp-theme-light="true"] .jp-LabShell { background: var(--jp-layout-color2); }
[data-jp-theme-light="true"] .course-lesson {
  --course-control: #767676; --course-card-edge: #5b8fc7; --course-card-tint: 6%; --course-chip: 9%;
  --jp-content-link-color: #0b5cad; --course-quiet: #616161;
  --jp-mirror-editor-comment-color: #357070; --jp-mirror-editor-bracket-color: #6b6b4d;
  --jp-mirror-editor-atom-color: #5252d4; --jp-mirror-editor-number-color: #007000;
  --jp-mirror-editor-operator-color: #5f6368; --jp-mirror-editor-def-color: #1a3fae; }`;

const DARK = `
[data-jp-theme-light="false"] .jp-LabShell {
  --jp-brand-color1: #82b7ff; --jp-layout-color2: #2a2a2a; --course-side: #1a1a1a; --course-seam: #333333;
  background: var(--course-side); }
[data-jp-theme-light="false"] .jp-LabShell :is(.jp-SideBar, .lm-TabBar, #jp-main-statusbar,
  .jp-SideBar .lm-TabBar-tab:not(.lm-mod-current), .lm-TabBar-addButton) { background: var(--course-side); }
[data-jp-theme-light="false"] .jp-LabShell :is(#jp-top-panel, .lm-DockPanel-widget, .lm-DockPanel-tabBar,
  .lm-TabBar-tab, .jp-SideArea, .jp-Toolbar, .course-row) { border-color: var(--course-seam); }
[data-jp-theme-light="false"] .jp-LabShell :is(.jp-SideBar, .lm-DockPanel-tabBar) {
  --jp-border-color0: var(--course-seam); --jp-border-color1: var(--course-seam); }
[data-jp-theme-light="false"] .course-lesson {
  --course-control: #8a9299; --course-card-edge: #4f7cab; --course-card-tint: 11%; --course-chip: 18%;
  --jp-content-link-color: #82b7ff; --course-quiet: #a0a0a0;
  --jp-content-font-color1: #dfe4e8; --jp-cell-editor-border-color: #333c44;
  --jp-cell-editor-active-border-color: #4f7cab; --jp-cell-prompt-not-active-opacity: 1;
  --jp-mirror-editor-def-color: #82b7ff; --jp-mirror-editor-property-color: #a9c7ec;
  --jp-mirror-editor-variable-2-color: #a9c7ec; --jp-mirror-editor-operator-color: #a7b0b8;
  --jp-mirror-editor-string-color: #d9a08c; --jp-mirror-editor-comment-color: #8fb3b3; }
[data-jp-theme-light="false"] .course-lesson .cm-editor .cm-gutters { color: var(--course-quiet); }
[data-jp-theme-light="false"] .course-lesson .jp-collapseHeadingButton { filter: brightness(1.7); }`;

export const CHROME_CSS = `
.course-lesson .jp-Cell { --course-bar: var(--jp-brand-color1); --course-bar-width: 3px; }
.course-lesson .jp-Cell.jp-mod-dirty { --course-bar: var(--jp-warn-color1); }
.course-lesson .jp-Cell.jp-mod-active:focus-visible { --course-bar-width: 6px; }
.course-lesson .jp-Cell.jp-Notebook-cell.jp-mod-active.jp-mod-active:focus-visible { box-shadow: none; }
.course-lesson .jp-Cell.jp-mod-active .jp-Collapser:not(:hover) {
  background: linear-gradient(var(--course-bar) 0 0) right / var(--course-bar-width) 100% no-repeat; }
.course-lesson .jp-Cell :is(.jp-InputPrompt, .jp-OutputPrompt, .jp-Placeholder-prompt) {
  color: var(--course-quiet); opacity: 1; }
.jp-Dialog:focus-visible { outline: none; } /* it is the whole window: the focus shows on its button */
.course-lesson .jp-Cell.jp-mod-dirty .jp-InputPrompt { color: var(--jp-warn-color1); }
.course-lesson [data-course-unrun] .jp-InputPrompt { visibility: hidden; }
/* a click beside an output marks its cell; JupyterLab would put the figure into a box that scrolls */
.course-lesson .jp-OutputArea-promptOverlay { pointer-events: none; }
${CELL_BUTTONS}
${LIGHT}
${DARK}
`;
