/** flowStep: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const bent = { $function: "(z, t) => tf.sin(z.mul(t)).add(t * t)" };
const straight = { $function: "(z, t) => z.mul(0).add(1.5)" };
const speeding = { $function: "(z, t) => z.mul(0).add(2 * t)" };
/** Its velocity is like z at the start of the step and one number per row at its end. */
const atFirst = { $function: "(z, t) => (t === 0.5 ? z : z.sum(-1, true))" };
const toZero = { $function: "(z, t) => z.sub(tf.tanh(z)).div(t)" };

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "Euler's step",
      args: [bent, random.normal([3, 4]), 0.9, 0.5, "euler"],
    },
    {
      group: "values",
      title: "no method is given",
      args: [bent, random.normal([3, 4]), 2, 1.2],
    },
    {
      group: "values",
      title: "Heun's step",
      args: [bent, random.normal([3, 4]), 0.9, 0.4, "heun"],
    },
    {
      group: "values",
      title: "Heun's step with an EDM velocity",
      args: [toZero, random.normal([3, 4]), 4, 2.5, "heun"],
    },
    {
      group: "property",
      title: "the velocity is the same everywhere",
      args: [straight, random.normal([2, 4]), 1, 0.3, "heun"],
    },
    {
      group: "property",
      title: "the velocity grows with time: Heun's step is exact",
      args: [speeding, random.normal([2, 4]), 1, 0.25, "heun"],
    },
    {
      group: "values",
      title: "Heun's step to a time just above 0",
      args: [bent, random.normal([3, 4]), 0.2, 0.0005, "heun"],
    },
    {
      group: "property",
      title: "Heun's step to time 0, where the velocity divides by time",
      args: [toZero, random.normal([2, 4]), 0.6, 0, "heun"],
    },
    {
      group: "property",
      title: "Euler's step to time 0",
      args: [bent, random.normal([2, 4]), 0.6, 0],
    },
    {
      group: "property",
      title: "next is time",
      args: [bent, random.normal([2, 4]), 0.6, 0.6, "heun"],
    },
    {
      group: "shapes",
      title: "chains of atoms",
      args: [bent, random.normal([2, 4, 3]), 1, 0.5, "heun"],
    },
    {
      group: "gradient",
      title: "z is differentiated through both velocities",
      args: [bent, random.normal([2, 4]), 0.9, 0.4, "heun"],
      wrt: ["1"],
    },
    {
      group: "errors",
      title: "next is above time",
      args: [bent, random.normal([2, 4]), 0.5, 0.6],
      throws: "next",
    },
    {
      group: "errors",
      title: "the method is another word",
      args: [bent, random.normal([2, 4]), 0.5, 0.2, "midpoint"],
      throws: "method",
    },
    {
      group: "errors",
      title: "the velocity has another shape",
      args: [{ $function: "(z, t) => z.sum(-1)" }, random.normal([2, 4]), 0.5, 0.2],
      throws: "velocity",
    },
    {
      group: "errors",
      title: "Heun's second velocity has another shape",
      args: [atFirst, random.normal([2, 4]), 0.5, 0.2, "heun"],
      throws: "velocity",
    },
  ],
  mutants: [
    {
      edits: [["z.add(first.mul(next - time))", "z.add(first.mul(time - next))"]],
      message: "Euler's step goes the wrong way: Δ = next − time, which is below 0.",
    },
    {
      edits: [
        ["z.add(first.mul(next - time))", "z.add(first.mul(time - next))"],
        ["z.add(mean.mul(next - time))", "z.add(mean.mul(time - next))"],
      ],
      message: "Both methods go the wrong way: Δ = next − time, which is below 0.",
    },
    {
      edits: [["z.add(mean.mul(next - time))", "z.add(mean.mul(time - next))"]],
      message: "Heun's step goes the wrong way: Δ = next − time, which is below 0.",
    },
    {
      edits: [["z.add(first.mul(next - time))", "z.add(first)"]],
      message: "The velocity isn't multiplied by the length of the step.",
    },
    {
      edits: [["z.add(first.mul(next - time))", "z.add(first.mul(next))"]],
      message: "The velocity is multiplied by next. The step is next − time long.",
    },
    {
      edits: [["velocityAt(euler, next)", "velocityAt(z, next)"]],
      message: "Heun's second velocity is taken at z. Take it where Euler's step ends.",
    },
    {
      edits: [["velocityAt(euler, next)", "velocityAt(euler, time)"]],
      message: "Heun's second velocity has the old time. Take it at next.",
    },
    {
      edits: [["velocityAt(euler, next)).div(2)", "velocityAt(euler, next))"]],
      message: "Heun's velocities are summed. Take their mean.",
    },
    {
      edits: [["return z.add(mean.mul", "return euler.add(mean.mul"]],
      message: "Heun's step comes on top of Euler's. It starts again from z.",
    },
    {
      edits: [['method === "euler" || next === 0', 'method === "euler"']],
      message:
        "Heun's method asks for a velocity at time 0, where it may have none. Use Euler's step.",
    },
    {
      edits: [['method: "euler" | "heun" = "euler"', 'method: "euler" | "heun" = "heun"']],
      message: "Without a method, Heun's is used. The default is Euler's.",
    },
    {
      edits: [
        ["const mean = first.add(velocityAt(euler, next)).div(2);", ""],
        [
          "return z.add(mean.mul(next - time));",
          "const half = z.add(first.mul((next - time) / 2));\n" +
            "return z.add(velocityAt(half, (time + next) / 2).mul(next - time));",
        ],
      ],
      message: "That is the midpoint method. Heun's takes the mean of the velocities at both ends.",
    },
    {
      edits: [
        [
          "const first = velocityAt(z, time);",
          `const first = velocityAt(z, time);
    const second = () => velocity(euler, next);`,
        ],
        ["first.add(velocityAt(euler, next)).div(2)", "first.add(second()).div(2)"],
      ],
      message:
        "Only the first velocity's shape is checked. Heun's second one may broadcast to a " +
        "result that looks right: check it, too.",
    },
    {
      edits: [
        ["const mean = first.add(velocityAt(euler, next)).div(2);", ""],
        [
          "return z.add(mean.mul(next - time));",
          `const half = z.add(first.mul((next - time) / 2));
return half.add(velocityAt(half, next).mul((next - time) / 2));`,
        ],
      ],
      message:
        "Those are two half steps of Euler's. Heun's method goes from z all the way, along " +
        "the mean of the velocities at both ends.",
    },
  ],
};
export default exercise;
