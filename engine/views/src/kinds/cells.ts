/**
 * Cells that move: `{ view: "cells", steps: [{ title, blocks: [{ title, rows }], note, marked }] }`. A
 * cell with the same text is the same cell in each step, and moves to its new place.
 */
import { element, whenResized } from "../parts";
import { slider, stepDuration } from "../slider";
import { isObject, isTexts } from "../json";
import { shownColor } from "../shades";
import { stepOf, type PageContext, type Renderer, type View } from "../view";

const MAX_CELLS = 400;
const MAX_STEPS = 20;
/** Pixels: the largest size of a cell, and the height of a block's title. */
const MAX_CELL_SIZE = 44;
const TITLE_HEIGHT = 24;

interface Block {
  title: string;
  rows: string[][];
}
interface Step {
  title: string;
  blocks: Block[];
  /** A sentence below the blocks. */
  note?: string;
  /** The texts of cells that are highlighted. */
  marked?: string[];
}

const isRow = (row: unknown): row is string[] => isTexts(row) && row.length > 0;
const isBlock = (block: unknown): block is Block =>
  isObject(block) &&
  typeof block.title === "string" &&
  Array.isArray(block.rows) &&
  block.rows.length > 0 &&
  block.rows.every(isRow);
const isStep = (step: unknown): step is Step =>
  isObject(step) &&
  typeof step.title === "string" &&
  Array.isArray(step.blocks) &&
  step.blocks.length > 0 &&
  step.blocks.every(isBlock) &&
  (step.note === undefined || typeof step.note === "string") &&
  (step.marked === undefined || isTexts(step.marked));

const textsOf = (step: Step) => step.blocks.flatMap(({ rows }) => rows.flat());

/** @returns undefined when the data isn't what this kind draws */
export function readSteps({ steps }: View): Step[] | undefined {
  if (!Array.isArray(steps) || steps.length === 0 || steps.length > MAX_STEPS) return undefined;
  if (!steps.every(isStep)) return undefined;
  return steps.every((step) => textsOf(step).length <= MAX_CELLS) ? steps : undefined;
}

/** Positions of a step's cells and of its blocks' titles, measured in cells. */
export function cellPositions({ blocks }: Step) {
  const cells = new Map<string, { x: number; y: number }>();
  const titles: { text: string; x: number }[] = [];
  let left = 0;
  for (const { title, rows } of blocks) {
    titles.push({ text: title, x: left });
    rows.forEach((row, y) => row.forEach((text, x) => cells.set(text, { x: left + x, y })));
    left += Math.max(...rows.map((row) => row.length)) + 1;
  }
  const height = Math.max(...blocks.map(({ rows }) => rows.length));
  return { cells, titles, width: left - 1, height };
}

const COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

/** An element for each text, with the color of its row in the first step. */
function cellsOf(steps: Step[]): Map<string, { cell: HTMLElement; color: string }> {
  const rows = steps[0]!.blocks.flatMap((block) => block.rows);
  const rowOf = new Map(rows.flatMap((row, y) => row.map((text) => [text, y] as const)));
  return new Map(
    steps.flatMap(textsOf).map((text) => {
      const color = COLORS[(rowOf.get(text) ?? 0) % COLORS.length]!;
      return [text, { cell: element("div", "course-cell", text), color }];
    }),
  );
}

function paint(cell: HTMLElement, color: string): void {
  cell.style.borderColor = color;
  cell.style.setProperty("--cell-tint", `color-mix(in srgb, ${color} 28%, transparent)`);
}

const describeStep = ({ title, blocks }: Step) =>
  `${title}: ${blocks
    .map((block) => `${block.title} ${block.rows.map((row) => row.join(" ")).join("; ")}`)
    .join(". ")}`;

/** The line below the blocks, which says what happened; without any note there is none. */
function noteOf(steps: Step[]): HTMLElement {
  const note = element("p", "course-cell-note");
  note.hidden = steps.every((step) => !step.note);
  return note;
}

/** Moves a cell to its position in a step; a cell that the step doesn't have fades out. */
function move(
  cell: HTMLElement,
  position: { x: number; y: number } | undefined,
  size: number,
): void {
  cell.style.opacity = position ? "1" : "0";
  cell.style.width = cell.style.height = `${(size - 3).toFixed(1)}px`;
  if (!position) return;
  const [x, y] = [position.x * size, TITLE_HEIGHT + position.y * size];
  cell.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
}

/** A slider over the steps, which plays no faster than their sentences are read. */
function stepSlider(steps: Step[], start: number, moved: (position: number) => void) {
  const titles = steps.map(({ title }) => title);
  const sentences = steps.map(({ note = "" }) => note);
  return slider("step", titles, start, moved, stepDuration(steps.length, sentences));
}

function drawCells(host: HTMLElement, steps: Step[], start: number, page: PageContext) {
  const cells = cellsOf(steps);
  const stage = element("div", "course-cells");
  stage.setAttribute("role", "img");
  const titles = element("div", "course-cell-titles");
  stage.append(titles, ...[...cells.values()].map(({ cell }) => cell));
  const note = noteOf(steps);
  const layouts = steps.map(cellPositions);
  const widest = Math.max(...layouts.map(({ width }) => width));
  const tallest = Math.max(...layouts.map(({ height }) => height));
  let position = start;

  const show = () => {
    const size = Math.min(MAX_CELL_SIZE, (host.clientWidth || 600) / widest);
    const { cells: now, titles: names, width } = layouts[position]!;
    const left = (widest - width) / 2; // blocks stand in the middle
    stage.style.height = `${Math.ceil(TITLE_HEIGHT + tallest * size)}px`;
    stage.style.width = `${Math.ceil(widest * size)}px`;
    stage.style.fontSize = `${Math.min(14, size * 0.4).toFixed(1)}px`;
    stage.setAttribute("aria-label", describeStep(steps[position]!));
    titles.replaceChildren(
      ...names.map(({ text, x }) => {
        const name = element("span", "", text);
        name.style.left = `${(left + x) * size}px`;
        return name;
      }),
    );
    const { marked = [], note: sentence = "" } = steps[position]!;
    note.textContent = sentence;
    for (const [text, { cell, color }] of cells) {
      paint(cell, shownColor(color, page.dark()));
      const at = now.get(text);
      move(cell, at && { ...at, x: left + at.x }, size);
      cell.classList.toggle("course-marked", marked.includes(text));
    }
  };
  const control = stepSlider(steps, start, (to) => {
    position = to;
    show();
  });
  host.replaceChildren(control.element, stage, note);
  control.element.toggleAttribute("hidden", steps.length < 2);
  show();
  return { show, stop: control.stop };
}

export const cells: Renderer = {
  version: 1,
  draw(host, view, page) {
    const steps = readSteps(view);
    if (!steps) return undefined;
    let now = drawCells(host, steps, stepOf(view, steps), page);
    const stop = whenResized(host, () => now.show());
    const update = (next: View) => {
      const others = readSteps(next);
      if (!others) return false;
      now.stop();
      now = drawCells(host, others, stepOf(next, others), page);
      return true;
    };
    const remove = () => {
      stop();
      now.stop();
      host.replaceChildren();
    };
    return { update, redraw: () => now.show(), remove };
  },
};
