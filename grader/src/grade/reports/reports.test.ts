import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Batch } from "../batch";
import { classTable } from "./csv";
import { summary } from "./summary";
import { reportFiles, writeReports } from "./write";

const NASTY = '=HYPERLINK("http://x","<script>alert(1)</script>")\u0000\u001b[31m';
const batch: Batch = {
  course: "small-course",
  version: "1.2.3",
  seed: 7,
  graded: [
    {
      file: "anna/small.ipynb",
      id: "anna-small",
      lesson: "00-small",
      title: "Small",
      sha256: "ab".repeat(32),
      earned: 6,
      of: 8,
      exercises: [
        {
          name: "centre",
          with: "own",
          earned: 4,
          of: 4,
          groups: [{ group: "values", ok: true, earned: 4, of: 4 }],
          failures: [],
        },
        {
          name: "double",
          with: "ours",
          note:
            "It failed with your earlier functions, so it ran with ours in their place, which " +
            "counts.",
          diagnosis: "This is three times x.",
          earned: 2,
          of: 4,
          groups: [
            { group: "values", ok: true, earned: 2, of: 2 },
            { group: "shapes", ok: false, earned: 0, of: 2 },
          ],
          failures: ["a vector", "a matrix", "a cube", "nothing"].map((c) => ({
            group: "shapes",
            case: `x is ${c}`,
            says: "The result: expected shape [2], got [3].",
          })),
        },
        {
          name: "tile",
          with: "own",
          notGraded: true,
          note: "Not graded: Mesa's software adapter is not installed.",
          earned: 0,
          of: 0,
          groups: [],
          failures: [],
        },
      ],
      cells: [{ number: 5, says: "line 2: ')' expected." }],
      written: [{ name: "why", points: 2, text: 'Because a < b && "c".' }],
    },
    {
      file: `${NASTY}.ipynb`,
      id: "HYPERLINK",
      lesson: "00-small",
      title: "Small",
      sha256: "cd".repeat(32),
      earned: 0,
      of: 8,
      exercises: [
        {
          name: "centre",
          with: "own",
          earned: 0,
          of: 4,
          groups: [
            { group: "values", ok: false, earned: 0, of: 3.2 },
            { group: "errors", ok: false, earned: 0, of: 0.8 },
          ],
          failures: [{ group: "values", case: "x is a matrix", says: `It throws: ${NASTY}` }],
        },
      ],
      cells: [],
      written: [{ name: "why", points: 2, text: NASTY }],
    },
  ],
  notGraded: [
    {
      file: "@large.ipynb",
      id: "large",
      says: "is 100 MB large, more than the 20 MB that a notebook may have",
    },
  ],
};

test.each([...reportFiles(batch)].map(([name, text]) => ({ name, text })))(
  "$name is as agreed",
  async ({ name, text }) => {
    await expect(text).toMatchFileSnapshot(
      join(__dirname, "golden", name.replaceAll(/[\\/]/g, "-")),
    );
  },
);
test("the terminal's summary is as agreed", async () => {
  await expect(`${summary(batch)}\n`).toMatchFileSnapshot(join(__dirname, "golden", "summary.txt"));
});

test("nothing of a submission becomes markup, a formula or a control character", () => {
  const files = reportFiles(batch);
  for (const [name, text] of files) {
    if (/\.(html|xml)$/.test(name)) {
      for (const part of ["<script", "\u0000", "\u001b"]) expect(text).not.toContain(part);
    }
  }
  for (const row of classTable(batch).split("\r\n")) expect(row).not.toMatch(/(^|,)"?[=+@-]/);
  expect(summary(batch)).not.toContain("\u001b");
  expect(() => JSON.parse(files.get("class.json")!)).not.toThrow();
});

test("every report carries seed, version and the submission's hash", () => {
  for (const [name, text] of reportFiles(batch)) {
    for (const mark of ["7", "1.2.3", name.includes("HYPERLINK") ? "cdcd" : "abab"]) {
      expect(text, name).toContain(mark);
    }
  }
});

test("a project, which has no exercise, waits for a reader: nowhere zero points", () => {
  const project = {
    file: "p.ipynb",
    id: "p",
    lesson: "01-project",
    title: "Project",
    sha256: "ef".repeat(32),
    earned: 0,
    of: 0,
    exercises: [],
    cells: [],
    written: [
      { name: "plan", points: 6, text: "First" },
      { name: "report", points: 20, text: "" },
    ],
  };
  const alone: Batch = { ...batch, graded: [project], notGraded: [] };
  const files = reportFiles(alone);
  expect(summary(alone)).toBe(
    "p.ipynb  26 points, to be marked by hand\n1 submission graded. Seed 7, grader 1.2.3.",
  );
  expect(summary({ ...batch, graded: [batch.graded[0]!, project], notGraded: [] })).toContain(
    "2 submissions graded, 75 % of the points on average",
  );
  expect(files.get("p.html")).toContain("<h1>Project: 26 points, to be marked by hand</h1>");
  expect(files.get("class.csv")).toContain(
    "plan (by hand),report (by hand),note,seed,grader,sha256\r\np.ipynb,01-project,,,,,,7,1.2.3,",
  );
  for (const text of files.values()) expect(text).not.toMatch(/0 of 0 points/);
});

test("reports replace old ones whole and leave nothing aside", () => {
  const out = mkdtempSync(join(tmpdir(), "course-reports-"));
  try {
    writeFileSync(join(out, "class.csv"), "old");
    writeReports(out, batch);
    expect(readFileSync(join(out, "class.csv"), "utf8")).toBe(classTable(batch));
    expect(
      readdirSync(out, { recursive: true }).filter((n) => String(n).endsWith(".part")),
    ).toEqual([]);
  } finally {
    rmSync(out, { recursive: true });
  }
});
