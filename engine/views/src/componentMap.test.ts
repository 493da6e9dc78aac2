import { expect, test } from "vitest";
import { componentDrawing, readComponentMap, svgTextOf, type Shape } from "./componentMap";

const map = {
  title: "A sorter",
  width: 100,
  height: 200,
  about: { comparing: "Says which comes first." },
  shapes: [
    { kind: "box", at: [1, 2, 30, 20], of: "comparing", text: "a < b\n?" },
    { kind: "arrow", at: [0, 50, 0, 20] },
    { kind: "frame", at: [0, 0, 90, 90], text: "N times" },
    { kind: "line", at: [0, 0, 0, 90] },
    { kind: "plus", at: [5, 5], of: "merging" },
    { kind: "text", at: [5, 5], text: "in" },
  ] satisfies Shape[],
};
const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

test("a drawing is read, anything else is not", () => {
  expect(readComponentMap(map)).toEqual(map);
  for (const odd of [undefined, null, 3, "text", [], {}]) {
    expect(readComponentMap(odd)).toBeUndefined();
    expect(readComponentMap({ ...map, shapes: [odd] })).toBeUndefined();
  }
  const shape = map.shapes[0]!;
  for (const part of [{ kind: "image" }, { at: [1, 2] }, { at: [1, 2, NaN, 4] }, { text: 3 }]) {
    const shapes = [{ ...shape, ...part }];
    expect(readComponentMap({ ...map, shapes }), JSON.stringify(part)).toBeUndefined();
  }
  expect(readComponentMap({ ...map, about: { comparing: 3 } })).toBeUndefined();
  expect(readComponentMap({ ...map, width: 0 })).toBeUndefined();
});

test("the drawing's parts carry their component, and its text is text", () => {
  const svg = svgTextOf(componentDrawing(map, ["merging", "comparing"]), escape);
  expect(svg).toContain('<g class="course-map-box" data-part="comparing" data-color="1"><rect');
  expect(svg).toContain("a &lt; b</text>");
  expect(svg).toContain('<g class="course-map-plus" data-part="merging" data-color="0">');
  expect(svg).toContain('<g class="course-map-arrow"><path d="M0 50L0 20"></path>');
  expect(svg).toContain('<path d="M5.5 31L0 20L-5.5 31Z" class="course-map-tip">');
});
