import { runInNewContext } from "node:vm";
import { compileCell } from "cells";
import { describe, expect, test } from "vitest";
import { compileCells } from "./transpile";

/** What a cell is refused with that declares a name twice. */
const twice = (line: number, name: string) =>
  `line ${line}: ${name} is declared more than once here. ` +
  "Remove all but one of the declarations, or rename them.";

/** Runs cells in a world of their own, as the child does, and gives that world. */
async function run(...sources: string[]): Promise<Record<string, unknown>> {
  const world: Record<string, unknown> = {
    require: (name: string) => ({ name, seven: 7, default: name }),
    Symbol, // Node's own has dispose
  };
  world.globalThis = world;
  for (const { code, awaits, error } of compileCells(sources, new Set(["own"]))) {
    if (error) throw new Error(error);
    const result: unknown = runInNewContext(code, world);
    if (awaits) await result;
  }
  return world;
}

describe("cells share one scope", () => {
  test("const, let, class, enum and function", async () => {
    expect(
      await run(
        "const a: number = 1; let b = 2;",
        "class C { constructor(readonly n: number) {} }\nenum E { X = 5 }",
        "function f<T>(x: T): T { return x; }\nconst sum = f(a) + b + new C(3).n + E.X;",
      ),
    ).toMatchObject({ sum: 11 });
  });
  test("a constant may be defined again", async () =>
    expect(await run("const a = 1;", "const a = 2;")).toMatchObject({ a: 2 }));
  test("a cell that an engine refuses says where and what to do, and nothing runs in its place", async () => {
    const probe = (body: string) => `function probe(x: number) {\n  ${body}\n}`;
    const sources = [
      probe("const a = 1;\n  const a = 2;"),
      probe("const x = 1;"),
      probe("break;"),
      probe("return x;"),
    ];
    const cells = compileCells(sources, new Set(["probe"]));
    expect(cells.map(({ error }) => error)).toEqual([
      twice(3, "a"),
      twice(2, "x"),
      "line 2: Jump target cannot cross function boundary.",
      undefined,
    ]);
    expect(cells.map(({ declares }) => declares)).toEqual([[], [], [], ["probe"]]);
    expect(cells.slice(0, 3).every(({ code, fallbacks }) => code + fallbacks.join() === "")).toBe(
      true,
    );
  });
  test.each([
    ["const f = 1;\nconst f = 2;", twice(2, "f")],
    ["function f() {}\nlet f = 1;", twice(2, "f")],
    ["class f {}\n\nvar f = 1;", twice(3, "f")],
    ["const { f, g: f } = tf;", twice(1, "f")],
    ["export const f = 1;\nexport const f = 2;", twice(2, "f")],
    ['import { f } from "m";\nimport { f } from "n";', twice(2, "f")],
    ["type F = 1;\ntype F = 2;", twice(2, "F")],
    ['import type { F } from "m";\nimport { type F } from "n";', twice(2, "F")],
    ["function f() {}\nfunction f() {}", undefined],
    ["var f = 1;\nvar f = 2;", undefined],
    ["function f(x: number): void;\nfunction f(x: unknown) {}", undefined],
    ["interface F { a: 1 }\ninterface F { b: 2 }", undefined],
    ["type F = 1;\nconst F = 1;", undefined],
    ['import { f } from "m";\nconst f = 1;', undefined],
    ["const f = 1;\n{ const f = 2; }", undefined],
  ])("what the notebook refuses is refused: %s", (source, error) => {
    const [cell] = compileCells([source], new Set(["f"]));
    expect(cell!.error).toBe(error);
    const isGlobal = () => false;
    const inNotebook = compileCell(source, { isDefined: isGlobal, isGlobal });
    expect("diagnostics" in inNotebook).toBe(error !== undefined);
  });
  test("imports of every form", async () => {
    const world = await run(
      'import * as tf from "@tensorflow/tfjs-core";\nimport def, { seven as s, type T } from ' +
        '"m";\nimport type { U } from "n";\nimport "o";',
      "const got = [tf.name, def, s];",
    );
    expect(world.got).toEqual(["@tensorflow/tfjs-core", "m", 7]);
  });
  test("an import of an exercise from solutions hides nothing", async () =>
    expect(await run("const own = 1;", 'import { own, seven } from "solutions";')).toMatchObject({
      own: 1,
      seven: 7,
    }));
  test("awaiting cells hand out live variables, also when they throw", async () => {
    const world = await run(
      "let n = await Promise.resolve(1);\nfunction get() { return n; }",
      "n = 5; const seen = get();",
    );
    expect(world.seen).toBe(5);
  });
  test("exports and brackets at the start of a cell", async () =>
    expect(
      await run(
        "export const a = 1\nexport default function f() { return 2 }",
        "(() => { globalThis.c = a + f() })()",
      ),
    ).toMatchObject({ c: 3 }));
});

