/** zeroShot: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const CLASSES = "tf.stack(prompts.map((vectors) => unit(vectors).mean(0)))";

const exercise: Exercise = {
  cases: (random) => {
    /** Rows of different lengths, so that a mean of rows as they are shows. */
    const prompts = (C: number, ...counts: number[]) =>
      counts.map((n) => {
        const drawn = random.normal([n, C]);
        const lengths = Array.from({ length: n }, () => 0.2 + 4 * random.next());
        const data = Array.from(drawn.data, (v, i) => v * lengths[Math.floor(i / C)]!);
        return tensorData([n, C], data);
      });
    return [
      {
        group: "values",
        title: "each class has one prompt",
        args: [random.normal([3, 4]), prompts(4, 1, 1, 1), 10],
      },
      {
        group: "values",
        title: "each class has three prompts",
        args: [random.normal([4, 5]), prompts(5, 3, 3), 10],
      },
      {
        group: "values",
        title: "classes have different numbers of prompts",
        args: [random.normal([2, 6]), prompts(6, 1, 4, 2, 7), 5],
      },
      {
        group: "values",
        title: "no scale is given",
        args: [random.normal([3, 8]), prompts(8, 2, 3)],
      },
      {
        group: "values",
        title: "the scale is 0: all shares are equal",
        args: [random.normal([2, 4]), prompts(4, 2, 1, 1), 0],
      },
      {
        group: "values",
        title: "the pictures' vectors are long and short",
        args: [tensorData([2, 3], [0.01, 0.02, -0.01, 30, -20, 10]), prompts(3, 2, 3), 4],
      },
      {
        group: "values",
        title: "the pictures' vectors are a millionth as long",
        args: [random.normal([2, 3], 1e-6), prompts(3, 2, 3), 4],
      },
      {
        group: "values",
        title: "the scale is below 0: the farthest class has the largest share",
        args: [random.normal([2, 4]), prompts(4, 2, 1, 1), -3],
      },
      {
        group: "shapes",
        title: "there is one class",
        args: [random.normal([3, 4]), prompts(4, 2)],
      },
      {
        group: "shapes",
        title: "there is one picture",
        args: [random.normal([1, 3]), prompts(3, 1, 2, 3, 4, 5), 3],
      },
      {
        group: "gradient",
        title: "pictures and prompts are differentiated",
        args: [random.normal([2, 4]), prompts(4, 2, 3), 3],
        wrt: ["0", "1.0", "1.1"],
      },
      {
        group: "errors",
        title: "there is no class",
        args: [random.normal([2, 4]), []],
        throws: "prompts",
      },
      {
        group: "errors",
        title: "a class's prompts are too wide",
        args: [random.normal([2, 4]), [random.normal([1, 4]), random.normal([2, 5])]],
        throws: "prompts[1]",
      },
    ];
  },
  mutants: [
    {
      edits: [[CLASSES, "tf.stack(prompts.map((vectors) => vectors.mean(0)))"]],
      message:
        "Prompts with longer vectors count for more. Scale each prompt to length 1 before the mean.",
    },
    {
      edits: [["matMul(unit(classes), false, true)", "matMul(classes, false, true)"]],
      message:
        "The mean of unit vectors is shorter than 1, more so where prompts disagree. Scale it to " +
        "length 1 once more.",
    },
    {
      edits: [["unit(images).matMul", "images.matMul"]],
      message: "Pictures with longer vectors get larger scores. A cosine divides by both lengths.",
    },
    {
      edits: [["return softmax(cosines.mul(scale));", "return softmax(cosines);"]],
      message: "The scale is missing. Cosines are too close together for a softmax.",
    },
    {
      edits: [
        [
          "return softmax(cosines.mul(scale));",
          "return softmax(cosines.mul(scale).transpose()).transpose();",
        ],
      ],
      message:
        "The shares of each class add up to one over the pictures. Each picture's shares add up " +
        "over the classes.",
    },
    {
      edits: [["return softmax(cosines.mul(scale));", "return cosines.mul(scale);"]],
      message: "These are scores. Return shares: softmax over the classes.",
    },
    {
      edits: [
        [
          CLASSES,
          "tf.stack(prompts.map((vectors) => vectors.slice([0, 0], [1, -1]).squeeze([0])))",
        ],
      ],
      message: "Only the first prompt of each class counts. Take the mean of all of them.",
    },
    {
      edits: [["scale = 100", "scale = 1"]],
      message: "Without a scale, this one takes 1. The default is 100.",
    },
    {
      edits: [
        [
          "const cosines = unit(images).matMul(unit(classes), false, true);",
          `const seen = unit(images);
    const cosines = tf.stack(
      prompts.map((vectors) => seen.matMul(unit(vectors), false, true).max(-1)), 1) as tf.Tensor;
    void classes;`,
        ],
      ],
      message: "Each class counts by its best prompt. Its vector is the mean of its prompts.",
    },
  ],
};
export default exercise;
