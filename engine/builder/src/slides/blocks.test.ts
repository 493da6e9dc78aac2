import { expect, test } from "vitest";
import { toBlocks } from "./blocks.js";

/** The parts of a slide that come up later, each with its press. */
const later = (markdown: string) =>
  toBlocks(markdown, { asks: true })
    .flatMap((block) => ("html" in block ? [block.html] : []))
    .join("\n")
    .match(/<[^>]*class="fragment"[^>]*>/g) ?? [];

test("what stands below a list or a table comes up at one press, the list is there at once", () => {
  const list = "- one\n- two\n- three";
  const answer = '<p class="fragment" data-fragment-index="0">';
  expect(later(`## Title\n\n${list}`)).toEqual([]);
  expect(later(`## Title\n\n${list}\n\nThe sum.`)).toEqual([answer]);
  expect(later(`## Title\n\nBefore.\n\n${list}\n\nThe sum.\n\nMore.`)).toEqual([answer, answer]);
  expect(later("## Title\n\n| a |\n|---|\n| 1 |\n\nBelow.")).toEqual([answer]);
  expect(later("## Title\n\nOnly words.")).toEqual([]);
});
