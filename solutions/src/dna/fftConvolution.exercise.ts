/** fftConvolution: its cases and its typical mistakes. */
import { within, type Exercise } from "grader";

/** Tokens of the case that measures. */
const LONG = 1024;

const exercise: Exercise = {
  cases: (random) => {
    const both = (B: number, C: number, T: number) => [
      random.normal([B, C, T]),
      random.normal([C, T]),
    ];
    return [
      { group: "values", title: "the length is a power of two", args: both(2, 2, 8) },
      { group: "values", title: "the length isn't", args: both(1, 3, random.int(9, 14)) },
      {
        group: "values",
        title: "the sequence has some hundred tokens",
        args: both(1, 1, random.int(130, 150)),
      },
      { group: "shapes", title: "there is one token", args: both(2, 3, 1) },
      {
        group: "property",
        title: "the filter is an echo, five tokens late",
        args: [
          random.normal([1, 1, 7]),
          { shape: [1, 7], dtype: "float32", data: Float32Array.of(0, 0, 0, 0, 0, 1, 0) },
        ],
      },
      {
        group: "gradient",
        title: "sequence and filter are differentiated",
        args: both(2, 2, 6),
        wrt: ["0", "1"],
      },
      {
        group: "errors",
        title: "the filter is too short",
        args: [random.normal([1, 2, 5]), random.normal([2, 4])],
        throws: "k",
      },
      {
        group: "cost",
        title: "what 1,024 tokens cost",
        args: both(1, 1, LONG),
        // all pairs take the square of the length, the transforms a sixteenth of it
        cost: within({ work: LONG ** 2 / 2 }),
      },
      {
        group: "values",
        title: "results are about a millionth",
        args: [random.normal([1, 2, 6], 1e-4), random.normal([2, 6], 1e-2)],
      },
      { group: "shapes", title: "there are two tokens", args: both(2, 3, 2) },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "const convolve = (a: tf.Tensor, b: tf.Tensor) => tf.tidy(() => {",
          `const convolve = (a: tf.Tensor, b: tf.Tensor) => tf.tidy(() => {
             const N = T;`,
        ],
      ],
      message:
        "The end of the sequence runs into its beginning: " +
        "the transform's convolution is circular. Pad both with zeros to N numbers first.",
    },
    {
      edits: [
        ["xr.mul(yr).sub(xi.mul(yi))", "xr.mul(yr).add(xi.mul(yi))"],
        ["xr.mul(yi).add(xi.mul(yr))", "xi.mul(yr).sub(xr.mul(yi))"],
      ],
      message:
        "One spectrum is conjugated, which gives a correlation. " +
        "Multiply them as they are: (a + bi)(c + di) = ac − bd + (ad + bc)i.",
    },
    {
      edits: [
        [
          "tf.complex(xr.mul(yr).sub(xi.mul(yi)), xr.mul(yi).add(xi.mul(yr)))",
          "tf.complex(xr.mul(yr), xi.mul(yi))",
        ],
      ],
      message:
        "Real parts are multiplied by real parts and imaginary parts by imaginary parts. " +
        "Complex numbers multiply as (a + bi)(c + di) = ac − bd + (ad + bc)i.",
    },
    {
      edits: [
        [
          "[back(convolve(late, k)), back(convolve(late, u)).sum(0)]",
          "[convolve(dy, k), back(convolve(late, u)).sum(0)]",
        ],
      ],
      message:
        "The gradient with respect to u is convolved forward in time. " +
        "A token affects later ones, so its gradient comes from later ones: " +
        "reverse dy, convolve, reverse back.",
    },
    {
      edits: [["back(convolve(late, u)).sum(0)]", "back(convolve(late, u)).mean(0)]"]],
      message:
        "The filter's gradient is averaged over the batch. " +
        "All sequences use the same filter, so it is summed.",
    },
    {
      edits: [
        [
          "const whole = tf.real(tf.ifft(product)) as tf.Tensor;",
          `const channels = b.shape.slice(0, -1);
           const late = (s: number) => {
             const moved = a.slice([0, 0, 0], [B, C, T - s]);
             const tap = b.slice([...channels.map(() => 0), s], [...channels, 1]);
             return tf.concat([tf.zeros([B, C, s]), moved], 2).mul(tap);
           };
           const whole = tf.addN(Array.from({ length: T }, (_, s) => late(s)));`,
        ],
      ],
      breaks: "what 1,024 tokens cost",
      message:
        "The cost grows with the square of the length, as if all pairs of tokens were multiplied. " +
        "The transforms need T·log T.",
    },
    {
      edits: [["back(convolve(late, u)).sum(0)]", "convolve(dy, u).sum(0)]"]],
      message:
        "The gradient with respect to k is convolved forward in time. " +
        "Like the one for u, it is a correlation: reverse dy, convolve, reverse back.",
    },
    {
      edits: [["whole.slice([0, 0, 0], [B, C, T])", "whole.slice([0, 0, N - T], [B, C, T])"]],
      message:
        "The last T numbers are kept. " +
        "The result is the first T; after them comes what runs past the end.",
    },
    {
      edits: [["[back(convolve(late, k)),", "[convolve(late, k),"]],
      message:
        "The gradient with respect to u comes out reversed in time. Reverse it back after the " +
        "convolution.",
    },
    {
      edits: [["back(convolve(late, u)).sum(0)", "convolve(late, u).sum(0)"]],
      message:
        "The gradient with respect to k comes out reversed in time. Reverse it back after the " +
        "convolution.",
    },
    {
      edits: [["return run(u, k);", "return run(u, k.reverse(-1));"]],
      message: "The filter is backwards. k_0 meets the current token.",
    },
  ],
  tolerance: { atol: 3e-5, reason: "transforms of many terms in float32" },
};
export default exercise;
