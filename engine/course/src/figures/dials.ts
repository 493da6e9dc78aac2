/** Hands on circles, which turn when new data comes. */
import type { HtmlFigure } from "./figure";
import { escapeHtml, table } from "./html";
import { expectNumbers, expectSome } from "./validate";

export interface Hand {
  name: string;
  /** The tip, where the circle has radius 1. */
  x: number;
  y: number;
  /** The letter at the tip: "q". */
  symbol?: string;
  /** As in CSS, "#b04a00"; a color of its own for each hand unless given. */
  color?: string;
  /** Whether the hand is dashed and pale. */
  isFaint?: boolean;
}

export interface Dial {
  title: string;
  /** At most four, the same in each dial. */
  hands: Hand[];
  /** An angle from the second hand to the first one, drawn as an arc; more than a turn is a spiral. */
  angle?: { degrees: number; text: string };
  /** The pieces of a formula; those equal to a symbol or to the angle's text move to them. */
  formula?: string[];
  /** A line below the dial. */
  note?: string;
}

const MAX_DIALS = 12;
const MAX_HANDS = 4;
const degreesOf = ({ x, y }: Hand) => Math.round((Math.atan2(y, x) * 180) / Math.PI);

function expectDials(dials: readonly Dial[]): void {
  expectSome("dials", "dials", dials);
  if (dials.length > MAX_DIALS) {
    throw new Error(`dials: expected at most ${MAX_DIALS} dials, got ${dials.length}`);
  }
  for (const { title, hands, angle } of dials) {
    expectSome("dials", `hands of "${title}"`, hands);
    if (hands.length > MAX_HANDS) {
      throw new Error(
        `dials: expected at most ${MAX_HANDS} hands in "${title}", got ${hands.length}`,
      );
    }
    for (const { name, x, y } of hands) expectNumbers("dials", `"${name}" of "${title}"`, [x, y]);
    if (angle) expectNumbers("dials", `the angle of "${title}"`, [angle.degrees]);
  }
}

/**
 * Hands on circles, such as pairs of features that RoPE turns: when new data comes, the hands turn.
 * With a formula, a button lets its letters move from the formula to the hands and back.
 *
 *     dials([{ title: "pair 0", hands: [{ name: "query", x, y, symbol: "q" }, …],
 *       angle: { degrees: 114.6, text: "2θ" }, formula: ["q", "·", "k", "=", "cos(", "2θ", ")"] }])
 *
 * @param total a line below all dials
 * @throws when there is no dial or no hand, or a tip isn't two finite numbers
 */
export function dials(list: Dial[], { total }: { total?: string } = {}): HtmlFigure {
  expectDials(list);
  const rounded = list.map((dial) => ({
    ...dial,
    hands: dial.hands.map((hand) => ({
      ...hand,
      x: Number(hand.x.toFixed(4)),
      y: Number(hand.y.toFixed(4)),
    })),
  }));
  const names = list[0]!.hands.map(({ name }) => `${name}, degrees`);
  const rows = list.map(({ title, hands, note = "" }) => [title, ...hands.map(degreesOf), note]);
  const below = total === undefined ? "" : `<p>${escapeHtml(total)}</p>`;
  const view = { view: "dials", version: 1, dials: rounded, ...(total ? { total } : {}) };
  return { html: `${table(["", ...names, ""], rows).html}${below}`, view, isRicher: true };
}
