/** What is drawn of a wrong result. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tensorData, type Case, type Exercise, type CaseOutcome, type Value } from "grader";
import { expect, test } from "vitest";
import { firstDifference } from "./difference";
import { failingInput } from "./failingInput";
import { differenceHtml, differenceText } from "./grids";

const exercise = { forbid: [] } as unknown as Exercise;
const caseOf = (expected: Value, more: Partial<Case> = {}) => ({
  group: "values" as const,
  title: "a case",
  args: [],
  expected,
  atol: 1e-5,
  ...more,
});
const differ = (got: Value, want: Value, more: Partial<Case> = {}) =>
  firstDifference([caseOf(want, more)], [{ value: got } as CaseOutcome], exercise);
const tensor = (shape: number[], f: (i: number) => number) =>
  tensorData(
    shape,
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => f(i)),
  );

test("a matrix is drawn whole, and its wrong place marked", () => {
  const found = differ(
    tensor([2, 3], (i) => (i === 4 ? 9 : i)),
    tensor([2, 3], (i) => i),
  )!;
  expect(found.expected.cells).toEqual([
    [0, 1, 2],
    [3, 4, 5],
  ]);
  expect(found.yours.cells[1]).toEqual([3, 9, 5]);
  expect(found.yours.wrong.flat().map(Number)).toEqual([0, 0, 0, 0, 1, 0]);
  expect(differenceText(found)).toBe(
    "The result, shape [2, 3]. Outlined: differs from the expected value.",
  );
});

test("of a large tensor, the part around the first difference is drawn", () => {
  const at = ((1 * 3 + 2) * 40 + 30) * 50 + 20; // [1, 2, 30, 20]
  const shape = [2, 3, 40, 50];
  const found = differ(
    tensor(shape, (i) => (i >= at ? -1 : i)),
    tensor(shape, (i) => i),
  )!;
  expect(found.part).toEqual(["1", "2", "27…38", "17…28"]);
  expect(found.expected.cells).toHaveLength(12);
  expect(found.expected.cells[3]![3]).toBe(at);
  expect(found.yours.wrong[3]!.slice(0, 4)).toEqual([false, false, false, true]);
  expect(differenceText(found)).toContain("Here is [1, 2, 27…38, 17…28], with the first");
});

test("of several rows in one place each, the report says which is drawn", () => {
  const found = differ(
    tensor([3, 1, 1, 5], () => 1),
    tensor([3, 1, 1, 5], (i) => (i === 8 ? 0 : 1)),
  )!;
  expect(differenceText(found)).toBe(
    "The result has shape [3, 1, 1, 5]. Here is [1, 0, 0, :], with the first wrong value. " +
      "Outlined: differs from the expected value.",
  );
});

test("a long vector is cut near its end, too", () => {
  const found = differ(
    tensor([100], (i) => (i === 99 ? 0 : i)),
    tensor([100], (i) => i),
  )!;
  expect(found.part).toEqual(["88…99"]);
  expect(found.yours.wrong).toEqual([[...Array<boolean>(11).fill(false), true]]);
});

test("numbers inside records, lists and maps are found by their path", () => {
  const [want, got] = [tensor([2], (i) => i), tensor([2], () => 5)];
  expect(
    differ({ ok: want, weights: [want, got] }, { ok: want, weights: [want, want] })!.path,
  ).toBe("weights[1]");
  expect(differ(new Map([["a", got]]), new Map([["a", want]]))!.path).toBe("a");
  expect(
    differ(
      [
        [1, 2],
        [3, 5],
      ],
      [
        [1, 2],
        [3, 4],
      ],
    )!.expected.cells,
  ).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(differ(Int32Array.of(1, 2), Int32Array.of(1, 3))!.path).toBe("");
});

test("of a wrong shape, both are drawn, and no difference", () => {
  const found = differ(
    tensor([3, 2], (i) => i),
    tensor([2, 3], (i) => i),
  )!;
  const html = differenceHtml(found);
  expect(html).not.toContain("yours − expected");
  expect(html).not.toContain("<p"); // the failure's message says the shapes
  expect(html.match(/<table/g)).toHaveLength(2);
});

const sizesOf = (html: string) =>
  new Set(html.match(/<td[^>]*>/g)!.map((td) => /[; ](width: \S+?;)/.exec(td)![1]));

type Rgb = [number, number, number];

/** WCAG's contrast of ink with an opacity on a colored ground with another, on a page's paper. */
function contrastOn(paper: Rgb, [ground, opacity]: [Rgb, number], ink: Rgb, inkOpacity = 0.87) {
  const over = (top: Rgb, share: number, below: Rgb) =>
    top.map((v, i) => share * v + (1 - share) * below[i]!) as Rgb;
  const linear = (v: number) => (v <= 10.31 ? v / 3294.6 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  const light = (rgb: Rgb) => {
    const [r, g, b] = rgb.map(linear) as Rgb;
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const filled = over(ground, opacity, paper);
  const [a, b] = [light(filled), light(over(ink, inkOpacity, filled))];
  return Math.max(a, b) / Math.min(a, b);
}

test("numbers in grids have a contrast of 4.5 with each strength of their color, in both themes", () => {
  const grids = differenceHtml(
    differ(
      tensor([4, 7], (i) => i - 14),
      tensor([4, 7], (i) => 14 - i),
    )!,
  );
  const styles = [...grids.matchAll(/rgba\(([\d, ]+), ([\d.]+)\); ([^;]+); color: (\S+);/g)];
  expect(styles).toHaveLength(3 * 28);
  for (const [, rgb, opacity, onDark, ink] of styles) {
    expect(ink).toBe("inherit"); // the page's own, black on white or white on black
    const ground: [Rgb, number] = [rgbOf(rgb!), Number(opacity)];
    expect(contrastOn([255, 255, 255], ground, [0, 0, 0])).toBeGreaterThanOrEqual(4.5);
    expect(contrastOn([17, 17, 17], ground, [255, 255, 255])).toBeGreaterThanOrEqual(4.5);
    expect(onDark).toContain(`, ${rgb}), ${opacity})`); // the same where there is no lighter one
    const lighter = rgbOf(darkColor(/var\(([\w-]+)/.exec(onDark!)![1]!));
    const onLab: [Rgb, number] = [lighter, Number(opacity)];
    expect(contrastOn(DARK_GRID, onLab, [255, 255, 255])).toBeGreaterThanOrEqual(4.5);
  }
});

const rgbOf = (text: string) => text.split(", ").map(Number) as Rgb;
/** JupyterLab's dark page under a grid. */
const DARK_GRID: Rgb = [29, 29, 29];
const LAB_CSS = readFileSync(join(import.meta.dirname, "../../../lab/src/check.ts"), "utf8");
const darkColor = (variable: string) => new RegExp(`${variable}: ([\\d, ]+);`).exec(LAB_CSS)![1]!;

test("an eighth of the largest value differs from zero on a dark page, whatever its sign", () => {
  const grids = differenceHtml(
    differ(
      tensor([10, 10], (i) => (i % 2 === 0 ? -1 : 1) * (i < 50 ? 0.125 : 1)),
      tensor([10, 10], (i) => i / 99),
    )!,
  );
  const small = [...grids.matchAll(/title="(-?0\.125), wrong"[^>]*rgba\(var\(([\w-]+), [^)]+\), ([\d.]+)\)/g)]; // prettier-ignore
  expect(new Set(small.map(([, value]) => value))).toEqual(new Set(["0.125", "-0.125"]));
  for (const [, , variable, opacity] of small) {
    const [r, g, b] = rgbOf(darkColor(variable!)).map(
      (v, i) => Number(opacity) * (v - DARK_GRID[i]!),
    );
    expect(Math.hypot(r!, g!, b!)).toBeGreaterThan(45);
  }
});

test("a wrong cell is outlined in ink, off its color, and a right one has an edge at zero, too", () => {
  const html = differenceHtml(
    differ(
      tensor([8, 8], (i) => (i === 9 ? 99 : -i)),
      tensor([8, 8], (i) => -i),
    )!,
  );
  const wrong = [...html.matchAll(/<td title="[^"]*, wrong" style="([^"]*)"/g)];
  expect(wrong.map(([, style]) => style)).toEqual([
    expect.stringMatching(/border: 2px solid; padding: 1px; background-clip: content-box/),
  ]);
  const right = [...html.matchAll(/<td title="[^",]*" style="([^"]*)"/g)];
  expect(right).toHaveLength(3 * 64 - 1);
  for (const [, style] of right) expect(style).toContain("border: 1px solid rgba(");
});

/** The styles of a grid's cells, row by row. */
const stylesIn = (html: string, name: string): string[] => {
  const [table = ""] = new RegExp(`<table aria-label="${name}".*?</table>`).exec(html) ?? [];
  return [...table.matchAll(/<td [^>]*style="([^"]*)"/g)].map(([, style]) => style!);
};

test("without a value below zero, both have one scale of ink, and orange outlines what is wrong", () => {
  const html = differenceHtml(
    differ(
      tensor([8, 8], (i) => (i === 9 ? 16 : i % 16)),
      tensor([8, 8], (i) => i % 16),
    )!,
  );
  const [expected, yours] = [stylesIn(html, "expected"), stylesIn(html, "yours")];
  const ink = (style: string) => Number(/currentcolor ([\d.]+)%/.exec(style)![1]);
  expect(expected.map(ink)).toEqual(
    Array.from({ length: 64 }, (_, i) => Number((((i % 16) / 16) * 100).toFixed(1))),
  );
  expect(ink(yours[9]!)).toBe(100);
  const isOutlined = (style: string) => /border: 2px solid rgb\(184, 79, 0\)/.test(style);
  expect(yours.map(isOutlined)).toEqual(yours.map((_, i) => i === 9));
  expect(expected.some(isOutlined)).toBe(false);
  // an outline differs from the page and from ink beside it
  for (const [paper, color] of [
    [[255, 255, 255], "184, 79, 0"],
    [DARK_GRID, darkColor("--course-above-zero")],
  ] as const) {
    expect(contrastOn(paper as Rgb, [rgbOf(color), 0], rgbOf(color), 1)).toBeGreaterThanOrEqual(3);
  }
  expect(stylesIn(html, "yours − expected")[9]).toContain("rgba(184, 79, 0");
});

test("numbers on ink have a contrast of 4.5 in both themes", () => {
  const html = differenceHtml(
    differ(
      tensor([2, 4], (i) => i),
      tensor([2, 4], (i) => 7 - i),
    )!,
  );
  const shades = stylesIn(html, "yours").map(
    (s) => Number(/currentcolor ([\d.]+)%/.exec(s)![1]) / 100,
  );
  expect(Math.max(...shades)).toBeGreaterThan(0.2);
  for (const shade of shades) {
    expect(contrastOn([255, 255, 255], [[0, 0, 0], shade], [0, 0, 0])).toBeGreaterThanOrEqual(4.5);
    expect(contrastOn(DARK_GRID, [[255, 255, 255], shade], [255, 255, 255])).toBeGreaterThanOrEqual(
      4.5,
    );
  }
});

test("where every value is wrong, one outline stands around all, and the key says so", () => {
  const found = differ(
    tensor([8, 8], () => 3),
    tensor([8, 8], (i) => i + 10),
  )!;
  const html = differenceHtml(found);
  expect(differenceText(found)).toBe(
    "The result, shape [8, 8]. Outlined as a whole: every value differs from the expected one.",
  );
  expect(html).toMatch(/<table aria-label="yours" [^>]*border: 2px solid rgb\(184, 79, 0\)/);
  expect(stylesIn(html, "yours").some((style) => style.includes("2px solid"))).toBe(false);
  expect(html.match(/border: 2px solid/g)).toHaveLength(1);
});

test("grids of different shapes have cells of one size", () => {
  const wide = tensor([8, 8], (i) => i);
  const narrow = tensor([4, 4], (i) => 1000 * i + 0.5);
  expect(sizesOf(differenceHtml(differ(wide, narrow)!)).size).toBe(1);
  expect(
    sizesOf(
      differenceHtml(
        differ(
          narrow,
          tensor([4, 2], (i) => i),
        )!,
      ),
    ).size,
  ).toBe(1);
});

test("a difference that is NaN everywhere is not drawn", () => {
  const html = differenceHtml(
    differ(
      tensor([2, 2], () => NaN),
      tensor([2, 2], (i) => i),
    )!,
  );
  expect(html.match(/<table/g)).toHaveLength(2);
});

test("the arguments of the first failure are named, long ones by their size", () => {
  const input = (args: Value[], names: string[]) =>
    failingInput([{ ...caseOf(1), args }], [{ value: 2 } as CaseOutcome], exercise, names);
  expect(input([[1, -0.12345, NaN]], ["x"])).toBe("The argument: x = [1, −0.123, NaN].");
  expect(input([tensor([2, 3], (i) => i), 4, "ab"], ["q", "heads", "name"])).toBe(
    'The arguments: q = a tensor of shape [2, 3], heads = 4, name = "ab".',
  );
  expect(input([tensor([2], (i) => i), Array.from({ length: 64 }, () => 0)], ["x"])).toBe(
    "The arguments: x = a tensor [0, 1], a list of 64.",
  );
  expect(input([{ wq: [1], bq: [2] }, { $function: "(x) => x" }], ["w", "f"])).toBe(
    "The arguments: w = a record { wq, bq }, f = a function.",
  );
  expect(input([], [])).toBeUndefined();
});

test("empty, NaN and infinite numbers are drawn", () => {
  const empty = differ(
    tensor([0, 4], () => 0),
    tensor([2, 4], () => 0),
  )!;
  expect(empty.yours.cells).toEqual([]);
  expect(() => differenceHtml(empty)).not.toThrow();
  const html = differenceHtml(
    differ(
      tensor([2, 2], (i) => [NaN, 1, -Infinity, 3][i]!),
      tensor([2, 2], (i) => [0, 1, -Infinity, 3][i]!),
    )!,
  );
  expect(html).toContain(">NaN</td>");
  expect(html).toContain(">−∞</td>");
  expect(html.match(/, wrong" style="[^"]*; border: 2px solid;/g)).toHaveLength(1);
});

test("there is nothing to draw of numbers alone, text, errors, or right answers", () => {
  expect(differ(1, 2)).toBeUndefined();
  expect(differ("a", "b")).toBeUndefined();
  expect(
    differ(
      undefined,
      tensor([2], (i) => i),
    ),
  ).toBeUndefined();
  expect(
    differ(
      "text",
      tensor([2], (i) => i),
    ),
  ).toBeUndefined();
  expect(
    differ(
      tensor([2], (i) => i),
      tensor([2], (i) => i),
    ),
  ).toBeUndefined();
  expect(
    firstDifference([caseOf(tensor([1], () => 0))], [{ error: "x" } as CaseOutcome], exercise),
  ).toBe(undefined);
  expect(differ(null, undefined, { group: "errors", throws: "x" })).toBeUndefined();
  expect(firstDifference([caseOf(tensor([1], () => 0))], [undefined], exercise)).toBeUndefined();
});

test("the gradient that is wrong is drawn", () => {
  const [want, got] = [tensor([2], (i) => i), tensor([2], () => 5)];
  expect(differ([want, got], [want, want], { group: "gradient", wrt: ["0", "1"] })!.path).toBe(
    "[1]",
  );
});

test("nothing is drawn where a result has no numbers", () => {
  const found = differ(
    tensor([1, 1], () => 1),
    tensor([0, 0], () => 1),
  )!;
  expect(differenceHtml(found)).toBe("");
});
