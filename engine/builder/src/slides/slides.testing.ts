/**
 * For tests: a lesson whose slides hold everything that slides can hold, and its solved notebook.
 */
import { bars, heatmap, images, lines, panels, show, slider, table, tokens } from "course";
import type { Lesson, Slide, SlidePart } from "../lesson/model.js";
import { VIEW_MIME } from "../mimes.js";

const text = (markdown: string, pictures: string[] = []): SlidePart => ({
  kind: "markdown",
  markdown,
  pictures,
});
const figure = (cell: string, caption: string): SlidePart => ({ kind: "figure", cell, caption });
const slide = (parts: SlidePart[], notes = "", more: Partial<Slide> = {}): Slide => ({
  parts,
  notes,
  asks: false,
  markedLines: [],
  line: 1,
  ...more,
});

/** A 2 × 1 picture. */
export const picture = `\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="200" height="100">
<rect width="200" height="100" fill="#dbe7ef"/>
<path d="M10 90 C60 90 60 10 100 10 S140 90 190 90"
  fill="none" stroke="#0b6285" stroke-width="4"/>
</svg>`;

const slides: Slide[] = [
  slide(
    [
      text(`## Only text, with an answer

A model reads **tokens**, not letters. What it learns depends on where we cut.

- bytes: 256 pieces, *long* sequences
- words: short sequences, endless pieces
- byte pairs: a bargain between the two, \`vocab\` about 50,000

Models in use cut byte pairs.`),
    ],
    "Ask for a **guess** before you go on: how many tokens has $x^2$?",
    { asks: true },
  ),
  slide([
    text(String.raw`## A long formula, αβγ

One head of attention mixes values by how well keys answer queries:

$$\operatorname{Attention}(Q, K, V) =
\operatorname{softmax}\!\left(\frac{QK^\top}{\sqrt{D}} + M\right)V, \qquad
M_{nm} = \begin{cases} 0 & m \le n \\ -\infty & m > n \end{cases}$$

where $D$ is the width of a head and $\mathbf{1}^\top \mathbb{E}[\mathcal{L}]$ costs \$5.`),
  ]),
  slide([
    text("## Code"),
    {
      kind: "code",
      code: `const scores = q.matMul(k, false, true).div(Math.sqrt(D)); // [H, T, T]
for (const head of heads) {
  show("Who attends to whom?", heatmap(await head.array()));
}`,
    },
  ]),
  slide([
    text(`## A table in Markdown

| model | layers | width | parameters |
|:--|--:|--:|--:|
| GPT-2 | 12 | 768 | 124 M |
| Llama 3 8B | 32 | 4,096 | 8.0 B |
| MiniLM | 6 | 384 | 22.7 M |`),
  ]),
  slide(
    [
      text(
        "## Why divide by √D?\n\nA dot product of two random vectors of length $D$ has " +
          "variance $D$. Without the scale, softmax picks one token and its gradient dies.",
      ),
      figure("lines", "Softmax saturates as D grows."),
    ],
    "Show the gradient last.",
  ),
  slide([
    text("## Who looks at whom?"),
    figure("heatmap", "The attention of one head: each row sums to one."),
  ]),
  slide([
    text(
      "## Move the slider\n\nThe temperature divides the logits before softmax. " +
        "Near zero one token takes all, far above one they share alike.",
    ),
    figure("slider", "The same five logits at six temperatures."),
  ]),
  slide([
    text("## Two views of one layer"),
    figure("lines", "Loss against steps."),
    figure("heatmap", "Weights of the first head."),
  ]),
  slide([
    text("## Three heads at once"),
    figure("panels", "Each head sharpens what the one before it saw."),
  ]),
  slide([
    text(
      "## A picture from the folder\n\nWhat a curve looks like when somebody drew it by hand " +
        "and put it into the lesson's folder.\n\n![A smooth hill](hill.svg)",
      ["hill.svg"],
    ),
  ]),
  slide([
    text("## A table and words from the notebook"),
    figure("table", "Parameters of three models."),
    figure("tokens", "How much each piece matters."),
  ]),
  slide([text("## Pictures with names"), figure("images", "Two small pictures.")]),
  slide([
    text("## Two views of one layer\n\nThis slide's figure was never drawn."),
    figure("nowhere", "What is not there yet."),
  ]),
  slide(
    [
      text(
        `## More lines than fit\n\n${Array.from(
          { length: 5 },
          (_, i) =>
            `${i + 1}. ${"A line that is as long as the last lines of a lesson are. ".repeat(2)}`,
        ).join("\n")}`,
      ),
    ],
    "",
    { asks: true },
  ),
  slide([text("## A control of two sliders"), figure("control", "One of its examples.")]),
];

