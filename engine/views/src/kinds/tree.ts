/**
 * A tree from left to right: `{ view: "tree", nodes: [{ text, parent, note, isKept }], start, reads
 * }`; parents stand before their children, and the root's parent is -1. Point at a node, and read
 * the way to it, or, with `reads: "node"`, what it says itself.
 */
import { makeToolbar, svgElement, element, pieceButton, whenResized } from "../parts";
import { isObject } from "../json";
import type { Renderer, View } from "../view";

const MAX_NODES = 400;
const ROW_HEIGHT = 30;
/** A column is as wide as the longest text needs, and wider where the page has room. */
const COMFORTABLE_COLUMN_WIDTH = 92;
const MAX_COLUMN_WIDTH = 124;
const LETTER_WIDTH = 8.5;
const GAP = 12;
const HALF_NODE_HEIGHT = 12;
const TREE_PADDING = 4;

export interface Node {
  text: string;
  parent: number;
  note: string;
  isKept: boolean;
}

interface NodePosition {
  column: number;
  row: number;
}

function nodeFrom(json: unknown, i: number): Node | undefined {
  if (!isObject(json) || typeof json.text !== "string") return undefined;
  const { text, parent, note = "", isKept = true } = json;
  const isBefore = Number.isInteger(parent) && Number(parent) >= -1 && Number(parent) < i;
  if (!isBefore || typeof note !== "string") return undefined;
  return { text, parent: Number(parent), note, isKept: isKept === true };
}

/** @returns undefined when the data isn't what this kind draws */
export function readNodes({ nodes }: View): Node[] | undefined {
  if (!Array.isArray(nodes) || nodes.length === 0 || nodes.length > MAX_NODES) return undefined;
  const read = nodes.map(nodeFrom);
  return read.every((node) => node !== undefined) ? read : undefined;
}

/** A node's column is its depth. Leaves take one row each, parents the middle of their children. */
export function nodePositions(nodes: Node[]): NodePosition[] {
  const children = nodes.map(() => [] as number[]);
  nodes.forEach(({ parent }, i) => children[parent]?.push(i));
  const columns: number[] = [];
  for (const { parent } of nodes) columns.push(parent < 0 ? 0 : columns[parent]! + 1);
  const rows = new Array<number>(nodes.length).fill(0);
  let leaves = 0;
  const assignRow = (i: number): number => {
    const below = children[i]!.map(assignRow);
    rows[i] = below.length === 0 ? leaves++ : (below[0]! + below.at(-1)!) / 2;
    return rows[i];
  };
  nodes.forEach(({ parent }, i) => {
    if (parent < 0) assignRow(i);
  });
  return rows.map((row, i) => ({ row, column: columns[i]! }));
}

/** The nodes from the root to one of them. */
function wayTo(nodes: Node[], i: number): number[] {
  const way: number[] = [];
  for (let at = i; at >= 0; at = nodes[at]!.parent) way.unshift(at);
  return way;
}

/** The width of a column on a page of this width. A tree that is still too wide scrolls. */
function columnOf(nodes: Node[], columns: number, pageWidth: number): number {
  const longest = nodes.reduce((most, { text }) => Math.max(most, text.length), 0);
  const needed = Math.min(MAX_COLUMN_WIDTH, LETTER_WIDTH * longest + GAP + 10);
  const fitting = Math.floor((pageWidth - 2 * TREE_PADDING) / columns);
  return Math.max(needed, Math.min(COMFORTABLE_COLUMN_WIDTH, fitting));
}

function lineTo(from: NodePosition, to: NodePosition, columnWidth: number) {
  const [x1, y1] = [
    from.column * columnWidth + columnWidth - GAP,
    from.row * ROW_HEIGHT + HALF_NODE_HEIGHT,
  ];
  const [x2, y2] = [to.column * columnWidth, to.row * ROW_HEIGHT + HALF_NODE_HEIGHT];
  const middle = (x1 + x2) / 2;
  return svgElement("path", {
    d: `M ${x1} ${y1} C ${middle} ${y1}, ${middle} ${y2}, ${x2} ${y2}`,
    fill: "none",
    stroke: "currentColor",
  });
}

