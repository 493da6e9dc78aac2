// needs: sandbox
// level: all
/**
 * A term from its first roster to its last export, in the layouts of three platforms, with
 * latecomers, two files by one student, renamed, broken and mistaken files, extensions, points set
 * by hand, and students who join and leave. Commands are killed at random moments and given again.
 * Every file and every point is accounted for.
 *
 * `COURSE_TERM=800x16 npx vitest run --project real engine/classroom/src/term` runs it with 800 students
 * and 16 lessons; COURSE_TERM_SEED draws another term.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeSmallCourse } from "grader/testing";
import { openClass, type Class } from "../class";
import { readTable } from "../csv";
import { extend, override } from "../gradebook/overrides";
import { readHandIns, readPublications, readStudents } from "../sql/read";
import { readRoster } from "../roster/roster";
import { newFolder, removeFolders } from "../class.testing";
import { zipOf } from "../collect/sources";
import { actsOn, type Acts } from "./acts.testing";
import { deadlineOf, download, roster, sentenceOf, worksheet } from "./layouts.testing";
import {
  ANSWERS,
  countingAnswer,
  handInsOf,
  LAYOUTS,
  markOf,
  PERCENT_PER_DAY,
  planTerm,
  pointsOf,
  functionsOf,
  type Layout,
} from "./plan.testing";

afterAll(removeFolders);

const [STUDENTS, LESSONS] = (process.env.COURSE_TERM ?? "24x2").split("x").map(Number) as [
  number,
  number,
];
const SEED = Number(process.env.COURSE_TERM_SEED ?? 15);
/** After everything that is collected, whenever that is. */
const LATER = "2999-01-01 00:00";

const course = makeSmallCourse(LESSONS);
const home = newFolder();
const folder = join(home, "class");
const students = planTerm(STUDENTS, LESSONS, SEED);
const lessons = Array.from({ length: LESSONS }, (_, i) => i);
const idOf = (lesson: number) => `${String(lesson).padStart(2, "0")}-small`;
afterAll(() => course.remove());

const acts: Acts = actsOn(course.root, folder, SEED, ["init", "roster", "marks", "regrade"]);
const { course: run } = acts;

async function withClass<T>(work: (classroom: Class) => Promise<T>): Promise<T> {
  const classroom = await openClass(course.root, folder);
  try {
    return await work(classroom);
  } finally {
    await classroom.sql.close();
  }
}

function put(file: string, data: string | Uint8Array): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, data);
  return file;
}

/** A folder, or for Moodle an archive, as its platform gives it. */
function write(layout: Layout, lesson: number, isEarly: boolean): string {
  const files = download(students, layout, { lesson, id: idOf(lesson), isEarly });
  const place = join(home, "downloads", `${lesson}-${layout}-${isEarly}`);
  if (layout === "moodle") return put(`${place}.zip`, zipOf(files));
  mkdirSync(place, { recursive: true });
  for (const [path, text] of files) put(join(place, path), text);
  return place;
}

async function collectAll(lesson: number): Promise<void> {
  const at = ["--lesson", idOf(lesson)];
  const sheet = put(join(home, `worksheet-${lesson}.csv`), worksheet(students, lesson));
  for (const layout of LAYOUTS) {
    const more = layout === "moodle" ? ["--worksheet", sheet] : [];
    for (const isEarly of [true, false]) {
      const said = await run("collect", write(layout, lesson, isEarly), ...at, ...more);
      expect(said).not.toContain("of nobody in the roster");
    }
  }
}

/** Fills in the sheet as a marker does, who sees answers alone. */
async function mark(lesson: number): Promise<void> {
  const at = ["--lesson", idOf(lesson)];
  await run("marks", ...at);
  const sheet = join(folder, "marks", idOf(lesson), "why.csv");
  let text = readFileSync(sheet, "utf8");
  for (const answer of ANSWERS) {
    text = text.replaceAll(
      `${sentenceOf(answer)},2,,`,
      `${sentenceOf(answer)},2,${markOf(answer)},`,
    );
  }
  put(sheet, text);
  await run("marks", ...at, "--read", sheet);
}

async function decideAll(lesson: number): Promise<void> {
  const given = { reason: "ill", by: "Eva" };
  await withClass(async (classroom) => {
    const entry = classroom.lessons[lesson]!;
    for (const { number: who, works } of students) {
      const { extended, set } = works[lesson]!;
      if (extended) await extend(classroom, entry, { who, until: LATER, ...given });
      if (set !== undefined) {
        await override(classroom, entry, { who, points: String(set), ...given });
      }
    }
  });
}

const shown = (points: number | undefined) => (points === undefined ? "" : String(points));
/** "1007 02-small" → points, as the plan has them. */
const planned = (corrected: number[] = []) =>
  new Map(
    students.flatMap((s) =>
      s.works.map((work, l) => [
        `${s.number} ${idOf(l)}`,
        shown(pointsOf(work, s, corrected.includes(l))),
      ]),
    ),
  );

function tableIn(name: string) {
  const file = join(folder, name);
  const { header, rows } = readTable(readFileSync(file), name);
  const at = (column: string) => header.indexOf(column);
  return { rows: rows.map(({ cells }) => cells), at };
}

