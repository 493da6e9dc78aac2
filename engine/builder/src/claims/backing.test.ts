import { rmSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { claimsOf, isClaim, numbersIn } from "./backing";
import { SETUP, claimCourse } from "./claims.testing";
import { sentencesIn } from "./sentences";

const roots: string[] = [];
afterEach(() => roots.splice(0).forEach((root) => rmSync(root, { recursive: true })));

/** Each claim of the text with its backing and the numbers that lack one; and the problems. */
function backingIn(
  text: string,
  { notClaims = [] as string[], ...given }: { notClaims?: string[]; sources?: string } = {},
) {
  const { root, read } = claimCourse(SETUP + text, given);
  roots.push(root);
  const { sentences, problems } = claimsOf(root, read(), { notClaims, open: [] });
  const found = sentences.map((s) => [s.text, s.backing, ...s.unbackedNumbers]);
  return { found, problems };
}

test.each([
  "The loss falls to 0.25.",
  "It gets 34 % right.",
  "It has 1,297 rows.",
  "The second is better.",
  "Nothing else is as fast as this.",
  "The longer the text, the slower it runs.",
  "It never fails.",
  "Only the last one moves.",
])("a claim: %s", (text) => expect(isClaim(sentencesIn(text, {})[0]!, [])).toBe(true));

test.each([
  "Each token has a vector.",
  "Is the second better?",
  "Try a rate of 0.25.",
  "Lesson 05 builds it, with algorithm 12 of Jumper et al. 2021.",
  "The width is $D = 64$ and the code `x.slice(0, 64)`.",
  "At least one of them is chosen.",
  "It sums the layer, the answer and the other number.",
  "[07](../07-cheaper-attention/lesson.md) builds it.",
])("no claim: %s", (text) =>
  expect(isClaim(sentencesIn(text, {})[0]!, ["at least one"])).toBe(false),
);

test("numbers are found without names, signs and single digits", () =>
  expect(numbersIn("In 2021, GPT-2 had 50,257 tokens, 0.5 of 3 and lesson 12 has 34 %.")).toEqual([
    "50,257",
    "0.5",
    "34",
  ]));

test("captions are found that reach a figure through a constant or a function of the lesson", () => {
  const text = [
    "```ts demo",
    'const caption = "A constant of 31.";',
    "show(caption, figure);",
    "const board = (n: number, says: string) => live(says, figure);",
    "async function watched(says: string) { return board(1, says); }",
    "```",
    "",
    "```ts demo",
    'await watched("An argument of 32.");',
    "board(33, `A template of ${33} and 34.`);",
    "show(unknown, figure);",
    'show("Two lines of code, " +',
    '  "and 35 in the second.", figure);',
    "```",
  ].join("\n");
  const found = sentencesIn(text, {}).map(({ text: t, line }) => [line, t]);
  expect(found).toEqual([
    [3, "A constant of 31."],
    [9, "An argument of 32."],
    [10, "A template of … and 34."],
    [12, "Two lines of code, and 35 in the second."],
  ]);
});

test("sentences have their lines, through paragraphs, lists, tables, slides, notes and captions", () => {
  const text = [
    "One is 11. Two et al. 2021",
    "is 12.",
    "",
    "- item 13",
    "| a | 14 |",
    "|---|---|",
    "| b | 15 |",
    "",
    ":::: slide",
    "![Caption 16](#cell)",
    "",
    "::: notes",
    "Note 17.",
    ":::",
    "::::",
    "",
    "```ts demo",
    "const x = 1;",
    "show(`Loss ${x} of 18.`, x); // 19",
    "```",
    "",
    "```ts",
    "// only shown: 20",
    "```",
    "",
    ":::: exercise f points=1",
    "Return 21.",
    "::::",
    "",
    "## Sources",
    "A title with 22 words.",
  ].join("\n");
  const found = sentencesIn(text, {}).map(({ text: t, line }) => [line, t]);
  expect(found).toEqual([
    [1, "One is 11."],
    [1, "Two et al. 2021 is 12."],
    [4, "item 13"],
    [5, "| a | 14 |"],
    [7, "| b | 15 |"],
    [10, "Caption 16"],
    [13, "Note 17."],
    [19, "Loss … of 18."],
  ]);
});

test("what backs a sentence: a result, the claim below it, a quotation, a link, a row, nothing", () => {
  const text = `The loss is {eval}\`losses[2]!:.2f\`. It starts at 3.2.

\`\`\`ts claim
losses[0] === 3.2
\`\`\`

The last loss is the smallest. [He et al.](https://a.org) found the same more often.

\`\`\`ts claim
// The last loss is the smallest
Math.min(...losses) === losses[2]
\`\`\`

Genomes are longer than texts. Nobody knows a better one.`;
  const sources = "| Genomes are longer than texts | Sanger 1982 |";
  expect(backingIn(text, { sources })).toEqual({
    found: [
      ["The loss is ….", "inline result"],
      ["It starts at 3.2.", "claim cell"],
      ["The last loss is the smallest.", "claim cell"],
      ["He et al. found the same more often.", "source"],
      ["Genomes are longer than texts.", "source"],
      ["Nobody knows a better one.", "nothing"],
    ],
    problems: [],
  });
});

test("a number must stand in what backs its sentence", () => {
  const text = `The smallest loss is 1.9 of 3.5, the third of 0.34.

\`\`\`ts claim
near(losses[2], 1.9, 0.05) && losses[0] === 3.2
\`\`\``;
  expect(backingIn(text).found).toEqual([
    ["The smallest loss is 1.9 of 3.5, the third of 0.34.", "nothing", "3.5", "0.34"],
  ]);
});

test("one quotation backs each sentence that has its words", () => {
  const text = `The last loss is smallest here.

:::: slide only
## Recap
- the last loss is smallest
- The last loss is smallest of all
::::

\`\`\`ts claim
// last loss is smallest
losses[2] < losses[0]
\`\`\``;
  expect(backingIn(text).found.map(([, backing]) => backing)).toEqual(Array(3).fill("claim cell"));
});

test("a quotation that no sentence has is a problem, as is one that is too short", () => {
  const text = `The last loss is smallest.

\`\`\`ts claim
// The last loss is largest
// loss
losses[2] < losses[0]
\`\`\``;
  const file = "lessons-src/01-insertion/lesson.md";
  expect(backingIn(text, { sources: "| Nobody says this | a book |" }).problems).toEqual([
    `${file}:14: no sentence of ${file} says "The last loss is largest"`,
    `${file}:14: no sentence of ${file} says "loss"`,
    `docs/claims.md: no sentence of ${file} says "Nobody says this"`,
  ]);
});

test("a claim cell that reads a tensor at once is a problem, since WebGPU can't", () => {
  const text = `The last loss is smallest.

\`\`\`ts claim
// last loss is smallest
tf.tensor1d(losses).argMin().dataSync()[0] === 2
\`\`\``;
  const file = "lessons-src/01-insertion/lesson.md";
  expect(backingIn(text).problems).toEqual([
    `${file}:14: on WebGPU dataSync() reads no tensor: write await x.data()`,
  ]);
});
