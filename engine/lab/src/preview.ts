/**
 * Figures that were drawn beforehand, in a cell that hasn't run. A few words say so in small print at
 * the left: below open code, or behind the label of folded code (fold.ts).
 */
import type { CodeCell } from "@jupyterlab/cells";

export const PREVIEW_CSS = `
.course-lesson [data-course-preview] .jp-OutputArea-child:first-child > .jp-RenderedMarkdown {
  font-size: 12px; line-height: 16px; color: var(--course-quiet); }
.course-lesson [data-course-preview] .jp-OutputArea-child:first-child > .jp-RenderedMarkdown em { font-style: normal; }
.course-lesson [data-course-preview] .jp-OutputArea-child:first-child > .jp-RenderedMarkdown > p { margin: 0 0 6px; }
.course-lesson [data-course-preview]:has(.jp-InputPlaceholder) .jp-OutputArea-child:first-child { display: none; }
.course-lesson [data-course-previewed]:not([data-course-preview], [data-course-fold]) .jp-OutputArea-child:first-child {
  margin-top: 22px; }
`;

/** Whether the builder put an output there, by its metadata. */
export const isPreview = (metadata: unknown): boolean =>
  (metadata as { course?: { preview?: unknown } } | undefined)?.course?.preview === true;

/** The words above a cell's preview; undefined for a cell that shows none. */
export function previewWords({ model: { outputs } }: CodeCell): string | undefined {
  const first = outputs.length > 0 ? outputs.get(0) : undefined;
  return isPreview(first?.metadata) ? String(first!.data["text/plain"]) : undefined;
}

/**
 * Marks a cell while it shows a preview, and from then on as one that showed one: below open code, its
 * outputs keep the place of those words, so that its run doesn't move the figure.
 */
export function watchPreview(cell: CodeCell): void {
  const mark = () => {
    const shows = previewWords(cell) !== undefined;
    cell.node.toggleAttribute("data-course-preview", shows);
    if (shows) cell.node.setAttribute("data-course-previewed", "");
  };
  cell.model.outputs.changed.connect(mark);
  mark();
}
