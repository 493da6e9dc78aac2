/**
 * What all drawings have in common: those of lessons, which are SVG files, and the drawing of what the
 * course builds. A test compares the files with it.
 */
export const DRAWING_STYLE = {
  /** Widths of lines: in a grid, of outlines and arrows, and of what a drawing points out. */
  strokes: { grid: 1, line: 1.5, strong: 2.5 },
  /** From this width on, a line's width is an amount, such as a weight of attention. */
  minAmount: 3.6,
  /** The radius of a box's corners. */
  radius: 6,
  /** The side of an arrow's head, in units of the drawing whatever the width of its line. */
  head: 11,
  /** Pixels: most letters of a drawing at its natural size, which its file names. */
  fontSize: 15,
} as const;
