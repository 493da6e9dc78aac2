// needs: sandbox mesa
// level: all
/** Kernels in their sandbox: what is counted, and what a hostile one costs. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ShaderSpec } from "../exercise/exercise";
import { courseRoot } from "../files/paths";
import { tensorData } from "../exercise/value";
import { openShaders, runShader, runShaders, type ShaderLauncher } from "./runShaders";

const HEAD = `@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
struct Sizes { n: u32 }
@group(0) @binding(2) var<uniform> sizes: Sizes;
`;
const main = (body: string, before = "") =>
  `${HEAD}${before}@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: ` +
  `vec3<u32>) { let i = id.x; ${body} }`;
const spec: ShaderSpec = {
  inputs: ["x"],
  output: "out",
  answer: () => undefined,
  launch: (n: number) => ({
    inputs: [
      tensorData(
        [n],
        Array.from({ length: n }, (_, i) => i),
      ),
    ],
    sizes: [n],
    shape: [n],
    workgroups: [Math.ceil(n / 64), 1, 1],
    maxBytesRead: 4 * n,
  }),
};

let shaders: ShaderLauncher;
beforeAll(async () => {
  shaders = await openShaders(courseRoot());
});
afterAll(() => shaders.close());
const run = (text: string, sizes = [70]) =>
  runShader(
    shaders,
    0,
    spec,
    { value: text },
    sizes.map((n) => ({ args: [n] })),
  );

test("outputs come back with what was read", async () => {
  const { outcomes, loss } = await run(main("if (i < sizes.n) { out[i] = x[i] + x[0]; }"), [70, 1]);
  expect(loss).toBeUndefined();
  expect(outcomes[0]).toEqual({
    value: tensorData(
      [70],
      Array.from({ length: 70 }, (_, i) => i),
    ),
    bytesRead: 560,
  });
  expect(outcomes[1]).toEqual({ value: tensorData([1], [0]), bytesRead: 8 });
});

test("reads out of bounds stay in the buffer, and count", async () => {
  const { outcomes } = await run(main("out[i] = x[i + 1000000u];"));
  const { value, bytesRead } = outcomes[0] as { value: { data: Float32Array }; bytesRead: number };
  expect(value.data.every((v) => v === 0 || (v >= 0 && v < 70))).toBe(true);
  expect(bytesRead).toBe(512);
});

test("what does not compile or start gets a sentence with the line", async () => {
  const messageOf = async (text: string) => (await run(text)).outcomes[0];
  expect(await messageOf(main("\n let y = nothing;"))).toEqual({
    error: expect.stringMatching(/^It does not compile: line 6: unresolved value 'nothing'/),
  });
  expect(await messageOf(`${HEAD}@compute @workgroup_size(1) fn other() {}`)).toEqual({
    error: expect.stringMatching(/^It cannot be started as main: .*main/),
  });
  expect(
    await messageOf(
      main("", "var<workgroup> big: array<f32, 60000>;\n").replace("let i", "big[0] = 1.0; let i"),
    ),
  ).toEqual({ error: expect.stringMatching(/^It cannot be started/) });
  expect(await messageOf("fn main() {}")).toEqual({
    error: expect.stringMatching(/^The kernel was not run: the declaration .* is missing/),
  });
  expect((await runShader(shaders, 0, spec, { value: 7 }, [{ args: [1] }])).outcomes[0]).toEqual({
    error: "It should return the kernel's text, a string.",
  });
});

test("an endless shader is stopped, and the next one runs", async () => {
  const { outcomes, loss } = await run(
    main("var a = 1u; while (a != 0u) { a = (a * 5u) | 1u; } out[i] = f32(a);"),
    [70, 70],
  );
  expect(outcomes).toEqual([undefined, undefined]);
  expect(loss).toMatch(/ran longer than|ended the process/);
  expect((await run(main("out[i] = 1.0;"))).outcomes[0]).toMatchObject({ bytesRead: 0 });
});

test("of several shaders in one child, what fails costs itself alone", async () => {
  const texts = [
    main("out[i] = 1.0;"),
    main("\n let y = nothing;"),
    main("var a = 1u; while (a != 0u) { a = (a * 5u) | 1u; } out[i] = f32(a);"),
    "fn main() {}",
    main("out[i] = x[i] + x[i];"),
  ];
  const all = texts.map((value) => ({ spec, text: { value }, cases: [{ args: [2] }] }));
  const ran = await runShaders(shaders, 0, all);
  expect(ran.map(({ loss }) => loss)).toEqual([
    undefined,
    undefined,
    expect.stringMatching(/ran longer than|ended the process/),
    undefined,
    undefined,
  ]);
  expect(ran.map(({ outcomes }) => outcomes[0])).toEqual([
    { value: tensorData([2], [1, 1]), bytesRead: 0 },
    { error: expect.stringMatching(/^It does not compile/) },
    undefined,
    { error: expect.stringMatching(/^The kernel was not run/) },
    { value: tensorData([2], [0, 2]), bytesRead: 512 },
  ]);
});

test("a shader that is hard to compile costs itself alone", async () => {
  const nested = Array.from(
    { length: 200 },
    (_, n) => `for (var i${n} = 0u; i${n} < 30u; i${n}++) { a = fma(a, x[i${n}], sin(a)); }`,
  ).join("\n");
  const { outcomes, loss } = await run(main(`var a = 1.0; ${nested} out[i] = a;`));
  expect(outcomes).toEqual([undefined]);
  expect(loss).toMatch(/ran longer than|ended the process/);
  expect((await run(main("out[i] = 2.0;"))).outcomes[0]).toMatchObject({ bytesRead: 0 });
});
