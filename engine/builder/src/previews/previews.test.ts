import Ajv from "ajv-draft-04";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { HEAD, SETUP, parse } from "../lesson/lesson.testing.js";
import type { Lesson } from "../lesson/model.js";
import { solvedNotebook, studentNotebook } from "../lesson/notebook.js";
import { CHART_MIME, VIEW_MIME } from "../mimes.js";
import { agree, type Figure, figuresOf } from "./figures.js";
import {
  candidatesOf,
  choosePreviews,
  currentPreviews,
  differingPreviews,
  readPreviews,
  writePreviews,
} from "./previews.js";
import { updatePreviews } from "./update.js";

const EXERCISE = `:::: exercise insert points=1 difficulty=1 minutes=1
Put it in.

::: hint
Where does it go?
:::
::::
`;
const fence = (id: string, code: string) => `\`\`\`ts demo id=${id}\n${code}\n\`\`\`\n\nText.\n`;

/** A lesson in a folder of its own. */
function lessonOf(...fences: string[]): Lesson {
  const lesson = parse(`${HEAD}${SETUP}\nText.\n\n${fences.join("\n")}`);
  return { ...lesson, folder: mkdtempSync(join(tmpdir(), "previews-")) };
}

const chart = (caption: string, y: number[], more: object = {}): Figure => ({
  data: {
    [CHART_MIME]: { data: [{ type: "bar", y }], layout: { meta: { caption } } },
    "text/plain": `figure: ${caption}`,
    ...more,
  },
});
const drawn = (figures: Record<string, Figure[]>) => new Map(Object.entries(figures));

const lesson = lessonOf(
  fence("first", "const ys = [1, 2];\nshow(`ys`, ys);"),
  fence("second", "const zs = ys.map((y) => y + zero);\nshow(`zs`, zs);"),
  fence("third", "show(`another`, zs);"),
);
const first = [chart("ys", [1, 2])];
const second = [chart("zs", [1, 2])];

test("what needs an exercise is drawn with its solution; what needs this machine isn't", () => {
  const cells = lessonOf(
    fence("free", "const ys = [1, 2];"),
    EXERCISE,
    fence("asks", "const own = insert([1], 2);"),
    fence("asks-through", "const more = own.length;"),
    fence("downloads", 'const model = await weights("tiny");'),
    fence("draws-model", "show(`model`, model);"),
    fence("times", "const start = performance.now();"),
    fence("draws-after", "show(`after`, [start && 1]);"),
    fence("on", "show(`on ${device().label}`, [1]);"),
    fence("fewer", "const few = device().slow ? 1 : 2;"),
    fence("still-free", "show(`ys`, ys);"),
  );
  const found = candidatesOf(cells);
  expect([...found.keys()].filter((id) => !id.startsWith("setup"))).toEqual(
    expect.arrayContaining(["free", "still-free"]),
  );
  for (const id of ["downloads", "times", "on", "insert"]) {
    expect(found.has(id), id).toBe(false);
  }
  for (const id of ["draws-after", "fewer"]) expect(found.has(id), id).toBe(true); // two runs tell
  expect(found.get("draws-model")!.withoutWeights).toBe(true);
  const marks = ["free", "still-free", "asks", "asks-through"].map((id) => found.get(id)!.solved);
  expect(marks).toEqual([undefined, undefined, true, true]);
  expect(found.get("still-free")!.needs).toContain("free");
  expect(found.get("asks-through")!.needs).toEqual(expect.arrayContaining(["insert", "asks"]));
});

