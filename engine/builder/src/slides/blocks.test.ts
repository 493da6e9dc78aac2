import { expect, test } from "vitest";
import { toBlocks } from "./blocks.js";

/** The texts of a slide's parts that come up later. */
const later = (markdown: string) =>
  toBlocks(markdown, { steps: true })
    .flatMap((block) => ("html" in block ? [block.html] : []))
    .join("\n")
    .match(/class="fragment"/g)?.length ?? 0;

test("points come up one after another, the first one at once where only a title would be left", () => {
  const list = "- one\n- two\n- three";
  expect(later(`## Title\n\n${list}`)).toBe(2);
  expect(later(`## Title\n\n${list}\n\nThe sum.`)).toBe(3);
  expect(later(`## Title\n\nBefore.\n\n${list}`)).toBe(3);
  expect(later(`## Title\n\n${list}\n\n\`\`\`ts\nf();\n\`\`\``)).toBe(3);
  expect(later("## Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |")).toBe(2);
});
