import { expect, test } from "vitest";
import { nameHovers } from "./hover";

const layout = {
  xaxis: { title: { text: "stage" }, tickvals: [0], ticktext: ["first"] },
  yaxis: { title: { text: "loss, nats" } },
  xaxis2: { title: { text: "step" } },
  yaxis2: { showticklabels: false },
};
const hoverOf = (trace: Record<string, unknown>, around: object = layout) =>
  nameHovers({ data: [trace], layout: { ...around } }).data[0]!.hovertemplate;

test("a line and a bar name both axes, and the series", () => {
  const words = "stage: %{x}<br>loss, nats: %{y}<extra>run</extra>";
  expect(hoverOf({ type: "bar", name: "run" })).toBe(words);
  expect(hoverOf({ type: "scatter", name: "run" })).toBe(words);
});

test("a panel without a title of its own takes the one that its row writes at the edge", () => {
  const trace = { type: "scatter", name: "run", xaxis: "x2", yaxis: "y2" };
  expect(hoverOf(trace)).toBe("step: %{x}<br>loss, nats: %{y}<extra>run</extra>");
});

test("axes without names show numbers alone", () => {
  expect(hoverOf({ type: "bar", name: "run" }, {})).toBe("%{x}<br>%{y}<extra>run</extra>");
});

test("a matrix says what its colors count", () => {
  const hovertemplate = "row: %{y}<br>column: %{x}<br>%{z:.3~g}<extra></extra>";
  const colorbar = { title: { text: "distance, Å" } };
  const named = hovertemplate.replace("%{z", "distance, Å: %{z");
  expect(hoverOf({ type: "heatmap", hovertemplate, colorbar })).toBe(named);
  expect(hoverOf({ type: "heatmap", hovertemplate })).toBe(
    hovertemplate.replace("%{z", "value: %{z"),
  );
});

test("points with texts, lanes and lines that skip the pointer", () => {
  const text = "%{text}<br>%{x}, %{y}<extra></extra>";
  const named = "%{text}<br>stage: %{x}<br>loss, nats: %{y}<extra></extra>";
  expect(hoverOf({ type: "scatter", hovertemplate: text })).toBe(named);
  const lane = "%{x}: %{customdata:.3~g}<extra>heart</extra>";
  const own = "stage: %{x}<br>%{customdata:.3~g}<extra>heart</extra>";
  expect(hoverOf({ type: "bar", hovertemplate: lane })).toBe(own);
  expect(hoverOf({ type: "scatter", hoverinfo: "skip" })).toBeUndefined();
});
