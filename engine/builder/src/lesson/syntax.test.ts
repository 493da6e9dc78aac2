import { expect, test } from "vitest";
import { openSyntaxCache } from "./syntax.js";

const define = (source: string, name = "f") =>
  openSyntaxCache().read("f.ts", source).definitions[name]!;

test("docstring, signature, body; the file's opening comment and its imports stay out", () => {
  const d = define(
    '/** The file. */\nimport * as tf from "tf";\nimport { a, b } from "../x";\n\n/** ' +
      "Doubles. */\nexport async function* f<T>(x: T, { y = 2 } = {}): " +
      "AsyncGenerator<T> {\n  const z = a(x);\n  // yours\n  yield z;\n}\n",
  );
  expect(d.code).toBe(
    "/** Doubles. */\nasync function* f<T>(x: T, { y = 2 } = {}): " +
      "AsyncGenerator<T> {\n  const z = a(x);\n  yield z;\n}",
  );
  expect(d.stub).toBe(
    "/** Doubles. */\nasync function* f<T>(x: T, { y = 2 } = {}): " +
      'AsyncGenerator<T> {\n  const z = a(x);\n  throw new Error("not written yet: f");\n}',
  );
  expect(d.dependencies).toEqual([{ name: "a", from: "../x" }]);
});

test("overloads stay together, and only the last one has a body to leave", () => {
  const d = define(
    "export function f(x: string): string;\nexport function f(x: number): " +
      "number;\nexport function f(x: never) {\n  return x;\n}\n",
  );
  expect(d.stub).toBe(
    "function f(x: string): string;\n\nfunction f(x: number): number;\n\nfunction f(x: " +
      'never) {\n  throw new Error("not written yet: f");\n}',
  );
});

test("what is given stays, exported or not; other helpers are part of the answer", () => {
  const d = define(
    "// given\nexport interface State { n: number }\n\nconst HALF = 0.5;\n\n/** One more. " +
      "*/\n// given\nconst next = (n: number) => n + 1;\n\nexport function f(s: " +
      "State) {\n  return next(s.n) * HALF;\n}\n",
  );
  expect(d.stub).toBe(
    "interface State { n: number }\n\n/** One more. */\nconst next = (n: " +
      'number) => n + 1;\n\nfunction f(s: State) {\n  throw new Error("not written yet: f");\n}',
  );
  expect(d.code).toContain("const HALF");
  expect(d.alsoDefines).toEqual(["State", "next"]);
});

test("other exports of the file are needs", () => {
  expect(
    define(
      "export interface State { n: number }\nexport function f(s: State) {\n  return s.n;\n}\n",
    ).dependencies,
  ).toEqual([{ name: "State", from: "." }]);
});

test("a property that is called like an import is no need", () => {
  expect(
    define(
      'import { size } from "../x";\nexport function f(a: { size: ' +
        "number }) {\n  return a.size;\n}\n",
    ).dependencies,
  ).toEqual([]);
});

test.each([
  ["a constant", "export const f = 1;", /write it as `export function f/],
  ["an arrow function", "export const f = () => 1;", /write it as `export function f/],
  ["a type", "export interface f { n: number }", /write it as `export function f/],
  ["an empty body", "export function f() {}", /write its body/],
  [
    "nothing below the mark",
    "export function f() {\n  return 1;\n  // yours\n}",
    /put statements below/,
  ],
])("%s leaves nothing to write", (_what, source, says) => {
  expect(define(source).stub).toBeUndefined();
  expect(define(source).noStubReason).toMatch(says);
});
