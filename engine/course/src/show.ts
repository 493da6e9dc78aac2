/** Shows a figure with its caption. */
import { CONFIG, withCaption, type Figure, roundNumbers } from "./figures/figure";
import { escapeHtml } from "./figures/html";
import { withPowers } from "./figures/numbers";
import { display, type MimeBundle } from "./kernel";
import { VIEW_MIME } from "./views/view";

/**
 * Shows a figure under its caption: one sentence that says what there is to see. The caption is the
 * figure's alternative text too.
 * @throws when the caption is missing, or when the second argument isn't a figure
 */
export function show(caption: string, figure: Figure): void {
  display(bundleOf("show", caption, figure));
}

/** @throws when the caption is missing */
export function expectCaption(builder: string, caption: string): void {
  if (typeof caption === "string" && caption.trim() !== "") return;
  throw new Error(
    `${builder}: expected a caption, one sentence that says what there is to see: ` +
      `${builder}("The loss falls.", ${builder === "show" || builder === "live" ? "lines(…)" : "{ … }, …"})`,
  );
}

/**
 * A figure in the formats that notebooks know.
 * @param builder the function that shows it, for messages
 */
export function bundleOf(builder: string, caption: string, figure: Figure): MimeBundle {
  expectCaption(builder, caption);
  if (typeof figure !== "object" || figure === null || !("html" in figure || "data" in figure)) {
    throw new Error(
      `${builder}: expected a figure such as lines, heatmap or table gives, after the caption`,
    );
  }
  const sentence = withPowers(caption);
  const text = `figure: ${sentence}`;
  if (figure.html !== undefined) {
    const { view, isRicher, html } = figure;
    const richer =
      isRicher && view ? { [VIEW_MIME]: { ...roundNumbers(view), caption: sentence } } : {};
    return { ...richer, "text/html": captioned(sentence, html), "text/plain": text };
  }
  const plot = { ...withCaption(sentence, roundNumbers(figure)), config: CONFIG };
  return { "application/vnd.plotly.v1+json": plot, "text/plain": text };
}

/** HTML under its caption. */
export const captioned = (caption: string, html: string): string =>
  `<figure style="margin: 0">` +
  `<figcaption style="margin-bottom: 0.6em"><strong>${escapeHtml(caption)}</strong></figcaption>` +
  `${html}</figure>`;
