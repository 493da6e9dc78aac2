/** What the lab makes of cells and reports, apart from JupyterLab itself. */
import { readCheck } from "cells/checkData";
import { expect, test } from "vitest";
import {
  colorsOf,
  courseVersionCode,
  editOf,
  foldLabel,
  foldNote,
  guessIn,
  isStub,
  countToUse,
  docstringOf,
  labelBelow,
  linesOf,
  missingName,
  nameAt,
  rangeOf,
  shortOf,
  solutionCode,
  stubName,
  titleOfFigure,
  type FoldedCell,
} from "./notebookData";

const CELL = ["function f(x) {", "  expect(x);", "  if (!x) throw 1;", "  return x;", "}"].join(
  "\n",
);
const CHECKS = { first: "  expect(x);", last: "  if (!x) throw 1;", lines: 2 };

test("lines are found where they are, also after an edit above them", () => {
  for (const text of [CELL, `// mine\n${CELL}`]) {
    const { from, to } = rangeOf(text, CHECKS)!;
    expect(text.slice(from, to)).toBe("expect(x);\n  if (!x) throw 1;");
  }
});

test("lines that the student changed are not folded", () => {
  expect(rangeOf(CELL.replace("expect(x);", "expect(y);"), CHECKS)).toBeUndefined();
  expect(rangeOf(CELL.replace("  if", "  x++;\n  if"), CHECKS)).toBeUndefined();
  expect(rangeOf(CELL, { ...CHECKS, last: CHECKS.first, lines: 1 })).toBeUndefined();
});

const DOCSTRING = [
  "interface Pair {}",
  "/**",
  " * Half of x,",
  " * rounded.",
  " *   half = x / 2",
  " * @param x [T]",
  " *   in nats",
  " * @param by 2 unless given",
  " * @returns [T]",
  " */",
  "function half(x: number, by = 2) {}",
];

test("a docstring folds below its first sentence, and its label says what is there", () => {
  const label = "5 lines: details, arguments, result";
  const cut = (lines: string[]) => {
    const text = lines.join("\n");
    const found = docstringOf(text, "half");
    return found && [text.slice(found.from, found.to), found.label];
  };
  const rest = DOCSTRING.slice(4, 9).join("\n").slice(3);
  expect(cut(DOCSTRING)).toEqual([`${rest}\n`, label]);
  expect(cut(["export " + DOCSTRING[10]!])).toBeUndefined();
  expect(cut([...DOCSTRING.slice(1, 4), ...DOCSTRING.slice(9)])).toBeUndefined(); // it is short
  expect(docstringOf(DOCSTRING.join("\n"), "hal")).toBeUndefined();
  const throws = ["/**", " * Half.", " * @param x [T]", " * @throws below 0", " */"];
  expect(cut([...throws, "async function half(x) {}"])).toEqual([
    "@param x [T]\n * @throws below 0\n",
    "2 lines: argument, errors",
  ]);
});

test.each([
  null,
  3,
  "x",
  {},
  { first: 1, last: "", lines: 2 },
  { first: "", last: "", lines: 0.5 },
])("metadata %j has no lines", (value) => expect(linesOf(value)).toEqual([]));

test.each([
  ["abc", "abc"],
  ["", "abc"],
  ["abc", ""],
  ["aaa", "aa"],
  ["f(x) { throw 1; }", "f(x) { return x; }"],
])("an edit turns %j into %j", (before, next) => {
  const { from, to, text } = editOf(before, next);
  expect(before.slice(0, from) + text + before.slice(to)).toBe(next);
});

test("an edit leaves alone what is the same", () => {
  expect(editOf("f(x) { throw 1; }", "f(x) { return x; }")).toEqual({
    from: 7,
    to: 14,
    text: "return x",
  });
});

const REPORT = { version: 1, name: "softmax", passed: false, hints: ["a", "b"], shown: 1 };

test("a report of a check is read", () => {
  expect(readCheck(REPORT)).toEqual({
    name: "softmax",
    passed: false,
    hints: ["a", "b"],
    shown: 1,
  });
});

test.each([
  null,
  "softmax",
  { ...REPORT, version: 2 },
  { ...REPORT, name: 'x"); evil(); ("' },
  { ...REPORT, name: "a }; import evil //" },
  { ...REPORT, name: "" },
  { ...REPORT, name: "x".repeat(200) },
  { ...REPORT, hints: "a" },
  { ...REPORT, hints: [1] },
  { ...REPORT, shown: -1 },
  { ...REPORT, shown: NaN },
])("%j gets no buttons", (value) => expect(readCheck(value)).toBeUndefined());

