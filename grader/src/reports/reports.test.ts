import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isGraded, type Graded, type Result, bounded } from "../batch/result";
import { classTable, field, hiddenLine, resultLines, totals } from "./summary";
import { classFiles, submissionFiles, writeClass } from "./write";

const NASTY = '=HYPERLINK("http://x","<script>alert(1)</script>")\u0000\u001b[31m';
const COURSE = "small-course";
const marks = { seed: 7, version: "1.2.3+0123456789ab" };
const results: Result[] = [
  {
    file: "anna/small.ipynb",
    id: "anna-small",
    ...marks,
    lesson: "00-small",
    title: "Small",
    sha256: "ab".repeat(32),
    points: 6,
    maxPoints: 8,
    exercises: [
      {
        name: "centre",
        with: "own",
        points: 4,
        maxPoints: 4,
        groups: [{ group: "values", ok: true, points: 4, maxPoints: 4 }],
        failures: [],
      },
      {
        name: "double",
        with: "reference",
        note:
          "It failed with your earlier functions, so it ran with ours in their place, which " +
          "counts.",
        diagnosis: "This is three times x.",
        points: 2,
        maxPoints: 4,
        groups: [
          { group: "values", ok: true, points: 2, maxPoints: 2 },
          { group: "shapes", ok: false, points: 0, maxPoints: 2 },
        ],
        failures: ["a vector", "a matrix", "a cube", "nothing"].map((c) => ({
          group: "shapes",
          case: `x is ${c}`,
          message: "The result: expected shape [2], got [3].",
        })),
      },
      {
        name: "tile",
        with: "own",
        notGraded: true,
        note: "Not graded: Mesa's software adapter is not installed.",
        points: 0,
        maxPoints: 0,
        groups: [],
        failures: [],
      },
    ],
    cells: [{ number: 5, message: "line 2: ')' expected." }],
    written: [{ name: "why", points: 2, text: 'Because a < b && "c".' }],
  },
  {
    file: `${NASTY}.ipynb`,
    id: "HYPERLINK",
    ...marks,
    lesson: "00-small",
    title: "Small",
    sha256: "cd".repeat(32),
    points: 0,
    maxPoints: 8,
    exercises: [
      {
        name: "centre",
        with: "own",
        points: 0,
        maxPoints: 4,
        groups: [
          { group: "values", ok: false, points: 0, maxPoints: 3.2 },
          { group: "errors", ok: false, points: 0, maxPoints: 0.8 },
        ],
        failures: [{ group: "values", case: "x is a matrix", message: `It throws: ${NASTY}` }],
      },
    ],
    cells: [],
    written: [{ name: "why", points: 2, text: NASTY }],
  },
  {
    file: "@large.ipynb",
    id: "large",
    ...marks,
    reason: "is 100 MB large, more than the 20 MB that a notebook may have",
  },
];

/** All files of a class, as a person would find them. */
function reportFiles(all: Result[]): Map<string, string> {
  const ofClass = classFiles(COURSE, () => all).map(([name, pieces]): [string, string] => [
    name,
    [...pieces].join(""),
  ]);
  const graded = all.filter(isGraded);
  return new Map([...ofClass, ...graded.flatMap((g) => submissionFiles(COURSE, g))]);
}
const summary = (all: Result[]) => [...resultLines(() => all), totals(all)].join("\n");

test.each([...reportFiles(results)].map(([name, text]) => ({ name, text })))(
  "$name is as agreed",
  async ({ name, text }) => {
    const golden = join(__dirname, "golden", name.replaceAll(/[\\/]/g, "-"));
    await expect(text).toMatchFileSnapshot(golden);
  },
);
test("the terminal's summary is as agreed", async () => {
  const golden = join(__dirname, "golden", "summary.txt");
  await expect(`${summary(results)}\n`).toMatchFileSnapshot(golden);
});

