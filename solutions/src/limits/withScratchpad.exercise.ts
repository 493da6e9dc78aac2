/** withScratchpad: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";
import { EXACT } from "../shared/exact";

const draw = (random: Random, n: number, kinds: number) =>
  Array.from({ length: n }, () => random.int(0, kinds - 1));

const manyMoves = (random: Random, n: number) => [draw(random, n, 3), draw(random, n, 4), 3];

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "a ball under three cups",
      args: [draw(random, 10, 3), draw(random, 10, 3), 3],
    },
    {
      group: "values",
      title: "two kinds of moves, five states",
      args: [draw(random, 12, 2), draw(random, 12, 5), 2],
    },
    {
      group: "values",
      title: "it doesn't start in state 0",
      args: [draw(random, 6, 3), draw(random, 6, 4), 3, 2],
    },
    { group: "shapes", title: "there is one move", args: [[1], [0], 2] },
    { group: "shapes", title: "there are no moves", args: [[], [], 2] },
    { group: "errors", title: "a state is missing", args: [[0, 1], [0], 2], throws: "states" },
    {
      group: "errors",
      title: "there is no such move",
      args: [[0, 2], [0, 1], 2],
      throws: "position 1",
    },
    { group: "values", title: "one move, and states from ten on", args: [[1], [12], 2, 11] },
    {
      group: "shapes",
      title: "another number of moves",
      args: manyMoves(random, random.int(3, 30)),
    },
  ],
  mutants: [
    {
      edits: [["[kinds + before[t]!, move]", "[before[t]!, move]"]],
      message:
        "States and moves share the same ids, so the model can't tell them apart. " +
        "State s is the token kinds + s.",
    },
    {
      edits: [["[kinds + before[t]!, move]", "[kinds + states[t]!, move]"]],
      message:
        "The state after a move comes before it, so the answer can be read. " +
        "Before a move, write the state before it, starting with `start`.",
    },
    {
      edits: [
        ["[kinds + before[t]!, move]", "[move, kinds + states[t]!]"],
        ["[-100, state]", "[state, -100]"],
      ],
      message: "The text begins with a move. It should begin with the start: s₀ m₁ s₁ m₂ …",
    },
    {
      edits: [["[-100, state]", "[state, -100]"]],
      message:
        "The targets are at the states. They belong at the moves, once a move has been read.",
    },
    {
      edits: [["[-100, state]", "[-100, kinds + state]"]],
      message:
        "Targets are classes of the head, so state s is s there. Only its token is kinds + s.",
    },
    {
      edits: [["[-100, state]", "[0, state]"]],
      message:
        "Nothing is predicted at a state: the target is −100, which the loss ignores. " +
        "0 would be a class.",
    },
    {
      edits: [["[start, ...states", "[0 * start, ...states"]],
      message: "The first state is `start`, not always 0.",
    },
    {
      edits: [
        [
          "return { inputs, targets };",
          `const last = kinds + (states.at(-1) ?? start);
           return { inputs: [...inputs, last], targets: [...targets, -100] };`,
        ],
      ],
      message: "The last state is predicted, not read: the text ends with the last move.",
    },
    {
      edits: [
        [
          "const inputs = moves.flatMap((move, t) => [kinds + before[t]!, move]);",
          `const written = moves.flatMap((move, t) => [move, kinds + states[t]!]);
           const inputs = [kinds + start, ...written];`,
        ],
      ],
      message:
        "The inputs end with the last state and have one token too many. It is only predicted: " +
        "leave it out.",
    },
    {
      edits: [["[kinds + before[t]!, move]", "[move, kinds + before[t]!]"]],
      message:
        "Each move comes before the state it starts from. The order is s₀ m₁ s₁ m₂: state, " +
        "then move.",
    },
    {
      edits: [["const targets = states.flatMap", "const targets = before.flatMap"]],
      message: "At a move stands the state before it. The target is the state after it.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
