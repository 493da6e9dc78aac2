/** framesFromBackbone: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const atoms = (...leading: number[]) => [0, 1, 2].map(() => random.normal([...leading, 3], 2));
    return [
      { group: "values", title: "five residues", args: atoms(5) },
      {
        group: "values",
        title: "N, CA and C lie at right angles",
        args: [
          tensorData([1, 3], [1, 5, 1]),
          tensorData([1, 3], [1, 2, 1]),
          tensorData([1, 3], [3, 2, 1]),
        ],
      },
      {
        group: "values",
        title: "the residues lie far from the origin",
        args: [
          tensorData([2, 3], [41.5, 30, 20, 41, 32, 20.5]),
          tensorData([2, 3], [40, 30.5, 20, 40, 31, 21]),
          tensorData([2, 3], [39.5, 32, 20, 41, 30, 22]),
        ],
      },
      { group: "shapes", title: "one residue", args: atoms() },
      { group: "shapes", title: "two chains", args: atoms(2, 3) },
      {
        group: "gradient",
        title: "all three atoms are differentiated",
        args: atoms(3),
        wrt: ["0", "1", "2"],
      },
      {
        group: "errors",
        title: "c has a different number of residues",
        args: [random.normal([4, 3]), random.normal([4, 3]), random.normal([3, 3])],
        throws: "c",
      },
      {
        group: "values",
        title: "atoms are a thousandth apart",
        args: [0, 1, 2].map(() => random.normal([3, 3], 1e-3)),
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["unit(c.sub(ca))", "unit(n.sub(ca))"],
        ["v = n.sub(ca)", "v = c.sub(ca)"],
      ],
      message:
        "N and C are swapped: the first axis points from CA to C, and N only fixes the plane.",
    },
    {
      edits: [["v.sub(along)", "v"]],
      message:
        "The second axis isn't at right angles to the first. " +
        "Subtract its part along e₁ before you scale it to length 1.",
    },
    {
      edits: [["], ca.shape.length)", "], ca.shape.length - 1)"]],
      message:
        "The axes are the rows of your rotation. " +
        "They are its columns: rotation·(1, 0, 0) must be e₁.",
    },
    {
      edits: [["crossProduct(e1, e2)", "crossProduct(e2, e1)"]],
      message:
        "The third axis points the wrong way, " +
        "which makes the frame a mirror image: e₃ = e₁ × e₂.",
    },
    {
      edits: [["const e2 = unit(v", "const e2 = (v"]],
      message: "The second axis doesn't have length 1.",
    },
    {
      edits: [["translation: ca.clone()", "translation: n.add(ca).add(c).div(3)"]],
      message: "The origin is the middle of the three atoms. It is CA.",
    },
    {
      edits: [["unit(c.sub(ca))", "unit(ca.sub(c))"]],
      message: "The first axis points from C to CA. It points from CA to C: c − ca.",
    },
    {
      edits: [["v.square().sum(-1, true).sqrt()", "v.square().sum(-1, true)"]],
      message: "Vectors are divided by their squared length. A unit vector is v / √(v·v).",
    },
    {
      edits: [["crossProduct(e1, e2)", "crossProduct(e1, v)"]],
      message:
        "The third axis doesn't have length 1. " +
        "Use e₁ and e₂, which are unit vectors at right angles.",
    },
    {
      edits: [["v = n.sub(ca)", "v = ca.sub(n)"]],
      message: "The second axis points away from N. v is N − CA: n − ca.",
    },
    {
      edits: [["translation: ca.clone()", "translation: c.clone()"]],
      message: "The origin is C. It should be CA.",
    },
    {
      edits: [["translation: ca.clone()", "translation: n.clone()"]],
      message: "The origin is N. It should be CA.",
    },
    {
      edits: [["const e1 = unit(c.sub(ca));", "const e1 = c.sub(ca);"]],
      message: "The first axis doesn't have length 1: divide C − CA by its length.",
    },
    {
      edits: [["[e1, e2, crossProduct(e1, e2)]", "[crossProduct(e1, e2), e2, e1]"]],
      message: "The columns are in reverse order: e₁, e₂, e₃.",
    },
    {
      edits: [["unit(v.sub(along))", "unit(v.add(along))"]],
      message:
        "The part of v along e₁ is added. Subtract it, so that the second axis is at right " +
        "angles to the first.",
    },
  ],
};
export default exercise;
