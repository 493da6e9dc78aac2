/** HTML and XML from templates in which every value is text, unless it is markup itself. */
import { toUSVString } from "node:util";
import type { Graded } from "../batch/result";

export class Markup {
  constructor(readonly text: string) {}
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
/** What XML allows in no form: control characters, and halves of characters. */
const FORBIDDEN =
  // eslint-disable-next-line no-control-regex -- these are what it is about
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

type Hole = string | number | Markup | Markup[];

/** Without what no text file should hold. */
export const printable = (text: string): string => toUSVString(text).replace(FORBIDDEN, "\ufffd");
const escape = (text: string) => printable(text).replace(/[&<>"']/g, (c) => ENTITIES[c]!);

function fill(hole: Hole): string {
  if (hole instanceof Markup) return hole.text;
  return Array.isArray(hole) ? hole.map((m) => m.text).join("") : escape(String(hole));
}

/** markup`<p>${text}</p>` */
export const markup = (strings: TemplateStringsArray, ...holes: Hole[]): Markup =>
  new Markup(String.raw({ raw: strings }, ...holes.map(fill)));
export const nothing = new Markup("");

/** 2.75, 3, 1.333 */
export const points = (x: number): string => String(Math.round(x * 1000) / 1000);

/** All of it is marked by hand: a lesson without exercises, such as a project. */
export const byHand = (g: Graded): boolean => g.exercises.length === 0 && g.written.length > 0;

/** "6 of 8 points", or what waits for a reader. */
export function outcome(g: Graded): string {
  if (!byHand(g)) return `${points(g.points)} of ${points(g.maxPoints)} points`;
  const most = g.written.reduce((sum, w) => sum + w.points, 0);
  return `${points(most)} points, to be marked by hand`;
}
