import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", says: "a matrix of scores", args: [random.normal([4, 6], 2)] },
    { group: "values", says: "scores are in the hundreds", args: [random.normal([3, 5], 300, 200)] },
    { group: "values", says: "some scores are −∞, as under a mask", args: [tensorData([2, 4], [random.next(), -Infinity, random.next(), -Infinity, -Infinity, random.next(), -5, random.next()])] },
    { group: "shapes", says: "x is a single vector", args: [random.normal([7])] },
    { group: "shapes", says: "x has rank four", args: [random.normal([2, 1, 3, 4])] },
    { group: "property", says: "a row is −∞ throughout, and another holds hundreds", args: [tensorData([2, 3], [-Infinity, -Infinity, -Infinity, 200 + random.next(), 200, 201])] },
    { group: "gradient", says: "x is differentiated", args: [random.normal([3, 5])], wrt: ["0"] },
    { group: "errors", says: "x is a scalar", args: [tensorData([], [1])], throws: "x" },
  ],
  mutants: [
    { edits: [["x.sub(top).exp()", "x.exp()"], [".maximum(1)", ""]], says: "exp of a large score overflows to infinity. Subtract the row's largest score first; the shares stay the same." },
    { edits: [["x.max(-1, true)", "x.max(0, true)"], ["e.sum(-1, true)", "e.sum(0, true)"]], says: "Your columns sum to one. Softmax works along the last axis, -1, so that rows do." },
    { edits: [["e.sum(-1, true)", "e.sum()"]], says: "You divide by the sum over the whole tensor. Each row has its own sum: e.sum(-1, true)." },
    { edits: [[".div(e.sum(-1, true).maximum(1))", ""]], says: "The exponentials are not divided by their sum, so the rows do not add up to one." },
    { edits: [[".maximum(LOWEST)", ""]], says: "In a row of −∞ you take −∞ − (−∞), which is NaN. Keep the largest score at a finite number, LOWEST, before you subtract it." },
  ],
  forbid: ["softmax", "logSoftmax", "logSumExp"],
};
export default exercise;
