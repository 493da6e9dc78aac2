/** acceptDraft: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

/** Probabilities of V tokens, none of them 0. */
function share(random: Random, V: number): number[] {
  const weights = Array.from({ length: V }, () => 0.1 + random.next());
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((x) => x / sum);
}

const rows = (random: Random, n: number, V: number) =>
  Array.from({ length: n }, () => share(random, V));
const numbers = (random: Random, n: number) => Array.from({ length: n }, () => random.next());
const ids = (random: Random, n: number, V: number) =>
  Array.from({ length: n }, () => random.int(0, V - 1));

const exercise: Exercise = {
  cases: (random) => {
    const half = [0.5, 0.5];
    const sure = rows(random, 3, 5);
    return [
      ...[1, 2, 3].map((draw) => ({
        group: "values" as const,
        title: `three drafted tokens of six, draw ${draw}`,
        args: [ids(random, 3, 6), rows(random, 3, 6), rows(random, 4, 6), numbers(random, 4)],
      })),
      {
        group: "values",
        title: "all are accepted, and the target adds one",
        args: [ids(random, 3, 4), rows(random, 3, 4), rows(random, 4, 4), [0, 0, 0, random.next()]],
      },
      {
        group: "values",
        title: "the target never writes the first drafted token",
        args: [
          [2, 0],
          [[0, 0, 1], share(random, 3)],
          [[0.5, 0.5, 0], share(random, 3), share(random, 3)],
          [0, 0.1, random.next()],
        ],
      },
      {
        group: "values",
        title: "what the draft gives too little is drawn after a rejection",
        args: [
          [0, 0],
          [
            [0.9, 0.05, 0.05],
            [0.4, 0.3, 0.3],
          ],
          [[0.05, 0.05, 0.9], share(random, 3), share(random, 3)],
          [0.8, 0.1, 0.01],
        ],
      },
      {
        group: "values",
        title: "the second is rejected, and its own row of the draft counts",
        args: [
          [0, 1],
          [
            [0.9, 0.05, 0.05],
            [0.1, 0.8, 0.1],
          ],
          [[0.9, 0.05, 0.05], [0.5, 0.1, 0.4], share(random, 3)],
          [0.5, 0.6, 0.2],
        ],
      },
      {
        group: "values",
        title: "on the border uniform·q = p, the token is rejected",
        args: [[0], [half], [[0.25, 0.75], half], [0.5, random.next()]],
      },
      {
        group: "property",
        title: "the draft is the target, so all are accepted",
        args: [ids(random, 3, 5), sure, [...sure, share(random, 5)], [0.99, 0.999, 0.9, 0.3]],
      },
      {
        group: "property",
        title: "the second is rejected, so the third doesn't count",
        args: [
          [0, 0, 1],
          [half, half, half],
          [[0.6, 0.4], [0.1, 0.9], [0.2, 0.8], half],
          [0.7, 0.7, 0, random.next()],
        ],
      },
      {
        group: "shapes",
        title: "nothing is drafted",
        args: [[], [], rows(random, 1, 4), [random.next()]],
      },
      {
        group: "shapes",
        title: "one token is drafted",
        args: [[1], rows(random, 1, 3), rows(random, 2, 3), numbers(random, 2)],
      },
      {
        group: "errors",
        title: "a uniform is 1",
        args: [[0], [half], [half, half], [1, 0.5]],
        throws: "uniforms",
      },
      {
        group: "errors",
        title: "the target has no row after the drafted tokens",
        args: [[0], [half], [half], [0.1, 0.5]],
        throws: "target",
      },
      {
        group: "shapes",
        title: "nothing is drafted, and there are 300 tokens",
        args: [[], [], rows(random, 1, 300), [random.next()]],
      },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "uniforms[i]! * draft[i]![x]! >= target[i]![x]!",
          "uniforms[i]! >= target[i]![x]! + 0 * draft.length",
        ],
      ],
      message:
        "A token is accepted with probability p(x). It is p(x)/q(x), and 1 where p is larger: the " +
        "draft has chosen it with q(x) already.",
    },
    {
      edits: [["Math.max(0, p - draft[first]![id]!)", "p + 0 * draft[first]![id]!"]],
      message:
        "After a rejection, you draw from the target. What the draft already writes often enough " +
        "would come too often: draw from max(0, p − q).",
    },
    {
      edits: [["Math.max(0, p - draft[first]![id]!)", "Math.abs(p - draft[first]![id]!)"]],
      message:
        "After a rejection, you draw from |p − q|. Tokens that the draft writes too often have " +
        "weight 0: draw from max(0, p − q).",
    },
    {
      edits: [
        ["Math.max(0, p - draft[first]![id]!)", "(id === drafted[first] ? 0 * draft.length : p)"],
      ],
      message:
        "After a rejection, you draw from the target without the rejected token. Others may be " +
        "too frequent in the draft as well: draw from max(0, p − q).",
    },
    {
      edits: [["target[K]!, uniforms[K]!", "target[K - 1] ?? target[K]!, uniforms[K]!"]],
      message:
        "The token after the draft is drawn from the row of the last drafted token. Row K is the " +
        "one for the place after it.",
    },
    {
      edits: [
        [
          "return [...drafted, drawFrom(target[K]!, uniforms[K]!)];",
          "return K > 0 ? [...drafted] : [drawFrom(target[K]!, uniforms[K]!)];",
        ],
      ],
      message:
        "If all drafted tokens are accepted, one more is free: the target has scored the place " +
        "after them, too.",
    },
    {
      edits: [
        [
          "[...drafted.slice(0, first), drawFrom(missing, uniforms[K]!)]",
          "[...drafted.slice(0, first)]",
        ],
        ["const missing", "void drawFrom; const missing"],
        ["drafted.slice(0, first)", "drafted.slice(0, Math.max(first, missing.length * 0))"],
      ],
      message:
        "After a rejection, no token is drawn. The target has scored this place, so one from " +
        "max(0, p − q) takes the rejected one's.",
    },
    {
      edits: [["drawFrom(missing, uniforms[K]!)", "drawFrom(missing, uniforms[first]!)"]],
      message:
        "The uniform that rejected a token also draws the next one. It is known to be large " +
        "then: use the last one, uniforms[K].",
    },
    {
      edits: [
        [
          "const first = drafted.findIndex(isRejected);",
          `const kept = drafted.filter((x, i) => !isRejected(x, i));
  const first = kept.length < K ? drafted.findIndex(isRejected) : -1;
  if (first >= 0) {
    const rest = target[first]!.map((p, id) => Math.max(0, p - draft[first]![id]!));
    return [...kept, drawFrom(rest, uniforms[K]!)];
  }`,
        ],
      ],
      message:
        "Tokens after a rejected one are kept. They were drafted and scored for a text that no " +
        "longer exists: stop at the first rejection.",
    },
    {
      edits: [[">= target[i]![x]!", "> target[i]![x]!"]],
      message:
        "On the border, uniform·q = p, the token is accepted. Then a token of probability 0 passes " +
        "where the uniform is 0: accept if uniform·q(x) < p(x).",
    },
    {
      edits: [[">= target[i]![x]!", ">= target[i + 1]![x]!"]],
      message:
        "Each drafted token is compared with the row after its own. Row i scores the place of " +
        "drafted[i].",
    },
    {
      edits: [["p - draft[first]![id]!", "p - draft[0]![id]!"]],
      message:
        "After a rejection, you subtract the draft's first row. Subtract the row of the " +
        "place that is rejected.",
    },
  ],
};
export default exercise;