test("a few words above a preview say that it was drawn, and the first ones what to do", () => {
  const asking = lessonOf(
    fence("free", "show(`ys`, [1]);"),
    EXERCISE,
    fence("asks", "const own = insert([1], 2);\nshow(`own`, own);"),
    fence("asks-through", "show(`again`, own);"),
    fence("still-free", "show(`ys again`, [1]);"),
  );
  const ids = ["free", "asks", "asks-through", "still-free"];
  const figures = drawn(Object.fromEntries(ids.map((id) => [id, [chart(id, [1])]])));
  writePreviews(asking.folder, choosePreviews(candidatesOf(asking), figures, figures));
  expect(Object.values(readPreviews(asking.folder)).map(({ solved }) => solved)).toEqual([
    undefined,
    true,
    true,
    undefined,
  ]);
  const { cells } = JSON.parse(studentNotebook(asking)) as {
    cells: { id: string; outputs?: { data: { "text/plain": string } }[] }[];
  };
  const notes = ids.map(
    (name) => cells.find(({ id }) => id === name)!.outputs![0]!.data["text/plain"],
  );
  expect(notes).toEqual([
    "Drawn beforehand. Run the cells down to it to draw your own.",
    "Drawn beforehand",
    "Drawn beforehand",
    "Drawn beforehand",
  ]);
  const harder = asking.cells.map((c) =>
    c.kind === "exercise" ? { ...c, solution: `${c.solution}\n// another way` } : c,
  );
  expect(currentPreviews({ ...asking, cells: harder }).stale).toEqual(["asks", "asks-through"]);
});

test("figures of a real model are drawn beforehand as readers without its weights see them", async () => {
  const lesson = lessonOf(
    fence("asks", "const model = await weights(`one`);\nshow(`asked`, [1]);"),
    fence("runs", "const ys = model ? [1, 2] : [3];"),
    fence("draws", "show(`ys`, ys);"),
    fence("free", "// weights() aside\nshow(`free`, [1]);"),
  );
  const candidates = candidatesOf(lesson);
  expect([...candidates.keys()].filter((id) => id !== "t-1")).toEqual(["runs", "draws", "free"]);

  const here = drawn({
    runs: [chart("time", [0])],
    draws: [chart("ys", [1, 2])],
    free: [chart("free", [1])],
  });
  const runs: string[][] = [];
  await updatePreviews(lesson, here, (notebook) => {
    const { cells } = JSON.parse(notebook) as { cells: { id: string }[] };
    runs.push(cells.map(({ id }) => id));
    const time = [chart("time", [runs.length])]; // each run draws something else
    const ys = [chart("ys", [3])];
    return Promise.resolve(drawn({ runs: time, draws: ys, free: [chart("free", [1])] }));
  });
  expect(runs.map((ids) => ids.includes("free"))).toEqual([true, false]);
  const previews = readPreviews(lesson.folder);
  expect(Object.keys(previews)).toEqual(["draws", "free"]);
  expect(previews.draws).toMatchObject({ withoutWeights: true, figures: [chart("ys", [3])] });
  expect(previews.free!.withoutWeights).toBeUndefined();
  expect(differingPreviews(previews, here)).toEqual([]);

  const notebook = JSON.parse(studentNotebook(lesson)) as {
    cells: { id: string; outputs?: { data: { "text/plain": string } }[] }[];
  };
  const note = notebook.cells.find(({ id }) => id === "draws")!.outputs![0]!.data["text/plain"];
  expect(note).toMatch(/^Drawn beforehand, no weights installed/);
});

test("figures of kernels are drawn beforehand where the lesson names whose values they show", () => {
  const asked = lessonOf(
    fence("asks", "const gpu = await adapter();"),
    fence("times", "const times = gpu.missing ? [1, 2] : await timeKernels([]);"),
    fence("draws", "show(`times`, times);"),
    fence("says", "// on an adapter (ours)\nshow(`ys`, [1]);"),
  );
  const ids = (of: Lesson) =>
    ["asks", "times", "draws", "says"].filter((id) => candidatesOf(of).has(id));
  expect(ids(asked)).toEqual(["says"]);
  const named = { ...asked, recorded: "a card of ours" };
  expect(ids(named)).toEqual(["times", "draws", "says"]);

  const here = drawn({ draws: [chart("times", [7, 9])], says: [chart("ys", [1])] });
  const alone = drawn({ draws: [chart("times", [1, 2])], says: [chart("ys", [1])] });
  const previews = choosePreviews(candidatesOf(named), here, alone);
  expect(previews.draws).toMatchObject({ recorded: true, figures: [chart("times", [1, 2])] });
  expect(previews.says!.recorded).toBeUndefined();
  expect(differingPreviews(previews, here)).toEqual([]);

  writePreviews(named.folder, previews);
  expect(readPreviews(named.folder)).toEqual(previews);
  const notebook = JSON.parse(studentNotebook(named)) as {
    cells: { id: string; outputs?: { data: { "text/plain": string } }[] }[];
  };
  const note = (name: string) =>
    notebook.cells.find(({ id }) => id === name)!.outputs![0]!.data["text/plain"];
  expect(note("draws")).toMatch(/^Recorded on a card of ours\. Run /);
  expect(note("says")).toBe("Drawn beforehand");
});

