/** clipLoss: its cases and its typical mistakes. */
import { tensorData, type Exercise, type TensorData } from "grader";
import { COSINE_MISTAKES, drawPairs } from "./embeddingCases";

const BOTH = "return fromImages.add(fromTexts).div(2);";

const exercise: Exercise = {
  cases: (random) => {
    const pairs = (B: number, C: number, noise?: number) => drawPairs(random, B, C, noise);
    const at = (x: number) => tensorData([], [x]);
    const same = tensorData([3, 2], [1, 2, 1, 2, 1, 2]);
    const one = [...random.normal([3]).data];
    const alike = tensorData([4, 3], [...one, ...one, ...one, ...one]);
    const longer = ([images, texts]: TensorData[]) => [
      tensorData(
        images!.shape,
        Array.from(images!.data, (x) => 8 * x),
      ),
      texts!,
    ];
    return [
      {
        group: "values",
        title: "partners are near each other",
        args: [...pairs(5, 4), at(2)],
      },
      {
        group: "values",
        title: "partners are at random",
        args: [random.normal([4, 6], 3), random.normal([4, 6]), at(1)],
      },
      { group: "values", title: "logScale is 0, the scale 1", args: [...pairs(3, 5), at(0)] },
      { group: "values", title: "logScale is below 0", args: [...pairs(3, 5), at(-1.5)] },
      {
        group: "values",
        title: "logScale is above ln 100, where the scale stays 100",
        args: [...pairs(4, 3, 2), at(6)],
      },
      {
        group: "values",
        title: "logScale is 4.5, below ln 100",
        args: [...pairs(4, 3, 2), at(4.5)],
      },
      {
        group: "values",
        title: "the vectors are a thousandth as long",
        args: [random.normal([3, 4], 0.001), random.normal([3, 4], 0.001), at(2.5)],
      },
      {
        group: "values",
        title: "the vectors are a millionth as long",
        args: [random.normal([3, 4], 1e-6), random.normal([3, 4], 1e-6), at(1)],
      },
      { group: "property", title: "all vectors are the same: ln 3", args: [same, same, at(3)] },
      { group: "shapes", title: "there is one pair", args: [...pairs(1, 4), at(2)] },
      {
        group: "gradient",
        title: "pictures, texts and logScale are differentiated",
        args: [...pairs(4, 3), at(1.5)],
        wrt: ["0", "1", "2"],
      },
      {
        group: "gradient",
        title: "above ln 100, logScale has a gradient of 0",
        args: [...pairs(3, 3, 2), at(5)],
        wrt: ["0", "2"],
      },
      {
        group: "gradient",
        title: "far above ln 100, where exp(logScale) is infinite",
        args: [...pairs(3, 3, 2), at(100)],
        wrt: ["0", "2"],
      },
      {
        group: "errors",
        title: "texts have another width",
        args: [random.normal([3, 4]), random.normal([3, 5]), at(1)],
        throws: "texts",
      },
      {
        group: "property",
        title: "all vectors are the same drawn one: ln 4",
        args: [alike, alike, at(1)],
      },
      {
        group: "property",
        title: "the vectors of pictures are eight times as long",
        args: [...longer(pairs(3, 4)), at(1)],
      },
      {
        group: "shapes",
        title: "there are six pairs of long vectors",
        args: [...pairs(6, 12), at(1)],
      },
    ];
  },
  mutants: [
    {
      edits: [[BOTH, "return fromImages;"]],
      message:
        "Only pictures look for their texts. Average that with the other way, texts that look " +
        "for their pictures.",
    },
    {
      edits: [[BOTH, "return fromTexts;"]],
      message:
        "Only texts look for their pictures. Average that with the other way, pictures that look " +
        "for their texts.",
    },
    {
      edits: [[BOTH, "return fromImages.add(fromTexts);"]],
      message: "The two ways are added up. Take their mean.",
    },
    {
      edits: [["logScale.minimum(Math.log(100)).exp()", "logScale.exp()"]],
      message: "The scale isn't clamped at 100: logScale is a logarithm and counts up to ln 100.",
    },
    {
      edits: [["logScale.minimum(Math.log(100)).exp()", "logScale.minimum(Math.log(100))"]],
      message:
        "The cosines are multiplied by logScale itself. It is a logarithm: take its exponential.",
    },
    {
      edits: [["logScale.minimum(Math.log(100)).exp()", "logScale.minimum(100).exp()"]],
      message: "The scale isn't clamped at 100: logScale is a logarithm and counts up to ln 100.",
    },
    {
      edits: [
        [
          ".matMul(unit(texts), false, true).mul(scale)",
          ".matMul(unit(texts), false, true).div(scale)",
        ],
      ],
      message:
        "The cosines are divided by the scale. logScale is ln(1/temperature), so its exponential " +
        "multiplies.",
    },
    ...COSINE_MISTAKES,
    {
      edits: [["x.square().sum(-1, true).sqrt()", "x.square().sum().sqrt()"]],
      message: "All rows share one length. Each vector has its own: sum over the last axis.",
    },
    {
      edits: [
        ["logScale.minimum(Math.log(100)).exp()", "logScale.clipByValue(0, Math.log(100)).exp()"],
      ],
      message: "The scale is also kept from falling below 1. It is clamped from above only.",
    },
    {
      edits: [["logScale.minimum(Math.log(100)).exp()", "logScale.exp().minimum(100)"]],
      message:
        "You clamp after exp, which overflows where logScale is large, and 0 · ∞ in its " +
        "gradient is NaN. Clamp logScale first.",
    },
    {
      edits: [
        [
          "return fromImages.add(fromTexts).div(2);",
          `const own = scores.mul(tf.eye(scores.shape[0]!)).sum().div(scores.shape[0]!);
    void [fromImages, fromTexts];
    return scores.flatten().logSumExp().sub(own);`,
        ],
      ],
      message:
        "One softmax runs over all B² scores. Each picture chooses among the texts, and each " +
        "text among the pictures.",
    },
  ],
};
export default exercise;
