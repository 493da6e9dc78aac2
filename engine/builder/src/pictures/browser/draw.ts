/**
 * Draws a chart as a picture that stands alone: one frame, on white, with the caption above it and,
 * where there was a slider, the value that it stands at. Runs in jsdom, see ../pictures.ts.
 */
import { atFrame, metaOf, readChart, sizeOf, type Chart } from "views";

declare const Plotly: {
  toImage(figure: object, options: object): Promise<string>;
};

interface Title {
  text?: string;
  pad?: object;
}

const WIDTH = 800;
const LINE_HEIGHT = 20;

/** The slider's position that the caption describes, in words: "temperature: 2". */
function positionOf(chart: Chart): string | undefined {
  const { slider } = metaOf(chart);
  return slider ? `${slider.label}: ${slider.values[slider.start ?? 0]}` : undefined;
}

/** plotly reads a few HTML tags in text. */
const escapeText = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** The caption as plotly's title, with the slider's position on a line of its own. */
function titleOf({ layout }: Chart, position: string | undefined) {
  const title = layout.title as Title | undefined;
  if (!position) return { title, room: 0 };
  const text = [title?.text, `<i>${escapeText(position)}</i>`].filter(Boolean).join("<br>");
  const pad = { ...title?.pad, t: 20 }; // plotly starts the first of several lines higher
  return { title: { ...title, text, pad }, room: LINE_HEIGHT };
}

function pictureOf(whole: Chart) {
  const size = sizeOf(whole, WIDTH);
  const { captionRoom = 0 } = metaOf(whole);
  const { title, room } = titleOf(whole, positionOf(whole));
  const chart = atFrame(whole, metaOf(whole).slider?.start ?? 0);
  const beside = (WIDTH - size.width) / 2; // a small matrix stands in the middle
  const { l, r, t, b } = size.margin;
  const layout = {
    ...chart.layout,
    title,
    width: WIDTH,
    height: size.height + captionRoom + room,
    margin: {
      l: l + beside,
      r: r + beside,
      t: t + captionRoom + room,
      b,
    },
    autosize: false,
    sliders: undefined,
  };
  return { data: chart.data, layout };
}

/** @returns undefined for JSON that isn't a chart */
async function drawChart(json: unknown) {
  const chart = readChart(json);
  if (!chart) return undefined;
  const { data, layout } = pictureOf(chart);
  const { width, height } = layout;
  const figure = { data, layout, config: { staticPlot: true } };
  const svg = await Plotly.toImage(figure, { format: "svg", width, height, imageDataOnly: true });
  return { svg, width, height, caption: metaOf(chart).caption ?? "" };
}
Object.assign(globalThis, { drawChart });
