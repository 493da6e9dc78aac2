/** A lesson made by hand whose slides hold everything that slides can hold, and the notebook that solves it. */
import type { Lesson, Slide, SlidePart } from "../build/model.js";

const text = (markdown: string, pictures: string[] = []): SlidePart => ({ kind: "markdown", markdown, pictures });
const figure = (cell: string, caption: string): SlidePart => ({ kind: "figure", cell, caption });
const slide = (parts: SlidePart[], notes = ""): Slide => ({ parts, notes, line: 1 });

/** A 2 × 1 picture. */
export const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="200" height="100"><rect width="200" height="100" fill="#dbe7ef"/><path d="M10 90 C60 90 60 10 100 10 S140 90 190 90" fill="none" stroke="#0b6285" stroke-width="4"/></svg>';

const slides: Slide[] = [
  slide([text(`## Only text, in three steps

A model reads **tokens**, not letters. What it learns depends on where we cut.

- bytes: 256 pieces, *long* sequences
- words: short sequences, endless pieces
- byte pairs: a bargain between the two, \`vocab\` about 50,000`)], "Ask for a **guess** before you go on: how many tokens has $x^2$?"),
  slide([text(`## A long formula, αβγ

One head of attention mixes values by how well keys answer queries:

$$\\operatorname{Attention}(Q, K, V) = \\operatorname{softmax}\\!\\left(\\frac{QK^\\top}{\\sqrt{D}} + M\\right)V, \\qquad M_{nm} = \\begin{cases} 0 & m \\le n \\\\ -\\infty & m > n \\end{cases}$$

where $D$ is the width of a head and $\\mathbf{1}^\\top \\mathbb{E}[\\mathcal{L}]$ costs \\$5.`)]),
  slide([text("## Code"), { kind: "code", code: `const scores = q.matMul(k, false, true).div(Math.sqrt(D)); // [H, T, T]\nfor (const head of heads) {\n  show("Who attends to whom?", heatmap(await head.array()));\n}` }]),
  slide([text(`## A table in Markdown

| model | layers | width | parameters |
|:--|--:|--:|--:|
| GPT-2 | 12 | 768 | 124 M |
| Llama 3 8B | 32 | 4,096 | 8.0 B |
| MiniLM | 6 | 384 | 22.7 M |`)]),
  slide([text("## Why divide by √D?\n\nA dot product of two random vectors of length $D$ has variance $D$. Without the scale, softmax picks one token and its gradient dies."), figure("lines", "Softmax saturates as D grows.")], "Show the gradient last."),
  slide([text("## Who looks at whom?"), figure("heatmap", "The attention of one head: each row sums to one.")]),
  slide([text("## Move the slider\n\nThe temperature divides the logits before softmax. Near zero one token takes all, far above one they share alike."), figure("slider", "The same five logits at six temperatures.")]),
  slide([text("## Two views of one layer"), figure("lines", "Loss against steps."), figure("heatmap", "Weights of the first head.")]),
  slide([text("## A picture from the folder\n\nWhat a curve looks like when somebody drew it by hand and put it into the lesson's folder.\n\n![A smooth hill](hill.svg)", ["hill.svg"])]),
  slide([text("## A table and words from the notebook"), figure("table", "Parameters of three models."), figure("tokens", "How much each piece matters.")]),
  slide([text("## Two views of one layer\n\nThis slide's figure was never drawn."), figure("nowhere", "What is not there yet.")]),
];

export function fixtureLesson(folder = "/lessons-src/99-fixture"): Lesson {
  return { id: "99-fixture", title: "Everything a slide can hold", question: "Does every slide fit its frame, and can the last row read it?", minutes: 30, uses: [], file: `${folder}/lesson.md`, folder, cells: [], slides };
}

const plot = (data: object[], layout: object, frames: object[] = []): object => ({
  output_type: "display_data", metadata: {}, data: { "application/vnd.plotly.v1+json": { data, layout, frames }, "text/plain": ["caption"] },
});
const html = (source: string): object => ({ output_type: "display_data", metadata: {}, data: { "text/html": [source] } });

const steps = [...Array(40).keys()];
const softmax = (logits: number[]): number[] => {
  const exp = logits.map(Math.exp);
  const sum = exp.reduce((a, b) => a + b);
  return exp.map((e) => e / sum);
};
const temperatures = [0.1, 0.3, 0.5, 1, 2, 5];
const bars = (t: number): object => ({ type: "bar", x: ["the", "cat", "sat", "on", "mat"], y: softmax([2, 1, 0.5, 0, -1].map((l) => l / t)) });

/** The solved notebook, as nbformat. */
export function fixtureNotebook(): object {
  const cells: Record<string, object[]> = {
    lines: [plot([2, 8, 32].map((d) => ({ type: "scatter", mode: "lines", name: `D = ${d}`, x: steps, y: steps.map((s) => Math.exp(-s / d)) })), { xaxis: { title: { text: "step" } }, yaxis: { title: { text: "loss" } } })],
    heatmap: [plot([{ type: "heatmap", z: steps.slice(0, 8).map((i) => softmax(steps.slice(0, 8).map((j) => (j <= i ? Math.sin(i * j) * 2 : -9)))), colorscale: "Viridis" }], { yaxis: { autorange: "reversed" } })],
    slider: [plot([bars(1)], {
      yaxis: { range: [0, 1] },
      sliders: [{ active: 3, currentvalue: { prefix: "temperature " }, steps: temperatures.map((t) => ({ label: String(t), method: "animate", args: [[String(t)], { mode: "immediate", frame: { duration: 0 }, transition: { duration: 0 } }] })) }],
    }, temperatures.map((t) => ({ name: String(t), data: [bars(t)] })))],
    table: [html("<table onclick='alert(1)'><thead><tr><th>model</th><th>width</th></tr></thead><tbody><tr><td>GPT-2</td><td>768</td></tr></tbody></table><script>alert(2)</script>")],
    tokens: [html('<div><span style="background-color: #cfe8f3; padding: 2px 4px" title="0.4">token</span><span style="background:url(https://example.org/x.png)">iz</span><span>ation</span><img src="https://example.org/y.png" onerror="alert(3)"></div>')],
    silent: [{ output_type: "stream", name: "stdout", text: ["nothing drawn"] }],
  };
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: Object.entries(cells).map(([id, outputs]) => ({ id, cell_type: "code", source: "", metadata: {}, outputs, execution_count: 1 })) };
}
