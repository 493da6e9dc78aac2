/** framesFromSteps: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "two steps, each four along x and a quarter turn about z",
      args: [tensorData([2, 9], [3, 0, 0, 4, 0, 0, 4, 1.5, 0, 3, 0, 0, 4, 0, 0, 4, 1.5, 0])],
    },
    { group: "values", title: "52 steps", args: [random.normal([52, 9], 2)] },
    { group: "shapes", title: "one step", args: [random.normal([1, 9], 2)] },
    {
      group: "gradient",
      title: "three steps are differentiated",
      args: [random.normal([3, 9], 2)],
      wrt: ["0"],
    },
    {
      group: "errors",
      title: "a step holds two atoms",
      args: [random.normal([4, 6])],
      throws: "steps",
    },
  ],
  mutants: [
    {
      edits: [["composeFrames(chain[i]!, move)", "composeFrames(move, chain[i]!)"]],
      message:
        "The step is composed on the wrong side. It is given in the residue's own space, " +
        "so it comes first, and the residue's frame moves it.",
    },
    {
      edits: [["chain.push(composeFrames(chain[i]!, move));", "chain.push(move);"]],
      message: "Each step starts at the origin again. Compose it with the frame before it.",
    },
    {
      edits: [
        [
          "{ rotation: tf.eye(3), translation: tf.zeros([3]) }",
          `{
             rotation: moves.rotation.slice([0, 0, 0], [1, 3, 3]).squeeze([0]),
             translation: moves.translation.slice([0, 0], [1, 3]).squeeze([0]),
           }`,
        ],
      ],
      message:
        "The first frame is already the first step. " +
        "The chain begins at the origin, with no rotation.",
    },
    {
      edits: [
        [
          "rotation: moves.rotation.slice([i, 0, 0], [1, 3, 3]).squeeze([0])",
          "rotation: moves.rotation.slice([i, 0, 0], [1, 3, 3]).squeeze([0]).transpose()",
        ],
      ],
      message:
        "The rotation of each step is transposed. A step's axes are the columns of its rotation.",
    },
    {
      edits: [
        [
          "framesFromBackbone(atom(0), atom(1), atom(2))",
          "framesFromBackbone(atom(2), atom(1), atom(0))",
        ],
      ],
      message: "N and C are swapped: a step holds N, CA, C in this order.",
    },
    {
      edits: [
        [
          "chain.push(composeFrames(chain[i]!, move));",
          `const { rotation } = composeFrames(chain[i]!, move);
           chain.push({ rotation, translation: chain[i]!.translation.add(move.translation) });`,
        ],
      ],
      message:
        "The moves are added without being rotated. A step is given in the residue's own axes: " +
        "composeFrames rotates it by the frame before it.",
    },
    {
      edits: [
        [
          "chain.push(composeFrames(chain[i]!, move));",
          `chain.push({ rotation: move.rotation, translation: chain[i]!.translation.add(move.translation) });`,
        ],
      ],
      message:
        "The steps' translations are added up as they are. Each is given in its residue's own " +
        "space, so that residue's frame must rotate it: compose the frames.",
    },
  ],
};
export default exercise;
