// level: all
/**
 * Every chart of every solved notebook says what it shows: each axis with numbers has a name, and so
 * has each color scale.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "grader/files";
import { describe, expect, test } from "vitest";
import { root } from "./lab.testing";

interface Axis {
  title?: { text?: string };
  visible?: boolean;
  showticklabels?: boolean;
  ticktext?: (string | number)[];
}
interface ChartJson {
  data: { type?: string; showscale?: boolean; colorbar?: Axis }[];
  layout: Record<string, unknown>;
}
interface NotebookJson {
  cells: { id: string; outputs?: { data?: Record<string, unknown> }[] }[];
}

const MIME = "application/vnd.plotly.v1+json";
const VIEW_MIME = "application/vnd.course.view.v1+json";

/** The charts in a view: its own, those of its frames and of its parts. */
function chartsIn(json: unknown): ChartJson[] {
  if (typeof json !== "object" || json === null) return [];
  const { view, chart } = json as { view?: unknown; chart?: ChartJson };
  return view === "chart" && chart ? [chart] : Object.values(json).flatMap(chartsIn);
}

const isNumber = (text: string | number) => text === "" || Number.isFinite(Number(text));

/** Numbers want a name; words, such as those that a model reads, are names themselves. */
function wantsName({ visible, showticklabels, ticktext }: Axis): boolean {
  if (visible === false || showticklabels === false) return false;
  return ticktext === undefined || ticktext.every(isNumber);
}

/** The axes and color scales of a chart that lack a name. */
function nameless({ data, layout }: ChartJson): string[] {
  const axes = Object.entries(layout).filter(([key]) => /^[xy]axis\d*$/.test(key));
  const bare = axes.filter(([, axis]) => wantsName(axis as Axis) && !(axis as Axis).title?.text);
  const scales = data.filter(({ type, showscale }) => type === "heatmap" && showscale !== false);
  const bareScales = scales.filter(({ colorbar }) => !colorbar?.ticktext && !colorbar?.title?.text);
  return [...bare.map(([key]) => key), ...bareScales.map(() => "color scale")];
}

const ids = readManifest(root).lessons.map(({ id }) => id);

describe.each(ids)("%s", (id) => {
  test("each axis with numbers and each color scale has a name", () => {
    const path = join(root, ".local", "solved", `${id}.ipynb`);
    expect(existsSync(path), "run npx course solve first").toBe(true);
    const { cells } = JSON.parse(readFileSync(path, "utf8")) as NotebookJson;
    const found = cells.flatMap(({ id: cell, outputs = [] }) => {
      const shown = outputs.map(({ data = {} }) => data);
      const charts = shown.flatMap((data) => [
        ...((data[MIME] ? [data[MIME]] : []) as ChartJson[]),
        ...chartsIn(data[VIEW_MIME]),
      ]);
      const names = new Set(charts.flatMap(nameless));
      return names.size > 0 ? [`${cell}: ${[...names].join(", ")}`] : [];
    });
    expect(found).toEqual([]);
  });
});
