/** Which code folds. */
import { expect, test } from "vitest";
import { HEAD, parse, problems, SETUP } from "./lesson.testing";
import { foldOf } from "./parseCells";
import { checkLinesOf } from "./syntax";

const DRAWS = 'const y = f(x);\nshow("It falls.", lines([y]));';

test.each([
  ["setup", "const zero = 0;", undefined, "setup"],
  ["setup", "const zero = 0;", "no", undefined],
  ["demo", DRAWS, undefined, "draws"],
  ["experiment", `for (const a of b) {\n  ${DRAWS}\n}`, undefined, "draws"],
  ["experiment", 'await control("Move it.", {}, f);', undefined, "draws"],
  ["experiment", 'await guess("How many?", {}, f);', undefined, "draws"],
  ["demo", DRAWS, "no", undefined],
  ["experiment", "progress();", undefined, "draws"],
  ["demo", "const y = 1;", undefined, undefined],
  ["demo", "const y = 1;", "yes", "prepares"],
  ["demo", "const shows = show;", undefined, undefined],
  ["demo", `for await (const i of steps(3)) train(i);\n${DRAWS}`, undefined, undefined],
  ["demo", `for await (const i of steps(3)) train(i);\n${DRAWS}`, "yes", "draws"],
] as const)("%s %j, fold=%s: %s", (role, code, asked, fold) => {
  expect(foldOf(role, code, asked)).toBe(fold);
});

test("a lesson's author marks a cell", () => {
  const cell = (mark: string) => {
    const { cells } = parse(`${HEAD}${SETUP}\n\`\`\`ts demo id=a${mark}\n${DRAWS}\n\`\`\`\n`);
    const [, found] = cells.filter((c) => c.kind === "code");
    return found;
  };
  expect(cell("")).toMatchObject({ fold: "draws" });
  expect(cell(" fold=no")).not.toHaveProperty("fold");
  expect(problems(`${HEAD}${SETUP}\n\`\`\`ts demo fold=maybe\n1\n\`\`\`\n`)).toEqual([
    "11: fold=maybe says neither yes nor no: write fold=yes or fold=no",
  ]);
});

test("a given definition folds when its author says so, and only then", () => {
  const given = (mark: string) => {
    const { cells } = parse(`${HEAD}${SETUP}::: given insert${mark}\n:::\n`);
    return cells.find((c) => c.kind === "given");
  };
  expect(given("")).not.toHaveProperty("fold");
  expect(given(" fold=yes")).toMatchObject({ fold: "prepares" });
  expect(problems(`${HEAD}${SETUP}::: given insert fold=no\n:::\n`)).toEqual([
    expect.stringMatching(/^10: a given block has one name and at most fold=yes after it/),
  ]);
});

const STUB = `const LEAST = 1;

function half(x: number, options: { by?: number } = {}): number {
  const { by = 2 } = options;
  expectNumber("half", x);
  if (by === 0) {
    const got = String(by);
    throw new Error(\`half: expected by above 0, got \${got}\`);
  }
  if (x === 0) return 0;
  expectRest(x);
  throw new Error("not written yet: half");
}

/** For half. */
function expectRest(x: number): void {
  const least = LEAST;
  if (x < least) throw new Error("half: too little");
}

function third(x: number): number {
  const y = x;
  return y / 3;
}`;

/** The lines that are found in a definition, as text. */
function checksIn(code: string, name: string): string[] {
  const lines = code.split("\n");
  return checkLinesOf(code, name).map(({ first, last, lines: count }) => {
    const at = lines.findIndex((line, i) => line === first && lines[i + count - 1] === last);
    return lines.slice(at, at + count).join("\n");
  });
}

test("checks of arguments are found in the stub and in helpers that throw", () => {
  const lines = STUB.split("\n");
  expect(checksIn(STUB, "half")).toEqual([
    lines.slice(4, 9).join("\n"),
    lines.slice(16, 18).join("\n"),
  ]);
});

test("what gives a name, one line alone, and the line that the student replaces stay", () => {
  const stub =
    'function f(x) {\n  check(x);\n  const y = g(x);\n  throw new Error("not written yet: f");\n}';
  expect(checkLinesOf(stub, "f")).toEqual([]);
});

test("checks of arguments are found in a whole function, and what it does stays", () => {
  const checks = '  expectShape("f", x);\n  if (mask) expectShape("f", mask);';
  const rest = "  x.keep();\n  list.push(x);\n  if (!mask) list.push(x);\n  return list;";
  expect(checksIn(`function f(x, mask) {\n${checks}\n${rest}\n}`, "f")).toEqual([checks]);
});

test("the cell of a given function carries the lines that check its arguments", () => {
  const { cells } = parse(`${HEAD}${SETUP}::: given insert\n:::\n`);
  expect(cells.find((c) => c.kind === "given")).toMatchObject({ checks: [] });
});
