/** codebookPerplexity: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

/** Each of many codes equally often, in a codebook that may have more. */
function evenIds(random: Random) {
  const [codes, times] = [random.int(9, 400), random.int(2, 4)];
  const ids = Array.from({ length: codes * times }, (_, i) => i % codes);
  return [tensorData([ids.length], ids, "int32"), codes + random.int(0, 5)];
}

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "ids are drawn at random", args: [random.ids([60], 8), 8] },
    {
      group: "values",
      title: "one id is frequent, some are never used",
      args: [tensorData([12], [3, 3, 3, 3, 3, 3, 3, 0, 1, 1, 5, 3], "int32"), 10],
    },
    {
      group: "property",
      title: "one id throughout: the perplexity is 1",
      args: [tensorData([6], [2, 2, 2, 2, 2, 2], "int32"), 5],
    },
    {
      group: "property",
      title: "each of eight codes once: the perplexity is 8",
      args: [tensorData([8], [0, 1, 2, 3, 4, 5, 6, 7], "int32"), 8],
    },
    { group: "shapes", title: "a grid of ids", args: [random.ids([2, 3, 3], 16), 16] },
    { group: "shapes", title: "one id", args: [tensorData([], [1], "int32"), 3] },
    {
      group: "errors",
      title: "an id lies outside the codebook",
      args: [tensorData([2], [0, 4], "int32"), 4],
      throws: "ids",
    },
    {
      group: "errors",
      title: "there are no ids",
      args: [tensorData([0], [], "int32"), 4],
      throws: "ids",
    },
    {
      group: "property",
      title: "all codes are equally frequent: the perplexity is their number",
      args: evenIds(random),
    },
    {
      group: "shapes",
      title: "ids have rank three",
      args: [random.ids([2, random.int(5, 30), 4], 16), 16],
    },
  ],
  mutants: [
    {
      edits: [["shares.maximum(TINY).log()", "shares.log()"]],
      message:
        "A code that is never used gives 0 · log 0 = NaN. " +
        "It counts as 0: keep the logarithm's argument above zero.",
    },
    {
      edits: [[".sum().neg().exp()", ".sum().neg()"]],
      message: "That is the entropy. The perplexity is its exponential, a number of codes.",
    },
    {
      edits: [["shares.maximum(TINY).log()", "shares.maximum(TINY).log().div(Math.LN2)"]],
      message:
        "The entropy is in bits, but the exponential has base e. " +
        "Use the natural logarithm, or raise 2 to the power.",
    },
    {
      edits: [[".div(ids.size)", ".div(codes)"]],
      message: "You divide by the number of codes. Shares are counts divided by the number of ids.",
    },
    {
      edits: [
        [
          "return shares.mul(shares.maximum(TINY).log()).sum().neg().exp()",
          'return shares.greater(0).sum().cast("float32")',
        ],
      ],
      message:
        "You count the codes that are used at all. " +
        "A code that is used once should hardly count: weight by the shares.",
    },
    {
      edits: [[".sum().neg().exp()", ".sum().exp()"]],
      message:
        "The minus is missing, so you get one over the perplexity: the entropy is −Σ p·log p.",
    },
    {
      edits: [
        [
          "shares.mul(shares.maximum(TINY).log()).sum().neg().exp()",
          "tf.div(1, shares.square().sum())",
        ],
      ],
      message:
        "This is 1/Σp², another count of the codes in use. " +
        "The perplexity is the exponential of the entropy.",
    },
  ],
  tolerance: {
    rtol: 1e-4,
    reason: "the exponential of a sum of up to 400 terms, each of them rounded",
  },
};
export default exercise;
