/** The style sheet of all views, in the variables of JupyterLab's themes where there are any. */
export const STYLE = `
.course-view { margin: 0 auto; max-width: 900px; color: var(--jp-content-font-color1, inherit); }
.course-view figcaption { font-weight: 600; margin: 0.4em 0; text-align: center; }
.course-view .course-plot { display: flex; justify-content: center; }
.course-view .course-plot .modebar { opacity: 0.8; }
.course-slider { display: flex; gap: 0.75em; align-items: center; justify-content: center; margin: 0.4em auto; max-width: 640px; }
.course-slider label { display: flex; flex: 1; gap: 0.75em; align-items: center; }
.course-slider input { flex: 1; min-width: 8em; accent-color: var(--jp-brand-color1, #0072b2); }
.course-slider output { min-width: 4em; font-variant-numeric: tabular-nums; }
.course-slider button { font: inherit; width: 2.4em; height: 2.4em; border-radius: 50%; cursor: pointer;
  border: 1px solid var(--jp-border-color1, #888); background: transparent; color: inherit; }
.course-slider button:focus-visible, .course-slider input:focus-visible { outline: 2px solid var(--jp-brand-color1, #0072b2); outline-offset: 2px; }
@media print { .course-slider { display: none; } }
`;
