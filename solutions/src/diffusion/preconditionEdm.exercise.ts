/** preconditionEdm: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

/** Networks that show what they are given. */
const wavy = { $function: "(x, c) => tf.sin(x.mul(2)).add(c.reshape([-1, 1]).mul(0.5))" };
const same = { $function: "(x, c) => x.add(c.sum().mul(0))" };
const level = { $function: "(x, c) => x.mul(0).add(c.reshape([-1, 1]))" };
const zero = { $function: "(x, c) => x.mul(0).add(c.sum().mul(0))" };
const ones = { $function: "(x, c) => tf.onesLike(x).add(c.sum().mul(0))" };

/** A network that takes its level as [B] and nothing else. */
const strict = {
  $function:
    "(x, c) => { if (c.shape.length !== 1) throw new Error('expected a level [B], got ' + " +
    "JSON.stringify(c.shape)); return x.mul(c.reshape([-1, 1])); }",
};

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "the network bends its input and adds the level",
      args: [wavy, random.normal([4, 5], 2), random.uniform([4], 0.05, 6), 0.8],
    },
    {
      group: "values",
      title: "sigmaData isn't given",
      args: [wavy, random.normal([3, 5]), random.uniform([3], 0.05, 3)],
    },
    {
      group: "values",
      title: "the network returns its input",
      args: [same, random.normal([3, 4]), random.uniform([3], 0.1, 3), 1.5],
    },
    {
      group: "values",
      title: "noise levels and sigmaData are thousandths",
      args: [wavy, random.normal([3, 4], 0.001), random.uniform([3], 0.001, 0.003), 0.001],
    },
    {
      group: "property",
      title: "the network returns the number of its noise level",
      args: [level, random.normal([4, 3]), tensorData([4], [0.01, 0.5, 1, 40]), 0.7],
    },
    {
      group: "property",
      title: "the network returns 0",
      args: [zero, random.normal([3, 4]), tensorData([3], [0.02, 0.5, 30]), 0.5],
    },
    {
      group: "property",
      title: "the network returns 1",
      args: [ones, random.normal([3, 4]), tensorData([3], [0.02, 0.5, 30]), 2],
    },
    {
      group: "shapes",
      title: "chains of atoms",
      args: [
        { $function: "(x, c) => tf.cos(x).mul(c.reshape([-1, 1, 1]))" },
        random.normal([2, 4, 3], 6),
        random.uniform([2], 0.5, 20),
        6,
      ],
    },
    {
      group: "shapes",
      title: "pictures with channels",
      args: [
        { $function: "(x, c) => tf.sin(x).mul(c.reshape([-1, 1, 1, 1]))" },
        random.normal([2, 3, 2, 2]),
        random.uniform([2], 0.1, 3),
        0.8,
      ],
    },
    {
      group: "shapes",
      title: "the network takes its level as [B] and nothing else",
      args: [strict, random.normal([3, 4]), random.uniform([3], 0.1, 4)],
    },
    {
      group: "shapes",
      title: "as many rows as numbers in a row",
      args: [wavy, random.normal([3, 3]), random.uniform([3], 0.1, 4), 0.5],
    },
    {
      group: "gradient",
      title: "z is differentiated",
      args: [wavy, random.normal([3, 4]), random.uniform([3], 0.1, 3), 0.8],
      wrt: ["1"],
    },
    {
      group: "errors",
      title: "a noise level is 0",
      args: [same, random.normal([2, 4]), tensorData([2], [0.5, 0])],
      throws: "sigma",
    },
    {
      group: "errors",
      title: "there are more levels than rows",
      args: [same, random.normal([2, 4]), random.uniform([3], 0.1, 1)],
      throws: "sigma",
    },
    {
      group: "errors",
      title: "sigmaData is 0",
      args: [same, random.normal([2, 4]), random.uniform([2], 0.1, 1), 0],
      throws: "sigmaData",
    },
  ],
  mutants: [
    {
      edits: [["sigma.log().div(4)", "sigma"]],
      message: "The network gets sigma itself. Its number is ln(sigma)/4.",
    },
    {
      edits: [["sigma.log().div(4)", "sigma.log()"]],
      message: "The network gets ln(sigma). Divide by 4.",
    },
    {
      edits: [["sigma.log().div(4)", "sigma.div(4)"]],
      message: "The network gets sigma/4. Take the logarithm first: ln(sigma)/4.",
    },
    {
      edits: [["sigma.log().div(4)", "s.log().div(4)"]],
      message: "The network gets its level as [B, 1, …]. Pass ln(sigma)/4 as [B].",
    },
    {
      edits: [["network(z.div(total.sqrt())", "network(z.mul(1)"]],
      message: "The network reads z as it is. Scale it by c_in, so that its variance is 1.",
    },
    {
      edits: [["network(z.div(total.sqrt())", "network(z.div(total)"]],
      message: "c_in divides by the variance. Divide by its root.",
    },
    {
      edits: [["const skipped = z.mul(sigmaData ** 2)", "const skipped = z.mul(sigmaData)"]],
      message: "c_skip has sigmaData, not its square, above the line.",
    },
    {
      edits: [["const skipped = z.mul(sigmaData ** 2)", "const skipped = z.mul(s.square())"]],
      message: "c_skip grows with the noise. It keeps z where there is little: d²/(σ² + d²).",
    },
    {
      edits: [[".div(total.sqrt()));\n  });", ".div(total));\n  });"]],
      message: "c_out divides by σ² + d². Divide by its root.",
    },
    {
      edits: [["written.mul(s).mul(sigmaData)", "written.mul(s)"]],
      message: "c_out lacks sigmaData: σ·d/√(σ² + d²).",
    },
    {
      edits: [["return skipped.add(", "return skipped.mul(0).add("]],
      message: "z itself doesn't reach the result: add c_skip·z.",
    },
    {
      edits: [["sigmaData = 0.5", "sigmaData = 1"]],
      message: "Without sigmaData, 1 is used. The default is 0.5.",
    },
    {
      edits: [
        ["z.mul(sigmaData ** 2).div(total)", "z.div(total.sqrt()).mul(sigmaData ** 2).div(total)"],
      ],
      message:
        "c_skip multiplies the scaled input. It multiplies z as it is: only the network reads " +
        "c_in·z.",
    },
    {
      edits: [["network(z.div(total.sqrt())", "network(z.div(s.square().add(1).sqrt())"]],
      message: "c_in is right for data of deviation 1. For sigmaData it is 1/√(σ² + d²).",
    },
  ],
};
export default exercise;
