/** The notebook that nbgrader grades: ten small NumPy exercises, in nbgrader's own format. */

/** @param solved whether the answers are filled in */
export function peerNotebook(solved: boolean): string {
  const cells = [code("imports", "import numpy as np")];
  for (let n = 0; n < 10; n++) {
    cells.push(code(`f${n}`, exercise(n, solved), marks(`f${n}`, false)));
    cells.push(code(`t${n}`, test(n), marks(`t${n}`, true)));
  }
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "python3", display_name: "Python 3", language: "python" } },
    cells,
  });
}

const code = (id: string, source: string, metadata: object = {}) => ({
  cell_type: "code",
  id,
  source,
  metadata,
  outputs: [],
  execution_count: null,
});

/** nbgrader's metadata of a test, or of the answer that it tests. */
const marks = (id: string, isTest: boolean) => ({
  nbgrader: {
    grade: isTest,
    grade_id: id,
    locked: isTest,
    points: isTest ? 1 : 0,
    schema_version: 3,
    solution: !isTest,
    task: false,
  },
});

/** Softmax plus n. */
function exercise(n: number, solved: boolean): string {
  const answer = solved
    ? `e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True) + ${n}`
    : "raise NotImplementedError()";
  return `def f${n}(x):
    ### BEGIN SOLUTION
    ${answer}
    ### END SOLUTION`;
}

const test = (n: number) => `x = np.random.default_rng(${n}).normal(size=(4, 16))
assert np.allclose(f${n}(x), np.exp(x) / np.exp(x).sum(-1, keepdims=True) + ${n})`;
