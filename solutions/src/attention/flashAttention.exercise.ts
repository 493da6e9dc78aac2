/** flashAttention: its cases and its typical mistakes. */
import { type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const qkv = (B: number, H: number, T: number, S: number, D: number) => [random.normal([B, H, T, D]), random.normal([B, H, S, D]), random.normal([B, H, S, D])];
    const small = { blockQ: 2, blockK: 3 };
    return [
      { group: "values", says: "one tile holds all", args: qkv(2, 2, 3, 5, 4) },
      { group: "values", says: "the tiles do not divide the text", args: [...qkv(1, 2, 5, 7, 4), small] },
      { group: "values", says: "no query sees a later key", args: [...qkv(1, 2, 6, 6, 4), { causal: true, ...small }] },
      { group: "values", says: "causal queries are the last of more keys", args: [...qkv(1, 1, 3, random.int(7, 9), 4), { causal: true, ...small }] },
      { group: "values", says: "the scale is given", args: [...qkv(1, 1, 3, 4, 4), { scale: 1.5, ...small }] },
      { group: "shapes", says: "one query meets one key", args: qkv(2, 1, 1, 1, 3) },
      { group: "shapes", says: "a tile holds one query and one key", args: [...qkv(1, 1, 3, 4, 2), { blockQ: 1, blockK: 1 }] },
      { group: "property", says: "the first queries see nothing", args: [...qkv(1, 1, 5, 2, 3), { causal: true, ...small }] },
      { group: "gradient", says: "q, k and v are differentiated", args: [...qkv(1, 2, 3, 5, 3), small], wrt: ["0", "1", "2"] },
      { group: "gradient", says: "a causal one is differentiated", args: [...qkv(1, 1, 5, 5, 3), { causal: true, ...small }], wrt: ["0", "1", "2"] },
      { group: "errors", says: "a tile holds no keys", args: [...qkv(1, 1, 3, 3, 2), { blockK: 0 }], throws: "blockK" },
      { group: "cost", says: "4,000 queries meet 4,000 keys", args: qkv(1, 1, 4000, 4000, 2) },
      { group: "cost", says: "3,200 tokens are differentiated", args: qkv(1, 1, 3200, 3200, 2), wrt: ["0", "1", "2"] },
    ];
  },
  mutants: [
    { edits: [["output: state.output.mul(kept).add", "output: state.output.add"]], says: "The output so far is not rescaled when the maximum moves. Multiply it by exp(m − m′), as the sum." },
    { edits: [["sum: state.sum.mul(kept).add", "sum: state.sum.add"]], says: "The sum so far is not rescaled when the maximum moves. Multiply it by exp(m − m′), as the output." },
    { edits: [["top.add(sum.log())", "sum.log()"]], says: "logSumExp lacks the maximum that was taken out of the scores: m + log(sum)." },
    { edits: [["output.div(sum.maximum(1))", "output"]], says: "The output is not divided by the sum of the weights. Do it once, after the last tile of keys." },
    { edits: [["attend(q.mul(scale), k, v)", "attend(q, k, v)"]], says: "The scores are not scaled. Multiply q by the scale beforehand." },
    { edits: [["causal, offset: S - T }", "causal, offset: 0 }"]], says: "When causal, the queries are taken as the first T tokens. They are the last T of S: query i stands at place i + S − T." },
    { edits: [["sum(-1, true).sub(dLogSumExp)", "sum(-1, true)"]], says: "The gradient of logSumExp is lost. It adds weights · dLogSumExp to the gradient of the scores." },
    { edits: [["dWeights.sub(shifts[i]!)", "dWeights"]], says: "The gradient of the softmax lacks its second part: dScores = weights ∘ (dWeights − rowsum(dOutput ∘ output))." },
    { edits: [["cut(T, blockQ), keys: cut(S, blockK)", "cut(T, T || 1), keys: cut(S, S || 1)"]], breaks: "4,000 queries meet 4,000 keys", says: "It holds the whole matrix of scores, which does not fit for 4,000 tokens. Hold one tile at a time." },
    { edits: [["attend(q.mul(scale), k, v)", "forward(q.mul(scale), k, v, grid)"]], breaks: "3,200 tokens are differentiated", says: "The forward pass is cut into tiles, but its gradient is tfjs's own, which keeps the weights of all tiles. Give customGrad a backward pass that makes them again." },
  ],
  tolerance: { atol: 3e-5, why: "tiles add up in another order" },
};
export default exercise;
