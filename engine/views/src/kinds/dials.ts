/**
 * Hands on circles: `{ view: "dials", dials: [{ title, hands: [{ name, x, y, symbol, color, isFaint
 * }], angle: { degrees, text }, formula, note }], total }`. New data turns the hands. Each dial may
 * have a formula whose letters move to the hands and the angle that they stand for.
 */
import { isObject, isTexts } from "../json";
import { element, svgElement } from "../parts";
import type { PageContext, Renderer, View } from "../view";

export interface Hand {
  name: string;
  /** The tip, where the circle has radius 1. */
  x: number;
  y: number;
  /** The letter at the tip. */
  symbol?: string;
  color?: string;
  isFaint?: boolean;
}
export interface Dial {
  title: string;
  hands: Hand[];
  /** An angle from the second hand to the first one; of more than a turn, a spiral. */
  angle?: { degrees: number; text: string };
  /** The pieces of a formula; those equal to a symbol or to the angle's text move to them. */
  formula?: string[];
  note?: string;
}
export interface Dials {
  dials: Dial[];
  /** A line below all dials. */
  total?: string;
}

const MAX_DIALS = 12;
const MAX_HANDS = 4;
const MAX_PIECES = 12;
/** Units of the drawing: its width and height, the circle's radius, and how far out letters stand. */
const WIDTH = 200;
const HEIGHT = 216;
const CENTER = WIDTH / 2;
const RADIUS = 72;
const LETTER_RADIUS = 88;
const TICKS = 12;
/** Where the angle's arc begins, and how far its spiral winds outward at most. */
const ARC_RADIUS = 26;
const MAX_ARC_RADIUS = 64;
/** Letters of hands that are closer than this many degrees move apart. */
const LETTER_DEGREES = 26;

const LIGHT_COLORS = ["#b04a00", "#0a69b0", "#00795a", "#a34b7c"];
/** The same colors for a dark page, and those that lessons give to letters. */
const DARK_COLORS = new Map([
  ["#b04a00", "#f09a5a"],
  ["#0a69b0", "#6cb6f0"],
  ["#00795a", "#2fc298"],
  ["#a34b7c", "#e08fc0"],
]);
const ANGLE_COLOR = LIGHT_COLORS[2]!;

/** A color as the page's theme shows it. */
const shade = (color: string, dark: boolean): string =>
  dark ? (DARK_COLORS.get(color) ?? color) : color;

const isOptional = (type: string) => (value: unknown) =>
  value === undefined || typeof value === type;
const isText = isOptional("string");

function isHand(hand: unknown): hand is Hand {
  if (!isObject(hand) || typeof hand.name !== "string") return false;
  const { x, y, color } = hand;
  const isColor = color === undefined || /^#[0-9a-f]{6}$/.test(String(color));
  return Number.isFinite(x) && Number.isFinite(y) && isColor && isText(hand.symbol);
}

function isAngle(angle: unknown): boolean {
  if (angle === undefined) return true;
  return isObject(angle) && Number.isFinite(angle.degrees) && typeof angle.text === "string";
}

function isDial(dial: unknown): dial is Dial {
  if (!isObject(dial) || typeof dial.title !== "string") return false;
  const { hands, formula } = dial;
  const isFormula = formula === undefined || (isTexts(formula) && formula.length <= MAX_PIECES);
  if (!isFormula || !isAngle(dial.angle) || !isText(dial.note)) return false;
  if (!Array.isArray(hands) || hands.length === 0 || hands.length > MAX_HANDS) return false;
  return hands.every(isHand);
}

/** @returns undefined when the data isn't what this kind draws */
export function readDials({ dials, total }: View): Dials | undefined {
  if (!Array.isArray(dials) || dials.length === 0 || dials.length > MAX_DIALS) return undefined;
  if (!dials.every(isDial) || !isText(total)) return undefined;
  return { dials, ...(total === undefined ? {} : { total: total as string }) };
}

/** Degrees of a hand, counterclockwise from the right. */
const degreesOf = ({ x, y }: { x: number; y: number }) => (Math.atan2(y, x) * 180) / Math.PI;

/** The angle equal to `degrees` up to whole turns that is nearest to `before`. */
export const nearestTurn = (degrees: number, before: number): number =>
  degrees + 360 * Math.round((before - degrees) / 360);

function pointAt(degrees: number, radius: number): { x: number; y: number } {
  const angle = (degrees * Math.PI) / 180;
  return { x: CENTER + radius * Math.cos(angle), y: CENTER - radius * Math.sin(angle) };
}