export function fixtureLesson(folder = "/lessons-src/99-fixture"): Lesson {
  return {
    id: "99-fixture",
    title: "Everything a slide can hold",
    question: "Does every slide fit its frame, and can the last row read it?",
    minutes: 30,
    uses: [],
    components: [],
    file: `${folder}/lesson.md`,
    folder,
    colors: {},
    cells: [],
    slides,
    claims: [],
    results: [],
  };
}

const kernel = Symbol.for("course.kernel");

/** What a cell outputs, as nbformat writes it. */
function outputsOf(cell: () => void): object[] {
  const outputs: object[] = [];
  const display = (data: object): number =>
    outputs.push({ output_type: "display_data", data, metadata: {} });
  Object.assign(globalThis, { [kernel]: { display } });
  try {
    cell();
  } finally {
    Reflect.deleteProperty(globalThis, kernel);
  }
  return outputs;
}

const steps = [...Array(40).keys()];
const softmax = (logits: number[]): number[] => {
  const exp = logits.map(Math.exp);
  const sum = exp.reduce((a, b) => a + b);
  return exp.map((e) => e / sum);
};
const words = ["the", "cat", "sat", "on", "the mat"];
const scores = words.map((_, i) =>
  softmax(words.map((_, j) => (j <= i ? Math.sin(i * j + 1) * 2 : -9))),
);
const decay = (d: number) => ({
  name: `D = ${d}`,
  x: steps,
  y: steps.map((s) => Math.exp(-s / d)),
});

/** What the cells draw, by id. */
const cells: Record<string, () => void> = {
  lines: () =>
    show("A caption of the notebook.", lines([2, 8, 32].map(decay), { x: "step", y: "loss" })),
  heatmap: () =>
    show(
      "A caption of the notebook.",
      heatmap(scores, { x: "key", y: "query", xLabels: words, yLabels: words }),
    ),
  slider: () =>
    show(
      "A caption of the notebook.",
      slider("temperature", [0.1, 0.3, 0.5, 1, 2, 5], (t) =>
        bars(words, [{ name: "p", y: softmax([2, 1, 0.5, 0, -1].map((l) => l / Number(t))) }], {
          y: "probability",
        }),
      ),
    ),
  images: () =>
    show("A caption of the notebook.", images([scores, scores], { labels: ["first", "second"] })),
  panels: () =>
    show(
      "A caption of the notebook.",
      panels(
        [1, 2, 3].map((i) => ({
          title: `head ${i}`,
          figure: heatmap(scores.map((row) => row.map((p) => p ** i))),
        })),
      ),
    ),
  table: () =>
    show(
      "A caption of the notebook.",
      table(
        ["model", "width"],
        [
          ["GPT-2", 768],
          ["Llama 3 8B", 4096],
        ],
      ),
    ),
  tokens: () =>
    show(
      "A caption of the notebook.",
      tokens([
        { text: "token", weight: 0.9, title: "0.9" },
        { text: "iz", weight: 0.3 },
        { text: "ation" },
      ]),
    ),
  control: () => {
    const input = { input: "slider", from: 0, to: 9, step: 1, start: 1 };
    const shows = { view: "text", version: 1, text: "the answer" };
    const frames = [1, 2].map((step) => ({ values: { noise: 1, step }, shows }));
    const view = { view: "control", version: 1, caption: "A caption of the notebook." };
    const data = { ...view, inputs: { noise: input, step: input }, frames };
    const { display } = Reflect.get(globalThis, kernel) as { display(data: object): void };
    display({ [VIEW_MIME]: data, "text/plain": "A caption of the notebook." });
  },
  silent: () => {},
};

/** The solved notebook, as nbformat. */
export function fixtureNotebook(): object {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: Object.entries(cells).map(([id, cell]) => ({
      id,
      cell_type: "code",
      source: "",
      metadata: {},
      outputs: outputsOf(cell),
      execution_count: 1,
    })),
  };
}
