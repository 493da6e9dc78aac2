import { expect, test } from "vitest";
import { uploadProblem } from "./notebooks";

const notebook = (lesson?: string) =>
  JSON.stringify({ cells: [], metadata: lesson === undefined ? {} : { course: { lesson } } });
const trouble = (name: string, text: string, isThere = true) =>
  uploadProblem(new File([text], name), isThere);

test("a lesson under its own name, another notebook and any other file are taken", async () => {
  expect(await trouble("01-a.ipynb", notebook("01-a"))).toBeUndefined();
  expect(await trouble("mine.ipynb", notebook())).toBeUndefined();
  expect(await trouble("01-a (1).ipynb", notebook("01-a"), false)).toBeUndefined();
  expect(await trouble("numbers.csv", "1,2")).toBeUndefined();
});

test.each(["", "a letter", "null", '{"a":1}', notebook().slice(0, -3)])(
  "what isn't a whole notebook is refused: %s",
  async (text) => {
    expect(await trouble("01-a.ipynb", text)).toBe(
      "01-a.ipynb isn't a whole notebook: choose the file that File → Download gave you.",
    );
  },
);

test("a lesson doesn't take the place of another one", async () => {
  expect(await trouble("02-b.ipynb", notebook("01-a"))).toBe(
    "02-b.ipynb holds lesson 01-a: rename the file to 01-a.ipynb, then upload it.",
  );
});

test("what no browser opens is refused before it is read", async () => {
  const file = { name: "01-a.ipynb", size: 120e6 } as File;
  expect(await uploadProblem(file, true)).toContain("01-a.ipynb has 120 MB");
});