/** A student without points may have no row. */
function expectPoints(seen: [string, string][], points: Map<string, string>): void {
  const rows = new Map(seen);
  expect(rows.size).toBe(seen.length);
  expect([...points].map(([key]) => [key, rows.get(key) ?? ""])).toEqual([...points]);
  expect([...rows.keys()].filter((key) => !points.has(key))).toEqual([]);
}

async function expectExports(points: Map<string, string>): Promise<void> {
  for (const to of ["csv", "canvas", "moodle"]) await run("export", "--to", to);
  const csv = tableIn("grades-csv.csv");
  const [number, lesson, earned] = ["Number", "Lesson", "Points"].map(csv.at);
  expectPoints(
    csv.rows.map((cells) => [`${cells[number!]} ${cells[lesson!]}`, cells[earned!]!]),
    points,
  );
  const withPoints = new Map([...points].filter(([, given]) => given !== ""));
  for (const [to, column] of [
    ["canvas", "SIS User ID"],
    ["moodle", "ID number"],
  ] as const) {
    const seen = lessons.flatMap((l) => {
      const { rows, at } = tableIn(`grades-${to}-${idOf(l)}.csv`);
      const title = l === 0 ? "Small" : `Small ${l}`;
      const people = rows.filter((cells) => cells[at(column)] !== "");
      return people.map((cells) => [`${cells[at(column)]} ${idOf(l)}`, cells[at(title)]]);
    });
    expect(new Map(seen as [string, string][])).toEqual(withPoints); // no empty cells
  }
}

const YAML = `title: A term
timeZone: UTC
lessons:
${lessons.map((l) => `  ${idOf(l)}: ${deadlineOf(l).toISOString()}`).join("\n")}
late: { percentPerDay: ${PERCENT_PER_DAY}, graceMinutes: 0, cutOffDays: 7 }
`;

test("a class begins", async () => {
  await run("init", "--time-zone", "UTC");
  put(join(folder, "class.yaml"), YAML);
});

test.each(lessons)("lesson %i is handed in, graded, marked and published", async (lesson) => {
  await run("roster", put(join(home, `roster-${lesson}.csv`), roster(students, lesson)));
  await collectAll(lesson);
  await acts.grade("grade", idOf(lesson));
  await mark(lesson);
  await decideAll(lesson);
  await run("publish", "--lesson", idOf(lesson));
  expect((await acts.grade("grade", idOf(lesson))).graded).toBe(0);
});

test("every file is a hand-in once, and has one grade that holds", async () => {
  await withClass(async (classroom) => {
    const handIns = await readHandIns(classroom.sql);
    const numbers = new Map((await readStudents(classroom.sql)).map((s) => [s.id, s.number]));
    for (const lesson of lessons) {
      const seen = new Map<string, number>();
      for (const h of handIns.filter((one) => one.lesson === idOf(lesson))) {
        const number = numbers.get(h.student)!;
        seen.set(number, (seen.get(number) ?? 0) + 1);
      }
      const due = students.map((s) => [s.number, handInsOf(s.works[lesson]!, s)] as const);
      expect(seen).toEqual(new Map(due.filter(([, n]) => n > 0)));
    }
    const doubled = await classroom.sql.all(
      "SELECT hand_in FROM grades GROUP BY hand_in HAVING COUNT(*) > 1",
    );
    expect(doubled).toEqual([]);
    const published = await readPublications(classroom.sql);
    expect([...published.values()].every((p) => p.published)).toBe(true);
    expect(published.size).toBe(LESSONS);
  });
});

test("the tables have every point, and are read again as they were written", async () => {
  await expectExports(planned());
  const name = `grades-canvas-${idOf(0)}.csv`;
  const entries = readRoster(readFileSync(join(folder, name)), name);
  await withClass(async (classroom) => {
    const known = new Map((await readStudents(classroom.sql)).map((s) => [s.number, s]));
    for (const { number, canvasId, login, name, section } of entries) {
      expect(known.get(number)).toMatchObject({ canvasId, login, name, section });
    }
    expect(entries.length).toBe(new Set(entries.map((e) => e.number)).size);
  });
  await run("export", "--to", "feedback", "--lesson", idOf(0));
});

test("a correction changes who had it right, once it is accepted", async () => {
  const solution = join(course.root, "solutions", "dist", "basics", "double.js");
  const source = readFileSync(solution, "utf8");
  writeFileSync(solution, source.replace("mul(2)", "mul(3)"));
  const { changes } = await acts.grade("regrade", idOf(0));
  const concerned = students.filter(({ works: [first], layout }) => {
    const isGraded = first!.kind !== "broken" && handInsOf(first!, students[0]!) > 0;
    return isGraded && functionsOf(countingAnswer(first!, layout)).includes("double");
  });
  expect(changes).toBe(concerned.length);
  await run("regrade", "--lesson", idOf(0), "--accept");
  await expectExports(planned([0]));
  writeFileSync(solution, source);
});

test("what it took", () => {
  for (const [name, { runs, kills, ms, megabytes }] of acts.tallies) {
    const each = `${Math.round(ms / Math.max(1, runs))} ms each, ${Math.round(megabytes)} MB`;
    console.log(`${name}: ${runs} runs, ${kills} killed, ${Math.round(ms)} ms, ${each}`);
  }
  expect([...acts.tallies.values()].reduce((sum, { kills }) => sum + kills, 0)).toBeGreaterThan(0);
});
