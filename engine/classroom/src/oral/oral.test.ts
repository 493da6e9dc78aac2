/** Questions for an oral exam: chosen by what the code does, and never about shipped lines. */
import { describe, expect, test } from "vitest";
import { FEATURES, findingsIn, type Finding } from "./features.js";
import { chooseQuestions } from "./oral.js";

const NONE = new Set<string>();
const kinds = (code: string, shipped = NONE) => findingsIn(code, shipped).map(({ kind }) => kind);

/** For each feature a line that has it, by hand. */
const EXAMPLES: { [kind: string]: string } = {
  recursion: "function f(n) { return n < 2 ? 1 : n * f(n - 1); }",
  softmax: "x.sub(x.max()).exp();",
  masking: "scores.add(mask.mul(-1e9));",
  scaling: "scores.div(Math.sqrt(D));",
  epsilon: "variance.add(1e-5);",
  "matrix product": "q.matMul(k, false, true);",
  reduction: "x.mean(-1, true);",
  selection: "table.gather(ids);",
  layout: "x.reshape([B, T, H, D]);",
  memory: "tf.tidy(work);",
  gradient: "tf.variableGrads(loss);",
  sorting: "pairs.sort(compare);",
  lookup: "new Map();",
  loop: "for (const x of all) use(x);",
  callback: "all.map(double);",
  "fallback value": "a ?? b;",
  case: "if (empty) stop();",
  boundary: "a <= b;",
  constant: "use(64);",
  result: "function g() { return y; }",
  variable: "const y = z;",
};

describe("what code does", () => {
  test.each(FEATURES.map(({ kind }) => kind))("%s is found in its line", (kind) => {
    const found = findingsIn(`\n${EXAMPLES[kind]}`, NONE).find((f) => f.kind === kind);
    expect(found).toMatchObject({ line: 2, code: EXAMPLES[kind] });
    expect(found!.question).toMatch(/\?$|\.$/);
  });

  test("nothing is found in shipped lines, in comments, in text or in broken code", () => {
    const shipped = "  const heads = expectHeads(x.sum(-1));";
    expect(kinds(shipped, new Set([shipped.trim()]))).toEqual([]);
    expect(kinds("// x.softmax()\n'x.sum(-1)';")).toEqual([]);
    expect(kinds("function (((")).toEqual([]);
    expect(kinds("")).toEqual([]);
  });
});

describe("three questions", () => {
  const finding = (exercise: string, kind: string, rank: Finding["rank"]) => ({
    exercise,
    kind,
    rank,
    line: 1,
    code: "",
    question: "",
    listenFor: "",
  });
  const all = [
    finding("a", "softmax", 1),
    finding("a", "scaling", 1),
    finding("b", "softmax", 1),
    finding("b", "layout", 2),
    finding("c", "result", 3),
  ];

  test("differ in kind, and in exercise as far as there are enough", () => {
    const chosen = chooseQuestions(all, "ada");
    expect(new Set(chosen.map((q) => q.kind)).size).toBe(3);
    expect(chosen.map((q) => q.rank)).not.toContain(3);
    expect(new Set(chosen.map((q) => q.exercise))).toEqual(new Set(["a", "b"]));
    expect(chooseQuestions([...all].reverse(), "ada")).toEqual(chosen);
  });

  test("are fewer where the code has less", () => {
    expect(chooseQuestions(all.slice(0, 2), "ada")).toHaveLength(2);
    expect(chooseQuestions([], "ada")).toEqual([]);
  });
});
