/** Shows a figure with its caption. */
import { CONFIG, withCaption, type Figure } from "./figures/figure";
import { escapeHtml } from "./figures/html";
import { display } from "./kernel";

/**
 * Shows a figure under its caption: one sentence that says what there is to see. The caption is the
 * figure's alternative text too.
 * @throws when the caption is missing, or when the second argument isn't a figure
 */
export function show(caption: string, figure: Figure): void {
  if (typeof caption !== "string" || caption.trim() === "") {
    throw new Error(
      "show: expected a caption, one sentence that says what there is to see: " +
        'show("The loss falls.", lines(…))',
    );
  }
  if (typeof figure !== "object" || figure === null || !("html" in figure || "data" in figure)) {
    throw new Error(
      "show: expected a figure such as lines, heatmap or table gives, after the caption",
    );
  }
  const text = `figure: ${caption}`;
  if (figure.html !== undefined) {
    display({ "text/html": captioned(caption, figure.html), "text/plain": text });
  } else {
    const plot = { ...withCaption(caption, figure), config: CONFIG };
    display({ "application/vnd.plotly.v1+json": plot, "text/plain": text });
  }
}

const captioned = (caption: string, html: string): string =>
  `<figure style="margin: 0">` +
  `<figcaption style="margin-bottom: 0.6em"><strong>${escapeHtml(caption)}</strong></figcaption>` +
  `${html}</figure>`;
