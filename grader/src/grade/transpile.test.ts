import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { forbiddenUses } from "./forbid";
import { compileCells } from "./transpile";

/** Runs cells in a world of their own, as the child does, and gives that world. */
async function run(...sources: string[]): Promise<Record<string, unknown>> {
  const world: Record<string, unknown> = {
    require: (name: string) => ({ name, seven: 7, default: name }),
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

test.each([
  ["x.softmax()", 1],
  ["tf.softmax(x)", 1],
  ['tf["softmax"](x)', 1],
  ["tf[`softmax`](x)", 1],
  ["const { softmax } = tf;", 1],
  ["const { softmax: s } = tf;", 1],
  ['import { softmax as s } from "@tensorflow/tfjs-core";', 1],
  ['tf["soft" + "max"](x)', 1],
  ["tf[name](x)", 1],
  ['import * as T from "@tensorflow/tfjs-core";\nT[name](x)', 1],
  ["softmax(x)", 0],
  ["function softmax() {}", 0],
  ['expectShape("softmax", x)', 0],
  ["x[i]", 0],
  ["tf[0]", 0],
  ['import { softmax } from "solutions";', 0],
  ["// tf.softmax", 0],
  ["x.softmaxes()", 0],
])("forbidden in %s: %i", (source, n) => {
  const [cell] = compileCells([source], new Set());
  expect(forbiddenUses(cell!.tree!, ["softmax"])).toHaveLength(n);
});