/** An arc as a path of short lines, which winds outward where it is more than a turn. */
export function spiral(from: number, sweep: number): string {
  const steps = Math.max(2, Math.ceil(Math.abs(sweep) / 6));
  const turns = Math.abs(sweep) / 360;
  const growth = Math.min(8, (MAX_ARC_RADIUS - ARC_RADIUS) / Math.max(1, turns));
  const points = Array.from({ length: steps + 1 }, (_, i) => {
    const share = i / steps;
    const { x, y } = pointAt(from + share * sweep, ARC_RADIUS + growth * turns * share);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return `M${points.join("L")}`;
}

/** The degrees at which the hands' letters stand, apart from each other. */
export function letterDegrees(hands: readonly Hand[]): number[] {
  const degrees = hands.map(degreesOf);
  const [first, second] = degrees;
  if (first === undefined || second === undefined) return degrees;
  const gap = first - nearestTurn(second, first);
  const missing = LETTER_DEGREES - Math.abs(gap);
  if (missing <= 0) return degrees;
  const push = ((gap < 0 ? -1 : 1) * missing) / 2;
  return [first + push, second - push, ...degrees.slice(2)];
}

const describe = ({ title, hands, angle, note }: Dial) =>
  [
    `${title}: ${hands.map((hand) => `${hand.name} at ${Math.round(degreesOf(hand))}°`).join(", ")}`,
    ...(angle ? [`${angle.text} = ${Math.round(angle.degrees)}°`] : []),
    ...(note ? [note] : []),
  ].join("; ");

/** The circle with its ticks, which never change. */
function face(): SVGElement[] {
  const ticks = Array.from({ length: TICKS }, (_, i) => {
    const [from, to] = [RADIUS - 6, RADIUS].map((r) => pointAt((360 * i) / TICKS, r));
    return svgElement("line", { x1: from!.x, y1: from!.y, x2: to!.x, y2: to!.y, class: "course-dial-mark" }); // prettier-ignore
  });
  return [
    svgElement("circle", { cx: CENTER, cy: CENTER, r: RADIUS, class: "course-rim" }),
    ...ticks,
  ];
}

/** One dial in the page. */
class DialElement {
  readonly box = element("div", "course-dial");
  readonly #svg = svgElement("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
  readonly #title = element("div", "course-dial-title");
  readonly #note = element("div", "course-dial-note");
  readonly #arc = svgElement("path", { class: "course-arc", fill: "none" });
  readonly #hands: SVGGElement[];
  readonly #turns: number[];
  readonly #pieces: SVGTextElement[];

  constructor(dial: Dial) {
    this.#hands = dial.hands.map(() => {
      const hand = svgElement("g", { class: "course-hand" });
      hand.append(
        svgElement("line", { x1: 0, y1: 0, x2: RADIUS, y2: 0 }),
        svgElement("circle", { cx: RADIUS, cy: 0, r: 5 }),
      );
      return hand;
    });
    this.#turns = dial.hands.map(degreesOf);
    this.#pieces = piecesOf(dial).map(() => svgElement("text", { class: "course-letter" }));
    this.#svg.append(...face(), this.#arc, ...this.#hands, ...this.#pieces);
    this.box.append(this.#title, this.#svg, this.#note);
  }

  show(dial: Dial, isFormula: boolean, dark: boolean): void {
    this.#title.textContent = dial.title;
    this.#note.textContent = dial.note ?? "";
    this.#svg.setAttribute("aria-label", describe(dial));
    this.#svg.classList.toggle("course-as-formula", isFormula);
    dial.hands.forEach((hand, i) => {
      this.#turns[i] = nearestTurn(degreesOf(hand), this.#turns[i]!);
      const length = Math.hypot(hand.x, hand.y);
      const drawn = this.#hands[i]!;
      drawn.style.transform = `translate(${CENTER}px, ${CENTER}px) rotate(${(-this.#turns[i]).toFixed(2)}deg) scale(${length.toFixed(3)})`;
      drawn.style.color = shade(colorOf(hand, i), dark);
      drawn.classList.toggle("course-faint", hand.isFaint === true);
    });
    if (dial.angle) {
      const from = degreesOf(dial.hands[1] ?? { x: 1, y: 0 });
      this.#arc.setAttribute("d", spiral(from, dial.angle.degrees));
      this.#arc.style.stroke = shade(ANGLE_COLOR, dark);
    }
    this.#placePieces(dial, isFormula, dark);
  }

  #placePieces(dial: Dial, isFormula: boolean, dark: boolean): void {
    const pieces = piecesOf(dial);
    const texts = pieces.map(({ text }) => text);
    texts.forEach((text, i) => (this.#pieces[i]!.textContent = text));
    const inRow = rowPlaces(this.#pieces);
    const letters = letterDegrees(dial.hands);
    pieces.forEach(({ color, at }, i) => {
      const piece = this.#pieces[i]!;
      const tip = typeof at === "number" ? pointAt(letters[at]!, LETTER_RADIUS) : undefined;
      const home = tip ?? (at === "angle" ? { x: CENTER, y: HEIGHT - 8 } : inRow[i]!);
      const { x, y } = isFormula ? inRow[i]! : home;
      piece.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
      piece.style.opacity = isFormula || at !== undefined ? "1" : "0";
      piece.style.fill = color ? shade(color, dark) : "currentColor";
    });
  }
}

const colorOf = ({ color }: Hand, i: number) => color ?? LIGHT_COLORS[i % LIGHT_COLORS.length]!;

interface Piece {
  text: string;
  color?: string;
  /** The hand or the angle that it names. */
  at?: number | "angle";
}

/** The formula's pieces; without a formula, the symbols and the angle. */
function piecesOf({ hands, angle, formula }: Dial): Piece[] {
  const symbols = hands.flatMap(({ symbol }) => symbol ?? []);
  const all = formula ?? [...symbols, ...(angle ? [angle.text] : [])];
  return all.map((text) => {
    const at = hands.findIndex(({ symbol }) => symbol === text);
    if (at >= 0) return { text, at, color: colorOf(hands[at]!, at) };
    return text === angle?.text ? { text, at: "angle" as const, color: ANGLE_COLOR } : { text };
  });
}

const LETTER_WIDTH = 9;
const LETTER_GAP = 4;

/** Where the pieces stand side by side, in the middle. */
function rowPlaces(pieces: SVGTextElement[]): { x: number; y: number }[] {
  const measured = (piece: SVGTextElement) =>
    piece.getComputedTextLength?.() || LETTER_WIDTH * (piece.textContent ?? "").length;
  const widths = pieces.map((piece) => measured(piece) + LETTER_GAP);
  let x = CENTER - widths.reduce((a, b) => a + b, 0) / 2;
  return widths.map((width) => {
    x += width;
    return { x: x - width / 2, y: CENTER };
  });
}

/** The names of the hands in their colors. */
function legend({ dials }: Dials, dark: boolean): HTMLElement[] {
  return dials[0]!.hands.map((hand, i) => {
    const key = element("span", "course-key");
    const swatch = element("span", "course-swatch");
    swatch.style.background = shade(colorOf(hand, i), dark);
    if (hand.isFaint) swatch.style.opacity = "0.5";
    key.append(swatch, hand.name);
    return key;
  });
}

const shapeOf = ({ dials }: Dials) =>
  JSON.stringify(dials.map((dial) => [dial.hands.length, piecesOf(dial).length]));

function drawDials(host: HTMLElement, first: Dials, page: PageContext) {
  let now = first;
  let isFormula = false;
  const dials = now.dials.map((dial) => new DialElement(dial));
  const row = element("div", "course-dials");
  const keys = element("p", "course-dial-legend");
  const total = element("p", "course-dial-total");
  const button = element("button", "course-morph");
  const hasFormula = now.dials.some(({ formula }) => formula !== undefined);
  button.type = "button";
  button.hidden = !hasFormula;
  row.append(...dials.map(({ box }) => box));
  host.replaceChildren(keys, row, total, button);
  const show = () => {
    const dark = page.dark();
    keys.replaceChildren(...legend(now, dark));
    now.dials.forEach((dial, i) => dials[i]!.show(dial, isFormula, dark));
    total.textContent = now.total ?? "";
    total.hidden = now.total === undefined;
    button.textContent = isFormula ? "Show it on the circles" : "Show it as a formula";
  };
  button.addEventListener("click", () => {
    isFormula = !isFormula;
    show();
  });
  show();
  return {
    /** @returns false if the data needs other elements */
    update(next: Dials): boolean {
      if (shapeOf(next) !== shapeOf(now)) return false;
      now = next;
      show();
      return true;
    },
    redraw: show,
  };
}

export const dials: Renderer = {
  version: 1,
  draw(host, view, page) {
    const data = readDials(view);
    if (!data) return undefined;
    let drawn = drawDials(host, data, page);
    const update = (next: View) => {
      const other = readDials(next);
      if (!other) return false;
      if (!drawn.update(other)) drawn = drawDials(host, other, page);
      return true;
    };
    return { update, redraw: () => drawn.redraw(), remove: () => host.replaceChildren() };
  },
};
