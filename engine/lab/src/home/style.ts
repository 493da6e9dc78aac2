/** Styles of the home page, the side panel and rows, in the colors of JupyterLab's theme. */
export const HOME_STYLE = `
body { --course-green: #1e8e5a; --course-on-green: #fff; --course-empty: color-mix(in srgb, var(--jp-ui-font-color1) 30%, transparent); }
body[data-jp-theme-light="false"] { --course-green: #3fb27f; --course-on-green: #10261b; --course-ring: #8a9299; }
.course-spoken {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
.course-home, .course-lessons {
  background: var(--jp-layout-color0); color: var(--jp-ui-font-color1);
  font-family: var(--jp-ui-font-family); overflow: auto;
}
.course-home:focus, .course-lessons:focus { outline: none; }
.course-home { container-type: inline-size; font-size: 15px; line-height: 1.45; }
.course-page { max-width: 1080px; margin: 0 auto; padding: 32px 32px 64px; }
.course-home h1 { font-size: 2em; line-height: 1.2; margin: 0 0 8px; font-weight: 600; }
.course-home h2 { font-size: 1.15em; margin: 32px 0 8px; font-weight: 600; }
.course-facts { margin: 0; }
.course-about { margin: 0 0 8px; max-width: 46em; }
.course-home a, .course-lessons a, .course-row a, .course-ending a {
  color: var(--jp-content-link-color, #1565c0); text-decoration: none;
}
body[data-jp-theme-light="true"] :is(.course-home, .course-lessons, .course-row, .course-ending) a {
  color: #0b5cad;
}
body[data-jp-theme-light="false"] :is(.course-home, .course-lessons, .course-row, .course-ending) a {
  color: #82b7ff;
}
.course-home a:hover .course-title, .course-lessons a:hover .course-title,
.course-row a:hover, .course-ending a:hover, .course-pages a:hover { text-decoration: underline; }
:is(.course-home, .course-lessons, .course-row, .course-ending) a:focus-visible {
  outline: 2px solid currentcolor; outline-offset: 2px; border-radius: 2px;
}
.course-number { font-variant-numeric: tabular-nums; }
.course-home .course-title { font-weight: 600; }
.course-note { font-weight: 400; font-style: italic; font-size: 0.9em; }
.course-missing .course-title { font-weight: 400; }
.course-so-far { margin: 8px 0 0; display: flex; gap: 10px; align-items: center; flex-wrap: wrap; }
.course-trouble {
  border-left: 4px solid #d9822b; padding: 4px 12px; margin: 16px 0;
  background: var(--jp-layout-color2);
}
.course-bar {
  appearance: none; border: 0; box-sizing: border-box; border-radius: 4px; height: 8px; width: 8em; overflow: hidden;
  background: var(--jp-layout-color3); flex: none;
}
.course-bar::-webkit-progress-bar { background: var(--jp-layout-color3); }
.course-bar::-webkit-progress-value { background: var(--course-green); }
.course-bar::-moz-progress-bar { background: var(--course-green); }
.course-bar[value="0"] { background: linear-gradient(var(--course-empty) 0 0) center / 100% 2px no-repeat; border-radius: 0; }
.course-bar[value="0"]::-webkit-progress-bar { background: none; }

.course-way { margin: 24px 0 32px; }
.course-praise { font-size: 1.1em; font-weight: 600; margin: 0 0 12px; }
.course-home .course-way a.course-go {
  display: inline-flex; flex-direction: column; padding: 10px 22px; border-radius: 6px;
  background: #0b5cad; color: #fff;
}
.course-home .course-way a.course-go:hover { background: #084a8c; }
.course-home .course-way a.course-go:focus-visible { outline-color: var(--jp-ui-font-color1); }
.course-verb { font-size: 0.9em; }
.course-goal { font-size: 1.2em; font-weight: 600; }
.course-way .course-question { margin: 8px 0 0; }

.course-components, .course-map { --course-map-paper: var(--jp-layout-color0); color-scheme: light; }
body[data-jp-theme-light="false"] :is(.course-components, .course-map) { color-scheme: dark; }
.course-home .course-components h2 { margin: 0 0 8px; }

/* the drawing stands beside what the course is and beside the list of its parts, whole on the first screen */
@container (min-width: 761px) {
  .course-opening:has(.course-components) {
    display: grid; grid-template-columns: minmax(0, 1fr) minmax(260px, 380px); gap: 0 40px;
    grid-template-rows: auto auto auto 1fr; margin-bottom: 2em; }
  .course-opening > .course-components { display: contents; }
  .course-opening .course-components > * { grid-column: 1; }
  .course-opening .course-components > .course-map-drawing {
    grid-column: 2; grid-row: 1 / -1; position: sticky; top: 24px; align-self: start;
    width: 100%; max-height: calc(100vh - 150px); }
}

.course-map { border-collapse: collapse; width: 100%; }
.course-map caption { text-align: left; font-weight: 600; font-size: 1.15em; padding: 0 0 8px; }
.course-map th, .course-map td {
  padding: 7px 8px; text-align: left; vertical-align: middle; font-weight: 400;
  border-bottom: 1px solid var(--jp-border-color2);
}
.course-map thead th { vertical-align: bottom; font-size: 0.87em; font-weight: 600; position: sticky; top: 0; z-index: 1;
  background: var(--jp-layout-color0); border-bottom: 0; box-shadow: inset 0 -1px var(--jp-border-color2); }
.course-map tbody tr:hover { background: var(--jp-layout-color2); }
.course-map .course-question { display: block; font-size: 0.87em; }
.course-map .course-component { text-align: center; padding-inline: 3px; width: 30px; }
.course-map { --course-turned: 8.2em; }
@media (max-height: 600px) { .course-map thead th { top: calc(-7px - var(--course-turned)); } } /* without the turned names */
.course-map thead .course-component span {
  writing-mode: vertical-rl; transform: rotate(180deg); display: block; margin: 0 auto 8px; height: var(--course-turned); text-align: start;
}
.course-map thead .course-component .course-dot { background: var(--part); width: 12px; height: 12px; border-radius: 3px; }
.course-home .course-components details li { display: grid; grid-template-columns: auto 1fr; gap: 0 0.4em; }
.course-count { font-weight: 400; font-size: 0.87em; color: var(--jp-ui-font-color2); }
.course-map .course-part th { padding: 22px 0 7px; font-weight: 600; font-size: 1.05em; }
.course-map tbody .course-part:hover { background: none; }
.course-narrow { white-space: nowrap; font-size: 0.87em; font-variant-numeric: tabular-nums; }
.course-map .course-points { display: inline-flex; flex-direction: column; gap: 3px; }
.course-map .course-bar { width: 6em; height: 6px; }
.course-by-hand { display: block; }
.course-state { width: 20px; }

.course-tick, .course-dot {
  display: inline-block; box-sizing: border-box; width: 16px; height: 16px; border-radius: 50%;
  border: 2px solid var(--course-ring, var(--jp-ui-font-color2)); vertical-align: -3px; flex: none;
}
.course-dot {
  border-radius: 4px; border-color: var(--part, #5b8fc7);
  background: color-mix(in srgb, var(--part, #5b8fc7) 22%, transparent);
}
.course-tick[data-state="begun"] {
  border-color: var(--course-green); background: conic-gradient(var(--course-green) var(--done, 0%), transparent 0);
}
.course-dot[data-state="begun"] {
  background: linear-gradient(0deg, var(--part, var(--course-green)) var(--done, 0%),
    color-mix(in srgb, var(--part, #5b8fc7) 22%, transparent) 0);
}
.course-dot[data-state="done"] { background: var(--part, var(--course-green)); }
.course-tick[data-state="done"] { border-color: var(--course-green); background: var(--course-green); }
.course-tick[data-state="done"]::after {
  content: ""; display: block; width: 4px; height: 7px; margin: 0 auto; border: solid var(--course-on-green);
  border-width: 0 2px 2px 0; transform: rotate(45deg);
}
.course-pages ul { margin: 0; padding: 0; list-style: none; }
.course-pages li { margin: 5px 0; }
@container (max-width: 760px) {
  .course-page { padding: 20px 16px 40px; }
  .course-map .course-question { display: none; }
  .course-map th, .course-map td { padding: 6px 4px; }
  .course-map .course-component { width: 22px; padding-inline: 1px; }
  .course-map .course-dot { width: 13px; height: 13px; }
}
@container (max-width: 560px) {
  .course-map .course-component { display: none; }
}

.course-lessons { font-size: 13px; line-height: 1.35; padding: 10px 12px; min-width: 200px; }
.course-home-link { font-weight: 600; }
/* the side panel has the same link */
body:has(#jp-left-stack:not(.lm-mod-hidden) .course-lessons:not(.lm-mod-hidden)) .course-row .course-home-link {
  display: none;
}
.course-lessons-head { position: sticky; top: -10px; z-index: 1; margin: -10px -12px 0; padding: 10px 12px 6px;
  background: var(--jp-layout-color1); }
.course-lessons { scroll-padding-top: 84px; } /* below that head */
.course-lessons .course-so-far { margin: 8px 0 4px; }
.course-lessons h2 { font-size: 13px; font-weight: 600; margin: 16px 0 4px; }
.course-lessons ol { list-style: none; margin: 0; padding: 0; }
.course-lessons li {
  display: grid; grid-template-columns: 16px 1fr; gap: 1px 8px; padding: 6px; margin: 0 -6px;
  border-radius: 4px;
}
.course-lessons li.course-current { background: var(--jp-layout-color2); font-weight: 600; }
.course-lessons li > .course-points {
  grid-column: 2; display: flex; gap: 8px; align-items: center; font-size: 12px; font-weight: 400;
  font-variant-numeric: tabular-nums;
}
.course-lessons li .course-bar { width: 5em; height: 5px; }

.course-row {
  display: flex; justify-content: space-between; align-items: center; gap: 16px;
  min-height: 30px; max-height: 30px; padding: 0 12px; box-sizing: border-box; overflow: hidden;
  background: var(--jp-layout-color1); color: var(--jp-ui-font-color1);
  border-bottom: 1px solid var(--jp-border-color2); font-family: var(--jp-ui-font-family);
  font-size: 13px; white-space: nowrap;
}
.course-row > * { flex: 1 1 0; min-width: 0; overflow: hidden; text-overflow: ellipsis; padding: 2px; }
.course-row > .course-middle {
  flex: 0 0 auto; display: flex; gap: 10px; align-items: center; overflow: visible;
}
.course-row .course-next { text-align: right; }
.course-row .course-next::after { content: " →"; }
.course-row .course-previous::before { content: "← "; }
.course-ending {
  margin: 4px 0 0 calc(var(--jp-cell-prompt-width) + var(--jp-cell-collapser-width) + 6px);
  box-sizing: border-box; max-width: calc(var(--course-measure, 674px) - 6px); padding: 12px 16px; border: 1px solid var(--jp-border-color2);
  border-radius: 6px; font-family: var(--jp-ui-font-family); font-size: 14px; line-height: 1.45;
  color: var(--jp-ui-font-color1); background: var(--jp-layout-color1); flex: none;
}
.course-ending:empty { display: none; }
.course-ending p { margin: 0; }
.course-ending .course-praise { font-size: 16px; }
.course-lesson [data-course-end] .jp-RenderedMarkdown > p:first-child > strong > a {
  display: inline-block; padding: 8px 18px; margin-top: 8px; border-radius: 6px; background: #0b5cad; color: #fff;
  font-weight: 600; text-decoration: none; }
.course-lesson [data-course-end] .jp-RenderedMarkdown > p:first-child > strong > a::after { content: " →"; }
.course-lesson [data-course-end] .jp-RenderedMarkdown > p:first-child > strong > a:hover { background: #084a8c; }
.course-lesson [data-course-end] .jp-RenderedMarkdown > p:first-child > strong > a:focus-visible {
  outline: 2px solid var(--jp-ui-font-color1); outline-offset: 2px; }
.course-lesson [data-course-end] .jp-RenderedMarkdown > p:last-child { font-size: 14px; }
@media (max-width: 700px) {
  .course-row { gap: 8px; }
  .course-row .course-title, .course-row .course-bar { display: none; }
  .course-row .course-previous::after { content: "Previous"; }
  .course-row .course-next::before { content: "Next"; }
}
@media print { .course-row { display: none; } }
`;
