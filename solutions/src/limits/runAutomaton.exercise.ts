/** runAutomaton: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";
import { EXACT } from "../shared/exact";

const PARITY = [
  [0, 1],
  [1, 0],
];
const CUPS = [
  [1, 0, 2],
  [0, 2, 1],
  [2, 1, 0],
];
const draw = (random: Random, n: number, kinds: number) =>
  Array.from({ length: n }, () => random.int(0, kinds - 1));

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "parity", args: [PARITY, draw(random, 20, 2)] },
    { group: "values", title: "parity, from 1", args: [PARITY, draw(random, 10, 2), 1] },
    { group: "values", title: "a ball under three cups", args: [CUPS, draw(random, 20, 3)] },
    {
      group: "values",
      title: "more states than moves",
      args: [[draw(random, 6, 6), draw(random, 6, 6)], draw(random, 20, 2), 3],
    },
    { group: "shapes", title: "there is one move", args: [CUPS, [1], 2] },
    { group: "shapes", title: "there are no moves", args: [PARITY, []] },
    {
      group: "errors",
      title: "a move isn't in the table",
      args: [PARITY, [1, 2]],
      throws: "position 1",
    },
    { group: "errors", title: "start isn't a state", args: [PARITY, [1], 2], throws: "start" },
    {
      group: "values",
      title: "as many states as moves, and the table isn't symmetric",
      args: [
        [
          [1, 2, 0],
          [0, 0, 1],
          [2, 1, 1],
        ],
        draw(random, 20, 3),
        1,
      ],
    },
    {
      group: "shapes",
      title: "another number of moves",
      args: [[draw(random, 50, 50), draw(random, 50, 50)], draw(random, random.int(3, 30), 2)],
    },
  ],
  mutants: [
    {
      edits: [["(state = table[move]![state]!)", "table[move]![state]!"]],
      message: "Every move starts from the first state. Keep the new state for the next move.",
    },
    {
      edits: [["let state = start;", "let state = 0 * start;"]],
      message: "It always starts in state 0. Begin in `start`.",
    },
    {
      edits: [["(state = table[move]![state]!)", "(state = table[state % table.length]![move]!)"]],
      message: "Row and column are swapped: the row is the move, the column the state.",
    },
    {
      edits: [
        [
          "return moves.map((move) => (state = table[move]![state]!));",
          `return moves.map((move) => {
             const before = state;
             state = table[move]![state]!;
             return before;
           });`,
        ],
      ],
      message: "You return the state before each move. Return the one after it.",
    },
    {
      edits: [
        [
          "return moves.map((move) => (state = table[move]![state]!));",
          "return [start, ...moves.map((move) => (state = table[move]![state]!))];",
        ],
      ],
      message: "The result begins with `start`. It has one state per move, the one after it.",
    },
    {
      edits: [
        [
          "return moves.map((move) => (state = table[move]![state]!));",
          "return moves.map((move) => (state = table[move]![state]!)).slice(-1);",
        ],
      ],
      message: "Only the last state comes back. Return the state after each move.",
    },
    {
      edits: [["(state = table[move]![state]!)", "(state = table[move]![table[move]![state]!]!)"]],
      message: "Each move is made twice.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
