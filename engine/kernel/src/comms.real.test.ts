/** Controls and live figures in the real kernel: what a page asks over a comm, and what it gets. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toyCourse } from "course/testing";
import { startKernel, type Content, type Kernel } from "./client";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const VIEW = "application/vnd.course.view.v1+json";
const PLOT = "application/vnd.plotly.v1+json";

let kernel: Kernel;
let course: ReturnType<typeof toyCourse>;
beforeAll(async () => {
  course = toyCourse();
  kernel = await startKernel(join(root, "engine", "course"), {
    COURSE_ROOT: course.root,
    COURSE_DEVICE: "wasm",
  });
  await ok(
    'import * as tf from "@tensorflow/tfjs-core";\n' +
      'import { control, lines, live, steps, table } from "course";',
  );
});
afterAll(() => {
  kernel.stop();
  course.remove();
});

async function ok(code: string) {
  const result = await kernel.run(code);
  expect(result.error).toBeUndefined();
  return result;
}

interface ViewData {
  id: string;
  inputs: Record<string, Content>;
  frames: { values: Content; shows: Content }[];
}
const bundles = (outputs: { type: string; content: Content }[]) =>
  outputs.flatMap(({ type, content }) =>
    /display_data$/.test(type) ? [content.data as Content] : [],
  );

/** Runs a cell with one control. */
async function controlOf(code: string): Promise<ViewData> {
  const { outputs } = await ok(code);
  return bundles(outputs)[0]![VIEW] as ViewData;
}

let count = 0;
/** Opens a channel to a control; `ask` gives what the kernel answers. */
async function open(data: unknown) {
  const comm_id = `comm-${++count}`;
  const published = await kernel.send("comm_open", {
    comm_id,
    target_name: "course.control",
    data,
  });
  const ask = async (values: Content) => {
    const answers = await kernel.send("comm_msg", { comm_id, data: { values } });
    expect(answers).toHaveLength(1);
    return answers[0]!.content.data as { shows?: Content; failed?: string };
  };
  return { comm_id, published, ask };
}

test("a control answers with what the function makes of a value, as it is defined now", async () => {
  await ok("function twice(v: number) { return 2 * v; }");
  const { id, inputs, frames } = await controlOf(
    'await control("Twice.", { v: { input: "slider", from: 0, to: 10, step: 1, start: 3 } }, ' +
      "({ v }) => `twice is ${twice(v)}`)",
  );
  expect(inputs.v).toEqual({ input: "slider", from: 0, to: 10, step: 1, start: 3 });
  expect(frames).toEqual([
    { values: { v: 3 }, shows: { view: "text", version: 1, text: "twice is 6" } },
  ]);
  const { comm_id, published, ask } = await open({ id });
  expect(published).toEqual([{ type: "comm_msg", content: { comm_id, data: { ready: true } } }]);
  expect(await ask({ v: 4 })).toMatchObject({ shows: { text: "twice is 8" } });
  await ok("function twice(v: number) { return v + v + 0.5; }");
  expect(await ask({ v: 4 })).toMatchObject({ shows: { text: "twice is 8.5" } });

  const info = await kernel.request("comm_info_request", { target_name: "course.control" });
  expect(info.comms).toHaveProperty(comm_id);
  await kernel.send("comm_close", { comm_id, data: {} });
  const after = await kernel.request("comm_info_request", {});
  expect(after.comms).not.toHaveProperty(comm_id);
});

test("who asks for an unknown control is told that nobody is there", async () => {
  for (const data of [{ id: "another" }, {}, { id: { toString: 1 } }, null, 3]) {
    const { published, comm_id } = await open(data);
    expect(published).toEqual([{ type: "comm_close", content: { comm_id, data: {} } }]);
  }
  const published = await kernel.send("comm_open", { comm_id: "w", target_name: "jupyter.widget" });
  expect(published[0]!.type).toBe("comm_close");
  expect((await kernel.send("comm_msg", { comm_id: "w", data: 1 }))[0]!.type).toBe("comm_close");
});