test("the way on leads to an exercise of the notebook or a lesson beside it", () => {
  const nextOf = (next: unknown) => readCheck({ ...REPORT, passed: true, next })!.next;
  expect(nextOf({ exercise: "oneHot" })).toEqual({ exercise: "oneHot" });
  expect(nextOf({ lesson: "01-text", title: "Text" })).toEqual({
    lesson: "01-text",
    title: "Text",
  });
  const bad = [
    { exercise: "a b" },
    { lesson: "../x", title: "Text" },
    { lesson: "01-text" },
    "oneHot",
    null,
  ];
  for (const next of bad) expect(nextOf(next), JSON.stringify(next)).toBeUndefined();
  expect(readCheck({ ...REPORT, praise: 3 })!.praise).toBeUndefined();
  expect(readCheck({ ...REPORT, seen: true })!.seen).toBe(true);
  expect(readCheck({ ...REPORT, seen: "yes" })).not.toHaveProperty("seen");
});

test("a check leads to the cells below it, unless the next exercise follows directly", () => {
  const text = { type: "markdown", role: "text", source: "What does softmax do?" };
  const draws = { type: "code", role: "code", source: "bars(softmax(x));" };
  const other = { type: "code", role: "code", source: "bars(softmaxes(x));" };
  const exercise = { type: "code", role: "exercise", source: "function oneHot(softmax) {}" };
  const label = (...below: (typeof text)[]) => labelBelow("softmax", below);
  expect(label(text, draws, text, exercise)).toBe("See it at work");
  expect(label(text, draws)).toBe("See it at work");
  expect(label(text, other, text, exercise, draws)).toBe("Read on"); // the text only names it
  expect(label(text)).toBe("Read on");
  for (const below of [[text, exercise, draws], [exercise, draws], []]) {
    expect(label(...below)).toBeUndefined();
  }
  expect(countToUse("softmax", [text, other, draws, draws, exercise])).toBe(3);
  expect(countToUse("softmax", [text, other, exercise, draws])).toBe(0);
});

