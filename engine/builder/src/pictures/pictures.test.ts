import { bars, heatmap, slider } from "course";
import { expect, it } from "vitest";
import { fixtureNotebook } from "../slides/slides.testing.js";
import { boxOf, textWidth } from "./boxes.js";
import { addPictures, type Notebook, openPage } from "./pictures.js";
import { rasterize } from "./raster.js";

const draw = openPage();
const svgOf = async (chart: unknown): Promise<string> => (await draw(chart))!.svg;
/** What a picture writes, one text after another. */
const words = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map((m) => m[1]!.replace(/<[^>]*>/g, ""));
const svg = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">${inside}</svg>`;

it("shows the position of the slider that the caption speaks of, and says which one it is", async () => {
  const chart = slider(
    "share",
    [0.1, 0.9],
    (y) => bars(["only"], [{ name: "p", y: [Number(y)] }]),
    {
      start: 0.9,
    },
  );
  const written = words(await svgOf(chart));
  expect(written.join()).toContain("share: 0.9");
  expect(written.join()).not.toContain("share: 0.1");
});

it("draws the cells of a matrix as they are: 2 × 2 pixels, dark and bright", async () => {
  const drawn = await svgOf(
    heatmap([
      [0, 1],
      [1, 0],
    ]),
  );
  const image = /<image[^>]*href="data:image\/png;base64,([^"]*)"/.exec(drawn)![1]!;
  const bytes = Buffer.from(image, "base64");
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([2, 2]);
});

it("leaves room for long names at the ticks", async () => {
  const names = ["a", "a name that is much longer than the margin of a chart"];
  const drawn = await svgOf(
    heatmap(
      [
        [0, 1],
        [1, 0],
      ],
      { yLabels: names },
    ),
  );
  const left = Number(/class="xy" transform="translate\(([\d.]+)/.exec(drawn)![1]);
  expect(left).toBeGreaterThan(textWidth(names[1]!, 13) * 0.8);
});

it("has letters on a machine without fonts", async () => {
  const letter = (text: string) =>
    rasterize(svg(`<text y="20" font-family="system-ui, sans-serif">${text}</text>`));
  const lacking = await letter("\u{10fff0}"); // no font has it: an empty box or nothing
  for (const text of "aÅéλΔд√→−…²") {
    expect((await letter(text)).equals(lacking), text).toBe(false);
  }
});

it("has a palette of colors, which make it small", async () => {
  const png = await rasterize(svg('<rect width="60" height="20" fill="#0072b2"/>'));
  const [width, height, depthAndType] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25]];
  expect([width, height, depthAndType]).toEqual([135, 45, 3]);
  expect(png.length).toBeLessThan(300);
});

it("knows where turned text stands", () => {
  const text = (transform: string) =>
    ({
      tagName: "text",
      textContent: "word",
      children: [],
      parentElement: null,
      querySelectorAll: () => [],
      getAttribute: (name: string) =>
        ({ transform, x: "10", y: "20", "font-size": "10" })[name] ?? null,
    }) as unknown as Element;
  const [flat, upright] = [boxOf(text(""))!, boxOf(text("rotate(90,10,20)"))!];
  expect(upright.bottom - upright.top).toBeCloseTo(flat.right - flat.left);
  expect(upright.top).toBeCloseTo(20);
});

it("stands beside each chart of a notebook, with the caption as its words", async () => {
  const notebook = fixtureNotebook() as Notebook;
  await addPictures(notebook);
  const outputs = notebook.cells.flatMap((cell) => cell.outputs ?? []);
  const charts = outputs.filter(({ data }) => "application/vnd.plotly.v1+json" in data!);
  expect(charts).toHaveLength(5);
  for (const { data, metadata } of outputs) {
    const isChart = "application/vnd.plotly.v1+json" in data!;
    expect("image/png" in data!).toBe(isChart);
    if (!isChart) continue;
    expect(metadata!["image/png"]).toMatchObject({ width: 800, alt: "A caption of the notebook." });
    expect(String(data!["image/png"]).length).toBeLessThan(200_000);
  }
});

it("leaves out what is no chart", async () => {
  for (const odd of [
    undefined,
    null,
    3,
    "x",
    [],
    { data: [] },
    { data: [{ type: "scattergl" }] },
  ]) {
    expect(await draw(odd)).toBeUndefined();
  }
});
