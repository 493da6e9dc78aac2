import { expect, test } from "vitest";
import { compileVersions, joinVersions } from "./versions";

const text = (body: string, before = 'import { join } from "node:path";\n') =>
  `/** A solution. */\n${before}\nexport type Count = number;\nexport const SIGN: string = "-";\n` +
  `export function double(x: Count): unknown {\n  ${body}\n}\n`;

const compile = (texts: string[]) => compileVersions(texts, __filename, "double");

test("versions are compiled together, and each keeps to its own declarations", () => {
  const texts = [text("return 2 * x;"), text("return join(SIGN, String(x));")];
  texts.push(texts[0]!.replace("2 * x", "SIGN").replace('"-"', '"+"'));
  expect(joinVersions(texts, "double")).toMatch(/^import [^\n]*\nexport const versions = /);
  const loads = compile(texts);
  expect(loads.map((load) => load()(3))).toEqual([6, "-/3", "+"]);
  expect(loads[0]!().name).toBe("double");
});

test("a version that isn't code costs the others nothing", () => {
  const [first, second] = compile([text("return 2 * x;"), text("return 2 * ;")]);
  expect(first!()(3)).toBe(6);
  expect(second).toThrow(SyntaxError);
});

test("a version that throws as it loads, or lacks the function, throws alone", () => {
  const throws = `${text("return 1;")}\nthrow new Error("at once");\n`;
  const [first, second, third] = compile([text("return 2;"), throws, "export const x = 1;\n"]);
  expect(first!()(0)).toBe(2);
  expect(second).toThrow("at once");
  expect(third!()).toBeUndefined();
});

test("versions with imports of their own are compiled alone", () => {
  const other = text("return basename(String(x));", 'import { basename } from "node:path";\n');
  const texts = [text("return join(SIGN);"), other];
  expect(joinVersions(texts, "double")).toBeUndefined();
  const loads = compile(texts);
  expect(loads.map((load) => load()("a/b"))).toEqual(["-", "b"]);
});
