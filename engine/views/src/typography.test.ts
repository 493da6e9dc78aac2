import { expect, test } from "vitest";
import { joinUnits, titleAndRest, titleAndTask } from "./typography";

const nbsp = "\u00a0";

test("numbers stay with their units and errors, and words with nothing", () => {
  const texts = [
    "100.0 % right",
    "3.8 ± 0.2 Å (real: 4 %)",
    "3.7 nm",
    "5 ms, 12 GB/s",
    "2 s",
    "8 × 10⁻¹⁰ and 3 × 4",
  ];
  expect(texts.map((text) => joinUnits(text).replaceAll(nbsp, "_"))).toEqual([
    "100.0_% right",
    "3.8_±_0.2_Å (real: 4_%)",
    "3.7_nm",
    "5_ms, 12_GB/s",
    "2_s",
    "8_×_10⁻¹⁰ and 3 × 4",
  ]);
  for (const text of ["5 minutes", "3 sheets", "lesson 4 has", "% of 5", "a ± b"]) {
    expect(joinUnits(text)).toBe(text);
  }
  expect(joinUnits(joinUnits("3.8 ± 0.2 Å"))).toBe(joinUnits("3.8 ± 0.2 Å"));
});

const long = "and what stands behind it goes on and on, ".repeat(4);

test("a long caption has its first sentence as its title", () => {
  const caption = `Time of two layers, the least of seven runs. Short ones: ${long}`;
  expect(titleAndRest(caption)).toEqual({
    title: "Time of two layers, the least of seven runs.",
    rest: `Short ones: ${long}`.trim(),
  });
});

test("a caption is divided at the end of a sentence alone, and one of a line isn't", () => {
  const sentences = [`Chains of each source: ${long}; end.`, `It goes on, ${long}.`];
  for (const text of ["Top: it falls. So does this.", "", ...sentences]) {
    expect(titleAndRest(text)).toEqual({ title: text, rest: "" });
  }
  expect(titleAndRest(`${sentences[0]} Gray: none.`)).toEqual({
    title: sentences[0],
    rest: "Gray: none.",
  });
});

test("a sentence may end with a quotation, and the next begin with a token", () => {
  for (const title of ["All heads on “The animal was too tired.”", "Each row is a query."]) {
    expect(titleAndRest(`${title} [CLS] is left out, ${long}.`).title).toBe(title);
  }
});

test("a caption isn't divided inside parentheses", () => {
  const title = "Where each blank looks (a line. Then another) in ten strings.";
  expect(titleAndRest(`${title} It looks back, ${long}.`).title).toBe(title);
});

test("no part of a caption is lost", () => {
  const caption = `Loss by step at 3.8 Å. Both fall, one of them later: ${long}.`;
  const { title, rest } = titleAndRest(caption);
  expect(`${title} ${rest}`).toBe(caption);
});

test("above a figure with inputs stand whole sentences of two lines, the others below it", () => {
  const [title, task] = ["A chain bends at its joint.", "Move the slider."];
  const rest = `Gray: ${"the crystal structure, ".repeat(8)}as it is.`;
  expect(titleAndTask(`${title} ${task} ${rest}`)).toEqual({
    above: `${title} ${task}`,
    below: rest,
  });
  expect(titleAndTask(title)).toEqual({ above: title, below: "" });
});

test("a task stands below a figure whose title takes two lines", () => {
  const title = `${"A chain bends at its joint, ".repeat(5)}and its halves stay.`;
  expect(titleAndTask(`${title} Move the slider.`)).toEqual({
    above: title,
    below: "Move the slider.",
  });
});
