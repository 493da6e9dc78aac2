/** layerNormKernel: its runs and its typical mistakes. */
import { type Exercise, type ShaderLaunch, type TensorData } from "grader";
import { layerNorm } from "../blocks/layerNorm";

function launch(x: TensorData, gamma: TensorData, beta: TensorData): ShaderLaunch {
  const [rows, columns] = x.shape as [number, number];
  return {
    inputs: [x, gamma, beta],
    sizes: [rows, columns],
    shape: [rows, columns],
    workgroups: [rows, 1, 1],
    maxBytesRead: 4 * 3 * rows * columns,
  };
}

const exercise: Exercise = {
  shader: { inputs: ["x", "gamma", "beta"], output: "y", launch, answer: layerNorm },
  cases: (random) => {
    const row = (rows: number, columns: number, scale = 1, mean = 0) => [
      random.normal([rows, columns], scale, mean),
      random.normal([columns]),
      random.normal([columns]),
    ];
    return [
      { group: "values", title: "rows of 64", args: row(3, 64) },
      { group: "values", title: "rows longer than a workgroup", args: row(4, 200, 3, 1) },
      { group: "property", title: "x lies a thousand off zero", args: row(3, 96, 1, 1000) },
      { group: "property", title: "x hardly varies", args: row(2, 80, 1e-3) },
      { group: "shapes", title: "a row holds one number", args: row(3, 1) },
      {
        group: "shapes",
        title: "a row is shorter than a workgroup",
        args: row(2, random.int(3, 20)),
      },
      { group: "shapes", title: "a row is as long as it may be", args: row(1, 1024, 2) },
      { group: "cost", title: "each number of x is read once", args: row(6, 300) },
    ];
  },
  mutants: [
    {
      edits: [["workgroupBarrier(); // all parts are there", ""]],
      message:
        "A thread adds up parts of others before they are written. " +
        "A workgroupBarrier() belongs between writing and reading.",
    },
    {
      edits: [["workgroupBarrier(); // this level of the tree is done", ""]],
      message:
        "The tree goes on to its next level before the last one is done. " +
        "Each level needs a workgroupBarrier() of its own, outside of the if.",
    },
    {
      edits: [["workgroupBarrier(); // all have read the sum", ""]],
      message:
        "A thread writes its next part over the sum that others still have to read. " +
        "A workgroupBarrier() belongs between reading and writing again.",
    },
    {
      edits: [["half > 0u; half /= 2u", "half > 1u; half /= 2u"]],
      message: "The tree stops one level early: the last two sums still have to be added.",
    },
    {
      edits: [["let mean = total(thread, part) / f32(sizes.columns);", "let mean = 0.0;"]],
      message: "You don't subtract the mean.",
    },
    {
      edits: [
        ["    row[i] -= mean;\n", ""],
        ["part += row[i] * row[i];", "part += row[i] * row[i] - mean * mean;"],
        ["row[i] * scale", "(row[i] - mean) * scale"],
      ],
      message:
        "The variance is the mean of the squares minus the square of the mean. Far from zero " +
        "these are two large numbers whose difference is lost: subtract the mean first.",
    },
    {
      edits: [
        [
          "let variance = total(thread, part) / f32(sizes.columns);",
          "let variance = total(thread, part) / max(f32(sizes.columns) - 1.0, 1.0);",
        ],
      ],
      message: "The variance divides by columns − 1; layer norm divides by columns.",
    },
    {
      edits: [["sqrt(variance + 1e-5)", "(sqrt(variance) + 1e-5)"]],
      message: "1e-5 is added to the square root; it belongs to the variance, inside the root.",
    },
    {
      edits: [
        ["row[i] * scale * gamma[i] + beta[i]", "row[i] * scale * gamma[thread] + beta[thread]"],
      ],
      message:
        "You use gamma and beta of the thread; number i of the row has gamma[i] and beta[i].",
    },
    {
      edits: [["let start = group.x * sizes.columns;", "let start = 0u;"]],
      message:
        "All workgroups read and write the first row. " +
        "Row workgroup_id.x begins at workgroup_id.x · columns.",
    },
    {
      edits: [["row[i] -= mean;", "row[i] = x[start + i] - mean;"]],
      breaks: "each number of x is read once",
      message:
        "You read some numbers more often than you need. Keep the row in the workgroup's memory, " +
        "and read gamma and beta once per row.",
    },
    {
      edits: [
        [
          "let variance = total(thread, part) / f32(sizes.columns);",
          "let variance = part / f32(sizes.columns);",
        ],
      ],
      message:
        "Each thread takes the variance of its own part of the row. Add up the parts of all " +
        "threads.",
    },
    {
      edits: [
        [
          "let mean = total(thread, part) / f32(sizes.columns);",
          "let mean = part / f32(sizes.columns);",
        ],
      ],
      message:
        "Each thread takes the mean of its own part of the row. Add up the parts of all " +
        "threads.",
    },
    {
      edits: [["1.0 / sqrt(variance + 1e-5)", "1.0 / (variance + 1e-5)"]],
      message: "You divide by the variance. Divide by its root.",
    },
    {
      edits: [["row[i] * scale * gamma[i] + beta[i]", "row[i] * scale + beta[i] + 0.0 * gamma[i]"]],
      message: "gamma isn't used.",
    },
    {
      edits: [["row[i] * scale * gamma[i] + beta[i]", "row[i] * scale * gamma[i] + 0.0 * beta[i]"]],
      message: "beta isn't used.",
    },
    {
      edits: [
        [
          "let mean = total(thread, part) / f32(sizes.columns);",
          "let mean = total(thread, part) / f32(THREADS);",
        ],
        [
          "let variance = total(thread, part) / f32(sizes.columns);",
          "let variance = total(thread, part) / f32(THREADS);",
        ],
      ],
      message: "Sums are divided by the number of threads. Divide by sizes.columns.",
    },
    {
      edits: [
        [
          "let mean = total(thread, part) / f32(sizes.columns);",
          "let mean = total(thread, part) / f32(THREADS);",
        ],
      ],
      message: "The mean is divided by the number of threads. Divide by sizes.columns.",
    },
  ],
  tolerance: {
    atol: 1e-4,
    reason: "a thousand off zero, float32 keeps four digits of what is left",
  },
};
export default exercise;
