/** encoderBlock: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random, type Value } from "grader";
import { drawBlock } from "./drawBlock";

/** A block whose MLP adds its last bias and nothing else. */
function withoutMlp(random: Random) {
  const { mlp, ...rest } = drawBlock(random, 4, 6);
  const w2 = tensorData([6, 4], new Array<number>(24).fill(0));
  return { ...rest, mlp: { ...(mlp as { [name: string]: Value }), w2 } };
}

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "pre-norm",
      args: [random.normal([2, 3, 4]), drawBlock(random, 4, 6), { heads: 2, norm: "pre" }],
    },
    {
      group: "values",
      title: "post-norm",
      args: [random.normal([2, 3, 4]), drawBlock(random, 4, 6), { heads: 2, norm: "post" }],
    },
    {
      group: "values",
      title: "norm isn't given",
      args: [random.normal([1, 3, 4]), drawBlock(random, 4, 6), { heads: 1 }],
    },
    {
      group: "values",
      title: "post-norm with a padding mask",
      args: [
        random.normal([2, 3, 4]),
        drawBlock(random, 4, 6),
        { heads: 2, norm: "post", mask: tensorData([2, 1, 1, 3], [1, 1, 1, 1, 0, 0]) },
      ],
    },
    {
      group: "values",
      title: "RoPE and a bias",
      args: [
        random.normal([1, 4, 4]),
        drawBlock(random, 4, 6),
        { heads: 1, rope: { layout: "halves" }, bias: random.normal([4, 4]) },
      ],
    },
    {
      group: "values",
      title: "eps is large",
      args: [random.normal([1, 3, 4]), drawBlock(random, 4, 6), { heads: 2, eps: 0.5 }],
    },
    {
      group: "values",
      title: "another activation is given",
      args: [
        random.normal([1, 3, 4]),
        drawBlock(random, 4, 6),
        { heads: 2, activation: { $function: "(x) => tf.tanh(x)" } },
      ],
    },
    {
      group: "shapes",
      title: "there is one token",
      args: [random.normal([1, 1, 4]), drawBlock(random, 4, 3), { heads: 2, norm: "post" }],
    },
    {
      group: "gradient",
      title: "x and the weights of a pre-norm block",
      args: [random.normal([1, 3, 4]), drawBlock(random, 4, 5), { heads: 2 }],
      wrt: [
        "0",
        "1.norm1.gamma",
        "1.norm2.beta",
        "1.attention.wq",
        "1.attention.wo",
        "1.mlp.w1",
        "1.mlp.b2",
      ],
    },
    {
      group: "gradient",
      title: "x and the weights of a post-norm block",
      args: [random.normal([1, 3, 4]), drawBlock(random, 4, 5), { heads: 2, norm: "post" }],
      wrt: ["0", "1.norm1.gamma", "1.norm2.beta", "1.attention.wv", "1.mlp.w2"],
    },
    {
      group: "errors",
      title: "norm is neither pre nor post",
      args: [random.normal([1, 2, 4]), drawBlock(random, 4, 6), { heads: 2, norm: "none" }],
      throws: "norm",
    },
    {
      group: "property",
      title: "pre-norm, and the last matrix of the MLP is zero",
      args: [random.normal([1, 3, 4]), withoutMlp(random), { heads: 2, norm: "pre" }],
    },
  ],
  mutants: [
    {
      edits: [
        [
          "return h.add(mlp(normed(h, params.norm2)));",
          "return h.add(mlp(normed(x, params.norm2)));",
        ],
      ],
      message:
        "The feed-forward network reads x. " +
        "It should read h, the attention's output plus its residual.",
    },
    {
      edits: [
        ["return h.add(mlp(normed(h, params.norm2)));", "return mlp(normed(h, params.norm2));"],
        ["return normed(h.add(mlp(h)), params.norm2);", "return normed(mlp(h), params.norm2);"],
      ],
      message: "The second residual is missing: add h to the output of the feed-forward network.",
    },
    {
      edits: [
        [
          "const h = x.add(attend(normed(x, params.norm1)));",
          `const n = normed(x, params.norm1);
           const h = n.add(attend(n));`,
        ],
      ],
      message:
        "In pre-norm, the residual must carry x itself: " +
        "only the attention's input is normalized.",
    },
    {
      edits: [
        [
          "return normed(h.add(mlp(h)), params.norm2);",
          "return h.add(normed(mlp(h), params.norm2));",
        ],
        [
          "const h = normed(x.add(attend(x)), params.norm1);",
          "const h = x.add(normed(attend(x), params.norm1));",
        ],
      ],
      message: "In post-norm, the sum is normalized: norm(x + attend(x)), not x + norm(attend(x)).",
    },
    {
      edits: [
        [
          "return h.add(mlp(normed(h, params.norm2)));",
          "return h.add(mlp(normed(h, params.norm1)));",
        ],
      ],
      message: "norm1 is used twice in pre-norm. The feed-forward network has its own norm, norm2.",
    },
    {
      edits: [["{ heads, mask, bias, rope }", "{ heads, bias, rope }"]],
      message: "The mask doesn't reach the attention, so padding is read.",
    },
    {
      edits: [["{ heads, mask, bias, rope }", "{ heads, mask, bias }"]],
      message: "rope doesn't reach the attention, so ESM's tokens have no order.",
    },
    {
      edits: [["layerNorm(y, gamma, beta, eps)", "layerNorm(y, gamma, beta)"]],
      message: "eps doesn't reach the norms: BERT's is 1e-12.",
    },
    {
      edits: [['if (norm === "pre") {', 'if (norm !== "pre") {']],
      message: "Pre- and post-norm are swapped.",
    },
    {
      edits: [
        [
          "const h = x.add(attend(normed(x, params.norm1)));",
          "const h = attend(normed(x, params.norm1));",
        ],
        [
          "const h = normed(x.add(attend(x)), params.norm1);",
          "const h = normed(attend(x), params.norm1);",
        ],
      ],
      message: "The first residual is missing: add x to the attention's output.",
    },
    {
      edits: [
        [
          "return h.add(mlp(normed(h, params.norm2)));",
          "return x.add(mlp(normed(h, params.norm2)));",
        ],
        [
          "return normed(h.add(mlp(h)), params.norm2);",
          "return normed(x.add(mlp(h)), params.norm2);",
        ],
      ],
      message:
        "The second residual carries x. It must carry h, or what the attention read is lost.",
    },
    {
      edits: [
        [
          "const h = x.add(attend(normed(x, params.norm1)));",
          "const h = attend(normed(x, params.norm1));",
        ],
      ],
      message: "In pre-norm the first residual is missing: add x to the attention's output.",
    },
    {
      edits: [
        [
          "const h = normed(x.add(attend(x)), params.norm1);",
          "const h = normed(attend(x), params.norm1);",
        ],
      ],
      message:
        "In post-norm the first residual is missing: add x to the attention's output before " +
        "the norm.",
    },
    {
      edits: [
        ["return h.add(mlp(normed(h, params.norm2)));", "return mlp(normed(h, params.norm2));"],
      ],
      message:
        "In pre-norm the second residual is missing: add h to the output of the feed-forward " +
        "network.",
    },
    {
      edits: [
        ["return normed(h.add(mlp(h)), params.norm2);", "return normed(mlp(h), params.norm2);"],
      ],
      message:
        "In post-norm the second residual is missing: add h to the output of the feed-forward " +
        "network.",
    },
    {
      edits: [
        [
          "return h.add(mlp(normed(h, params.norm2)));",
          "return x.add(mlp(normed(h, params.norm2)));",
        ],
      ],
      message:
        "In pre-norm the second residual carries x. It must carry h, or what the attention " +
        "read is lost.",
    },
    {
      edits: [
        [
          "return normed(h.add(mlp(h)), params.norm2);",
          "return normed(x.add(mlp(h)), params.norm2);",
        ],
      ],
      message:
        "In post-norm the second residual carries x. It must carry h, or what the attention " +
        "read is lost.",
    },
    {
      edits: [
        [
          "return normed(h.add(mlp(h)), params.norm2);",
          "return normed(h.add(mlp(h)), params.norm1);",
        ],
      ],
      message: "norm1 is used twice in post-norm. The second sum has its own norm, norm2.",
    },
    {
      edits: [
        [
          "return h.add(mlp(normed(h, params.norm2)));",
          "return h.add(mlp(normed(h, params.norm1)));",
        ],
        [
          "return normed(h.add(mlp(h)), params.norm2);",
          "return normed(h.add(mlp(h)), params.norm1);",
        ],
      ],
      message: "norm1 is used twice. The second half of the block has its own norm, norm2.",
    },
    {
      edits: [["return h.add(mlp(normed(h, params.norm2)));", "return h.add(mlp(h));"]],
      message: "In pre-norm the feed-forward network reads h as it is. It should read norm2(h).",
    },
    {
      edits: [["const h = x.add(attend(normed(x, params.norm1)));", "const h = x.add(attend(x));"]],
      message: "In pre-norm the attention reads x as it is. It should read norm1(x).",
    },
    {
      edits: [["const h = normed(x.add(attend(x)), params.norm1);", "const h = x.add(attend(x));"]],
      message: "In post-norm the first sum isn't normalized: h = norm1(x + attend(x)).",
    },
    {
      edits: [["return normed(h.add(mlp(h)), params.norm2);", "return h.add(mlp(h));"]],
      message: "In post-norm the second sum isn't normalized: y = norm2(h + mlp(h)).",
    },
    {
      edits: [
        [
          "return normed(h.add(mlp(h)), params.norm2);",
          "return normed(h.add(mlp(x)), params.norm2);",
        ],
      ],
      message: "In post-norm the feed-forward network reads x. It should read h.",
    },
    {
      edits: [
        [
          "return h.add(mlp(normed(h, params.norm2)));",
          "return normed(h.add(mlp(normed(h, params.norm2))), params.norm2);",
        ],
      ],
      message:
        "In pre-norm the output is normalized as well. Pre-norm leaves the sums as they are: " +
        "only what attention and feed-forward network read goes through a norm.",
    },
    {
      edits: [
        [
          "return h.add(mlp(normed(h, params.norm2)));",
          "const n = normed(h, params.norm2); return n.add(mlp(n));",
        ],
      ],
      message: "In pre-norm the second residual carries norm2(h). It must carry h itself.",
    },
    {
      edits: [
        [
          "const h = x.add(attend(normed(x, params.norm1)));",
          "const n1 = normed(x, params.norm1); const h = n1.add(attend(n1));",
        ],
        [
          "return h.add(mlp(normed(h, params.norm2)));",
          "const n2 = normed(h, params.norm2); return n2.add(mlp(n2));",
        ],
      ],
      message:
        "Both residuals of pre-norm carry normalized values. Only the inputs of attention and " +
        "feed-forward network are normalized, and the residuals carry x and h.",
    },
    {
      edits: [["{ heads, mask, bias, rope }", "{ heads, mask, rope }"]],
      message: "The bias doesn't reach the attention.",
    },
    {
      edits: [
        ["feedForward(y, params.mlp, activation)", "feedForward(y, params.mlp, (a) => gelu(a))"],
      ],
      message: "The activation doesn't reach the feed-forward network.",
    },
    {
      edits: [
        [
          "const h = normed(x.add(attend(x)), params.norm1);",
          "const h = normed(x.add(attend(x)), params.norm2);",
        ],
        [
          "return normed(h.add(mlp(h)), params.norm2);",
          "return normed(h.add(mlp(h)), params.norm1);",
        ],
      ],
      message: "In post-norm, norm1 and norm2 are swapped: norm1 comes after the attention.",
    },
    {
      edits: [
        [
          "const h = x.add(attend(normed(x, params.norm1)));",
          "const h = x.add(attend(normed(x, params.norm2)));",
        ],
        [
          "return h.add(mlp(normed(h, params.norm2)));",
          "return h.add(mlp(normed(h, params.norm1)));",
        ],
      ],
      message: "In pre-norm, norm1 and norm2 are swapped: norm1 belongs to the attention.",
    },
    {
      edits: [
        [
          "const h = x.add(attend(normed(x, params.norm1)));",
          "const h = x.add(attend(normed(x, params.norm2)));",
        ],
        [
          "return h.add(mlp(normed(h, params.norm2)));",
          "return h.add(mlp(normed(h, params.norm1)));",
        ],
        [
          "const h = normed(x.add(attend(x)), params.norm1);",
          "const h = normed(x.add(attend(x)), params.norm2);",
        ],
        [
          "return normed(h.add(mlp(h)), params.norm2);",
          "return normed(h.add(mlp(h)), params.norm1);",
        ],
      ],
      message: "norm1 and norm2 are swapped: norm1 belongs to the attention.",
    },
  ],
};
export default exercise;
