// needs: jupyter
/** The checks of a lesson's text in the real kernel: what holds, what doesn't, and what is kept. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startKernel, type Kernel } from "kernel/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkedNotebook, solvedNotebook, studentNotebook } from "../lesson/notebook";
import { SETUP, claimCourse } from "./claims.testing";
import { judgeRun } from "./judge";
import { isRunCell, recordsIn } from "./programs";

let kernel: Kernel;
beforeAll(async () => {
  const folder = fileURLToPath(new URL("../../../course", import.meta.url));
  kernel = await startKernel(folder, { COURSE_DEVICE: "cpu" });
}, 60_000);
afterAll(() => kernel?.stop());

interface NotebookJson {
  cells: { id: string; cell_type: string; source: string | string[] }[];
}

/** Runs a lesson of this text as `course solve` does, and judges what its cells printed. */
async function judge(text: string, results = {}) {
  const { root, read } = claimCourse(SETUP + text, { results });
  const lesson = read();
  const { cells } = JSON.parse(checkedNotebook(lesson)) as NotebookJson;
  let printed = "";
  for (const { id, cell_type: type, source } of cells) {
    if (type !== "code") continue;
    const { stdout, error, outputs } = await kernel.run([source].flat().join(""));
    expect(error?.traceback.join("\n")).toBeUndefined();
    expect(JSON.stringify(outputs)).not.toContain('"note":"types"');
    if (isRunCell(id)) printed += stdout;
  }
  const judged = judgeRun(lesson, recordsIn(printed));
  rmSync(root, { recursive: true });
  return { judged, lesson };
}

const FILE = join("lessons-src", "01-insertion", "lesson.md").replaceAll("\\", "/");

test("a lesson may have variables left, right and value", async () => {
  const { judged } = await judge(`\`\`\`ts demo
const left = [1], right = { far: 2 }, value = 3;
\`\`\`

The left is smaller. The value is {eval}\`value:d\`.

\`\`\`ts claim
// The left is smaller
left[0]! < right.far && value > right.far
\`\`\``);
  expect(judged).toEqual({ failures: [], values: { "value:d": 3 }, differing: [], unchecked: [] });
});

test("claims that hold, with await, several comparisons and statements between them", async () => {
  const { judged, lesson } = await judge(`The last loss is smallest. It is near 1.9.

\`\`\`ts claim
// The last loss is smallest
const smallest = await Promise.resolve(Math.min(...losses));
losses[2] === smallest && losses[0]! > losses[1]! && losses[1]! > losses[2]!
// It is near 1.9
near(losses[2]!, 1.9, 0.05)
!losses.includes(0)
\`\`\``);
  expect(judged).toEqual({ failures: [], values: {}, differing: [], unchecked: [] });
  for (const notebook of [studentNotebook(lesson), solvedNotebook(lesson)]) {
    expect(notebook).not.toContain("smallest = await");
  }
});

test("a false claim names its sentence, its line and both values; all false ones are named", async () => {
  const { judged } = await judge(`The first loss is smallest.

\`\`\`ts claim
losses[0]! < losses[2]!
\`\`\`

The third is 2.9, and the fourth is an error.

\`\`\`ts claim
// The third is 2.9
near(losses[2]!, 2.9, 0.1) && losses.length === 3
// the fourth is an error
losses[3]!.toFixed(2) === "1"
// the fourth is an error
losses.length > 4
\`\`\``);
  expect(judged.failures).toEqual([
    `${FILE}:15: "The first loss is smallest.": losses[0]! < losses[2]! is false: 3.2 < 1.875`,
    `${FILE}:22: "The third is 2.9, and the fourth is an error.": near(losses[2]!, 2.9, 0.1): ` +
      "1.875 is not within 0.1 of 2.9",
    expect.stringMatching(/:24: "The third is 2\.9.*": losses\[3\]!\.toFixed\(2\) === "1" throws/),
    `${FILE}:26: "The third is 2.9, and the fourth is an error.": losses.length > 4 is false: 3 > 4`,
  ]);
});

test("a claim with when= is checked only where that is true", async () => {
  const claim = (when: string) => `It never holds.

\`\`\`ts claim when=${when}
losses.length === 4
\`\`\``;
  const { judged } = await judge(claim("losses.length>9"));
  expect(judged).toMatchObject({ failures: [], unchecked: ["losses.length>9"] });
  const { judged: checked } = await judge(claim("losses.length===3"));
  expect(checked.failures).toHaveLength(1);
  expect(checked.unchecked).toEqual([]);
});

test("results: new, as kept, differing, undefined, failing; before their variable is there", async () => {
  const { judged } = await judge(
    `The end is {eval}\`later * 2:.1f\`, after {eval}\`losses[0]!:.2f\`, not {eval}\`losses[1]!:.1f\`,
{eval}\`(undefined as number | undefined):d\` or {eval}\`0 / 0:d\`.

\`\`\`ts demo
const later = losses[2]! + 0;
\`\`\``,
    { "losses[0]!:.2f": 3.21, "losses[1]!:.1f": 4 },
  );
  expect(judged).toEqual({
    failures: [`${FILE}:13: the result \`0 / 0:d\`: gives NaN, not a number or a text`],
    unchecked: [],
    values: { "later * 2:.1f": 3.75, "losses[0]!:.2f": 3.2, "losses[1]!:.1f": 2.5 },
    differing: [
      `${FILE}:12: "The end is …, after 3.21, not 4.0, … or ….": \`losses[1]!:.1f\` is 2.5 in ` +
        "this run (2.5), the text has 4.0 (4)",
    ],
  });
});