test("errors of the function and foreign values are told in one sentence, and tensors are freed", async () => {
  const { id } = await controlOf(
    "await control(\"Sum.\", { n: { input: 'choice', of: ['1', '2'] } }, async ({ n }) => {\n" +
      "  if (n === '2') throw new RangeError('no two');\n" +
      "  return String(await tf.ones([3]).mul(2).sum().data());\n})",
  );
  const { ask } = await open({ id });
  const before = (await ok("tf.memory().numTensors")).stdout;
  expect(await ask({ n: "1" })).toMatchObject({ shows: { text: "6" } });
  const { failed } = await ask({ n: "2" });
  expect(failed).toMatch(/^no two \(cell \[\d+\], line 2\)$/);
  expect((await ask({ n: "3" })).failed).toContain('"n" cannot have this value');
  expect((await ask([] as unknown as Content)).failed).toContain("cannot have this value");
  expect((await ok("tf.memory().numTensors")).stdout).toBe(before);
});

test("a question waits for the running cell, and its answer comes even when the cell fails", async () => {
  await ok("const seen: number[] = [];");
  const { id } = await controlOf(
    'await control("Order.", { t: { input: "text", start: "a" } }, ({ t }) => t + seen.length)',
  );
  const { ask } = await open({ id });
  let started!: () => void;
  const runs = new Promise<void>((done) => (started = done));
  const cell = kernel.run(
    "for await (const i of steps(5, 'work')) {\n  seen.push(i);\n" +
      "  await new Promise((d) => setTimeout(d, 50));\n}\nthrow new Error('late');",
    (type) => {
      if (type === "display_data") started();
    },
  );
  await runs;
  expect(await ask({ t: "b" })).toMatchObject({ shows: { text: "b5" } });
  expect((await cell).status).toBe("error");
});

test("an endless function is stopped like a cell, and the next question is answered", async () => {
  const { id } = await controlOf(
    'await control("Loop.", { t: { input: "text", start: "a" } }, ({ t }) => {\n' +
      '  while (t === "loop");\n  return t;\n})',
  );
  const { ask } = await open({ id });
  const asked = ask({ t: "loop" });
  const stop = setInterval(() => kernel.interrupt(), 500);
  expect(await asked).toEqual({ failed: "It was stopped." });
  clearInterval(stop);
  expect(await ask({ t: "b" })).toMatchObject({ shows: { text: "b" } });
});

test("a live figure is replaced a few times per second, and shows the last one", async () => {
  const { outputs } = await ok(
    'const board = live("Counts.", lines([{ name: "n", y: [0] }]));\n' +
      "const end = Date.now() + 900;\nlet made = 0;\nlet n = 0;\n" +
      "for (; Date.now() < end; n++)\n" +
      '  board.update(() => { made++; return lines([{ name: "n", y: [n] }]); });\n' +
      "board.update(lines([{ name: 'n', y: [-1] }]));\n[n, made]",
  );
  const shown = bundles(outputs).map(
    (data) => (data[PLOT] as { data: { y: number[] }[] }).data[0]!.y,
  );
  expect(shown.length).toBeGreaterThanOrEqual(3);
  expect(shown.length).toBeLessThanOrEqual(7);
  expect(shown.at(-1)).toEqual([-1]);
  expect(outputs.filter(({ type }) => type === "update_display_data").length).toBe(
    shown.length - 1,
  );
});

test("without a page that asks, a control is a chart with a slider over what was computed ahead", async () => {
  const { outputs } = await ok(
    'await control("Lines.", { k: { input: "slider", from: 1, to: 3, step: 1 } }, ' +
      "({ k }) => lines([{ name: 'k', y: [k, 2 * k] }]), { at: [{ k: 1 }, { k: 3 }] })",
  );
  const [data] = bundles(outputs);
  const { frames, layout } = data![PLOT] as { frames: unknown[]; layout: Content };
  expect(frames).toHaveLength(2);
  expect(layout.meta).toMatchObject({ caption: "Lines.", slider: { values: ["1", "3"] } });
  expect(data!["text/plain"]).toBe("figure: Lines.");
});
