import { expect, test } from "vitest";
import { withReadableValues } from "./tints";

const numbers = {
  type: "heatmap",
  z: [[0, 23], [null, 12]], // prettier-ignore
  ...{ zmin: 0, zmax: 23, colorscale: "Viridis", texttemplate: "%{z}" },
};

test("numbers in cells are black or white, whichever differs more from the cell", () => {
  const { text, textfont } = withReadableValues(numbers, 13);
  expect(text).toEqual([
    ['<span style="color: #ffffff">0</span>', '<span style="color: #000000">23</span>'],
    ["", '<span style="color: #000000">12</span>'],
  ]);
  expect(textfont).toEqual({ size: 13 });
});

test("letters on pale cells are black, and letters with a color keep it", () => {
  const colorscale = [[0, "#dddddd"], [1, "#ffffff"]]; // prettier-ignore
  const letters = { ...numbers, text: [["a"]], texttemplate: "%{text}", colorscale };
  expect(withReadableValues(letters, 13)).toEqual({ ...letters, textfont: { color: "#000000" } });
  const own = { ...letters, textfont: { color: "#e4e4e4" } };
  expect(withReadableValues(own, 13)).toBe(own);
  const shown = { ...numbers, texttemplate: "%{text}", hovertemplate: "%{text}" };
  expect(withReadableValues(shown, 13)).toBe(shown);
});
