import { expect, test } from "vitest";
import { definitionOf, type NotebookCell } from "./notebook";

const text = (source: string): NotebookCell => ({ cell_type: "markdown", source });
const code = (source: string): NotebookCell => ({ cell_type: "code", source });

test("a cell that isn't the first under its heading is told by the start of its first line", () => {
  const long = "const { low, high: [top] } = { low: 1, high: [2] };";
  const cells = [text("## Data"), code("const a = 1;"), code(long), code("const b = 2;\nb")];
  const locationOf = (name: string) => definitionOf(name, cells, "")?.location;
  expect(locationOf("a")).toBe("under “Data”");
  expect(locationOf("b")).toBe("under “Data” that starts with “const b = 2;”");
  expect(locationOf("top")).toBe(
    "under “Data” that starts with “const { low, high: [top] } = { low: 1, h…”",
  );
});

test("a cell below isn't advised, also while the notebook on disk holds an older text", () => {
  const stub = "function softmax(x: number[]) {\n  throw new Error();\n}";
  const cells = [
    code("const shift = 1;"),
    code(stub),
    text("## Below"),
    code("const scores = [1];"),
  ];
  const written = stub.replace("throw new Error();", "return scores;");
  for (const current of [stub, written]) {
    expect(definitionOf("scores", cells, current)).toBeUndefined();
    expect(definitionOf("shift", cells, current)?.cell).toBe(0);
  }
  expect(definitionOf("scores", cells, "scores[0]")?.cell).toBe(3); // a new cell may be anywhere
});
