/**
 * A view: plain data that says how to draw itself, `{ view: "table", version: 1, … }`. The package
 * `views` draws it. Where it is unknown, its alternatives show: a chart, HTML, a sentence.
 */
import type { Figure } from "../figures/figure";

export const VIEW_MIME = "application/vnd.course.view.v1+json";

export interface View {
  /** The kind, which selects the renderer. */
  view: string;
  version: number;
  caption?: string;
  [part: string]: unknown;
}

/** The types that a control's function may return. */
export type ControlOutput = Figure | string | number;

const isFigure = (shown: unknown): shown is Figure =>
  typeof shown === "object" && shown !== null && ("data" in shown || "html" in shown);

/**
 * The view of a figure, or of a text.
 * @param builder the function that shows it, for its error
 * @throws when it is neither
 */
export function viewOf(builder: string, shown: unknown): View {
  if (typeof shown === "string" || typeof shown === "number") {
    return { view: "text", version: 1, text: String(shown) };
  }
  if (!isFigure(shown)) {
    const got = shown === undefined ? "nothing: does it return?" : typeof shown;
    throw new Error(
      `${builder}: expected fn to give a figure such as bars or heatmap makes, or a text, got ${got}`,
    );
  }
  if (shown.html === undefined) return { view: "chart", version: 1, chart: shown };
  if (shown.view) return shown.view;
  throw new Error(`${builder}: expected a figure that table or tokens makes, got other HTML`);
}
