import { describe, expect, test } from "vitest";
import { countReads } from "./wgsl";

const spec = { inputs: ["x", "y"], output: "out" };
const HEAD = `@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> y: array<f32>; // the second
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
struct Sizes { n: u32 }
@group(0) @binding(3) var<uniform> sizes: Sizes;
`;
const kernel = (body: string, before = "") =>
  `${HEAD}${before}@compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: ` +
  `vec3<u32>) { ${body} }`;
const counted = (body: string, before?: string) => countReads(kernel(body, before), spec);

describe("reads become calls that count", () => {
  test.each([
    ["out[0] = x[id.x] + y[1];", "out[0] = course_x(u32(id.x)) + course_y(u32(1));"],
    ["out[u32(x[u32(y[2])])] = 1.0;", "out[u32(course_x(u32(u32(course_y(u32(2))))))] = 1.0;"],
    ["let n = arrayLength(&x);", "let n = arrayLength(&x);"],
    [
      "if (id.x > 0u && x[0] > 0.0) { out[0] = 1.0; }",
      "if (id.x > 0u && course_x(u32(0)) > 0.0) { out[0] = 1.0; }",
    ],
    ["out[0] = f32(id.x) + p.x[1];", "out[0] = f32(id.x) + p.x[1];"],
    ["out[0] = x [ /* here */ 3 ];", "out[0] = course_x(u32(   3 ));"],
  ])("%s", (body, want) => expect(counted(body)).toContain(want));

  test("lines stay where they are, comments go", () => {
    const text = countReads(
      `${HEAD}// x[0]\n/* out[0]\n /* nested */ */\nfn main() {}`,
      spec,
    ).split("\n");
    expect(text[8]).toContain("fn main() {}");
    expect(text.slice(0, 9).join()).not.toMatch(/nested|x\[0\]/);
  });
  test("an input of words is u32", () => {
    const words = HEAD.replace("y: array<f32>", "y: array<u32>");
    const text = countReads(`${words}fn main() { let bits = y[1] >> 4u; }`, {
      ...spec,
      words: ["y"],
    });
    expect(text).toContain("let bits = course_y(u32(1)) >> 4u;");
    expect(text).toContain("fn course_y(i: u32) -> u32 {");
    expect(() => countReads(HEAD, { ...spec, words: ["y"] })).toThrow("y: array<u32>; is missing");
  });
  test("the count stands behind the last binding", () =>
    expect(counted("")).toContain(
      "@group(0) @binding(4) var<storage, read_write> course_reads: atomic<u32>;",
    ));
});

describe("what could read past the count is refused", () => {
  test.each([
    ["let p = &x;", /line 6: x is a buffer; read x\[i\]/],
    ["let p = &x[0];", /x is a buffer/],
    ["let a = b & &x[0];", /x is a buffer/],
    ["f(&x);", /x is a buffer/],
    ["let x = 1;", /x is a buffer/],
    ["out[0] += 1.0;", /line 6: out is for writing only/],
    ["let a = out[0];", /for writing only/],
    ["if (out[0] == 1.0) {}", /for writing only/],
    ["course_reads = 0u;", /names that begin with course_ are the grader's/],
    ["let u32 = 1;", /u32 is a name of WGSL/],
    ["out[0] = x[0", /\[ is never closed/],
    ["out[0] = 1.0; \u00a0", /is no character of WGSL/],
    ["out[0] = é;", /is no character of WGSL/],
    ["/* open", /has no end/],
    [" ".repeat(20_001), /characters long, more than 20000/],
  ])("%s", (body, message) => expect(() => counted(body)).toThrow(message));

  test.each([
    [
      "@group(0) @binding(0) var<storage, read> z: array<f32>;\n",
      /line 6: a kernel has only the buffers that the exercise names/,
    ],
    ["@group(0) @binding(0) var<storage, read> x: array<f32>;\n", /a kernel has only the buffers/],
    ["@ /* a */ binding(0) var<storage> z: array<f32>;\n", /a kernel has only the buffers/],
    [
      "fn atomicAdd(p: ptr<storage, atomic<u32>, read_write>, n: u32) {}\n",
      /atomicAdd is a name of WGSL/,
    ],
    ["alias f32 = u32;\n", /f32 is a name of WGSL/],
    ["var<private> u32: i32;\n", /u32 is a name of WGSL/],
    ["fn f(u32: i32) {}\n", /u32 is a name of WGSL/],
  ])("%s", (before, message) => expect(() => counted("", before)).toThrow(message));

  test("a line break that only some readers see ends a comment", () => {
    for (const end of ["\v", "\f", "\r", "\u0085", "\u2028", "\u2029"]) {
      expect(
        () => countReads(kernel(`// hidden${end} let p = &x; `), spec),
        JSON.stringify(end),
      ).toThrow(/x is a buffer|is no character/);
    }
  });
  test("a missing or changed declaration", () => {
    expect(() =>
      countReads(kernel("").replace("var<storage, read> y", "var<storage, read_write> y"), spec),
    ).toThrow("the declaration @group(0) @binding(1) var<storage, read> y: array<f32>; is missing");
    expect(() => countReads("fn main() {}", spec)).toThrow("is missing");
  });
});
