/** beamSearch: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { drawStep } from "./drawDecoder";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "three beams, five tokens",
      args: [drawStep(random, 5), { begin: 1, end: 2, beams: 3, maxLength: 7 }],
    },
    {
      group: "values",
      title: "one beam, which is greedy",
      args: [drawStep(random, 4), { begin: 1, end: 0, beams: 1, maxLength: 6 }],
    },
    {
      group: "values",
      title: "the beam holds every text",
      args: [drawStep(random, 3), { begin: 1, end: 2, beams: 60, maxLength: 4 }],
    },
    {
      group: "values",
      title: "alpha is 0, which favors short texts",
      args: [drawStep(random, 4), { begin: 1, end: 2, beams: 4, maxLength: 6, alpha: 0 }],
    },
    {
      group: "values",
      title: "alpha is large, which favors long texts",
      args: [drawStep(random, 4), { begin: 1, end: 2, beams: 4, maxLength: 6, alpha: 3 }],
    },
    {
      group: "values",
      title: "two beams hold sharp probabilities",
      args: [drawStep(random, 6, { scale: 3 }), { begin: 0, end: 3, beams: 2, maxLength: 8 }],
    },
    {
      group: "shapes",
      title: "there is one round",
      args: [drawStep(random, 4), { begin: 1, end: 2, beams: 2, maxLength: 1 }],
    },
    {
      group: "shapes",
      title: "no text ends by itself",
      args: [
        { $function: "(prefixes) => tf.tensor(prefixes.map((p) => [-2 - p.length / 8, -1, -40]))" },
        { begin: 1, end: 2, beams: 2, maxLength: 4 },
      ],
    },
    {
      group: "property",
      title: "some tokens are impossible, log p = −∞",
      args: [
        {
          $function: `(prefixes) => {
            const row = (p) => [-Infinity, -0.5, p.length > 2 ? -1 : -Infinity];
            return tf.tensor(prefixes.map(row));
          }`,
        },
        { begin: 1, end: 2, beams: 5, maxLength: 4 },
      ],
    },
    {
      group: "errors",
      title: "beams is 0",
      args: [drawStep(random, 3), { begin: 1, end: 2, beams: 0, maxLength: 4 }],
      throws: "beams",
    },
    {
      group: "values",
      title: "two tokens are equally likely, and the lower id stays",
      args: [
        {
          $function:
            "(prefixes) => tf.tensor(prefixes.map((p) => ({ 0: [-1.5, -1, -1.5, -9], " +
            "1: [-2, -2.5, -3, -1.75], 2: [-0.5, -0.25, -4, -0.125] })[p.at(-1)]))",
        },
        { begin: 0, end: 3, beams: 2, maxLength: 3 },
      ],
    },
    {
      group: "property",
      title: "log-probabilities lie far below zero",
      args: [
        { $function: "(prefixes) => tf.tensor(prefixes.map(() => [-30000, -20000, -50000]))" },
        { begin: 0, end: 0, beams: 2, maxLength: 2 },
      ],
    },
    {
      group: "property",
      title: "the tensors of step are disposed of",
      args: [drawStep(random, 4), { begin: 1, end: 2, beams: 2, maxLength: 3 }],
      tidy: true,
    },
  ],
  mutants: [
    {
      edits: [["logP: logP + more", "logP: more"]],
      message:
        "A candidate's log p is that of its last token alone. " +
        "Add the prefix's log p: the log of a product is a sum.",
    },
    {
      edits: [
        [
          "live = best.filter((candidate) => !isDone(candidate));",
          "live = best.filter(({ ids }) => ids.length < maxLength);",
        ],
      ],
      message:
        "Texts that reached `end` keep growing. They should leave the beam: they are finished.",
    },
    {
      edits: [["(5 + length) / 6) ** alpha", "(5 + length) / 6) ** -alpha"]],
      message: "The penalty is inverted: divide log p by ((5 + length)/6)^alpha.",
    },
    {
      edits: [["score: logP / penalty(ids.length)", "score: logP"]],
      message:
        "The scores are plain log p, which prefers short texts. Divide by the length penalty.",
    },
    {
      edits: [
        [
          ".sort((a, b) => b.logP - a.logP).slice(0, beams)",
          `.sort((a, b) => b.logP / penalty(b.ids.length) - a.logP / penalty(a.ids.length))
           .filter((x, i, all) => {
             const prefix = ({ ids }: Candidate) => ids.slice(0, -1).join();
             const better = all.slice(0, i).filter((y) => prefix(y) === prefix(x));
             return better.length < Math.max(1, Math.floor(beams / live.length));
           })
           .slice(0, beams)`,
        ],
      ],
      message:
        "Each prefix keeps the same number of its own candidates. " +
        "All candidates of all prefixes compete for the places in the beam.",
    },
    {
      edits: [
        [
          "ids.at(-1) === end || ids.length === maxLength",
          "ids.at(-1) === end || ids.length > maxLength",
        ],
      ],
      message: "Texts grow by one token too many: a text with maxLength tokens is finished.",
    },
    {
      edits: [
        [
          "finished.sort((a, b) => b.score - a.score)",
          `finished.sort((a, b) => {
             const logP = (text: typeof a) => text.score * penalty(text.ids.length);
             return logP(b) - logP(a);
           })`,
        ],
      ],
      message: "The results are sorted by log p. Sort them by score.",
    },
    {
      edits: [["penalty(ids.length)", "penalty(ids.length - (ids.at(-1) === end ? 1 : 0))"]],
      message:
        "`end` isn't counted in the length. " +
        "It was generated like any other token, so it counts.",
    },
    {
      edits: [[".filter(({ logP }) => logP > -Infinity)", ""]],
      message: "Impossible texts, log p = −∞, fill free places in the beam. Leave them out.",
    },
    {
      edits: [
        ["while (live.length > 0) {", "while (live.length > 0 && finished.length < beams) {"],
      ],
      message:
        "The search stops as soon as there are `beams` finished texts. " +
        "A live one may still get a better score: go on until none is live.",
    },
    {
      edits: [
        [".sort((a, b) => b.logP - a.logP).slice(0, beams);", ".sort((a, b) => b.logP - a.logP);"],
        [
          "live = best.filter((candidate) => !isDone(candidate));",
          "live = best.filter((candidate) => !isDone(candidate)).slice(0, beams);",
        ],
      ],
      message:
        "Finished texts don't take a place in the beam. " +
        "Keep the `beams` best candidates, finished or not; then the finished ones leave.",
    },
    {
      edits: [["penalty(ids.length)", "penalty(ids.length + 1)"]],
      message: "`begin` is counted in the length. Only what was generated counts.",
    },
    {
      edits: [["({ ids, score: logP", "({ ids: ids.filter((id) => id !== end), score: logP"]],
      message:
        "`end` is missing from the texts. " +
        "Keep it, so a finished text differs from one that ran out of room.",
    },
    {
      edits: [["((5 + length) / 6) ** alpha", "length ** alpha"]],
      message: "The penalty is length^alpha. It is ((5 + length) / 6)^alpha.",
    },
    {
      edits: [
        [
          "finished.push(...best.filter(isDone)",
          "finished.push(...best.filter(({ ids }) => ids.at(-1) === end)",
        ],
      ],
      message: "Texts that reach maxLength without `end` get lost. They are finished too.",
    },
    {
      edits: [[".sort((a, b) => b.logP - a.logP)", ".reverse() .sort((a, b) => b.logP - a.logP)"]],
      message:
        "On ties, the higher id or the worse prefix comes first. The better prefix wins, then " +
        "the lower id.",
    },
    {
      edits: [
        [
          "finished.sort((a, b) => b.score - a.score).slice(0, beams)",
          "finished.sort((a, b) => b.score - a.score).slice(0, beams).reverse()",
        ],
      ],
      message: "The worst text comes first. Sort by score, best first.",
    },
    {
      edits: [
        [
          "finished.sort((a, b) => b.score - a.score)",
          "finished.sort((a, b) => a.score - b.score)",
        ],
      ],
      message: "The worst texts stay. Sort by score, best first.",
    },
  ],
};
export default exercise;
