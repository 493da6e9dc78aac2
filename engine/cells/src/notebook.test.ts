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
