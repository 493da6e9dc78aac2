/** maskTokens: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

function draw(random: Random, B: number, T: number, low: number, high: number) {
  const ids = Array.from({ length: B * T }, () => random.int(low, high));
  return tensorData([B, T], ids, "int32");
}

const exercise: Exercise = {
  cases: (random) => {
    const noise = (B: number, T: number) => ({
      choose: random.uniform([B, T]),
      kind: random.uniform([B, T]),
      replacement: draw(random, B, T, 5, 40),
    });
    const even = (...values: number[]) => tensorData([1, values.length], values);
    const ints = (...values: number[]) => tensorData([1, values.length], values, "int32");
    const oneText = (T: number) => [
      draw(random, 1, T, 5, 40),
      noise(1, T),
      { maskId: 3, specials: [], rate: 0.9 },
    ];
    return [
      {
        group: "values",
        title: "every second token is chosen",
        args: [
          draw(random, 3, 12, 0, 40),
          noise(3, 12),
          { maskId: 3, specials: [0, 1, 2, 3], rate: 0.5 },
        ],
      },
      {
        group: "values",
        title: "rate isn't given",
        args: [draw(random, 4, 20, 5, 40), noise(4, 20), { maskId: 3, specials: [0, 1] }],
      },
      {
        group: "values",
        title: "hidden, replaced and kept tokens are side by side",
        args: [
          ints(10, 11, 12, 13),
          {
            choose: even(0, 0, 0, 0.5),
            kind: even(0.5, 0.85, 0.95, 0.5),
            replacement: ints(20, 21, 22, 23),
          },
          { maskId: 4, specials: [], rate: 0.5 },
        ],
      },
      {
        group: "values",
        title: "a special token would be chosen",
        args: [
          ints(1, 7, 2),
          { choose: even(0, 0, 0), kind: even(0, 0, 0), replacement: ints(9, 9, 9) },
          { maskId: 4, specials: [1, 2] },
        ],
      },
      {
        group: "values",
        title: "a special token has the id 0",
        args: [
          ints(0, 7, 0),
          { choose: even(0, 0, 0), kind: even(0, 0, 0), replacement: ints(9, 9, 9) },
          { maskId: 4, specials: [0] },
        ],
      },
      {
        group: "property",
        title: "rate is 0: nothing changes, no label",
        args: [draw(random, 2, 5, 5, 40), noise(2, 5), { maskId: 3, specials: [], rate: 0 }],
      },
      {
        group: "shapes",
        title: "there is one token",
        args: [draw(random, 1, 1, 5, 9), noise(1, 1), { maskId: 3, specials: [], rate: 1 }],
      },
      {
        group: "errors",
        title: "rate is over 1",
        args: [draw(random, 1, 3, 5, 9), noise(1, 3), { maskId: 3, specials: [], rate: 15 }],
        throws: "rate",
      },
      {
        group: "values",
        title: "kind is exactly 0.8",
        args: [
          ints(10, 11),
          { choose: even(0, 0), kind: even(0.8, 0.79), replacement: ints(20, 21) },
          { maskId: 4, specials: [] },
        ],
      },
      {
        group: "values",
        title: "kind is float32's 0.9, which is below 0.9 in float64",
        args: [
          ints(10, 11),
          { choose: even(0, 0), kind: even(0.9, 0.89), replacement: ints(20, 21) },
          { maskId: 4, specials: [] },
        ],
      },
      {
        group: "values",
        title: "the mask stands in the text and isn't special",
        args: [
          ints(4, 7, 4),
          { choose: even(0, 0, 0), kind: even(0.5, 0.5, 0.95), replacement: ints(9, 9, 9) },
          { maskId: 4, specials: [1] },
        ],
      },
      {
        group: "shapes",
        title: "there is one text of a few tokens",
        args: oneText(random.int(2, 9)),
      },
    ];
  },
  mutants: [
    {
      edits: [["tf.where(kind.less(0.9), replacement, ids)", "ids"]],
      message: "No token is replaced: from 0.8 to 0.9, the replacement goes there.",
    },
    {
      edits: [["tf.where(kind.less(0.8), whole(maskId), visible)", "whole(maskId)"]],
      message:
        "Every chosen token is hidden. " +
        "A tenth of them should be replaced, and a tenth should stay.",
    },
    {
      edits: [
        [
          "chosen = chosen.logicalAnd(ids.notEqual(whole(special)))",
          "chosen = chosen.logicalAnd(ids.greaterEqual(whole(-1 - special)))",
        ],
      ],
      message: "A special token is chosen. Never mask [CLS], [SEP] and padding.",
    },
    {
      edits: [
        [
          "tf.where(chosen, ids, whole(-100))",
          "tf.where(changed.notEqual(ids), tf.where(chosen, ids, whole(-100)), whole(-100))",
        ],
      ],
      message:
        "A chosen token that stays has no label. " +
        "It must be guessed too: the model can't know which tokens were left alone.",
    },
    {
      edits: [["tf.where(chosen, ids, whole(-100))", "ids"]],
      message:
        "Every token has a label. Tokens that weren't chosen get −100, which the loss ignores.",
    },
    {
      edits: [["tf.where(chosen, ids, whole(-100))", "tf.where(chosen, changed, whole(-100))"]],
      message: "The labels hold the changed input. They should hold the id that was there before.",
    },
    {
      edits: [["choose.less(rate)", "choose.lessEqual(rate)"]],
      message:
        "A token whose number equals the rate is chosen. " +
        "Choose only what is below it: choose < rate.",
    },
    {
      edits: [["inputs: tf.where(chosen, changed, ids)", "inputs: changed"]],
      message: "Tokens that weren't chosen are changed as well. Leave them as they are.",
    },
    {
      edits: [
        ["labels: tf.where(chosen, ids", "labels: tf.where(chosen.logicalAnd(kind.less(0.8)), ids"],
      ],
      message:
        "Only hidden tokens have a label. Chosen tokens that are replaced or stay must be " +
        "guessed too.",
    },
    {
      edits: [["kind.less(0.9), replacement, ids", "kind.less(0.9), ids, replacement"]],
      message:
        "Replaced and kept tokens are swapped: the replacement goes in from 0.8 to 0.9, and " +
        "from 0.9 on the token stays.",
    },
    {
      edits: [["whole(-100)", "whole(0)"]],
      message:
        "Tokens that weren't chosen have the label 0, which is the id of a token. They get " +
        "−100, which the loss ignores.",
    },
    {
      edits: [["tf.where(kind.less(0.9), replacement, ids)", "replacement"]],
      message: "No chosen token is left as it is. From 0.9 on it stays.",
    },
    {
      edits: [["kind.less(0.8)", "kind.lessEqual(0.8)"]],
      message: "A token is hidden where kind is exactly 0.8. Hide it only below: kind < 0.8.",
    },
    {
      edits: [["choose.less(rate)", "choose.less(0.15)"]],
      message: "options.rate is ignored. 0.15 is only its default.",
    },
    {
      edits: [["choose.less(rate)", "choose.greaterEqual(rate)"]],
      message: "The wrong tokens are chosen: a token is chosen where choose is below the rate.",
    },
    {
      edits: [["whole(-100)", "whole(-1)"]],
      message:
        "Tokens that weren't chosen have the label −1. They get −100, which the loss ignores.",
    },
    {
      edits: [
        ["tf.where(chosen, ids, whole(-100))", "tf.where(chosen, whole(maskId), whole(-100))"],
      ],
      message: "The labels hold maskId. They should hold the id that was there before.",
    },
    {
      edits: [["choose.less(rate)", "choose.greater(rate)"]],
      message: "The wrong tokens are chosen: a token is chosen where choose is below the rate.",
    },
  ],
};
export default exercise;
