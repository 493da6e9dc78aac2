/** softmaxKernel: its runs and its typical mistakes. */
import type { Exercise, ShaderLaunch, TensorData } from "grader";
import { softmax } from "../orientation/softmax";

function launch(scores: TensorData): ShaderLaunch {
  const [rows, columns] = scores.shape as [number, number];
  return {
    inputs: [scores],
    sizes: [rows, columns],
    shape: [rows, columns],
    workgroups: [rows, 1, 1],
    maxBytesRead: 4 * rows * columns,
  };
}

const exercise: Exercise = {
  shader: { inputs: ["scores"], output: "shares", launch, answer: softmax },
  cases: (random) => [
    { group: "values", title: "rows of 64", args: [random.normal([3, 64], 2)] },
    { group: "values", title: "rows longer than a workgroup", args: [random.normal([4, 200], 3)] },
    {
      group: "values",
      title: "scores of a hundred and more",
      args: [random.normal([3, 70], 60, 100)],
    },
    {
      group: "values",
      title: "scores far below zero",
      args: [random.normal([3, 130], 10, -300)],
    },
    { group: "shapes", title: "a row holds one score", args: [random.normal([3, 1])] },
    {
      group: "shapes",
      title: "a row is shorter than a workgroup",
      args: [random.normal([2, random.int(3, 20)])],
    },
    {
      group: "shapes",
      title: "a row is as long as it may be",
      args: [random.normal([1, 1024], 2)],
    },
    { group: "cost", title: "each score is read once", args: [random.normal([8, 500])] },
    { group: "values", title: "scores are below −1,000", args: [random.normal([2, 70], 3, -5000)] },
    {
      group: "values",
      title: "scores are about −10 billion",
      args: [random.normal([2, 70], 4000, -1e10)],
    },
    {
      group: "property",
      title: "scores are hundreds apart",
      args: [random.normal([2, 90], 100, 200)],
    },
  ],
  mutants: [
    {
      edits: [["exp(row[i] - top)", "exp(row[i])"]],
      message: "You don't subtract the maximum before the exponential, so large scores overflow.",
    },
    {
      edits: [["workgroupBarrier(); // all maxima are there", ""]],
      message:
        "A thread reads the maxima of others before they are written. " +
        "A workgroupBarrier() belongs between writing and reading.",
    },
    {
      edits: [["workgroupBarrier(); // all sums are there", ""]],
      message:
        "A thread reads the sums of others before they are written. " +
        "A workgroupBarrier() belongs between writing and reading.",
    },
    {
      edits: [["for (var i = 0u; i < THREADS; i++) { sum += found[i]; }", "sum = part;"]],
      message:
        "Each thread divides by the sum of its own part of the row. " +
        "Add up the parts of all threads.",
    },
    {
      edits: [["for (var i = 0u; i < THREADS; i++) { top = max(top, found[i]); }", ""]],
      message:
        "Each thread subtracts the maximum of its own part, so the parts don't fit together. " +
        "Take the largest of all threads' maxima.",
    },
    {
      edits: [["row[i] = exp(row[i] - top);", "row[i] = exp(scores[start + i] - top);"]],
      breaks: "each score is read once",
      message:
        "You read the scores from their buffer again for the exponential. " +
        "Keep the row in the workgroup's memory.",
    },
    {
      edits: [["workgroupBarrier(); // all have read them", ""]],
      message:
        "A thread writes its sum over a maximum that others still have to read. " +
        "A second workgroupBarrier() belongs between reading and writing again.",
    },
    {
      edits: [["let start = group.x * sizes.columns;", "let start = 0u;"]],
      message:
        "All workgroups read and write the first row. " +
        "Row workgroup_id.x begins at workgroup_id.x · columns.",
    },
    {
      edits: [
        [
          `for (var i = thread;
           i < sizes.columns;
           i += THREADS) { shares[start + i] = row[i] / sum;
           }`,
          "if (thread < sizes.columns) { shares[start + thread] = row[thread] / sum; }",
        ],
      ],
      message:
        "Each thread writes one column, so the rest of a row of more than 64 stays empty. " +
        "Write in the same loop in which you read.",
    },
    {
      edits: [["var top = -3.4028234e38;", "var top = 0.0;"]],
      message:
        "The maximum starts at 0, so in a row far below zero all exponentials are 0, " +
        "and the result is 0/0. Start below all scores.",
    },
    {
      edits: [["var top = -3.4028234e38;", "var top = -1000000.0;"]],
      message:
        "The maximum starts at a number that scores may lie below, and then all exponentials " +
        "are 0. Start at the smallest float.",
    },
    {
      edits: [["row[i] / sum;", "row[i] + 0.0 * sum;"]],
      message: "The result isn't divided by the sum.",
    },
  ],
};
export default exercise;