test("a syntax error stays in its cell and names its line", () => {
  const [good, bad, other] = compileCells(
    ["const a = 1;", "const b = 2;\nlet = = 3;", "/* open"],
    new Set(),
  );
  expect(good).toMatchObject({ declares: ["a"] });
  expect(good!.code).toContain("var a = 1");
  expect(bad!.error).toMatch(/^line 2: /);
  expect(other!.error).toMatch(/^line 1: /);
});
test("long and deep cells are refused", () => {
  const [long, deep] = compileCells(
    [" ".repeat(20_001), "(".repeat(9_000) + "1" + ")".repeat(9_000)],
    new Set(),
  );
  expect(long!.error).toContain("20001 characters");
  expect(deep!.error).toContain("nested too deeply");
});

test("what TypeScript writes above code stands in each cell that needs it", async () => {
  const held = "{ [Symbol.dispose]() { globalThis.left = (globalThis.left ?? 0) + 1; }, by: 2 }";
  const world = await run(
    `function one() { using held = ${held}; return held.by; }`,
    "const between = 1;",
    `function two() { using held = ${held}; return held.by; }`,
    "const sum = one() + two();",
  );
  expect(world).toMatchObject({ sum: 4, left: 2, between: 1 });
});
test("using at the top of a cell stays in its cell", async () => {
  const world = await run(
    "const before = 1;",
    "using held = { [Symbol.dispose]() {}, by: 2 };\nfunction by() { return held.by; }",
    "const after = by() + before;",
  );
  expect(world).toMatchObject({ before: 1, after: 3 });
});

describe("what may run in the place of a cell that takes too long", () => {
  const lean = (source: string) => {
    const [cell] = compileCells([source], new Set(["own"]));
    return cell!.fallbacks.map(({ code, awaits }) => [code.replace(/\s+/g, " ").trim(), awaits]);
  };
  test("its declarations, then those that call nothing", () =>
    expect(
      lean("const by = 2, t = slow();\nconst own = (x) => x * by;\nawait wait();\nfor (;;) {}"),
    ).toEqual([
      ["var by = 2, t = slow(); var own = (x) => x * by;", false],
      ["var own = (x) => x * by;", false],
    ]));
  test("a definition that calls something stays, and so does an assignment", () =>
    expect(lean("const own = curry((x) => x);\nglobalThis.own = own;\nbench();")).toEqual([
      ["var own = curry((x) => x); globalThis.own = own;", false],
    ]));
  test("nothing, where there is nothing to leave out or the cell defines no exercise", () => {
    expect(lean("function own() { for (;;) {} }")).toEqual([]);
    expect(lean("const other = 1;\nfor (;;) {}")).toEqual([]);
  });
});

test.each([
  ["own = (x) => x;", ["own"]],
  ["globalThis.own = (x) => x;", ["own"]],
  ['(globalThis as any)["own"] = (x) => x;', ["own"]],
  ["other.own = 1; own += 1; if (x) own = 1;", []],
])("names assigned in %s", (source, names) => {
  const [cell] = compileCells([source], new Set());
  expect(cell).toMatchObject({ assigns: names, declares: [] });
});