test("nothing of a submission becomes markup, a formula or a control character", () => {
  const files = reportFiles(results);
  for (const [name, text] of files) {
    if (!/\.(html|xml)$/.test(name)) continue;
    for (const part of ["<script", "\u0000", "\u001b"]) expect(text).not.toContain(part);
  }
  for (const row of files.get("class.csv")!.split("\r\n")) {
    expect(row).not.toMatch(/(^|[,;])"?[=+@-]/);
  }
  expect(summary(results)).not.toContain("\u001b");
  expect(JSON.parse(files.get("class.json")!)).toEqual({
    course: COURSE,
    graded: results.filter(isGraded),
    notGraded: results.filter((r) => !isGraded(r)),
  });
});

test.each([
  ["=1+1", "'=1+1"],
  ["  @SUM(A1)", "'  @SUM(A1)"],
  ["＝1+1", "'＝1+1"],
  ["＋1", "'＋1"],
  ["－1", "'－1"],
  ["＠x", "'＠x"],
  ["a;=1+1", "a;'=1+1"],
  ["a; -1", "a;' -1"],
  ['a;"=1', "a;'\"=1"],
  ["a\r\n=1", "a =1"],
  ["a\t=1", "a =1"],
  ["x = 1; y = 2", "x = 1; y = 2"],
])("a table's field holds %j as %j, for readers of commas and of semicolons", (text, safe) => {
  const written = field(text);
  const read = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
  expect(read).toBe(safe);
  if (/[",;']/.test(safe)) expect(written).toMatch(/^".*"$/);
});

test("every report carries seed, version and the submission's hash", () => {
  for (const [name, text] of reportFiles(results)) {
    for (const mark of ["7", marks.version, name.includes("HYPERLINK") ? "cdcd" : "abab"]) {
      expect(text, name).toContain(mark);
    }
  }
});

test("a project, which has no exercise, waits for a reader: nowhere zero points", () => {
  const project: Graded = {
    file: "p.ipynb",
    id: "p",
    ...marks,
    lesson: "01-project",
    title: "Project",
    sha256: "ef".repeat(32),
    points: 0,
    maxPoints: 0,
    exercises: [],
    cells: [],
    written: [
      { name: "plan", points: 6, text: "First" },
      { name: "report", points: 20, text: "" },
    ],
  };
  const files = reportFiles([project]);
  expect(summary([project])).toBe("p.ipynb  26 points, to be marked by hand\n1 submission graded.");
  expect(totals([results[0]!, project])).toBe(
    "2 submissions graded, 75 % of the points on average.",
  );
  expect(files.get("p.html")).toContain("<h1>Project: 26 points, to be marked by hand</h1>");
  expect(files.get("class.csv")).toContain(
    "plan (by hand),report (by hand),note,seed,grader,sha256\r\n" +
      `p.ipynb,01-project,,,,,,7,${marks.version},`,
  );
  for (const text of files.values()) expect(text).not.toMatch(/0 of 0 points/);
});

test("reports replace old ones whole and leave nothing aside", () => {
  const out = mkdtempSync(join(tmpdir(), "course-reports-"));
  try {
    writeFileSync(join(out, "class.csv"), "old");
    writeClass(out, COURSE, () => results);
    const table = [...classTable(() => results)].join("");
    expect(readFileSync(join(out, "class.csv"), "utf8")).toBe(table);
    expect(readdirSync(out).sort()).toEqual(["class.csv", "class.json", "junit.xml"]);
  } finally {
    rmSync(out, { recursive: true });
  }
});

test("what a submission says is told up to a length", () => {
  const anna = results[0] as Graded;
  const message = "x".repeat(1e6);
  const loud: Graded = {
    ...anna,
    exercises: anna.exercises.map((e) => ({
      ...e,
      note: message,
      failures: Array.from({ length: 100 }, () => ({ group: "values", case: "any", message })),
    })),
    cells: Array.from({ length: 2000 }, (_, i) => ({ number: i + 1, message })),
  };
  const { cells, exercises } = bounded(loud) as Graded;
  expect(cells).toHaveLength(50);
  expect(cells.at(-1)!.message).toMatch(/And 1950 more cells did not run to their end\.$/);
  expect(exercises[0]!.failures).toHaveLength(20);
  expect(exercises[0]!.note).toMatch(/^x{1000} … \(999000 more characters\)$/);
  expect(JSON.stringify(bounded(loud)).length).toBeLessThan(200_000);
});

test("a class of 2,000 is written without holding it in memory", () => {
  const out = mkdtempSync(join(tmpdir(), "course-reports-"));
  const anna = results[0] as Graded;
  const text = "a long answer ".repeat(3000);
  const made = function* (): Generator<Result> {
    for (let i = 0; i < 2000; i++) {
      const written = anna.written.map((w) => ({ ...w, text: `${text}${i}` }));
      yield { ...anna, file: `${i}.ipynb`, id: String(i), written };
    }
  };
  try {
    const before = process.memoryUsage.rss();
    writeClass(out, COURSE, made);
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 << 20);
  } finally {
    rmSync(out, { recursive: true });
  }
});

test("hidden files are named", () => {
  expect(hiddenLine([])).toBeUndefined();
  expect(hiddenLine([".DS_Store"])).toBe("1 name begins with a dot and was left out: .DS_Store.");
});