test("times are kept beforehand where the lesson names its machine, until their code changes", async () => {
  const timed = lessonOf(
    fence("clock", "const took = () => performance.now();"),
    fence("times", "show(`times`, [took()]);"),
    fence("own", "show(`own`, [performance.now()]);"),
    fence("random", "show(`dice`, [Math.random(), took()]);"),
    fence("free", "show(`ys`, [1]);"),
  );
  const ids = ["times", "own", "random", "free"];
  const found = (of: Lesson) => ids.filter((id) => candidatesOf(of).has(id));
  expect(found(timed)).toEqual(["times", "free"]);
  const named = { ...timed, measured: "two cores, at rest" };
  expect(found(named)).toEqual(["times", "own", "free"]);

  const runAt = (time: number) =>
    drawn({ times: [chart("times", [time])], own: [chart("own", [time])], free: first });
  const update = (lesson: Lesson, time: number) =>
    updatePreviews(lesson, runAt(time), () => Promise.resolve(runAt(time + 1)));
  await update(timed, 1);
  expect(Object.keys(readPreviews(timed.folder))).toEqual(["free"]);
  await update(named, 3);
  await update(named, 5);
  const previews = readPreviews(named.folder);
  expect(previews.times).toMatchObject({ measured: true, figures: [chart("times", [3])] });
  expect(previews.own).toMatchObject({ measured: true, figures: [chart("own", [3])] });
  expect(previews.free!.measured).toBeUndefined();
  expect(differingPreviews(previews, runAt(9))).toEqual([]);

  const notebook = studentNotebook(named);
  expect(notebook).toContain("Measured beforehand on two cores, at rest. Run the cells");
  expect(notebook).toContain("*Measured beforehand on two cores*");
  const slower = named.cells.map((cell) =>
    cell.id === "own" && cell.kind === "code" ? { ...cell, code: `${cell.code} // slowly` } : cell,
  );
  await update({ ...named, cells: slower }, 7);
  const { times, own } = readPreviews(named.folder);
  expect([times!.figures, own!.figures]).toEqual([[chart("times", [3])], [chart("own", [7])]]);
});

test("a guess and the figures that answer it have no preview", () => {
  const cells = lessonOf(
    fence("before", "const ys = [1, 2];\nshow(`ys`, ys);"),
    '```ts demo id=asks\nawait guess("How many?", { input: "slider" }, () => 2);\n```\n',
    "```ts demo id=answers\nshow(`ys again`, ys);\n```\n",
    fence("answers-too", "show(`ys once more`, ys);"),
    fence("says-why", "show(`ys explained`, ys);"),
    "## Something else\n",
    fence("later", "show(`other`, [3]);"),
    '```ts demo id=asks-again\nawait guess("And now?", { input: "slider" }, () => 2);\n```\n\nHere:\n',
    fence("answers-after-text", "show(`ys at last`, ys);"),
  );
  const found = candidatesOf(cells);
  const named = ["before", "asks", "answers", "answers-too", "says-why", "later"];
  named.push("asks-again", "answers-after-text");
  expect(named.filter((id) => found.has(id))).toEqual(["before", "later"]);
});

