/**
 * Panels of gray pictures that have other shapes, such as the same 64 numbers in rows of 4, 8 and
 * 16: one pixel is as large in each of them.
 */
import { axesOf, type Chart, type Layout, type Trace } from "./chart";

/** A panel's matrix, its axes, and the upper end and the height of its part of the plot. */
interface PicturePanel {
  x: string;
  y: string;
  rows: number;
  columns: number;
  top: number;
  high: number;
}

/** The plot's width and height in pixels, without margins. */
interface Room {
  width: number;
  height: number;
}

/** Pixels: the largest pixel of a picture, and the largest height of one. */
const MAX_SIDE = 20;
const MAX_HEIGHT = 288;
/** Pixels between panels: the numbers and the name of an axis, and between rows a title, too. */
const COLUMN_GAP = 64;
const ROW_GAP = 84;
/** Pixels that a number along an axis needs: its height, and a digit's width. */
const NUMBER_HEIGHT = 15;
const DIGIT_WIDTH = 8;
const NUMBER_GAP = 6;
/** Cells from one number to the next. */
const STEPS = [1, 2, 5, 10];

const isGray = ({ type, colorscale }: Trace) =>
  type === "heatmap" && Array.isArray(colorscale) && colorscale.length === 2;

/** Whether a chart's panels are gray pictures of which some have another shape. */
export function arePictures({ data }: Chart, panels: PicturePanel[]): boolean {
  const shapes = new Set(panels.map(({ rows, columns }) => `${rows} × ${columns}`));
  return shapes.size > 1 && data.every(isGray);
}

/** Panels side by side, from the upper row to the lowest. */
function inRows(panels: PicturePanel[]): PicturePanel[][] {
  const tops = [...new Set(panels.map(({ top }) => top))].sort((a, b) => b - a);
  return tops.map((top) => panels.filter((panel) => panel.top === top));
}

const columnsOf = (row: PicturePanel[]) => row.reduce((sum, { columns }) => sum + columns, 0);
const rowsOf = (row: PicturePanel[]) => Math.max(...row.map(({ rows }) => rows));

/** The largest pixel with which each row of panels fits. */
const fittingSide = (rows: PicturePanel[][], width: number, height: number) =>
  Math.min(
    ...rows.map((row) => (width - COLUMN_GAP * (row.length - 1)) / columnsOf(row)),
    ...rows.map((row) => height / rowsOf(row)),
  );

/** The parts of the plot's width that panels take: the outer ones end where the plot ends. */
function domainsAcross(row: PicturePanel[], side: number, width: number): [number, number][] {
  const spare = Math.max(0, 1 - (side * columnsOf(row)) / width);
  const gap = row.length > 1 ? spare / (row.length - 1) : 0;
  let left = row.length > 1 ? 0 : spare / 2;
  return row.map(({ columns }) => {
    const right = Math.min(1, left + (side * columns) / width);
    const domain: [number, number] = [left, right];
    left = right + gap;
    return domain;
  });
}

/** An axis with a number at each cell, with as many of them as have room. */
function spacedNumbers(axis: Layout, side: number, room: number): Layout {
  if (axis.dtick !== 1) return axis;
  return { ...axis, dtick: STEPS.find((step) => step * side >= room) };
}

/** What a layout changes where panels get these parts of the plot, with their titles. */
function placedPanels(
  { layout }: Chart,
  panels: { panel: PicturePanel; across: [number, number]; up: [number, number] }[],
  side: number,
): Layout {
  const names = axesOf(layout).filter((name) => name.startsWith("x"));
  const axes = panels.flatMap(({ panel, across, up }): [string, Layout][] => {
    const widest = DIGIT_WIDTH * String(panel.columns - 1).length + NUMBER_GAP;
    const x = spacedNumbers(layout[panel.x] as Layout, side, widest);
    const y = spacedNumbers(layout[panel.y] as Layout, side, NUMBER_HEIGHT);
    return [
      [panel.x, { ...x, domain: across }],
      [panel.y, { ...y, domain: up, constraintoward: "top" }],
    ];
  });
  const annotations = ((layout.annotations ?? []) as Layout[]).map((note) => {
    const place = panels.find(({ panel }) => note.name === `panel ${names.indexOf(panel.x)}`);
    return place ? { ...note, x: (place.across[0] + place.across[1]) / 2, y: place.up[1] } : note;
  });
  return { ...layout, ...Object.fromEntries(axes), annotations };
}

/** In a column of text: rows that are as high as their pictures. @returns the plot's new height */
export function pixelPanels(chart: Chart, panels: PicturePanel[], width: number) {
  const rows = inRows(panels);
  const side = Math.min(MAX_SIDE, fittingSide(rows, width, MAX_HEIGHT));
  const height =
    rows.reduce((sum, row) => sum + side * rowsOf(row), 0) + ROW_GAP * (rows.length - 1);
  let top = 1;
  const places = rows.flatMap((row) => {
    const across = domainsAcross(row, side, width);
    const upper = top;
    top -= (side * rowsOf(row) + ROW_GAP) / height;
    return row.map((panel, i) => {
      const up: [number, number] = [Math.max(0, upper - (side * panel.rows) / height), upper];
      return { panel, across: across[i]!, up };
    });
  });
  return { layout: placedPanels(chart, places, side), height };
}

/** On a slide, whose size is given: panels keep their rows. */
export function pixelPanelsOnSlide(chart: Chart, panels: PicturePanel[], room: Room): Chart {
  const rows = inRows(panels);
  const high = Math.min(...panels.map((panel) => panel.high));
  const side = fittingSide(rows, room.width, high * room.height);
  const places = rows.flatMap((row) => {
    const across = domainsAcross(row, side, room.width);
    return row.map((panel, i) => {
      const up: [number, number] = [panel.top - (side * panel.rows) / room.height, panel.top];
      return { panel, across: across[i]!, up: [Math.max(0, up[0]), up[1]] as [number, number] };
    });
  });
  return { ...chart, layout: placedPanels(chart, places, side) };
}
