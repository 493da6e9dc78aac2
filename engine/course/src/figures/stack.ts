/** Figures below each other, and a text with what else could stand in each place. */
import type { HtmlFigure } from "./figure";
import { escapeHtml, table, tokens } from "./html";
import { expectSome } from "./validate";

/**
 * Tables, tokens and the like below each other, each under its title.
 * @throws when there is none, or one of them is a chart, which `panels` puts side by side
 */
export function stack(parts: { title: string; figure: HtmlFigure }[]): HtmlFigure {
  expectSome("stack", "parts", parts);
  const odd = parts.find(({ figure }) => figure?.html === undefined || !figure.view);
  if (odd) {
    throw new Error(
      `stack: expected figures that table, tokens and the like make, got another under ` +
        `"${odd.title}"; panels puts charts side by side`,
    );
  }
  const html = parts.map(({ title, figure }) => `<p>${escapeHtml(title)}</p>${figure.html}`);
  const shown = parts.map(({ title, figure }) => ({ title, shows: figure.view }));
  return {
    html: html.join("\n"),
    view: { view: "stack", version: 1, parts: shown },
    isRicher: parts.some(({ figure }) => figure.isRicher),
  };
}

export interface Choice {
  text: string;
  /** What could stand there, most likely first, with shares from 0 to 1; none for a given text. */
  options?: { text: string; share: number }[];
}

/**
 * A text, piece by piece: point at one, or choose it with the arrow keys, and see what else could
 * stand there, and how likely it was.
 * @param start the piece that is chosen first, from 0, among those with options
 * @throws when there is no piece, or a share is outside 0 to 1
 */
export function choices(pieces: Choice[], { start = 0 }: { start?: number } = {}): HtmlFigure {
  expectSome("choices", "pieces", pieces);
  const asked = pieces.filter(({ options }) => options !== undefined);
  const odd = asked
    .flatMap(({ options }) => options!)
    .find(({ share }) => !(share >= 0 && share <= 1.0001));
  if (odd) {
    throw new Error(`choices: expected shares from 0 to 1, got ${odd.share} for "${odd.text}"`);
  }
  const first = asked[start] ?? asked[0];
  const row = pieces.map((piece) => ({ text: piece.text, weight: piece === first ? 1 : 0 }));
  const options = first?.options?.map(({ text, share }) => [text, share] as [string, number]) ?? [];
  const beside = options.length > 0 ? table(["what could stand there", "share"], options).html : "";
  return {
    html: `${tokens(row).html}${beside}`,
    view: { view: "choices", version: 1, pieces, start },
    isRicher: true,
  };
}
