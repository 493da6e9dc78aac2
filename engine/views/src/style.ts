const COVER = "var(--jp-layout-color0, Canvas) 50%, transparent";
const SHADOW = "color-mix(in srgb, currentcolor 45%, transparent), transparent";
/**
 * A shadow at each side where a box that scrolls has more: covers in the page's color scroll along and
 * hide it at both ends. They reach a little further, since browsers round the two in different ways.
 */
const SCROLL_CUE = [
  `linear-gradient(to right, ${COVER}) -2px 0 / 2.5em 100% no-repeat local`,
  `linear-gradient(to left, ${COVER}) calc(100% + 2px) 0 / 2.5em 100% no-repeat local`,
  `linear-gradient(to right, ${SHADOW}) 0 0 / 1em 100% no-repeat scroll`,
  `linear-gradient(to left, ${SHADOW}) 100% 0 / 1em 100% no-repeat scroll`,
].join(", ");

/**
 * A control's inputs with a slider that plays: all rows share the columns of play buttons, names, values
 * and tracks. Beside a figure there is no room for them.
 */
const ROWS =
  ".course-control:not(.course-guess) > " +
  ".course-inputs:has(.course-slider):not(:has(.course-pad, .course-map, .course-tiles))";

/** The style sheet of all views. It uses the variables of JupyterLab's themes, with fallbacks. */
export const STYLE = `
:root { --course-blue: light-dark(#0072b2, #3d9be0); --course-orange: light-dark(#d55e00, #f08030);
  --course-even: light-dark(#faecd0, #3d4147); --course-odd: light-dark(#d7eefa, #1f5478); }
[data-jp-theme-light="false"] { --course-blue: #3d9be0; --course-orange: #f08030; --course-even: #3d4147; --course-odd: #1f5478; }
.course-view { margin: 0 auto; max-width: 900px; color: var(--jp-content-font-color1, inherit); }
.course-view figcaption { font-weight: 600; margin: 0.4em 0; text-align: center; text-wrap: balance; }
.course-whole-word { white-space: nowrap; }
.course-caption-rest { display: block; margin-top: 0.25em; font-weight: 400; }
.course-view .course-plot { display: flex; justify-content: center; }
.course-view .course-plot .plot-container { width: auto !important; }
.course-plot .annotation-text { paint-order: stroke; stroke: var(--jp-layout-color0, Canvas); stroke-width: 4px; stroke-linejoin: round; }
.course-plot path.legendundefined[style*="url("] { stroke-width: 0 !important; }
.course-view .course-plot .modebar-container { top: auto !important; bottom: 0; }
.course-view .course-plot .modebar { display: flex; opacity: 0.4; inset: auto auto 0 0 !important; }
.course-view .course-plot .modebar:is(:hover, :focus-within) { opacity: 1; }
.course-view .course-plot .modebar-group { padding: 0 !important; }
.course-slider { display: flex; gap: 0.75em; align-items: center; justify-content: center; margin: 0.4em auto; max-width: 640px; }
.course-slider label { display: flex; flex: 1; flex-wrap: wrap; gap: 0 0.75em; align-items: center; }
:is(.course-slider, .course-inputs .course-slider) label > span { min-width: 4.5em; }
.course-slider .course-long-value output { flex: 1 0 100%; order: 1; margin-top: 0.3em; }
:is(.course-view, .course-control) > figcaption:has(+ :is(.course-slider, .course-inputs)) { margin-bottom: 0.9em; }
.course-slider input { flex: 1; min-width: 8em; accent-color: var(--jp-brand-color1, #0072b2); }
.course-slider output, .course-range output { font-weight: 600; font-variant-numeric: tabular-nums; }
.course-slider button { flex: none; font: inherit; width: 2.4em; height: 2.4em; border-radius: 50%; cursor: pointer;
  border: 1px solid var(--jp-border-color1, #888); background: transparent; color: inherit; }
.course-slider button:focus-visible, .course-slider input:focus-visible { outline: 2px solid var(--jp-brand-color1, #0072b2); outline-offset: 2px; }
.course-control { margin: 0 auto; max-width: 900px; color: var(--jp-content-font-color1, inherit);
  display: flex; flex-wrap: wrap; gap: 0 1.5em; align-items: center; }
.course-control > figcaption { flex: 1 0 100%; font-weight: 600; margin: 0.4em 0; text-align: center; text-wrap: balance; }
.course-control > .course-control-rest { flex: 1 0 100%; margin: 0.4em 0; text-align: center; text-wrap: pretty; }
.course-control > .course-control-rest:empty { display: none; }
.course-control > .course-shown { flex: 1 1 55%; min-width: min(100%, 320px); }
.course-control > .course-inputs { flex: 1 1 100%; min-width: 0; max-width: min(100%, 640px); margin: 0 auto; }
.course-control > .course-inputs:has(.course-pad) { flex: 0 1 260px; }
.course-control > .course-inputs:has(.course-tiles) { flex-basis: 232px; margin-top: 20px; }
.course-view figcaption:empty { display: none; }
.course-control > .course-inputs:has(.course-map) { flex: 1 1 232px; max-width: 330px; }
.course-steady { display: flow-root; }
.course-trial { position: absolute; visibility: hidden; }
.course-inputs label { display: flex; gap: 0.75em; align-items: center; margin: 0.4em 0; }
.course-inputs label > span { min-width: 6em; }
.course-inputs input, .course-inputs select { flex: 1; min-width: 0; font: inherit; accent-color: var(--jp-brand-color1, #0072b2); }
.course-inputs input[type="text"], .course-inputs select { padding: 0.3em 0.5em; color: inherit;
  background: var(--jp-input-background, transparent); border: 1px solid var(--jp-border-color1, #888); border-radius: 3px; }
.course-inputs .course-switch input { flex: none; appearance: none; box-sizing: border-box; width: 2.6em; height: 1.4em; margin: 0;
  border: 1px solid var(--jp-border-color0, #666); border-radius: 0.7em; background: transparent; cursor: pointer; }
.course-inputs .course-switch input::before { content: ""; display: block; width: 1em; height: 1em; margin: calc(0.2em - 1px);
  border-radius: 50%; background: var(--jp-content-font-color2, #666); transition: transform 120ms; }
.course-inputs .course-switch input:checked { background: var(--jp-brand-color1, #0072b2); border-color: var(--jp-brand-color1, #0072b2); }
.course-inputs .course-switch input:checked::before { transform: translateX(1.2em); background: #fff; }
.course-inputs output { font-variant-numeric: tabular-nums; }
.course-inputs :disabled, .course-inputs [aria-disabled] { opacity: 0.6; cursor: default; }
.course-inputs .course-tiles [aria-disabled], .course-inputs .course-map [aria-disabled], .course-palette :disabled { opacity: 1; }
.course-control:not(.course-guess) > .course-inputs:has(> .course-range ~ .course-range) {
  display: grid; grid-template-columns: fit-content(45%) max-content minmax(0, 1fr); column-gap: 0.75em; }
.course-control:not(.course-guess) > .course-inputs:has(> .course-range ~ .course-range) > * {
  grid-column: 1 / -1; width: 100%; box-sizing: border-box; }
.course-control:not(.course-guess) > .course-inputs > .course-range ~ .course-range,
.course-control:not(.course-guess) > .course-inputs > .course-range:has(~ .course-range) { display: grid; grid-template-columns: subgrid; }
${ROWS} { display: grid; align-items: center; column-gap: 0.75em;
  grid-template-columns: [play] max-content [name] fit-content(40%) [value] fit-content(12em) [track] minmax(5em, 1fr) [end]; }
${ROWS} > * { grid-column: play / end; box-sizing: border-box; }
${ROWS} :is(.course-sliders, .course-slider, .course-range, .course-words, .course-switch) {
  grid-column: play / end; display: grid; grid-template-columns: subgrid; max-width: none; width: 100%; margin: 0.4em 0; }
${ROWS} > .course-sliders { margin: 0; }
${ROWS} .course-slider > label { grid-column: name / end; display: grid; grid-template-columns: subgrid; margin: 0; }
${ROWS} :is(.course-range, .course-words, .course-switch) > span { grid-column: name; }
${ROWS} label > span { min-width: 0 !important; }
${ROWS} label > output { grid-column: value; }
${ROWS} label > input[type="range"] { grid-column: track; min-width: 0 !important; }
${ROWS} :is(.course-words > :is(input, select), .course-long-value > input[type="range"]) { grid-column: value / end; }
${ROWS} .course-switch > input { grid-column: value; justify-self: start; }
${ROWS} .course-switch > output { grid-column: track; }
${ROWS} .course-long-value > output { grid-column: name / end; }
@media (max-width: 500px) {
  ${ROWS} .course-wide-value > output { grid-column: name / end; order: 1; }
  ${ROWS} .course-wide-value > input[type="range"] { grid-column: value / end; }
}
${ROWS} > .course-values { grid-column: name / end; padding: 0; }
.course-inputs > [hidden] { display: none !important; }
.course-inputs .course-slider { justify-content: flex-start; }
@media (max-width: 500px) { .course-control > .course-inputs > .course-slider input { min-width: 8em; } }
.course-values { box-sizing: border-box; margin: 0.4em 0; padding-left: 3.15em; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.course-values:empty, .course-sliders:empty { display: none; }
.jp-OutputArea :is(.course-view, .course-control:not(.course-guess)) > figcaption,
.jp-OutputArea :is(.course-help, .course-reads, .course-cell-note),
.jp-OutputArea .course-part-title:has(+ .course-part > :not(.course-tokens)) { text-align: left; text-wrap: pretty; }
.jp-OutputArea .course-view .course-plot { justify-content: flex-start; }
.jp-OutputArea .course-table table { margin-inline: 0; }
.jp-OutputArea .course-control:not(.course-guess) > .course-inputs { margin: 0; }
.jp-OutputArea .course-slider { margin: 0.4em 0; justify-content: flex-start; }
.jp-OutputArea .course-guess > figcaption, .jp-OutputArea .course-guess > .course-inputs > .course-note { text-align: left; }
.jp-OutputArea .course-guess > .course-inputs { justify-content: flex-start; margin-inline: 0; }
.jp-OutputArea .course-guess :is(.course-options, .course-line) { margin-inline: 0; }
.jp-OutputArea .course-control:not(.course-guess) .course-note { margin: 0.2em 0; }
.course-inputs .course-slider input { min-width: 3em; }
.course-inputs :focus-visible { outline: 2px solid var(--jp-brand-color1, #0072b2); outline-offset: 2px; }
.course-pad canvas { display: block; max-width: 100%; border: 1px solid var(--jp-border-color0, #888);
  color: var(--jp-content-font-color1, #222); touch-action: none; cursor: crosshair; }
.course-pad button { font: inherit; margin-top: 0.4em; padding: 0.2em 0.8em; cursor: pointer; color: inherit;
  background: transparent; border: 1px solid var(--jp-border-color1, #888); border-radius: 3px; }
.course-pad p { font-size: max(12px, 0.9em); margin: 0.4em 0; }
.course-pad:has(> canvas[aria-disabled]) > :is(button, .course-buttons, p:not(.course-legend, .course-unseen)) { display: none; }
.course-control:has(> .course-wide) > .course-inputs:has(.course-pad) { flex: 1 1 100%; display: flex; flex-wrap: wrap; gap: 0 1.5em; align-items: center; }
.course-control:has(> .course-wide) > .course-inputs > .course-pad { flex: 0 1 200px; }
.course-control:has(> .course-wide) > .course-inputs > .course-pad ~ * { flex: 1 1 250px; }
.course-control > .course-wide { flex-basis: 100%; }
.course-tiles canvas { touch-action: none; }
.course-tiles > canvas { border: 0; cursor: grab; }
.course-tiles > canvas:focus-visible, .course-map > canvas:focus-visible { outline-offset: -2px; }
.course-control:has(.course-tiles, .course-map) { align-items: flex-start; }
.course-control:has(.course-tiles, .course-map) > .course-shown { flex: 3 1 215px; min-width: 0; }
.course-tiles .course-buttons { display: flex; gap: 0.5em; }
.course-palette { display: flex; flex-wrap: wrap; margin-top: 0.6em; max-width: 224px; }
.course-palette button { margin: 0; padding: 2px; line-height: 0; border: 2px solid transparent; border-radius: 3px; }
.course-palette button[aria-checked="true"] { border-color: var(--course-orange); }
.course-palette canvas { width: 20px; height: 20px; border: 0; image-rendering: pixelated; cursor: pointer; }
.course-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.course-map canvas { width: 100%; max-width: 320px; aspect-ratio: 1; touch-action: pan-y; }
.course-track { display: block; margin: 0 auto; touch-action: pan-y; cursor: grab; }
.course-track:active { cursor: grabbing; }
.course-track:focus-visible { outline: 2px solid var(--jp-brand-color1, #0072b2); outline-offset: -2px; }
.course-zoom { display: flex; gap: 0.75em; align-items: center; max-width: 640px; margin: 0.4em auto; }
.course-zoom input { flex: 1; min-width: 0; accent-color: var(--jp-brand-color1, #0072b2); }
.course-zoom output { min-width: 8em; font-variant-numeric: tabular-nums; }
.course-map .course-legend { font-size: inherit; gap: 0.2em 1em; max-width: 320px; }
.course-note { min-height: 1.4em; margin: 0.4em 0; font-style: italic; overflow-wrap: anywhere; }
.course-inputs:has(> .course-slider) > .course-note:empty { display: none; }
.course-text { white-space: pre-wrap; overflow-wrap: anywhere; }
.course-tokens { line-height: 2; font-family: var(--jp-code-font-family, monospace); }
.course-token { display: inline-block; padding: 0 0.1em; margin: 0 1px 4px 0;
  background: var(--course-even); border-bottom: 1px solid rgba(128, 128, 128, 0.6); }
.course-whole { display: inline-block; }
.course-token.course-odd { background: var(--course-odd); }
.course-sentence { display: flex; flex-direction: column; gap: 2px; align-items: flex-start; }
.course-across > .course-sentence { flex-direction: row; justify-content: space-between; }
.course-word { display: inline-block; flex: none; white-space: nowrap; padding: 0.1em 0.25em; border: 0 solid transparent; border-radius: 2px;
  font-family: var(--jp-code-font-family, monospace); font-size: 0.95em; line-height: 1.4; color: inherit; background: transparent; }
button.course-word { cursor: pointer; touch-action: manipulation; }
button.course-word[aria-pressed="true"] { outline: 2px solid var(--course-orange); outline-offset: 1px; }
button.course-word:focus-visible { outline-width: 3px; }
.course-links { display: flex; align-items: stretch; justify-content: center; }
.course-links:not(.course-across) > .course-lines { flex: none; width: 120px; }
.course-links.course-across { flex-direction: column; }
.course-links.course-across > .course-lines { height: 120px; }
.course-lines { position: relative; }
.course-lines svg { display: block; position: absolute; inset: 0; overflow: visible; }
.course-reads { margin: 0.6em 0; text-align: center; min-height: 1.4em; overflow-wrap: anywhere; }
.course-chain ~ .course-reads { margin: 0; }
.course-legend:has(+ .course-chain) { justify-content: center; margin: 0.2em 0; }
.course-chain { display: block; margin: 0 auto; touch-action: pan-y; cursor: grab; }
.course-chain:active { cursor: grabbing; }
.course-chain:focus-visible { outline: 2px solid var(--jp-brand-color1, #0072b2); outline-offset: -2px; }
.course-legend { display: flex; flex-wrap: wrap; gap: 0.2em 1.5em; margin: 0.4em 0; }
.course-key { display: flex; gap: 0.5em; align-items: center; }
.course-swatch { width: 1.6em; height: 0.7em; border-radius: 0.35em; }
.course-ramp .course-swatch { width: 7em; }
.course-help { font-size: max(12px, 0.85em); margin: 0.4em 0; text-align: center; text-wrap: balance; }
@media (hover: none) and (pointer: coarse) { .course-keys { display: none; } }
.course-part th, .course-part td { padding: 0.2em 0.8em; }
.course-table { overflow-x: auto; background: ${SCROLL_CUE}; }
@media (max-width: 480px) { .course-table tr:has(> :nth-child(5)) > :is(th, td) { padding-inline: 0.35em; } }
.course-table table { border-collapse: collapse; margin: 0.4em auto; font-variant-numeric: tabular-nums; }
.course-table th, .course-table td { padding: 0.3em 0.8em; border: 0; border-bottom: 1px solid var(--jp-border-color2, #ccc); }
.course-long-word { min-width: 12em; overflow-wrap: anywhere; }
.course-table .course-sequence { font-family: var(--jp-code-font-family, monospace); }
:is(.course-table, figure) td[style*="right"] { white-space: nowrap; }
.course-table thead th, .course-table thead td { font-weight: 600; border-bottom-width: 2px; }
:is(.jp-RenderedMarkdown, .jp-OutputArea) table :is(th, td), .jp-OutputArea .course-table :is(th, td) { padding: 0.2em 0.8em; }
.jp-OutputArea .course-table :is(th, td) { border-bottom: 0; }
.jp-OutputArea .course-table thead { border-bottom: 1px solid var(--jp-border-color1, #bdbdbd); }
.jp-OutputArea .course-table tbody tr:nth-child(even) { background: var(--jp-rendermime-table-row-background, transparent); }
.course-part-title { margin: 1.2em 0 0.2em; font-size: 0.9em; }
.course-part-title:first-child { margin-top: 0.4em; }
.course-part-title:has(+ .course-part > .course-tokens) { margin-bottom: 0.1em; font-weight: 600; }
.course-part-title:has(+ .course-part > :not(.course-tokens)) { text-align: center; }
.course-options { list-style: none; margin: 0 auto; padding: 0; max-width: 520px; font-variant-numeric: tabular-nums; }
.course-options li { display: flex; gap: 0.6em; align-items: center; }
.course-options .course-option { flex: none; width: 7em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: right;
  font-family: var(--jp-code-font-family, monospace); }
.course-share { flex: 1; height: 0.8em; }
.course-share span { display: block; height: 100%; background: var(--course-blue); min-width: 1px; }
.course-taken { font-weight: 700; }
.course-taken .course-share span { background: var(--course-orange); }
.course-given { opacity: 0.75; }
.course-tree { overflow-x: auto; padding: 4px; scrollbar-width: thin; scrollbar-color: var(--jp-border-color0, #888) transparent; }
.course-nodes { position: relative; margin: 0 auto; }
.course-nodes svg { position: absolute; inset: 0; }
.course-node { position: absolute; box-sizing: border-box; height: 24px; overflow: hidden; text-overflow: ellipsis; text-align: center;
  border: 1px solid var(--jp-border-color1, #888); background: var(--jp-layout-color0, transparent); }
.course-dropped { border-style: dashed; font-style: italic; }
.course-dials { display: flex; flex-wrap: wrap; gap: 0.5em; justify-content: center; }
.course-dial { flex: 1 1 150px; max-width: 260px; text-align: center; }
.course-dials:has(> :only-child) > .course-dial { max-width: 280px; }
.course-dial-legend { display: flex; flex-wrap: wrap; gap: 0.2em 1.5em; margin: 0.4em 0; }
.course-dials:has(> :nth-child(4)) > .course-dial { flex: 0 1 max(128px, 23%); }
.course-dial svg { display: block; width: 100%; height: auto; overflow: visible; }
.course-dial-title { font-weight: 600; font-size: 0.9em; }
.course-dial-note, .course-dial-total { font-variant-numeric: tabular-nums; }
.course-dial-note { font-size: 0.9em; min-height: 1.4em; margin-top: 0.25em; }
.course-dial-total { margin: 0.4em 0; text-align: center; }
.course-rim { fill: none; stroke: currentColor; stroke-opacity: 0.45; stroke-width: 1.5; }
.course-dial-mark { stroke: currentColor; stroke-opacity: 0.45; stroke-width: 1.5; }
.course-arc { stroke-width: 4; stroke-linecap: round; stroke-linejoin: round; transition: opacity 500ms; }
.course-hand { transition: transform 250ms, opacity 500ms; }
.course-hand line { stroke: currentColor; stroke-width: 5; stroke-linecap: round; }
.course-hand circle { fill: currentColor; }
.course-faint { opacity: 0.55; }
.course-faint line { stroke-dasharray: 7 8; stroke-width: 3; }
.course-letter { font-size: 16px; font-weight: 600; text-anchor: middle; dominant-baseline: middle; transition: transform 500ms, opacity 500ms; }
.course-dials:has(> :nth-child(4)) svg:not(.course-as-formula) .course-letter { font-size: 18px; }
.course-as-formula :is(.course-rim, .course-dial-mark, .course-arc, .course-hand) { opacity: 0.12; }
.course-rim, .course-dial-mark { transition: opacity 500ms; }
.course-morph { display: block; margin: 0.2em auto; font: inherit; padding: 0.2em 0.8em; cursor: pointer; color: inherit;
  background: transparent; border: 1px solid var(--jp-border-color1, #888); border-radius: 3px; }
.course-morph[hidden] { display: none; }
.course-morph:focus-visible { outline: 2px solid var(--jp-brand-color1, #0072b2); outline-offset: 2px; }
.course-cells { position: relative; margin: 0.6em auto; }
.course-cell { position: absolute; left: 0; top: 0; box-sizing: border-box; display: flex; align-items: center; justify-content: center;
  border: 2px solid; border-bottom-width: 5px; border-radius: 3px; font-variant-numeric: tabular-nums; transition: transform 400ms, opacity 400ms; }
.course-cell.course-marked { font-weight: 700; background: var(--cell-tint); }
.course-cell-note { text-align: center; margin: 0.2em 0; min-height: 1.4em; }
.course-cell-titles span { position: absolute; top: 0; font-size: 13px; white-space: nowrap; }
.course-control.course-guess { flex-flow: column nowrap; align-items: stretch; gap: 0; }
.course-control.course-guess > :is(figcaption, .course-inputs, .course-shown) { flex: none; width: 100%; box-sizing: border-box; }
.course-guess > .course-inputs { display: flex; flex-wrap: wrap; gap: 0.4em 1em; align-items: center; justify-content: center; }
.course-guess > .course-inputs > .course-range { flex: 1 0 100%; min-height: 5.6em; margin: 0; }
.course-guess:not([data-open]) > .course-inputs:not(:has(> .course-options)) { order: 1; }
.course-guess > .course-inputs > .course-note { flex: 1 0 100%; text-align: center; font-style: normal; font-weight: 600; margin: 0.2em 0; }
.course-press:disabled { opacity: 0.55; cursor: default; }
.course-guess > .course-inputs:has(> .course-range) > .course-note { min-height: 1.7em; }
.course-press { font: inherit; padding: 0.35em 0.9em; cursor: pointer; color: inherit; border-radius: 4px;
  background: var(--jp-layout-color1, transparent); border: 1px solid var(--jp-border-color0, #888); }
.course-skip { font: inherit; font-size: 0.9em; padding: 0.35em 0.2em; cursor: pointer; color: inherit; border: 0; border-radius: 4px;
  background: none; text-decoration: underline; text-underline-offset: 0.2em; opacity: 0.85; }
.course-skip[hidden] { display: none; }
:is(.course-press, .course-skip):focus-visible { outline: 2px solid var(--jp-brand-color1, #0072b2); outline-offset: 2px; }
.course-options { flex: none; display: grid; gap: 0.75em; box-sizing: border-box; width: fit-content; max-width: 100%;
  min-width: min(17em, 100%); border: 0; margin: 0 auto; padding: 0.5em 0 0; list-style: none; }
.course-options > :is(label, li) { position: relative; display: flex; gap: 0.6em; align-items: center; box-sizing: border-box;
  margin: 0 !important; padding: 0.55em 0.9em; overflow-wrap: anywhere;
  border: 1px solid var(--jp-border-color1, #888); border-radius: 6px; }
.course-options:enabled > label { cursor: pointer; }
.course-options:enabled > label:hover { border-color: currentColor; }
.course-options:enabled > label:has(:checked) { border-color: var(--jp-brand-color1, #0072b2); }
.course-inputs .course-options:disabled, .course-options :disabled { opacity: 1 !important; }
.course-options input { flex: none !important; appearance: none; box-sizing: border-box; width: 1.1em; height: 1.1em; margin: 0;
  border: 1.5px solid color-mix(in srgb, currentcolor 65%, transparent); border-radius: 50%; cursor: inherit; }
.course-options input:checked { border-color: var(--jp-brand-color1, #0072b2);
  background: radial-gradient(var(--jp-brand-color1, #0072b2) 45%, transparent 55%); }
.course-options span { min-width: 0 !important; }
.course-options > :has(> .course-marks > .course-guessed) { border-color: var(--course-orange); box-shadow: inset 0 0 0 1px var(--course-orange); }
.course-options > .course-right { border-color: #2b87d1 !important; box-shadow: inset 0 0 0 1px #2b87d1 !important;
  background: color-mix(in srgb, #2b87d1 12%, transparent); }
.course-options .course-marks { position: absolute; right: 0.6em; top: 0; transform: translateY(-50%); display: flex; gap: 0.3em; }
.course-guess > .course-inputs > [hidden], .course-guess > :is(.course-shown, .course-inputs):empty { display: none; }
.course-line { position: relative; height: 5.6em; margin: 0.4em auto 0; max-width: 560px; width: calc(100% - 16px); font-variant-numeric: tabular-nums; }
.course-line::before { content: ""; position: absolute; left: 0; right: 0; top: 2.1em; height: 2px; background: var(--jp-content-font-color2, #777); }
.course-ends { position: absolute; left: 0; right: 0; top: 4.6em; display: flex; justify-content: space-between; font-size: 0.9em; opacity: 0.8; }
.course-gap { position: absolute; top: calc(2.1em - 1px); height: 4px; background: var(--course-orange); opacity: 0.55; }
.course-mark { position: absolute; top: calc(2.1em + 1px); width: 16px; height: 16px; margin: -8px 0 0 -8px; border-radius: 50%; box-sizing: border-box; }
.course-mark.course-guessed { border: 3px solid var(--course-orange); background: var(--jp-layout-color0, #fff); }
.course-mark.course-came { background: #2b87d1; border: 2px solid var(--jp-layout-color0, #fff); transform: rotate(45deg); border-radius: 2px; }
.course-mark-label { position: absolute; white-space: nowrap; }
.course-guessed-label { top: 0; }
.course-came-label { top: 2.7em; font-weight: 600; }
.course-tag { font-size: 0.75em; line-height: 1.35; padding: 0 0.6em; border: 2px solid; border-radius: 1em;
  background: var(--jp-layout-color0, #fff); white-space: nowrap; }
.course-tag.course-guessed { border-color: var(--course-orange); }
.course-tag.course-came { border-color: #2b87d1; }
@media (prefers-reduced-motion: reduce) { .course-cell, .course-hand, .course-letter, .course-arc, .course-inputs .course-switch input::before { transition: none; } }
.course-slider > button::before { content: ""; display: block; width: 0; height: 0; margin: auto; border-style: solid;
  border-color: transparent; border-left-color: currentColor; border-width: 6px 0 6px 10px; }
.course-slider > button.course-playing::before { width: 3px; height: 12px; border-color: currentColor; border-width: 0 3px; }
.course-slider[hidden] { display: none; }
@media print { .course-slider, .course-zoom, .course-pad button, .course-pad p, .course-palette, .course-help, .course-morph, .course-press { display: none; } }
`;
