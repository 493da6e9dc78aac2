/** greedyDecode: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { drawStep } from "./drawDecoder";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "six texts of five tokens are written together",
      args: [drawStep(random, 5, { places: 6 }), { begin: 1, end: 2, count: 6, maxLength: 12 }],
    },
    {
      group: "values",
      title: "end is the first id",
      args: [drawStep(random, 3, { places: 5 }), { begin: 1, end: 0, count: 5, maxLength: 10 }],
    },
    {
      group: "values",
      title: "the vocabulary has 70,000 tokens",
      args: [
        {
          $function:
            "(prefixes) => tf.oneHot(tf.tensor1d(prefixes.map((p) => " +
            '(p.length < 3 ? 69_999 : 2)), "int32"), 70_000)',
        },
        { begin: 1, end: 2, count: 1, maxLength: 6 },
      ],
    },
    {
      group: "values",
      title: "there is one text",
      args: [drawStep(random, 4), { begin: 1, end: 2, count: 1, maxLength: 8 }],
    },
    {
      group: "shapes",
      title: "each text may have one token",
      args: [drawStep(random, 4, { places: 3 }), { begin: 1, end: 2, count: 3, maxLength: 1 }],
    },
    {
      group: "shapes",
      title: "no text ends by itself",
      args: [
        { $function: "(prefixes) => tf.tensor(prefixes.map((p) => [0, 0, -9, p.length % 2]))" },
        { begin: 1, end: 2, count: 2, maxLength: 6 },
      ],
    },
    {
      group: "property",
      title: "two tokens are equally likely",
      args: [
        {
          $function:
            "(prefixes) => tf.tensor(prefixes.map((p) => [p.length > 3 ? 1 : -1, 0, 0, -1]))",
        },
        { begin: 3, end: 0, count: 1, maxLength: 8 },
      ],
    },
    {
      group: "property",
      title: "step isn't called once all texts have ended, and sees only `end` after an `end`",
      args: [
        {
          $function: `(prefixes) => {
            const ended = prefixes.filter((p) => p.includes(2));
            if (ended.length === prefixes.length) {
              throw new Error("step is called although all texts have ended");
            }
            if (ended.some((p) => p.at(-1) !== 2)) {
              throw new Error("a text that has ended goes on with something other than end");
            }
            const row = (p, i) => (p.length > i + 1 ? [0, 0, 1] : [1, 0, 0]);
            return tf.tensor(prefixes.map(row));
          }`,
        },
        { begin: 1, end: 2, count: 3, maxLength: 9 },
      ],
    },
    {
      group: "errors",
      title: "count is 0",
      args: [drawStep(random, 3), { begin: 1, end: 2, count: 0, maxLength: 3 }],
      throws: "count",
    },
    {
      group: "property",
      title: "all tensors are disposed of",
      args: [drawStep(random, 4), { begin: 1, end: 2, count: 2, maxLength: 4 }],
      tidy: true,
    },
    {
      group: "property",
      title: "after an `end`, step would go on with another token",
      args: [
        {
          $function:
            "(prefixes) => { if (prefixes.some((p) => p.includes(2) && p.at(-1) !== 2)) " +
            "throw new Error('a text that has ended goes on with something else than end'); " +
            "return tf.tensor(prefixes.map((p, i) => " +
            "(p.includes(2) || p.length <= i + 1 ? [1, 0, 0] : [0, 0, 1]))); }",
        },
        { begin: 1, end: 2, count: 3, maxLength: 9 },
      ],
    },
    {
      group: "property",
      title: "the same id begins and ends a text",
      args: [drawStep(random, 4, { places: 5 }), { begin: 2, end: 2, count: 4, maxLength: 9 }],
    },
    {
      group: "shapes",
      title: "each text may have three tokens",
      args: [drawStep(random, 8, { places: 6 }), { begin: 1, end: 2, count: 6, maxLength: 3 }],
    },
  ],
  mutants: [
    {
      edits: [["[begin, ...ids]", "[...ids, begin]"]],
      message:
        "`begin` comes at the end of each prefix. It is the first token that the model reads.",
    },
    {
      edits: [["ids.slice(0, ids.indexOf(end) + 1)", "ids.slice(0, ids.indexOf(end))"]],
      message:
        "`end` was cut off. Keep it, so a finished text differs from one that ran out of room.",
    },
    {
      edits: [["ended(ids) ? ids.slice(0, ids.indexOf(end) + 1) : ids", "ids"]],
      message:
        "Texts that ended early are filled with `end` up to the longest. " +
        "Cut each after its first `end`.",
    },
    {
      edits: [["texts.every(ended)", "texts.some(ended)"]],
      message: "All texts stop when the first one ends. Go on until every text has ended.",
    },
    {
      edits: [
        ["ended(ids) ? end : next[i]!", "next[i]!"],
        [
          "const ended = (ids: number[]) => ids.includes(end);",
          "const ended = (ids: number[]) => ids.at(-1) === end;",
        ],
      ],
      message: "A text that has ended keeps growing. Once it has `end`, it gets nothing but `end`.",
    },
    {
      edits: [
        [
          "return texts.map((ids) => (ended(ids) ? ids.slice(0, ids.indexOf(end) + 1) : ids));",
          `return texts.map((ids) => {
             const cut = ended(ids) ? ids.slice(0, ids.indexOf(end) + 1) : ids;
             return [begin, ...cut];
           });`,
        ],
      ],
      message: "The texts contain `begin`. Only the prefixes start with it.",
    },
    {
      edits: [["t < maxLength &&", "t + 1 < maxLength &&"]],
      message:
        "Texts stop one token too early: `begin` doesn't count toward maxLength, `end` does.",
    },
    {
      edits: [["[begin, ...ids]", "(ids.length > 0 ? ids : [begin])"]],
      message:
        "`begin` is missing from the prefixes once something is written. " +
        "It stays the first token that the model reads.",
    },
    {
      edits: [["step(texts.map((ids) => [begin, ...ids]))", "step(texts.map((ids) => [...ids]))"]],
      message: "The prefixes don't start with `begin`.",
    },
    {
      edits: [["t < maxLength &&", "t <= maxLength &&"]],
      message: "The texts have one token too many. Stop at maxLength, which includes `end`.",
    },
  ],
};
export default exercise;
