/** A name that is missing leads to the cell of the notebook that defines it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { courseRoot } from "grader";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startKernel, type Kernel } from "./client";

const text = (source: string) => ({
  cell_type: "markdown",
  id: source.slice(2, 6),
  metadata: {},
  source,
});
const code = (id: string, ...lines: string[]) => ({
  cell_type: "code",
  id,
  metadata: {},
  outputs: [],
  execution_count: null,
  source: lines.map((line, i) => (i + 1 < lines.length ? `${line}\n` : line)),
});
const cells = [
  text("# A lesson\n\n## Getting *ready*"),
  code("setup", 'import { show } from "course";', 'import type { Figure } from "course";'),
  text("### Exercise: half\n\n2 points"),
  code("half", "function half(x: number): number {", "  return x / 2;", "}"),
  code("check", "half(4)"),
  text("### What it is for"),
  code("given", "const scale = 3;", "type Pair = [number, number];"),
  code("demo", "const { low, high: [top] } = { low: 1, high: [2] };", "scale"),
];

let kernel: Kernel;
let folder: string;
beforeAll(async () => {
  mkdirSync(join(courseRoot(), ".local"), { recursive: true });
  folder = mkdtempSync(join(courseRoot(), ".local", "names-"));
  writeFileSync(join(folder, "other.ipynb"), "not a notebook yet");
  writeFileSync(
    join(folder, "lesson.ipynb"),
    JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }),
  );
  kernel = await startKernel(folder, { COURSE_DEVICE: "cpu" });
});
afterAll(() => {
  kernel.stop();
  rmSync(folder, { recursive: true, force: true });
});

const errorOf = async (source: string) => (await kernel.run(source)).error!.evalue;

test(
  "an exercise, a definition, a pattern and an import, for a cell of the notebook and for a " +
    "new one",
  async () => {
    expect(await errorOf("half(4)")).toBe(
      "half is not defined. It is defined in the cell under “Exercise: half”; " +
        "run that cell with Shift+Enter.",
    );
    expect(await errorOf("scale + 1")).toBe(
      "scale is not defined. It is defined in the cell under “What it is for”; " +
        "run that cell with Shift+Enter.",
    );
    expect(await errorOf("[top]")).toBe(
      "top is not defined. It is defined in the cell under “What it is for” that starts with " +
        "“const { low, high: [top] } = { low: 1, h…”; run that cell with Shift+Enter.",
    );
    expect(await errorOf("show(1)")).toBe(
      "show is not defined. It is imported in the cell under “Getting ready”; " +
        "run that cell with Shift+Enter.",
    );
    expect(await errorOf("halve(1)")).toBe("halve is not defined");
  },
);

test("the note about types says it in one sentence, and a cell is not sent to itself", async () => {
  const { outputs } = await kernel.run("function twice(p: Pair) {\n  return half(p[0]) * 4;\n}");
  const { data } = outputs.at(-1)!.content as { data: Record<string, string> };
  const sentence =
    "TypeScript doesn't know Pair and half yet: run the cells under “Exercise: half” and under " +
    "“What it is for”.";
  expect(data).toEqual({ "text/plain": sentence, "text/html": `<p>${sentence}</p>` });
  expect(await errorOf("const { low, high: [top] } = { low: 1, high: [2] };\nscale")).toContain(
    "What it is for",
  );
});

test("completions and explanations", async () => {
  await kernel.run(
    "/** Half of it. */\nfunction halfOf(x: number) { return x / 2; }\nconst 𝒳 = [1];",
  );
  const complete = await kernel.request("complete_request", {
    code: "𝒳.ma + halfO",
    cursor_pos: 12,
  });
  expect(complete).toMatchObject({
    status: "ok",
    matches: ["halfOf"],
    cursor_start: 7,
    cursor_end: 12,
  });
  const member = await kernel.request("complete_request", { code: "[1].redu", cursor_pos: 8 });
  expect(member.matches).toEqual(["reduce", "reduceRight"]);
  const inspect = async (source: string, cursor_pos: number) =>
    (await kernel.request("inspect_request", { code: source, cursor_pos, detail_level: 0 })) as {
      found: boolean;
      data: Record<string, string>;
    };
  const told = "function halfOf(x: number): number\n\nHalf of it.";
  expect((await inspect("halfOf(2)", 3)).data["text/plain"]).toBe(told);
  expect((await inspect("halfOf(", 7)).data["text/plain"]).toBe(told);
  expect((await inspect("   ", 1)).found).toBe(false);
  const unfinished = await kernel.request("is_complete_request", { code: "function f() {" });
  expect(unfinished).toMatchObject({ status: "incomplete", indent: "  " });
  expect(await kernel.request("is_complete_request", { code: "await f()" })).toMatchObject({
    status: "complete",
  });
  const history = await kernel.request("history_request", { hist_access_type: "tail", n: 100 });
  expect(history).toEqual({ status: "ok", history: [] });
});
