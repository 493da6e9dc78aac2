/** The charts of a lesson's report, as plotly's JSON with what our views add to it. */
import type { Report } from "./report.js";

const COLORS = { solved: "#0072b2", partly: "#e69f00", nothing: "#999999", unwritten: "#dddddd" };
const FONT = { family: "system-ui, sans-serif", size: 14 };
const PERCENT = 100;
/** Widths of bars of earned shares, in percent. */
const STEP = 10;

export interface Named {
  id: string;
  chart: { data: object[]; layout: object };
}

const layout = (caption: string, more: object) => ({
  meta: { caption },
  font: FONT,
  paper_bgcolor: "#ffffff",
  plot_bgcolor: "#ffffff",
  margin: { l: 60, r: 20, t: 20, b: 60 },
  ...more,
});

/** Few are counted in whole steps. */
const whole = (counts: number[]) => (Math.max(...counts) <= 5 ? { dtick: 1 } : {});

function solved({ exercises }: Report): Named {
  const names = exercises.map((e) => e.name);
  const bar = (name: string, color: string, counts: number[]) => ({
    type: "bar",
    orientation: "h",
    name,
    y: names,
    x: counts,
    marker: { color },
  });
  const data = [
    bar(
      "solved",
      COLORS.solved,
      exercises.map((e) => e.solved),
    ),
    bar(
      "partly solved",
      COLORS.partly,
      exercises.map((e) => e.partly),
    ),
    bar(
      "no points",
      COLORS.nothing,
      exercises.map((e) => e.nothing),
    ),
    bar(
      "not written",
      COLORS.unwritten,
      exercises.map((e) => e.unwritten),
    ),
  ];
  const yaxis = { autorange: "reversed", automargin: true };
  const more = { barmode: "stack", yaxis, xaxis: { title: { text: "answers" } } };
  const height = 120 + 34 * names.length;
  const legend = { orientation: "h", y: 1.02, yanchor: "bottom" };
  return {
    id: "solved",
    chart: { data, layout: layout("How many solved each exercise.", { ...more, height, legend }) },
  };
}

function shares({ shares }: Report): Named {
  const counts = new Array<number>(PERCENT / STEP).fill(0);
  for (const s of shares) counts[Math.min(counts.length - 1, Math.floor((s * PERCENT) / STEP))]!++;
  const x = counts.map((_, i) => `${i * STEP}–${(i + 1) * STEP} %`);
  const data = [{ type: "bar", x, y: counts, marker: { color: COLORS.solved } }];
  const axes = {
    xaxis: { title: { text: "of the points for exercises" }, type: "category", automargin: true },
    yaxis: { title: { text: "submissions" }, ...whole(counts) },
  };
  return {
    id: "shares",
    chart: { data, layout: layout("How the points are distributed.", { ...axes, height: 320 }) },
  };
}

function times({ times, timeZone }: Report): Named {
  const [x, y] = [times.map((b) => b.start), times.map((b) => b.count)];
  const data = [{ type: "bar", x, y, marker: { color: COLORS.solved } }];
  const axes = {
    xaxis: {
      title: { text: `time in ${timeZone}` },
      type: "category",
      nticks: 8,
      automargin: true,
    },
    yaxis: { title: { text: "hand-ins" }, ...whole(y) },
  };
  return {
    id: "times",
    chart: { data, layout: layout("When the hand-ins came.", { ...axes, height: 320 }) },
  };
}

export function charts(report: Report): Named[] {
  return [
    ...(report.exercises.length > 0 ? [solved(report)] : []),
    ...(report.shares.length > 0 ? [shares(report)] : []),
    ...(report.times.length > 0 ? [times(report)] : []),
  ];
}