test("a button runs one of two lines", () => {
  expect(solutionCode("softmax")).toBe('(await import("course")).showSolution("softmax");');
  expect(courseVersionCode("softmax")).toMatch(/^import \{ softmax \} from "solutions"; \/\//);
});

test("a hover is about the whole name under the mouse", () => {
  const line = "const y = tf.matMul(a, 12);";
  const named = (at: number) => nameAt(line, at)?.reduce((from, to) => from * 100 + to);
  expect(named(13)).toBe(1319);
  expect(named(19)).toBe(1319);
  expect(named(8)).toBeUndefined(); // =
  expect(named(24)).toBeUndefined(); // a number
});

test("a hover says the signature and one sentence", () => {
  const text = "f(x: number): {\n  y: number;\n}\n\nHalf of x, e.g. 2 for 4.\nMore.\n@param x any";
  expect(shortOf(text)).toEqual({
    signature: "f(x: number): {\n  y: number;\n}",
    sentence: "Half of x, e.g. 2 for 4.",
  });
  expect(shortOf("const x: 3")).toEqual({ signature: "const x: 3", sentence: "" });
  expect(shortOf("f(): void\n\n@throws always").sentence).toBe("");
  expect(shortOf(`f\n\n${"word ".repeat(500)}`).sentence.length).toBeLessThanOrEqual(600);
});

test("a notebook names colors of letters, and nothing else", () => {
  const evil = { q: "#b04a00", Q: "#b04a00", kk: "#b04a00", k: "red", v: "#08734f; x: url(//x)" };
  expect(colorsOf({ colors: evil })).toEqual({ q: "#b04a00" });
  for (const none of [undefined, null, 3, {}, { colors: null }, { colors: "#b04a00" }]) {
    expect(colorsOf(none)).toEqual({});
  }
});

test("messages name what is missing or unwritten", () => {
  expect(missingName("pixels is not defined. It is defined in the cell under “A”.")).toBe("pixels");
  expect(missingName("Cannot find name 'tf'.")).toBe("tf");
  expect(missingName("x is not a function")).toBeUndefined();
  expect(stubName("not written yet: softmax. Write it in the cell")).toBe("softmax");
  expect(stubName("softmax is not defined")).toBeUndefined();
  const stub = 'throw new Error("not written yet: softmax");';
  expect([isStub(stub, "softmax"), isStub(stub, "soft"), isStub("return x;", "softmax")]).toEqual([
    true,
    false,
    false,
  ]);
});

test.each([
  ['show("Two charts, side by side.",\n  lines([]));', "Two charts, side by side"],
  [
    'const a = 1;\nawait control("A \\"bound\\" for each: " +\n  "move it.", {});',
    'A "bound" for each',
  ],
  ['show("Top: pictures, cut. Below: the same.", images([]));', "Top: pictures, cut"],
  ["show(`All take the same ink: the rule gets ${n} right.`, bars([]));", "All take the same ink"],
  ["show(`Time for ${n} numbers: 4 take as long.`, lines([]));", undefined],
  ["show(`${here ? 1 : 2}; the share.`, lines([]));", undefined],
  [`show("${"long ".repeat(30)}.", lines([]));`, undefined],
  ['const words = ["show(\\"no\\")"];', undefined],
])("a folded line names the figure of %j", (source, title) => {
  expect(titleOfFigure(source)).toBe(title);
});

test("a question that a cell's source holds is read whole, or not at all", () => {
  const of = 'of: ["PCA\'s", "by \\"less\\", [a]",\n  "more"]';
  expect(
    guessIn(`await guess("Whose " +\n  "error?",\n  { input: "choice", ${of} },\n  () => 1);`),
  ).toEqual({
    question: "Whose error?",
    input: { input: "choice", of: ["PCA's", 'by "less", [a]', "more"] },
  });
  const scale = 'input: "slider", from: -1, to: 1, step: 0.01, unit: "of 1,000",';
  expect(guessIn(`await guess("How many?", {\n  ${scale}\n}, f);`)!.input).toEqual({
    ...{ input: "slider", from: -1, to: 1, step: 0.01, unit: "of 1,000" },
  });
  for (const filledIn of [
    'await guess(`Of ${n}, how many?`, { input: "choice", of: ["a", "b"] }, f);',
    'await guess("Which?", { input: "choice", of: [...names, "none"] }, f);',
    'await guess("Which?", { input: "choice", of: names }, f);',
    'await guess("Which?", { input: "slider", from: 0, to: 2 * n }, f);',
    'show("Which?", { input: "slider", from: 0, to: 2 }, f);',
    `await guess("Which?", { ${"a: 1      ".repeat(60)}}, f);`, // no commas: says so at once
  ]) {
    expect(guessIn(filledIn), filledIn).toBeUndefined();
  }
});

test("all folded lines say Show the code and what it holds, and the first of a kind how to run it", () => {
  const cell = { source: "", hasOutput: false, isFirst: false, isAnswer: false };
  const helpers =
    "const few = 3;\n  const inner = () => 1;\nasync function train() {}\n" +
    "const seen = few.map((n) => n);\nconst mean = (a: number[], b = sum(a)): number => b;";
  const draws = 'show("Two charts, side by side.", []);';
  const asks = 'await guess("How " +\n  "many?", { input: "slider" }, f);';
  const filled =
    'await guess(`It got ${(9).toFixed(0)} right. How many of these?`, { input: "slider" }, f);';
  const labels: [FoldedCell, string][] = [
    [{ ...cell, kind: "setup" }, "Show the code: imports"],
    [{ ...cell, kind: "prepares", source: "w.fill(0);" }, "Show the code: prepares what follows"],
    [{ ...cell, kind: "prepares", source: "const few = 3;" }, "Show the code: few"],
    [{ ...cell, kind: "prepares", source: "const mean = () => 1;" }, "Show the code: mean"],
    [{ ...cell, kind: "prepares", source: helpers }, "Show the code: train and mean"],
    [
      { ...cell, kind: "prepares", source: `${helpers}\nfunction a() {}` },
      "Show the code: train, mean and a",
    ],
    [
      { ...cell, kind: "prepares", source: `${helpers}\nfunction a() {}\nfunction b() {}` },
      "Show the code: train, mean and 2 more",
    ],
    [{ ...cell, kind: "draws" }, "Show the code: draws the figure"],
    [{ ...cell, kind: "draws", source: draws }, "Show the code: “Two charts, side by side”"],
    [
      { ...cell, kind: "draws", source: draws, isAnswer: true },
      "Show the code: the answer's figure",
    ],
    [
      { ...cell, kind: "draws", source: `heatmap(a);\n${draws}`, isAnswer: true },
      "Show the code: the answer's heatmap",
    ],
    [{ ...cell, kind: "asks" }, "Show the code: asks the question"],
    [{ ...cell, kind: "asks", source: asks }, "How many?"],
    [{ ...cell, kind: "asks", source: filled }, "How many of these?"],
    [{ ...cell, kind: "asks", source: asks, hasOutput: true }, "Show the code: asks the question"],
  ];
  for (const [folded, label] of labels) expect(foldLabel(folded)).toBe(label);

  const drawn: [source: string, does: string][] = [
    [draws, "draws the figure"],
    ['show("A", heatmap(rows));', "draws the heatmap"],
    ['show("A", slider("step", [1], () => bars(x, [])));', "draws the bar charts"],
    ['show("A", panels([1].map(() => ({ figure: lines([]) }))));', "draws the line charts"],
    ['show("A", panels([lines([]), bars(x, [])]));', "draws the figure"],
    ['show("A", table([], text.lines()));', "makes the table"],
    ['await control("A", {}, () => images([]));', "draws the figure and its inputs"],
  ];
  for (const [source, does] of drawn) {
    const folded: FoldedCell = { ...cell, kind: "draws", source, hasOutput: true };
    expect(foldLabel(folded)).toBe(`Show the code: ${does}`);
  }

  const first: FoldedCell = { ...cell, isFirst: true, kind: "draws" };
  expect(foldNote(first)).toBe("Shift+Enter runs this cell");
  expect(foldNote({ ...first, kind: "setup" })).toBe("Shift+Enter runs this cell");
  expect(foldNote({ ...first, kind: "asks" })).toBe(""); // it has a button
  expect(foldNote({ ...first, isFirst: false })).toBe("");
  expect(foldNote({ ...first, hasOutput: true })).toBe(""); // or the words of its preview
});
