import { expect, it } from "vitest";
import { renderOutput } from "./figure.js";
import type { Files } from "./model.js";
import { outputsOf } from "./outputs.js";

const CHART = "application/vnd.plotly.v1+json";
const VIEW = "application/vnd.course.view.v1+json";
const cell = (id: string, ...outputs: object[]) => ({ id, cell_type: "code", outputs });
const shown = (data: object, metadata: object = {}) => ({
  output_type: "display_data",
  data,
  metadata,
});
const read = (...outputs: object[]) => outputsOf({ cells: [cell("c", ...outputs)] }).get("c");

it("reads views before charts, charts before HTML, and the caption beside each", () => {
  const text = { "text/plain": "figure: It falls." };
  const chart = { data: [{ y: [1] }], layout: {}, config: { editable: true } };
  expect(read(shown({ ...text, [CHART]: chart }))).toEqual([
    {
      kind: "figure",
      drawnAs: "chart",
      json: { data: [{ y: [1] }], layout: {} },
      caption: "It falls.",
      picture: undefined,
    },
  ]);
  const both = read(shown({ ...text, [CHART]: chart, [VIEW]: { view: "links", version: 1 } }));
  expect(both).toMatchObject([{ drawnAs: "view", json: { view: "links" } }]);
  const html = ["<figure><figcaption>It falls.</figcaption>", "<p>1</p></figure>"];
  expect(read(shown({ ...text, "text/html": html }))).toEqual([
    { kind: "html", html: "<p>1</p>", caption: "It falls." },
  ]);
});

it("keeps a chart's picture with its size", () => {
  const png = Buffer.from("PNG").toString("base64");
  const data = { [CHART]: { data: [] }, "image/png": png };
  const [output] = read(shown(data, { "image/png": { width: 1440, height: 600 } }))!;
  expect(output).toMatchObject({ picture: { png: Buffer.from("PNG"), width: 1440, height: 600 } });
});

it("takes text that was printed; leaves out progress, feedback and what it doesn't know", () => {
  expect(read({ output_type: "stream", text: ["1\n", "2\n"] })).toEqual([
    { kind: "text", text: "1\n2" },
  ]);
  expect(read(shown({ "text/html": "<div><progress></progress></div>" }))).toBeUndefined();
  expect(read(shown({ "application/x": 1 }), { output_type: "error" })).toBeUndefined();
  for (const odd of [null, 3, "x", [], { cells: 3 }, { cells: [null, { id: 3 }] }]) {
    expect(outputsOf(odd)).toEqual(new Map());
  }
});

it("writes a hostile output as data, as text, or not at all", () => {
  const files: Files = new Map();
  const html = '<figure><img src=x onerror="bad()"><script>bad()</script><b>1</b></figure>';
  const outputs = read(
    shown({ "text/html": html, "text/plain": 'figure: <script>"bad"' }),
    shown({ [VIEW]: { view: "text", version: 1, text: "</script><script>bad()" } }),
    { output_type: "stream", text: "<script>bad()</script>" },
  )!;
  const page = outputs.map((one, i) => renderOutput(one, `figures/a/c-${i + 1}`, files)).join("");
  expect(page).not.toMatch(/<script|onerror/);
  expect(page).toContain("<b>1</b>");
  expect(JSON.parse(files.get("figures/a/c-2.json") as string)).toMatchObject({ view: "text" });
});

it("asks for plotly.js where a chart is drawn", () => {
  const files: Files = new Map();
  const chart = { data: [{ y: [0.123457, 1234567, -2.5e-9] }], layout: { height: 300 } };
  const picture = { png: Buffer.from("PNG"), width: 1440, height: 600 };
  const [output] = read(shown({ [CHART]: chart, "text/plain": "figure: a “b” <c>" }))!;
  const html = renderOutput(
    { ...output!, picture } as typeof output & object,
    "figures/a/c-1",
    files,
  );
  expect(files.get("figures/a/c-1.json")).toContain("[0.123457,1234567,-2.5e-9]");
  expect(files.get("figures/a/c-1.png")).toEqual(Buffer.from("PNG"));
  expect(html).toMatch(/data-figure="figures\/a\/c-1\.json\?v=[0-9a-f]{8}"/);
  expect(html).toContain('data-drawn-as="chart" data-plotly style="--height:600px"');
  expect(html).toContain('alt="a “b” &lt;c&gt;" width="1440" height="600"');
});
