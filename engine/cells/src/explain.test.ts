/** What the kernel says about a name. */
import ts from "typescript";
import { expect, test } from "vitest";
import { explanationOf } from "./explain";

const part = (text: string) => [{ kind: "text", text }];
const info = (signature: string, documentation = "", tags: [string, string][] = []) =>
  explanationOf({
    kind: ts.ScriptElementKind.functionElement,
    kindModifiers: "",
    textSpan: { start: 0, length: 1 },
    displayParts: part(signature),
    documentation: part(documentation),
    tags: tags.map(([name, text]) => ({ name, text: part(text) })),
  });

test("where a name is imported from is left out", () => {
  expect(info("(alias) half(x: number): number\nimport half")!.text).toBe(
    "half(x: number): number",
  );
  expect(info("(alias) type Pair = {\n    a: number;\n}\nimport Pair")!.text).toBe(
    "type Pair = {\n    a: number;\n}",
  );
});

test("a name of which nothing is known has no explanation", () => {
  expect(info("any")).toBeUndefined();
});

test("parameters become a list, formulas stay as they are, signs are kept", () => {
  const { text, markdown } = info(
    "f(x: number): number",
    "A * B < C:\n  y ← a_b · x\nThen `a*b`.",
    [
      ["param", "x [B, C], *any*"],
      ["returns", "[B]"],
      ["doc", "{heading: 'Operations'}"],
    ],
  )!;
  expect(text).toBe(
    "f(x: number): number\n\nA * B < C:\n  y ← a_b · x\nThen `a*b`.\n@param x [B, C], *any*\n@returns [B]",
  );
  expect(markdown).toBe(
    "```typescript\nf(x: number): number\n```\n\nA \\* B \\< C:\n\n```text\n  y ← a_b · x\n```\n\n" +
      "Then `a*b`.\n\n- `x` [B, C], \\*any\\*\n\nReturns [B]",
  );
});

test("code in a docstring is left alone", () => {
  const { markdown } = info("f()", "See\n```js\n  a * b < c\n```")!;
  expect(markdown).toContain("```js\n  a * b < c\n```");
  expect(markdown.match(/```/g)).toHaveLength(4);
});
