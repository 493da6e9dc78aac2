/** Figures that a reader explores by pointing: words joined by lines, and cells that move. */
import type { HtmlFigure } from "./figure";
import { escapeHtml, table, tokens } from "./html";
import { expectSome } from "./validate";

export interface LinksOptions {
  /** The words that are read, where they aren't the same as those that read. */
  to?: readonly string[];
  /** The word that is chosen first, from 0. */
  start?: number;
}

/**
 * Words joined by lines: point at one, or choose it with the arrow keys, and see which words it
 * reads, and how much. Where the view can't be drawn, the words stand in a row, marked by how much
 * the first chosen one reads them.
 *
 *     links(sentence.tokens, weights[layer][head], { start: 7 })
 *
 * @param from the words that read
 * @param weights a row for each of them: shares from 0 to 1 of the words that are read
 * @throws when there is no word, or weights don't fit the words
 */
export function links(
  from: readonly string[],
  weights: readonly (readonly number[])[],
  { to, start = 0 }: LinksOptions = {},
): HtmlFigure {
  expectSome("links", "words", from);
  const read = to ?? from;
  const got = `got [${weights?.length}, ${weights?.[0]?.length}]`;
  if (weights?.length !== from.length || weights.some((row) => row.length !== read.length)) {
    throw new Error(`links: expected weights [${from.length}, ${read.length}], ${got}`);
  }
  const isShare = (w: number) => w >= 0 && w <= 1.0001; // a softmax rounds
  const odd = weights.flat().find((w) => !isShare(w));
  if (odd !== undefined) throw new Error(`links: expected weights from 0 to 1, got ${odd}`);
  if (from[start] === undefined) {
    throw new Error(`links: expected start from 0 to ${from.length - 1}, got ${start}`);
  }
  const asks = `“${from[start]}” reads:`;
  const row = read.map((text, j) => ({ text, weight: Math.min(1, weights[start]![j]!) }));
  const html = `<p>${escapeHtml(asks)}</p>${tokens(row).html}`;
  const digits = weights.map((shares) => shares.map((w) => Number(w.toFixed(4))));
  const view = {
    view: "links",
    version: 1,
    from,
    weights: digits,
    start,
    ...(to ? { to } : {}),
  };
  return { html, view, isRicher: true };
}

export interface Step {
  title: string;
  /** Matrices side by side, each under its title. */
  blocks: { title: string; rows: (number | string)[][] }[];
  /** A sentence below the matrices: what moved, and what that means. */
  note?: string;
  /** Numbers that are highlighted in this step. */
  marked?: (number | string)[];
}

/**
 * Cells that move from step to step: a number that occurs in several steps is the same cell, and
 * takes the color of its row in the first one. A step's `marked` cells are filled with that color.
 * @throws when there is no step, or a number occurs twice in one
 */
export function cells(steps: Step[]): HtmlFigure {
  expectSome("cells", "steps", steps);
  const asText = steps.map(({ title, blocks, note, marked }) => ({
    title,
    ...(note ? { note } : {}),
    ...(marked ? { marked: marked.map(String) } : {}),
    blocks: blocks.map((block) => ({
      title: block.title,
      rows: block.rows.map((row) => row.map(String)),
    })),
  }));
  for (const { title, blocks } of asText) {
    const all = blocks.flatMap(({ rows }) => rows.flat());
    const twice = all.find((text, i) => all.indexOf(text) !== i);
    if (twice === undefined) continue;
    throw new Error(`cells: expected each number once in step "${title}", got ${twice} twice`);
  }
  const lines = asText.flatMap(({ title, blocks }) =>
    blocks.map((b) => [title, b.title, b.rows.map((row) => row.join(" ")).join(" / ")]),
  );
  const { html } = table(["step", "block", "rows"], lines);
  return { html, view: { view: "cells", version: 1, steps: asText }, isRicher: true };
}

export interface TreeNode {
  text: string;
  /** The node that it hangs on, an earlier one; -1 for a root. */
  parent: number;
  /** What the reader is told about it: "log p -1.2". */
  note?: string;
  /** False for what was given up, which is drawn dashed. */
  isKept?: boolean;
}

export interface TreeOptions {
  /** The node that is chosen first, the last one unless given. */
  start?: number;
  /** What a reader is told: the way to a node, unless given, or the node alone. */
  reads?: "way" | "node";
}

/**
 * A tree from left to right: point at a node, or choose it with the arrow keys, and read the way to
 * it, or what it says itself.
 * @throws when there is no node, or a parent isn't an earlier node
 */
export function tree(nodes: TreeNode[], { start, reads = "way" }: TreeOptions = {}): HtmlFigure {
  expectSome("tree", "nodes", nodes);
  nodes.forEach(({ parent }, i) => {
    if (Number.isInteger(parent) && parent >= -1 && parent < i) return;
    throw new Error(`tree: expected an earlier node or -1 as parent of node ${i}, got ${parent}`);
  });
  const wayTo = (i: number): string[] =>
    i < 0 ? [] : [...wayTo(nodes[i]!.parent), nodes[i]!.text];
  const parents = new Set(nodes.map(({ parent }) => parent));
  const leaves = nodes.flatMap((node, i) =>
    parents.has(i) ? [] : [[wayTo(i).join(" "), node.note ?? ""]],
  );
  const each = nodes.map(({ text, note = "" }) => [text, note]);
  const { html } = reads === "node" ? table(["node", ""], each) : table(["way", ""], leaves);
  return {
    html,
    view: {
      view: "tree",
      version: 1,
      nodes,
      start,
      reads,
    },
    isRicher: true,
  };
}
