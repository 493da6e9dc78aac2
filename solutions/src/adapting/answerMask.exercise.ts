/** answerMask: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";
import { EXACT } from "../shared/exact";

/** The ids of "<|im_start|>assistant\n" and "<|im_end|>" in SmolLM2. */
const OPENING = [1, 520, 9531, 198];
const CLOSING = 2;

const NO_CLOSING =
  "The closing id doesn't count. A model that never learns to write it doesn't know when to stop.";

const words = (random: Random, n: number) => Array.from({ length: n }, () => random.int(30, 400));

const exercise: Exercise = {
  cases: (random) => {
    const user = (n: number) => [1, 4093, 198, ...words(random, n), 2, 198];
    const answer = (n: number) => [...OPENING, ...words(random, n), 2];
    return [
      {
        group: "values",
        title: "a question and its answer",
        args: [[...user(4), ...answer(5), 198], OPENING, CLOSING],
      },
      {
        group: "values",
        title: "there are two answers",
        args: [[...user(2), ...answer(3), 198, ...user(3), ...answer(2)], OPENING, CLOSING],
      },
      {
        group: "values",
        title: "the padding is the closing id",
        args: [[...user(3), ...answer(4), 2, 2, 2], OPENING, CLOSING],
      },
      {
        group: "values",
        title: "the answer is cut off",
        args: [[...user(3), ...answer(4).slice(0, -2)], OPENING, CLOSING],
      },
      {
        group: "values",
        title: "the user writes a part of the opening",
        args: [[1, 4093, 198, 520, 9531, 198, 40, 2, 198, ...answer(2)], OPENING, CLOSING],
      },
      {
        group: "values",
        title: "the opening stands inside an answer",
        args: [[9, 4, 9, 5, 2, 6, 2], [9], 2],
      },
      {
        group: "values",
        title: "the opening ends with the closing id, and one stands inside an answer",
        args: [[9, 2, 4, 9, 2, 5, 2], [9, 2], 2],
      },
      {
        group: "values",
        title: "an id has the digits of the opening's last one, and some more",
        args: [[9, 41, 7, 2, 9, 4, 8, 2], [9, 4], 2],
      },
      {
        group: "values",
        title: "a false start overlaps the opening",
        args: [[5, 5, 5, 6, 8, 2, 8, 2], [5, 5, 6], 2],
      },
      {
        group: "values",
        title: "an answer's closing id begins the opening",
        args: [[2, 9, 4, 5, 2, 9, 6, 2, 9, 7, 2, 2, 9, 8], [2, 9], 2],
      },
      {
        group: "values",
        title: "an id ends in the digits of the opening's first",
        args: [[19, 4, 5, 2, 9, 4, 6, 2], [9, 4], 2],
      },
      {
        group: "property",
        title: "an answer is empty",
        args: [[...user(2), ...OPENING, 2, 198], OPENING, CLOSING],
      },
      {
        group: "property",
        title: "answers follow each other",
        args: [[9, 4, 2, 9, 5, 2, 9, 2, 9], [9], 2],
      },
      { group: "property", title: "there is no answer", args: [user(5), OPENING, CLOSING] },
      { group: "shapes", title: "there are no tokens", args: [[], OPENING, CLOSING] },
      {
        group: "shapes",
        title: "the text ends within the opening",
        args: [[...user(2), 1, 520], OPENING, CLOSING],
      },
      { group: "errors", title: "the opening is empty", args: [[1, 2], [], 2], throws: "opening" },
      {
        group: "values",
        title: "turns have drawn lengths",
        args: [
          [
            ...user(random.int(1, 9)),
            ...answer(random.int(1, 9)),
            198,
            ...user(random.int(1, 9)),
            ...answer(random.int(1, 9)),
          ],
          OPENING,
          CLOSING,
        ],
      },
      {
        group: "property",
        title: "answers of drawn lengths follow each other",
        args: [
          [
            9,
            ...words(random, random.int(0, 9)),
            2,
            9,
            ...words(random, random.int(0, 9)),
            2,
            ...words(random, random.int(0, 9)),
          ],
          [9],
          2,
        ],
      },
      {
        group: "shapes",
        title: "the text ends within a second opening",
        args: [
          [...user(random.int(1, 12)), ...answer(random.int(1, 12)), 198, 1, 520],
          OPENING,
          CLOSING,
        ],
      },
    ];
  },
  mutants: [
    {
      edits: [["ids[t + i] === id", "`${ids[t + i]}`.startsWith(`${id}`)"]],
      message: "Ids are searched for as texts, where 41 begins like 4. Compare them as numbers.",
    },
    {
      edits: [
        [
          "const after = end < 0 ? ids.length : end + 1;",
          "const after = end < 0 ? ids.length : end;",
        ],
      ],
      message: NO_CLOSING,
    },
    {
      edits: [
        [
          "let t = 0;",
          `let inside = false;
  ids.forEach((id, i) => {
    if (id === closing) inside = false;
    if (inside) mask[i] = 1;
    const from = i + 1 - opening.length;
    if (opening.every((first, n) => ids[from + n] === first)) inside = true;
  });
  let t = ids.length;`,
        ],
      ],
      message: NO_CLOSING,
    },
    {
      edits: [
        ["t += opening.length;", "const begin = t;\n    t += opening.length;"],
        ["mask.fill(1, t, after);", "mask.fill(1, begin, after);"],
      ],
      message:
        "The opening counts, too. The program writes it, so the model need not learn it: begin " +
        "after its last id.",
    },
    {
      edits: [
        [
          "const after = end < 0 ? ids.length : end + 1;",
          "const after = ids.length;\n    void end;",
        ],
      ],
      message: "Everything after the first opening counts. An answer ends with its closing id.",
    },
    {
      edits: [
        [
          "const after = end < 0 ? ids.length : end + 1;",
          "let after = end < 0 ? ids.length : end + 1;\n" +
            "    while (end >= 0 && ids[after] === closing) after++;",
        ],
      ],
      message:
        "Padding counts, where it is the closing id. Only the first closing id after the opening " +
        "belongs to the answer.",
    },
    {
      edits: [
        [
          "const after = end < 0 ? ids.length : end + 1;",
          "const after = end < 0 ? ids.length : ids.lastIndexOf(closing) + 1;",
        ],
      ],
      message:
        "The answer goes on to the last closing id of the conversation. It ends with the first " +
        "one after its opening.",
    },
    {
      edits: [["end < 0 ? ids.length : end + 1", "end < 0 ? t : end + 1"]],
      message: "An answer that is cut off doesn't count. It goes on to the end of the text.",
    },
    {
      edits: [["t = after;", "t = ids.length;\n    void after;"]],
      message: "Only the first answer counts. Look for the next opening after it.",
    },
    {
      edits: [["t = after;", "void 0;"]],
      message:
        "You look for openings inside an answer, too, and one begins a second answer there. " +
        "Go on after the closing id.",
    },
    {
      edits: [["opening.every((id, i) => ids[t + i] === id)", "ids[t] === opening[0]"]],
      message:
        "You look for the first id of the opening alone, which begins other turns, too. " +
        "All its ids must stand in a row.",
    },
    {
      edits: [
        [
          "if (!opening.every((id, i) => ids[t + i] === id)) {\n      t++;",
          "const found = opening.findIndex((id, i) => ids[t + i] !== id);\n" +
            "    if (found >= 0) {\n      t += Math.max(1, found);",
        ],
      ],
      message:
        "After a false start you skip the ids that did fit. The opening may begin within them.",
    },
    {
      edits: [
        [
          "const after = end < 0 ? ids.length : end + 1;",
          `const after = end < 0 ? ids.length : end + 1;
    const begins = end >= 0 && opening[0] === closing;`,
        ],
        ["t = after;", "t = begins && opening.length > 1 ? end : after;"],
      ],
      message:
        "The closing id of an answer counts as the first of the next opening. It belongs to " +
        "the answer: go on after it.",
    },
    {
      edits: [
        [
          "if (!opening.every((id, i) => ids[t + i] === id)) {",
          `const rest = \`\${ids.slice(t, t + opening.length).join()},\`;
    if (!rest.endsWith(\`\${opening.join()},\`)) {`,
        ],
      ],
      message: "Ids are compared as text, so that 19 ends in 9. Compare them as numbers.",
    },
    {
      edits: [
        [
          "t += opening.length;",
          `const begin = t;
    t += opening.length;`,
        ],
        ["ids.indexOf(closing, t)", "ids.indexOf(closing, begin)"],
      ],
      message:
        "The closing id is looked for from the opening on, which may hold it itself. Look for " +
        "it after the opening's last id.",
    },
    {
      edits: [
        [
          "t += opening.length;",
          `const begin = t;
    t += opening.length;`,
        ],
        ["ids.indexOf(closing, t)", "ids.indexOf(closing, begin + 1)"],
        ["t = after;", "t = Math.max(t, after);"],
      ],
      message:
        "The closing id is looked for from the opening on, which may hold it itself. Look for " +
        "it after the opening's last id.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
