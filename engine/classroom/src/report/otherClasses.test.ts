/** An answer of last year's class, or of a folder of notebooks, handed in again. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { newFolder, removeFolders } from "../class.testing.js";
import { parseSettings } from "../settings.js";
import { situation, type Situation } from "../situations.testing.js";
import { readReport } from "./report.js";
import { reportBody } from "./reportPage.js";

afterAll(removeFolders);

const OLD = `function f(x) {
  let largest = -Infinity;
  for (const value of x) if (value > largest) largest = value;
  const out = []; let total = 0;
  for (let i = 0; i < x.length; i++) { out[i] = Math.exp(x[i] - largest); total += out[i]; }
  while (out.some((v) => v > 1)) for (const k in out) out[k] /= total;
  return out.map((v) => v / total);
}`;
const COPY = OLD.replaceAll("largest", "m").replaceAll("\n", "\nvoid 0;\n");
const OWN =
  "const f = (x) => tf.tidy(() => { const e = tf.exp(tf.sub(x, tf.max(x, -1, true))); return e; });";
const SHORT = "const f = (x) => x;";

const notebook = (code: string) =>
  JSON.stringify({
    cells: [
      { cell_type: "code", source: code, metadata: { nbgrader: { grade_id: "f" } } },
      { cell_type: "markdown", source: "since", metadata: { nbgrader: { grade_id: "why" } } },
    ],
  });

async function withHandIns(files: { [path: string]: string }): Promise<Situation> {
  const made = await situation();
  await made.collect(files);
  return made;
}

test("a copy from last year's class or from a folder is found, with what fills it left out", async () => {
  const last = await withHandIns({ "1002.ipynb": notebook(OLD), "1003.ipynb": notebook(OWN) });
  await last.close();
  const found = newFolder();
  mkdirSync(join(found, "github"));
  writeFileSync(join(found, "github", "answer.ipynb"), notebook(OLD));
  const now = await withHandIns({
    "1001.ipynb": notebook(COPY),
    "1002.ipynb": notebook(SHORT),
    "1003.ipynb": notebook(SHORT),
  });
  const { classroom, lesson } = now;
  expect((await readReport(classroom, lesson)).pairs).toEqual([]);
  classroom.settings.compareWith = [last.classroom.folder];
  const report = await readReport(classroom, lesson, [found]);
  const name = found.split("/").at(-1)!;
  expect(new Set(report.pairs.map((p) => p.students.join(" + ")))).toEqual(
    new Set(["1001 + class: 1002, as here", `1001 + ${name}: github/answer.ipynb`]),
  );
  expect(report.dictated).toEqual([
    { exercise: "f", students: ["1002", "1003"], reason: "too short to be anybody’s own" },
  ]);
  const page = reportBody(report).text;
  expect(page).toContain("Ada Lovelace and class: 1002, as here");
  expect(page).toContain(`Compared with the answers in class, ${name}, too.`);
  expect(page).toContain("f: 2 equal answers, too short to be anybody’s own");
  expect(page).toContain("Ben Okri, Cy Twombly");
  await expect(readReport(classroom, lesson, ["/nowhere"])).rejects.toThrow(
    "/nowhere does not exist",
  );
  await now.close();
});

test("compareWith is a list of folders", () => {
  const parse = (value: string) =>
    parseSettings(`title: T\nlessons: { 06-attention: }\ncompareWith: ${value}\n`, "class.yaml", [
      "06-attention",
    ]);
  expect(parse("[../spring-2026, ../fall]").compareWith).toEqual(["../spring-2026", "../fall"]);
  expect(parse("../spring-2026").compareWith).toEqual(["../spring-2026"]);
  expect(() => parse("[5]")).toThrow("compareWith must list folders");
});
