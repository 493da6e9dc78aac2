/** prefixCache: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";
import { pageKey } from "./pageKey";

const draw = (random: Random, n: number) => Array.from({ length: n }, () => random.int(0, 40));

/** The pages of some texts, numbered as given. */
function knownOf(texts: number[][], size: number, numbers: number[]): Map<string, number> {
  const known = new Map<string, number>();
  for (const text of texts) {
    let before = -1;
    for (let end = size; end <= text.length; end += size) {
      const key = pageKey(before, text.slice(end - size, end));
      const number = known.get(key) ?? numbers[known.size]!;
      known.set(key, number);
      before = number;
    }
  }
  return known;
}

const exercise: Exercise = {
  cases: (random) => {
    const text = draw(random, 12);
    const long = draw(random, 26);
    const three = knownOf([text], 4, [7, 0, 5]);
    const numbers = (n: number) => Array.from({ length: n }, (_, i) => 50 * i + random.int(0, 49));
    const pagesOf = (text: number[], size: number) =>
      knownOf([text], size, numbers(Math.floor(text.length / size)));
    return [
      {
        group: "values",
        title: "two of three pages are known",
        args: [[...text.slice(0, 8), 41, 42, 43], three, 4],
      },
      {
        group: "values",
        title: "all full pages are known, and a token follows",
        args: [[...text, 9], three, 4],
      },
      {
        group: "values",
        title: "the prompt has nine pages, of which eight are known",
        args: [long, knownOf([long.slice(0, 24)], 3, [4, 9, 2, 0, 6, 1, 8, 3]), 3],
      },
      {
        group: "values",
        title: "the first page differs in one token",
        args: [[text[0]! + 1, ...text.slice(1), 3], three, 4],
      },
      { group: "values", title: "nothing is known", args: [text, new Map(), 4] },
      {
        group: "property",
        title: "the whole prompt is known, so its last page is read again",
        args: [text, three, 4],
      },
      {
        group: "property",
        title: "the prompt ends within a page",
        args: [text.slice(0, 7), three, 4],
      },
      {
        group: "property",
        title: "a page's tokens are known, but after another beginning",
        args: [[5, 6, 3, 4, 7], knownOf([[1, 2, 3, 4]], 2, [0, 1]), 2],
      },
      {
        group: "property",
        title: "after a page that isn't known comes one whose tokens are",
        args: [[1, 2, 9, 9, 5, 6, 7], knownOf([[1, 2, 5, 6]], 2, [3, 8]), 2],
      },
      {
        group: "property",
        title: "two texts hold the same tokens after different beginnings",
        args: [
          [5, 6, 3, 4, 7],
          knownOf(
            [
              [1, 2, 3, 4],
              [5, 6, 3, 4],
            ],
            2,
            [4, 2, 9, 1],
          ),
          2,
        ],
      },
      { group: "shapes", title: "the prompt is one token", args: [[3], knownOf([[3]], 1, [0]), 1] },
      {
        group: "shapes",
        title: "the prompt is shorter than a page",
        args: [text.slice(0, 2), three, 4],
      },
      { group: "errors", title: "the prompt is empty", args: [[], three, 4], throws: "prompt" },
      { group: "errors", title: "size is 0", args: [text, three, 0], throws: "size" },
      {
        group: "values",
        title: "pages have drawn numbers, and the prompt a drawn length",
        args: [[...long.slice(0, random.int(4, 26)), 41], pagesOf(long, 3), 3],
      },
      {
        group: "property",
        title: "the prompt is known and ends with a page, and pages have drawn numbers",
        args: [long.slice(0, 3 * random.int(2, 8)), pagesOf(long, 3), 3],
      },
      {
        group: "shapes",
        title: "a page is one token",
        args: [text.slice(0, random.int(3, 12)), pagesOf(text, 1), 1],
      },
    ];
  },
  mutants: [
    {
      edits: [["end < prompt.length", "end <= prompt.length"]],
      message:
        "The page of the last token is shared, too. The last token must be read: its scores " +
        "choose the first new token.",
    },
    {
      edits: [["pageKey(shared.at(-1) ?? -1,", "pageKey(-1,"]],
      message:
        "Each page is looked up as if it were a text's first. Keys and values depend on all " +
        "tokens before them, so the key names the page before.",
    },
    {
      edits: [["if (page === undefined) break;", "if (page === undefined) continue;"]],
      message:
        "You go on after a page that isn't known. The pages after it depend on it: stop there.",
    },
    {
      edits: [["if (page === undefined) break;", "if (!page) break;"]],
      message: "Page number 0 counts as not known. Compare with undefined.",
    },
    {
      edits: [["pageKey(shared.at(-1) ?? -1,", "pageKey(shared.length - 1,"]],
      message:
        "The key names the place of the page before in the text, not its number. Two texts have a " +
        "second page, and only the number tells them apart.",
    },
    {
      edits: [["pageKey(shared.at(-1) ?? -1,", "pageKey(shared.at(-1) ?? 0,"]],
      message: "The page before a text's first page is −1, not 0, which is a page's number.",
    },
    {
      edits: [["let end = size; end < prompt.length", "let end = size; end < prompt.length - 1"]],
      message: "A full page before the last token is left out. It counts if one token follows it.",
    },
    {
      edits: [["return shared;", "return shared.map((_, i) => i);"]],
      message: "The result counts from 0. Return the numbers that `known` gives.",
    },
  ],
};
export default exercise;