test("what two runs draw differently has no preview", () => {
  const candidates = candidatesOf(lesson);
  const both = drawn({ first, second });
  expect(Object.keys(choosePreviews(candidates, both, both))).toEqual(["first", "second"]);
  const other = drawn({ first, second: [chart("zs", [1, 3])] });
  expect(Object.keys(choosePreviews(candidates, both, other))).toEqual(["first"]);
  expect(choosePreviews(candidates, both, drawn({}))).toEqual({});
});

test("a large matrix loses the labels under the pointer before it gives way to its picture", () => {
  const text = [Array.from({ length: 5_000 }, (_, i) => `asks: a word<br>is read: the word ${i}`)];
  const hovertemplate = "%{text}<br>%{z:.3~g}<extra></extra>";
  const matrix = { type: "heatmap", z: [text[0]!.map((_, i) => i % 7)], text, hovertemplate };
  const figure = {
    data: { [CHART_MIME]: { data: [matrix], frames: [{ data: [matrix] }] }, "text/plain": "" },
  };
  const candidates = candidatesOf(lessonOf(fence("maps", "show(`zs`, [1]);")));
  const maps = drawn({ maps: [figure] });
  const kept = choosePreviews(candidates, maps, maps);
  const slim = { type: "heatmap", z: matrix.z, hovertemplate: "%{z:.3~g}<extra></extra>" };
  const chart = kept.maps!.figures[0]!.data[CHART_MIME];
  expect(chart).toEqual({ data: [slim], frames: [{ data: [slim] }] });
  expect(differingPreviews(kept, maps)).toEqual([]); // a run that draws the labels draws the same
});

test("data that is too large gives way to its static picture, and then to nothing", () => {
  const picture = { "image/png": "A".repeat(50_000) };
  const large = Array.from({ length: 80_000 }, (_, i) => i);
  const candidates = candidatesOf(lesson);
  const choose = (figures: Record<string, Figure[]>) =>
    choosePreviews(candidates, drawn(figures), drawn(figures));

  const chosen = choose({
    first: [chart("ys", [1], picture)],
    second: [chart("zs", large, picture)],
  });
  expect(Object.keys(chosen.first!.figures[0]!.data)).toContain(CHART_MIME);
  expect(Object.keys(chosen.second!.figures[0]!.data)).toEqual(["image/png", "text/plain"]);

  expect(choose({ second: [chart("zs", large)] })).toEqual({});
  const half = { "image/png": "A".repeat(200_000) };
  const pictures = choose({ first: [chart("ys", [1], half)], second: [chart("zs", [2], half)] });
  const withPicture = Object.values(pictures).filter(
    ({ figures: [one] }) => one!.data["image/png"],
  );
  expect([Object.keys(pictures).length, withPicture.length]).toEqual([2, 1]);
});

test("figures keep what is drawn, in short numbers, and nothing that is random", () => {
  const control = {
    view: "control",
    version: 1,
    id: "b7e1",
    frames: [
      {
        values: { x: 1 },
        shows: { y: [0.123456, 0.5], low: [1.89341, 1.9012, 2.01], close: [1000.1234, 1000.2] },
      },
    ],
  };
  const outputs = [
    { output_type: "stream", text: "epoch 1" },
    { output_type: "display_data", data: { "text/html": ["<div>3 of 4 points</div>"] } },
    { data: { [VIEW_MIME]: control, [CHART_MIME]: { data: [] }, "text/plain": ["figure: ", "c"] } },
  ];
  expect(figuresOf(outputs)).toEqual([
    {
      data: {
        [VIEW_MIME]: {
          ...control,
          id: "preview",
          frames: [
            {
              values: { x: 1 },
              shows: { y: [0.1235, 0.5], low: [1.8934, 1.9012, 2.01], close: [1000.123, 1000.2] },
            },
          ],
        },
        "text/plain": "figure: c",
      },
    },
  ]);
});