function buttonAt(
  { text, note, isKept }: Node,
  { column, row }: NodePosition,
  columnWidth: number,
) {
  const button = pieceButton("course-word course-node", text);
  button.classList.toggle("course-dropped", !isKept);
  button.style.left = `${column * columnWidth}px`;
  button.style.top = `${row * ROW_HEIGHT}px`;
  button.style.width = `${columnWidth - GAP}px`;
  if (note) button.title = note;
  return button;
}

/** Elements for the tree and for the sentence below it. */
function treeElements(positions: NodePosition[], columnWidth: number) {
  const width = (Math.max(...positions.map(({ column }) => column)) + 1) * columnWidth;
  const height = (Math.max(...positions.map(({ row }) => row)) + 1) * ROW_HEIGHT;
  const tree = element("div", "course-tree");
  const stage = element("div", "course-nodes");
  const sentence = element("p", "course-reads");
  const svg = svgElement("svg", { width, height, "aria-hidden": "true" });
  Object.assign(stage.style, { width: `${width}px`, height: `${height}px` });
  stage.setAttribute("role", "toolbar");
  stage.setAttribute("aria-label", "Tree: choose a node to read about it");
  sentence.setAttribute("role", "status");
  stage.append(svg);
  tree.append(stage);
  return { tree, stage, sentence, svg };
}

interface FillOptions {
  /** The node that is chosen first. */
  start: number;
  readsNode: boolean;
  onChoice(i: number): void;
}

function fill(host: HTMLElement, nodes: Node[], options: FillOptions): void {
  const { start, readsNode, onChoice } = options;
  const positions = nodePositions(nodes);
  const columns = Math.max(...positions.map(({ column }) => column)) + 1;
  const columnWidth = columnOf(nodes, columns, host.clientWidth);
  const { tree, stage, sentence, svg } = treeElements(positions, columnWidth);
  const lines = nodes.map(({ parent, isKept }, i) => {
    if (parent < 0) return undefined;
    const line = lineTo(positions[parent]!, positions[i]!, columnWidth);
    if (!isKept) line.setAttribute("stroke-dasharray", "3 3");
    svg.append(line);
    return line;
  });
  const buttons = nodes.map((node, i) => buttonAt(node, positions[i]!, columnWidth));
  stage.append(...buttons);
  host.replaceChildren(tree, sentence);
  const choose = makeToolbar(stage, buttons, (i) => {
    onChoice(i);
    const way = new Set(wayTo(nodes, i));
    lines.forEach((line, j) => {
      line?.setAttribute("stroke-opacity", way.has(j) ? "1" : "0.35");
      line?.setAttribute("stroke-width", way.has(j) ? "3" : "1");
    });
    const words = (readsNode ? [i] : [...way]).map((j) => nodes[j]!.text).join(" ");
    sentence.textContent = [words, nodes[i]!.note].filter(Boolean).join(": ");
  });
  choose(start);
}

/** The node that is chosen first: the view's `start`, or else the last one. */
const startOf = ({ start }: View, nodes: Node[]) =>
  typeof start === "number" && nodes[start] ? start : nodes.length - 1;

export const tree: Renderer = {
  version: 1,
  draw(host, view) {
    let shown = view;
    let chosen: number | undefined;
    let width = 0;
    const fillNow = () => {
      const nodes = readNodes(shown)!;
      width = host.clientWidth;
      const start = chosen ?? startOf(shown, nodes);
      fill(host, nodes, {
        start,
        readsNode: shown.reads === "node",
        onChoice: (i) => (chosen = i),
      });
    };
    const update = (next: View) => {
      if (!readNodes(next)) return false;
      shown = next;
      chosen = undefined;
      fillNow();
      return true;
    };
    if (!update(view)) return undefined;
    const stop = whenResized(host, () => {
      if (host.clientWidth !== width) fillNow();
    });
    const remove = () => {
      stop();
      host.replaceChildren();
    };
    return { update, redraw: () => undefined, remove };
  },
};
