import { expect, test } from "vitest";
import type { Layout, Trace } from "./chart";
import { raisedTitles, withHeadroom } from "./headroom";

test("panels' titles keep off their frames, and other notes keep their places", () => {
  const annotations = [
    { name: "panel 0", text: "<b>causal</b>" },
    { text: "RoPE", yshift: 2 },
  ];
  const { layout } = raisedTitles({ data: [], layout: { annotations } });
  expect(layout.annotations).toEqual([{ ...annotations[0], yshift: 6 }, annotations[1]]);
});

test("an axis goes on above bars that end where its range does", () => {
  const bars = { type: "bar", x: [0, 1], y: [0.2, 1] };
  const rangeOf = (yaxis: Layout, trace: Trace = bars) => {
    const chart = { data: [trace], layout: { yaxis } };
    return (withHeadroom(chart, chart).layout.yaxis as Layout).range;
  };
  expect(rangeOf({ range: [0, 1] })).toEqual([0, 1.05]);
  expect(rangeOf({ range: [0, 2] })).toEqual([0, 2]);
  // what is cut off on purpose stays so, and logarithmic axes have powers as their ends
  expect(rangeOf({ range: [0, 0.5] })).toEqual([0, 0.5]);
  expect(rangeOf({ range: [0, 1], type: "log" })).toEqual([0, 1]);
  expect(rangeOf({})).toBe(undefined);
  // the highest bar may come later
  const whole = {
    data: [{ ...bars, y: [0.2, 0.3] }],
    layout: { yaxis: { range: [0, 1] } },
    frames: [{ data: [{ y: [0.2, 0.99] }] }],
  };
  expect((withHeadroom(whole, whole).layout.yaxis as Layout).range).toEqual([0, 1.05]);
});
