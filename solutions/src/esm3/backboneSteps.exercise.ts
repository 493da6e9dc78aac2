/** backboneSteps: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawChain } from "./geometryCases";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "the first residue lies along the axes, the second five along x",
      args: [
        tensorData([2, 3], [0, 1, 0, 5, 1, 0]),
        tensorData([2, 3], [0, 0, 0, 5, 0, 0]),
        tensorData([2, 3], [2, 0, 0, 6, 0, 1]),
      ],
    },
    { group: "values", title: "six residues", args: drawChain(random, 6) },
    { group: "shapes", title: "two residues", args: drawChain(random, 2) },
    {
      group: "gradient",
      title: "all atoms are differentiated",
      args: drawChain(random, 4),
      wrt: ["0", "1", "2"],
    },
    {
      group: "errors",
      title: "there is one residue",
      args: drawChain(random, 1),
      throws: "residues",
    },
  ],
  mutants: [
    {
      edits: [
        [
          "const local = invertFrames(framesFromBackbone(first(n), first(ca), first(c)));",
          "const local = framesFromBackbone(first(n), first(ca), first(c));",
        ],
      ],
      message:
        "You move the atoms out of the frame, not into it. " +
        "To see them from a frame, apply its inverse.",
    },
    {
      edits: [
        [
          "framesFromBackbone(first(n), first(ca), first(c))",
          "framesFromBackbone(next(n), next(ca), next(c))",
        ],
        ["applyFrames(local, next(atom))", "applyFrames(local, first(atom))"],
      ],
      message:
        "This is the residue before, seen from the one after. " +
        "Each residue looks at its next one.",
    },
    {
      edits: [["applyFrames(local, next(atom))", "next(atom).sub(first(ca))"]],
      message:
        "The next residue is moved into the frame, but not rotated: " +
        "rotate the protein and the steps change.",
    },
    {
      edits: [
        [
          "applyFrames(local, next(atom))",
          `applyFrames(
             {
               rotation: framesFromBackbone(first(n), first(ca), first(c)).rotation,
               translation: tf.zerosLike(first(ca)),
             },
             next(atom).sub(first(ca)),
           )`,
        ],
      ],
      message:
        "The rotation is transposed. From the protein's space into a frame leads Rᵀ·(p − t).",
    },
    {
      edits: [["[n, ca, c].map", "[ca, n, c].map"]],
      message: "The order of the atoms in a row is N, CA, C.",
    },
    {
      edits: [
        [
          "applyFrames(local, next(atom))",
          `applyFrames(
             { rotation: local.rotation, translation: tf.zerosLike(local.translation) },
             next(atom),
           )`,
        ],
      ],
      message:
        "The next residue is rotated into the frame, but not moved: " +
        "move the protein and the steps change.",
    },
    {
      edits: [["tf.concat(seen, 1)", "tf.stack(seen, 2).reshape([L - 1, 9])"]],
      message:
        "A row holds three x, three y, three z. It should hold three points one after another.",
    },
  ],
};
export default exercise;
