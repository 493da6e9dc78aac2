/** decoderBlock: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawDecoderBlock } from "./drawDecoder";

type Edit = [from: string, to: string];

/** A mistake in one form of the block, in the other, and in both: each gives other numbers. */
const inEachForm = (message: string, one: Edit, other: Edit): Exercise["mutants"] =>
  [[one], [other], [one, other]].map((edits) => ({ message, edits }));

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "two heads write three tokens and read four",
      args: [
        random.normal([2, 3, 8]),
        random.normal([2, 4, 8]),
        drawDecoderBlock(random, 8, 16),
        { heads: 2 },
      ],
    },
    {
      group: "values",
      title: "as many tokens are written as read",
      args: [
        random.normal([1, 3, 6]),
        random.normal([1, 3, 6]),
        drawDecoderBlock(random, 6, 8),
        { heads: 3 },
      ],
    },
    {
      group: "values",
      title: 'norm is "pre"',
      args: [
        random.normal([1, 3, 8]),
        random.normal([1, 2, 8]),
        drawDecoderBlock(random, 8, 8),
        { heads: 2, norm: "pre" },
      ],
    },
    {
      group: "values",
      title: "the source is padded",
      args: [
        random.normal([2, 2, 4]),
        random.normal([2, 3, 4]),
        drawDecoderBlock(random, 4, 8),
        { heads: 2, memoryMask: tensorData([2, 1, 1, 3], [1, 1, 1, 1, 0, 0]) },
      ],
    },
    {
      group: "values",
      title: "a mask is given and combined with the causal one",
      args: [
        random.normal([2, 3, 4]),
        random.normal([2, 2, 4]),
        drawDecoderBlock(random, 4, 8),
        { heads: 2, mask: tensorData([2, 1, 1, 3], [1, 1, 1, 1, 1, 0], "bool") },
      ],
    },
    {
      group: "values",
      title: "there are a bias and rope, which act on self-attention",
      args: [
        random.normal([1, 3, 4]),
        random.normal([1, 2, 4]),
        drawDecoderBlock(random, 4, 8),
        { heads: 2, bias: random.normal([3, 3]), rope: {} },
      ],
    },
    {
      group: "values",
      title: "another activation and eps are given",
      args: [
        random.normal([1, 2, 4]),
        random.normal([1, 3, 4]),
        drawDecoderBlock(random, 4, 8),
        { heads: 1, activation: { $function: "(x) => tf.tanh(x)" }, eps: 0.3 },
      ],
    },
    {
      group: "shapes",
      title: "one token reads one token",
      args: [
        random.normal([1, 1, 4]),
        random.normal([1, 1, 4]),
        drawDecoderBlock(random, 4, 4),
        { heads: 1 },
      ],
    },
    {
      group: "gradient",
      title: "x, the memory and the weights are differentiated",
      args: [
        random.normal([1, 2, 4]),
        random.normal([1, 3, 4]),
        drawDecoderBlock(random, 4, 8),
        { heads: 2 },
      ],
      wrt: ["0", "1", "2.self.wv", "2.cross.wq", "2.norm2.gamma", "2.mlp.w1"],
    },
    {
      group: "property",
      title: "no token of the source may be read",
      args: [
        random.normal([1, 3, 4]),
        random.normal([1, 2, 4]),
        drawDecoderBlock(random, 4, 8),
        { heads: 2, memoryMask: tensorData([1, 1], [0]) },
      ],
    },
    {
      group: "errors",
      title: 'norm is neither "pre" nor "post"',
      args: [
        random.normal([1, 2, 4]),
        random.normal([1, 3, 4]),
        drawDecoderBlock(random, 4, 8),
        { heads: 2, norm: "middle" },
      ],
      throws: "norm",
    },
  ],
  mutants: [
    {
      edits: [['mask ? causal.mul(mask.notEqual(0).cast("float32")) : causal', "mask ?? causal"]],
      message:
        "A given mask replaces the causal one. " +
        "Combine the two: a token is read only where both allow it.",
    },
    {
      edits: [["mask: allowed, bias, rope", "mask, bias, rope"]],
      message: "Every token sees the ones after it: self-attention needs the causal mask.",
    },
    {
      edits: [
        ["crossAttention(y, memory, params.cross", "crossAttention(memory, y, params.cross"],
        ["cross(h)), params.norm2", "cross(h).mean(1, true)), params.norm2"],
        ["cross(normed(h, params.norm2))", "cross(normed(h, params.norm2)).mean(1, true)"],
      ],
      message:
        "The memory asks and the text answers. " +
        "The decoder's tokens are the queries, and they read the memory.",
    },
    {
      edits: [["{ heads, mask: memoryMask }", "{ heads }"]],
      message: "memoryMask doesn't reach cross-attention, so the padding of the source is read.",
    },
    ...inEachForm(
      "Cross-attention asks with x. " +
        "The three parts follow one another: ask with h, the output of self-attention.",
      [
        "const z = normed(h.add(cross(h)), params.norm2);",
        "const z = normed(h.add(cross(x)), params.norm2);",
      ],
      [
        "const z = h.add(cross(normed(h, params.norm2)));",
        "const z = h.add(cross(normed(x, params.norm2)));",
      ],
    ),
    ...inEachForm(
      "The residual around cross-attention is missing: add h to its output.",
      [
        "const z = normed(h.add(cross(h)), params.norm2);",
        "const z = normed(cross(h), params.norm2);",
      ],
      [
        "const z = h.add(cross(normed(h, params.norm2)));",
        "const z = cross(normed(h, params.norm2));",
      ],
    ),
    {
      edits: [
        [
          "const h = normed(x.add(self(x)), params.norm1);",
          "const h = x.add(self(normed(x, params.norm1)));",
        ],
        [
          "const z = normed(h.add(cross(h)), params.norm2);",
          "const z = h.add(cross(normed(h, params.norm2)));",
        ],
        [
          "return normed(z.add(mlp(z)), params.norm3);",
          "return z.add(mlp(normed(z, params.norm3)));",
        ],
      ],
      message:
        "The block is pre-norm whatever `norm` says. " +
        "Post-norm, the default here, normalizes each sum.",
    },
    {
      edits: [["cross(normed(h, params.norm2))", "cross(normed(h, params.norm1))"]],
      message:
        "In pre-norm, cross-attention has the norm of self-attention. " +
        "Each part has its own: norm1, norm2, norm3.",
    },
    {
      edits: [
        [
          "{ heads, mask: memoryMask }",
          `{
             heads,
             mask:
               memoryMask ??
               tf.range(0, T).expandDims(1).greaterEqual(tf.range(0, memory.shape[1]!)),
           }`,
        ],
      ],
      message:
        "Cross-attention is causal. " +
        "The source has been read to its end, so every token may look at all of it.",
    },
    ...inEachForm(
      "The residual around the feed-forward network is missing: add z to its output.",
      ["return normed(z.add(mlp(z)), params.norm3);", "return normed(mlp(z), params.norm3);"],
      ["return z.add(mlp(normed(z, params.norm3)));", "return mlp(normed(z, params.norm3));"],
    ),
    {
      edits: [
        [
          "const z = normed(h.add(cross(h)), params.norm2);",
          "const z = normed(h.add(cross(h)), params.norm3);",
        ],
        [
          "return normed(z.add(mlp(z)), params.norm3);",
          "return normed(z.add(mlp(z)), params.norm2);",
        ],
      ],
      message:
        "norm2 and norm3 are swapped: " +
        "norm2 belongs to cross-attention, norm3 to the feed-forward network.",
    },
    { edits: [["beta, eps)", "beta)"]], message: "eps doesn't reach the norms." },
    ...inEachForm(
      "The residual around self-attention is missing: add x to its output.",
      [
        "const h = normed(x.add(self(x)), params.norm1);",
        "const h = normed(self(x), params.norm1);",
      ],
      [
        "const h = x.add(self(normed(x, params.norm1)));",
        "const h = self(normed(x, params.norm1));",
      ],
    ),
    {
      edits: [['mask ? causal.mul(mask.notEqual(0).cast("float32")) : causal', "causal"]],
      message: "The mask isn't used. A token is read where both it and the causal mask allow it.",
    },
    {
      edits: [
        ["feedForward(y, params.mlp, activation)", "feedForward(y, params.mlp, (a) => a.relu())"],
      ],
      message: "The activation doesn't reach the feed-forward network.",
    },
    {
      edits: [["{ heads, mask: allowed, bias, rope }", "{ heads, mask: allowed, rope }"]],
      message: "The bias doesn't reach self-attention.",
    },
    {
      edits: [["{ heads, mask: allowed, bias, rope }", "{ heads, mask: allowed, bias }"]],
      message: "RoPE doesn't reach self-attention.",
    },
    {
      edits: [
        ["normed(x.add(self(x)), params.norm1)", "x.add(normed(self(x), params.norm1))"],
        ["normed(h.add(cross(h)), params.norm2)", "h.add(normed(cross(h), params.norm2))"],
        ["normed(z.add(mlp(z)), params.norm3)", "z.add(normed(mlp(z), params.norm3))"],
      ],
      message:
        "In post-norm, you normalize each part's output before it is added. Add first: norm(x + part(x)).",
    },
    ...inEachForm(
      "The feed-forward network reads h. It should read z, the output of cross-attention.",
      [
        "return z.add(mlp(normed(z, params.norm3)));",
        "return z.add(mlp(normed(h, params.norm3)));",
      ],
      [
        "return normed(z.add(mlp(z)), params.norm3);",
        "return normed(z.add(mlp(h)), params.norm3);",
      ],
    ),
    ...inEachForm(
      "The residual of cross-attention carries x. It must carry h, or what self-attention " +
        "read is lost.",
      [
        "const z = h.add(cross(normed(h, params.norm2)));",
        "const z = x.add(cross(normed(h, params.norm2)));",
      ],
      [
        "const z = normed(h.add(cross(h)), params.norm2);",
        "const z = normed(x.add(cross(h)), params.norm2);",
      ],
    ),
    ...inEachForm(
      "The last residual carries h. It must carry z, or what cross-attention read is lost.",
      [
        "return z.add(mlp(normed(z, params.norm3)));",
        "return h.add(mlp(normed(z, params.norm3)));",
      ],
      [
        "return normed(z.add(mlp(z)), params.norm3);",
        "return normed(h.add(mlp(z)), params.norm3);",
      ],
    ),
    {
      edits: [["return z.add(mlp(normed(z, params.norm3)));", "return z.add(mlp(z));"]],
      message: "The feed-forward network reads z as it is in pre-norm. It should read norm3(z).",
    },
    {
      edits: [["const z = h.add(cross(normed(h, params.norm2)));", "const z = h.add(cross(h));"]],
      message: "Cross-attention asks with h as it is in pre-norm. It should ask with norm2(h).",
    },
    {
      edits: [["const h = x.add(self(normed(x, params.norm1)));", "const h = x.add(self(x));"]],
      message: "Self-attention reads x as it is in pre-norm. It should read norm1(x).",
    },
    {
      edits: [["const h = normed(x.add(self(x)), params.norm1);", "const h = x.add(self(x));"]],
      message:
        "In post-norm the sum after self-attention isn't normalized: h = norm1(x + self(x)).",
    },
    {
      edits: [["const z = normed(h.add(cross(h)), params.norm2);", "const z = h.add(cross(h));"]],
      message:
        "In post-norm the sum after cross-attention isn't normalized: z = norm2(h + cross(h)).",
    },
    {
      edits: [["return normed(z.add(mlp(z)), params.norm3);", "return z.add(mlp(z));"]],
      message: "In post-norm the last sum isn't normalized: y = norm3(z + mlp(z)).",
    },
    {
      edits: [
        [
          "const h = x.add(self(normed(x, params.norm1)));",
          "const n1 = normed(x, params.norm1); const h = n1.add(self(n1));",
        ],
        [
          "const z = h.add(cross(normed(h, params.norm2)));",
          "const n2 = normed(h, params.norm2); const z = n2.add(cross(n2));",
        ],
        [
          "return z.add(mlp(normed(z, params.norm3)));",
          "const n3 = normed(z, params.norm3); return n3.add(mlp(n3));",
        ],
      ],
      message:
        "In pre-norm the residuals carry normalized values. Only what the three parts read is " +
        "normalized: x, h and z are added as they are.",
    },
    {
      edits: [
        [
          "crossAttention(y, memory,",
          'crossAttention(y, norm === "pre" ? normed(memory, params.norm2) : memory,',
        ],
      ],
      message:
        "The memory goes through norm2 in pre-norm. The encoder has normalized it already; " +
        "only the text's side is normalized here.",
    },
    {
      edits: [
        [
          "const h = normed(x.add(self(x)), params.norm1);",
          "const h = normed(x.add(cross(x)), params.norm2);",
        ],
        [
          "const z = normed(h.add(cross(h)), params.norm2);",
          "const z = normed(h.add(self(h)), params.norm1);",
        ],
      ],
      message:
        "Cross-attention comes before self-attention. The text attends to itself first, then " +
        "to the source.",
    },
    {
      edits: [
        [
          "const h = x.add(self(normed(x, params.norm1)));",
          "const h = x.add(cross(normed(x, params.norm2)));",
        ],
        [
          "const z = h.add(cross(normed(h, params.norm2)));",
          "const z = h.add(self(normed(h, params.norm1)));",
        ],
        [
          "const h = normed(x.add(self(x)), params.norm1);",
          "const h = normed(x.add(cross(x)), params.norm2);",
        ],
        [
          "const z = normed(h.add(cross(h)), params.norm2);",
          "const z = normed(h.add(self(h)), params.norm1);",
        ],
      ],
      message:
        "Cross-attention comes before self-attention. The text attends to itself first, then " +
        "to the source.",
    },
    {
      edits: [['if (norm === "pre") {', 'if (norm !== "pre") {']],
      message: "`pre` and `post` are swapped.",
    },
    {
      edits: [
        [
          "const z = h.add(cross(normed(h, params.norm2)));",
          "const z = h.add(cross(normed(h, params.norm3)));",
        ],
        [
          "return z.add(mlp(normed(z, params.norm3)));",
          "return z.add(mlp(normed(z, params.norm2)));",
        ],
        [
          "const z = normed(h.add(cross(h)), params.norm2);",
          "const z = normed(h.add(cross(h)), params.norm3);",
        ],
        [
          "return normed(z.add(mlp(z)), params.norm3);",
          "return normed(z.add(mlp(z)), params.norm2);",
        ],
      ],
      message:
        "norm2 and norm3 are swapped: norm2 belongs to cross-attention, norm3 to the " +
        "feed-forward network.",
    },
    ...inEachForm(
      "The last residual carries x. It must carry z, or what the two attentions read is lost.",
      [
        "return normed(z.add(mlp(z)), params.norm3);",
        "return normed(x.add(mlp(z)), params.norm3);",
      ],
      [
        "return z.add(mlp(normed(z, params.norm3)));",
        "return x.add(mlp(normed(z, params.norm3)));",
      ],
    ),
  ],
};
export default exercise;
