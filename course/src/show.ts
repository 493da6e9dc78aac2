/** Shows a figure with its caption. */
import { CONFIG, withCaption, type Figure } from "./figures/figure";
import { escapeHtml } from "./figures/html";
import { display } from "./kernel";

/**
 * Shows a figure under its caption, one sentence that says what there is to see; it is the figure's
 * alternative text too.
 * @throws when the caption is missing or the figure is none
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
    const html =
      `<figure style="margin: 0"><figcaption style="margin-bottom: ` +
      `0.6em"><strong>${escapeHtml(caption)}</strong></figcaption>${figure.html}</figure>`;
    display({ "text/html": html, "text/plain": text });
    return;
  }
  display({
    "application/vnd.plotly.v1+json": { ...withCaption(caption, figure), config: CONFIG },
    "text/plain": text,
  });
}
