/**
 * What all drawings have in common: those of lessons, which are SVG files, and the drawing of what the
 * course builds. Lengths are in pixels as a notebook displays them. A test compares the files with it.
 */
export const DRAWING_STYLE = {
  /** A drawing is at most so wide; a wider one is made smaller. */
  columnWidth: 674,
  /** Widths of lines: in a grid, of outlines and arrows, and of what a drawing points out. */
  strokes: { grid: 1, line: 2, strong: 4 },
  /** The radius of corners: of boxes, and of small ones. */
  radius: { box: 6, small: 3 },
  /** The side of an arrow's head, whatever the width of its line. */
  head: 11,
  /** Letters are at least so large. */
  fontSize: { min: 13.7 },
} as const;
