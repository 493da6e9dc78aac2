/** topKSae: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawSae } from "./drawSae";

const exercise: Exercise = {
  cases: (random) => {
    const small = drawSae(random, 4, 9);
    const flat = (value: number) =>
      tensorData(
        [9],
        Array.from({ length: 9 }, () => value),
      );
    const zeros = tensorData(
      [4, 9],
      Array.from({ length: 36 }, () => 0),
    );
    return [
      {
        group: "values",
        title: "three of nine latents are kept",
        args: [random.normal([5, 4]), small, 3],
      },
      {
        group: "values",
        title: "one latent is kept",
        args: [random.normal([6, 4]), small, 1],
      },
      {
        group: "values",
        title: "all scores are below zero",
        args: [random.normal([4, 4]), { ...small, bias: flat(-6) }, 2],
      },
      {
        group: "property",
        title: "all scores are equal: the lower indices are kept",
        args: [random.normal([3, 4]), { ...small, encoder: zeros, bias: flat(1.5) }, 4],
      },
      {
        group: "shapes",
        title: "all latents are kept",
        args: [random.normal([3, 4]), small, 9],
      },
      {
        group: "shapes",
        title: "there are fewer latents than features",
        args: [random.normal([2, 6]), drawSae(random, 6, 3), 2],
      },
      {
        group: "gradient",
        title: "x and all weights are differentiated",
        args: [random.normal([4, 4]), drawSae(random, 4, 7), 2],
        wrt: ["0", "1.encoder", "1.bias", "1.decoder", "1.center"],
      },
      {
        group: "errors",
        title: "k is over the number of latents",
        args: [random.normal([3, 4]), small, 10],
        throws: "k",
      },
      {
        group: "errors",
        title: "x has another width",
        args: [random.normal([3, 5]), small, 2],
        throws: "x",
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["const latents = scores.mul(isKept);", "const latents = tf.relu(scores).mul(isKept);"],
      ],
      message:
        "A kept number below zero becomes 0, so fewer than k are active. " +
        "Keep the k largest as they are.",
    },
    {
      edits: [["tf.topk(s, k)", "tf.topk(s.abs(), k)"]],
      message: "You keep the largest absolute values. Keep the largest numbers.",
    },
    {
      edits: [["x.sub(center).matMul", "x.matMul"]],
      message: "The center isn't subtracted: encode x − center.",
    },
    {
      edits: [["latents.matMul(decoder).add(center)", "latents.matMul(decoder)"]],
      message: "The center isn't added when decoding.",
    },
    {
      edits: [[".matMul(encoder).add(bias)", ".matMul(encoder)"]],
      message: "The bias of the latents is missing.",
    },
    {
      edits: [["const latents = scores.mul(isKept);", "const latents = isKept;"]],
      message: "The latents are ones. Keep the scores' own numbers.",
    },
    {
      edits: [
        [
          'kept.equal(tf.range(0, F, 1, "int32")).toFloat().sum(1)',
          "s.greaterEqual(tf.topk(s, k).values.min(-1, true)).toFloat().add(kept.sum().mul(0))",
        ],
        ["const F = bias.shape[0]!;", "const F = bias.shape[0]!; void F;"],
      ],
      message:
        "On ties, you keep more than k. Exactly k are active: of equal numbers those with the " +
        "lower index.",
    },
    {
      edits: [
        ["tf.topk(s, k)", "tf.topk(s.reverse(-1), k)"],
        [".toFloat().sum(1)", ".toFloat().sum(1).reverse(-1)"],
      ],
      message: "On ties, you keep the higher index. Of equal numbers the lower index is kept.",
    },
    {
      edits: [
        [
          "const latents = scores.mul(isKept);",
          "const latents = asConstant(scores, (s) => s.mul(isKept));",
        ],
      ],
      message:
        "No gradient reaches the encoder. Only the choice is a constant, not the numbers kept.",
    },
    {
      edits: [
        ["const latents = scores.mul(isKept);", "const latents = tf.softmax(scores).mul(isKept);"],
      ],
      message: "You apply a softmax. The latents are the scores themselves.",
    },
    {
      edits: [
        [
          "const scores = x.sub(center).matMul(encoder).add(bias);",
          `const read = x.sub(center).matMul(encoder);
    const scores = read.add(bias);`,
        ],
        ["const isKept = asConstant(scores,", "const isKept = asConstant(read,"],
      ],
      message: "You choose before the bias is added. TopK is of the scores with their bias.",
    },
    {
      edits: [
        [
          "const kept = tf.topk(s, k).indices.expandDims(-1);",
          `const [N] = s.shape as [number];
      const flat = tf.topk(s.flatten(), k * N).indices.expandDims(-1);`,
        ],
        [
          'return kept.equal(tf.range(0, F, 1, "int32")).toFloat().sum(1);',
          'return flat.equal(tf.range(0, N * F, 1, "int32")).toFloat().sum(0).reshape([N, F]);',
        ],
      ],
      message:
        "You keep the k·N largest of the whole batch, so rows have different numbers of them. " +
        "Keep k in each row.",
    },
  ],
};
export default exercise;