test("a run on another device agrees, and one that draws something else doesn't", () => {
  const kept = { y: [0.5, -3], title: "loss 0.53", shape: null };
  expect(agree(kept, { y: [0.5004, -3.01], title: "loss 0.54", shape: null })).toBe(true);
  expect(agree(kept, { ...kept, y: [0.5, -4] })).toBe(false);
  expect(agree(kept, { ...kept, y: [0.5] })).toBe(false);
  expect(agree(kept, { ...kept, title: "error 0.53" })).toBe(false);
  const previews = choosePreviews(candidatesOf(lesson), drawn({ first }), drawn({ first }));
  expect(differingPreviews(previews, drawn({ first }))).toEqual([]);
  expect(differingPreviews(previews, drawn({ first: second }))).toEqual(["first"]);
  expect(differingPreviews(previews, drawn({}))).toEqual(["first"]);
});

test("a cell that fails without the rest of the lesson gets no preview, and the others do", async () => {
  const ran: string[][] = [];
  await updatePreviews(lesson, drawn({ first, second }), (notebook) => {
    const { cells } = JSON.parse(notebook) as { cells: { id: string }[] };
    ran.push(cells.map(({ id }) => id));
    const fails = cells.some(({ id }) => id === "second");
    const result = fails ? { cell: "second", error: "no" } : drawn({ first });
    return Promise.resolve(result);
  });
  expect(ran.map((ids) => ids.includes("second"))).toEqual([true, false]);
  expect(Object.keys(readPreviews(lesson.folder))).toEqual(["first"]);
});

const schema = JSON.parse(
  readFileSync(new URL("../../schemas/nbformat.v4.5.schema.json", import.meta.url), "utf8"),
) as object;

test("a student's notebook shows previews, marked, in cells that haven't run; no other does", () => {
  const both = drawn({ first, second });
  writePreviews(lesson.folder, choosePreviews(candidatesOf(lesson), both, both));
  const text = studentNotebook(lesson);
  const notebook = JSON.parse(text) as {
    cells: {
      id: string;
      execution_count?: number | null;
      outputs?: { data: Record<string, unknown>; metadata: { course: object } }[];
      metadata: { course: { preview?: string } };
    }[];
  };
  const isNotebook = new Ajv({ strict: false }).compile(schema);
  isNotebook(notebook);
  expect(isNotebook.errors).toBe(null);
  const shown = notebook.cells.filter(({ outputs }) => (outputs ?? []).length > 0);
  expect(shown.map(({ id }) => id)).toEqual(["first", "second"]);
  for (const { outputs, execution_count, metadata } of shown) {
    expect(execution_count).toBe(null);
    expect(metadata.course.preview).toMatch(/^[0-9a-f]{16}$/);
    expect(outputs!.map((output) => output.metadata.course)).toEqual([
      { preview: true },
      { preview: true },
    ]);
    expect(outputs![0]!.data["text/markdown"]).toContain("Drawn beforehand");
    expect(outputs![1]!.data).toHaveProperty([CHART_MIME]);
  }
  const lines = text.split("\n").filter((line) => line.includes(CHART_MIME));
  expect(lines.every((line) => line.includes('"y":[1,2]'))).toBe(true); // not a line per number
  expect(solvedNotebook(lesson)).not.toContain("Drawn beforehand");
});

test("previews of older code are left out, whether the cell or one that it needs has changed", () => {
  const both = drawn({ first, second });
  writePreviews(lesson.folder, choosePreviews(candidatesOf(lesson), both, both));
  expect(currentPreviews(lesson).stale).toEqual([]);
  const changed = lessonOf(
    fence("first", "const ys = [1, 3];\nshow(`ys`, ys);"),
    fence("second", "const zs = ys.map((y) => y + zero);\nshow(`zs`, zs);"),
  );
  const now = { ...changed, folder: lesson.folder };
  expect(currentPreviews(now)).toEqual({ previews: {}, stale: ["first", "second"] });
  expect(studentNotebook(now)).not.toContain("Drawn beforehand");
});
